-- SPDX-License-Identifier: Apache-2.0
-- What holds on a day. Each takes the alias of the row in question.

-- fragment: member_on(m, day)
$m.joined_on <= $day AND ($m.left_on IS NULL OR $m.left_on > $day)

-- fragment: appointed_on(a, day)
$a.from_on <= $day AND ($a.until_on IS NULL OR $a.until_on > $day)

-- fragment: sanction_on(s, day)
$s.from_on <= $day AND ($s.lifted_on IS NULL OR $s.lifted_on > $day)

-- fragment: finding_open_on(f, day)
$f.raised_on <= $day AND ($f.closed_on IS NULL OR $f.closed_on > $day)

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

-- fragment: audit_corrected(audit, day)
EXISTS (SELECT 1 FROM audit later WHERE later.corrects_id = $audit AND later.performed_on <= $day)

-- fragment: pursuit_ended(pursuit, day)
EXISTS (SELECT 1 FROM pursuit_step final
        WHERE final.pursuit_id = $pursuit AND final.state = 'ended' AND final.on_day <= $day)

-- fragment: excluded(cooperative, edition, enterprise, day)
EXISTS (SELECT 1 FROM sanction barring
        WHERE barring.cooperative_id = $cooperative AND barring.edition_id = $edition
          AND barring.enterprise_id = $enterprise AND barring.kind = 'exclusion' AND @sanction_on(barring, $day))
