-- SPDX-License-Identifier: Apache-2.0
-- What holds on a day. Each takes the alias of the row in question. known is the day of knowledge: what was declared void
-- or corrected by then does not count, on any day. Without it, a day is judged by what was known on it.

-- Whether a cooperative, an enterprise or a person was known on the day.
-- fragment: known_since(x, day)
($x.since_on IS NULL OR $x.since_on <= $day)

-- fragment: known_void(x, known)
($x.void_on IS NOT NULL AND $x.void_on <= $known)

-- fragment: member_known(m, day, known)
$m.joined_on <= $day AND ($m.left_on IS NULL OR $m.left_on > $day) AND ($m.void_on IS NULL OR $m.void_on > $known)

-- fragment: member_on(m, day)
@member_known($m, $day, $day)

-- fragment: appointed_known(a, day, known)
$a.from_on <= $day AND ($a.until_on IS NULL OR $a.until_on > $day) AND ($a.void_on IS NULL OR $a.void_on > $known)

-- fragment: appointed_on(a, day)
@appointed_known($a, $day, $day)

-- fragment: sanction_on(s, day)
$s.from_on <= $day AND ($s.lifted_on IS NULL OR $s.lifted_on > $day)

-- A closing that rested on an audit that is void held until that was known.
-- fragment: finding_open_known(f, day, known)
$f.raised_on <= $day AND ($f.closed_on IS NULL OR $f.closed_on > $day) AND ($f.void_on IS NULL OR $f.void_on > $known)
  AND ($f.reopened = 0 OR NOT EXISTS (SELECT 1 FROM finding_closing past
                                      WHERE past.finding_id = $f.id AND past.closed_on <= $day
                                        AND past.until_on > $known))

-- The day on which it was closed, if it was by the day; else one after the day, or none.
-- fragment: finding_closed_known(f, day, known)
CASE WHEN $f.reopened = 1 AND ($f.closed_on IS NULL OR $f.closed_on > $day)
     THEN (SELECT max(past.closed_on) FROM finding_closing past
           WHERE past.finding_id = $f.id AND past.closed_on <= $day AND past.until_on > $known)
     ELSE $f.closed_on END

-- fragment: finding_open_on(f, day)
@finding_open_known($f, $day, $day)

-- fragment: covered_on(v, day)
$v.covered_from <= $day AND ($v.covered_until IS NULL OR $v.covered_until > $day)

-- The gravest sanction first.
-- fragment: gravity(kind)
CASE $kind WHEN 'exclusion' THEN 0 WHEN 'suspension' THEN 1 ELSE 2 END

-- Of an enterprise in a group: its number.
-- fragment: gravest_sanction(cooperative, edition, enterprise, day)
(SELECT grave.id FROM sanction grave
 WHERE grave.cooperative_id = $cooperative AND grave.edition_id = $edition AND grave.enterprise_id = $enterprise
   AND @sanction_on(grave, $day)
 ORDER BY @gravity(grave.kind), grave.id LIMIT 1)

-- fragment: certificate_withdrawn(certificate, day)
EXISTS (SELECT 1 FROM certificate_event gone
        WHERE gone.certificate_id = $certificate AND gone.state = 'withdrawn' AND gone.on_day <= $day)

-- fragment: certificate_in_term(certificate, day)
EXISTS (SELECT 1 FROM certificate_term lasting
        WHERE lasting.certificate_id = $certificate AND lasting.decided_on <= $day AND lasting.valid_until >= $day)

-- Neither expired nor withdrawn.
-- fragment: certificate_holds(certificate, day)
@certificate_in_term($certificate, $day) AND NOT @certificate_withdrawn($certificate, $day)

-- A correction acts from the day it was recorded.
-- fragment: audit_corrected(audit, known)
EXISTS (SELECT 1 FROM audit later
        WHERE later.corrects_id = $audit AND later.recorded_on <= $known AND NOT @known_void(later, $known))

-- A correction recorded later was not known.
-- fragment: audit_known(a, known)
($a.corrects_id IS NULL OR $a.recorded_on <= $known)

-- fragment: audit_counts(a, known)
($a.void_on IS NULL OR $a.void_on > $known) AND @audit_known($a, $known) AND NOT @audit_corrected($a.id, $known)

-- fragment: pursuit_ended(pursuit, day)
EXISTS (SELECT 1 FROM pursuit_step final
        WHERE final.pursuit_id = $pursuit AND final.state = 'ended' AND final.on_day <= $day)

-- fragment: excluded(cooperative, edition, enterprise, day)
EXISTS (SELECT 1 FROM sanction barring
        WHERE barring.cooperative_id = $cooperative AND barring.edition_id = $edition
          AND barring.enterprise_id = $enterprise AND barring.kind = 'exclusion' AND @sanction_on(barring, $day))
