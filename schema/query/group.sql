-- SPDX-License-Identifier: Apache-2.0
-- Verdicts on groups. An external audit is one that looks at the whole of a member: not a first stage, which looks at
-- its documents, nor a follow-up, which looks at what was open.

-- External audits (a) of whoever has a membership (m) in the cooperative, as known on a day.
-- fragment: visit_of_member(a, m, cooperative, edition, from_on, until_on, known)
$a.edition_id = $edition AND $a.performed_on >= $from_on AND $a.performed_on <= $until_on
  AND $a.kind IN @set(audit_kind, visit)
  AND $m.cooperative_id = $cooperative AND $m.enterprise_id = $a.holder_id
  AND @audit_counts($a, $known)

-- The members but those excluded, each with its internal inspections from $first_on to the day, and with $before the last
-- one before the period, which begins on $from_on, newest first, void ones too; one row without an audit where there is
-- none. Voids, corrections and appointments as known on another day.
-- name: coverage_read(cooperative id, as_of date, known date, edition id, from_on date, first_on date, after text,
--                      before bool)
SELECT m.enterprise_id, h.code, h.name, m.joined_on, a.id AS audit_id, a.performed_on, p.code AS inspector,
       a.conforming + a.nonconforming + a.not_applicable AS answered,
       CASE WHEN EXISTS (SELECT 1 FROM appointment n
                         WHERE n.person_id = a.auditor_id AND n.role = 'inspector' AND n.cooperative_id = $cooperative
                           AND @appointed_known(n, a.performed_on, $known))
            THEN 1 ELSE 0 END AS appointed,
       CASE WHEN a.concluded_on <= $as_of AND a.concluded_by <> a.auditor_id
                 AND NOT EXISTS (SELECT 1 FROM audit_member t
                                 WHERE t.audit_id = a.id AND t.planned = 0 AND t.person_id = a.concluded_by
                                   AND t.role <> 'observer')
            THEN 1 ELSE 0 END AS approved,
       CASE WHEN @known_void(a, $known) THEN 1 ELSE 0 END AS void
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
LEFT JOIN audit a ON a.holder_id = m.enterprise_id AND a.edition_id = $edition AND a.kind = 'internal_inspection'
     AND a.performed_on <= $as_of
     AND (a.performed_on >= $first_on
          OR ($before = 1 AND a.performed_on = (SELECT max(b.performed_on) FROM audit b
                                                WHERE b.holder_id = m.enterprise_id AND b.edition_id = $edition
                                                  AND b.kind = 'internal_inspection'
                                                  AND b.performed_on < $from_on
                                                  AND @audit_counts(b, $known))))
     AND @audit_known(a, $known) AND NOT @audit_corrected(a.id, $known)
LEFT JOIN person p ON p.id = a.auditor_id
WHERE m.cooperative_id = $cooperative AND @member_known(m, $as_of, $known) AND h.code > $after
  AND NOT @excluded($cooperative, $edition, m.enterprise_id, $as_of)
ORDER BY h.code, a.performed_on DESC, a.id DESC

-- Since when the group has pursued the edition: or, where it does not, since it has held a certificate against it.
-- fragment: group_since(cooperative, edition, day)
coalesce((SELECT min(way.enrolled_on) FROM pursuit way
          WHERE way.holder_id = $cooperative AND way.edition_id = $edition AND @pursued_on(way, $day)),
         (SELECT min(old.decided_on) FROM certificate old
          WHERE old.holder_id = $cooperative AND old.edition_id = $edition AND @certificate_holds(old.id, $day)))

-- name: group_since(cooperative id, as_of date, edition id)
SELECT @group_since(c.id, $edition, $as_of) AS since FROM holder c WHERE c.id = $cooperative

-- The members on the day with their kept standings, and the gravest sanction on each.
-- name: group_members(cooperative id, day date, known date, edition id)
SELECT m.enterprise_id, h.code, s.verdict, s.grade, s.changes_on, x.kind AS sanction
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
LEFT JOIN standing s ON s.holder_id = m.enterprise_id AND s.edition_id = $edition
LEFT JOIN sanction x ON x.id = @gravest_sanction($cooperative, $edition, m.enterprise_id, $day)
WHERE m.cooperative_id = $cooperative AND @member_known(m, $day, $known)
ORDER BY h.code

-- What holds on the day against the group: sanctions on itself, and structural ones on whoever is its member.
-- name: group_sanctions(cooperative id, day date, known date, edition id)
SELECT s.id, h.code FROM sanction s
LEFT JOIN holder h ON h.id = s.enterprise_id
WHERE s.cooperative_id = $cooperative AND s.edition_id = $edition AND @sanction_on(s, $day)
  AND (s.enterprise_id IS NULL
       OR (s.extent = 'structural'
           AND EXISTS (SELECT 1 FROM membership m
                       WHERE m.cooperative_id = $cooperative AND m.enterprise_id = s.enterprise_id
                         AND @member_known(m, $day, $known))))
ORDER BY s.id

-- The last decision on the group's certificate.
-- name: group_decided(cooperative id, edition id, as_of date)
SELECT max(t.decided_on) AS on_day FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
WHERE c.holder_id = $cooperative AND c.edition_id = $edition AND t.decided_on <= $as_of

-- How many members on the day an external auditor visited from the other day on.
-- name: group_visited(cooperative id, day date, known date, edition id, from_on date)
SELECT count(DISTINCT a.holder_id) AS n
FROM audit a CROSS JOIN membership m
WHERE @visit_of_member(a, m, $cooperative, $edition, $from_on, $day, $known)
  AND @member_known(m, $day, $known)

-- The same by requirement that they failed, the most failed first.
-- name: group_failing(cooperative id, day date, known date, edition id, from_on date)
SELECT f.ordinal, count(DISTINCT a.holder_id) AS failed
FROM audit a CROSS JOIN membership m CROSS JOIN finding f
WHERE @visit_of_member(a, m, $cooperative, $edition, $from_on, $day, $known)
  AND @member_known(m, $day, $known)
  AND f.audit_id = a.id AND f.class IN @set(class, nonconformity)
GROUP BY f.ordinal
ORDER BY failed DESC, f.ordinal

-- External audits of those who were members on that day, each with the last internal inspection before it, if no other
-- external audit came between; without one, a row that has none.
-- name: reliability_pairs(cooperative id, edition id, from_on date, until_on date, as_of date)
SELECT a.performed_on, a.responses, i.performed_on AS internal_on, i.responses AS internal_responses,
       p.code AS inspector
FROM audit a
CROSS JOIN membership m
LEFT JOIN audit i ON i.id = (SELECT b.id FROM audit b
                             WHERE b.holder_id = a.holder_id AND b.edition_id = $edition
                               AND b.kind = 'internal_inspection' AND b.performed_on < a.performed_on
                               AND @audit_counts(b, $as_of)
                             ORDER BY b.performed_on DESC, b.id DESC LIMIT 1)
     AND NOT EXISTS (SELECT 1 FROM audit z
                     WHERE z.holder_id = a.holder_id AND z.edition_id = $edition AND z.performed_on > i.performed_on
                       AND (z.performed_on < a.performed_on OR (z.performed_on = a.performed_on AND z.id < a.id))
                       AND z.kind IN @set(audit_kind, visit)
                       AND @audit_counts(z, $as_of))
LEFT JOIN person p ON p.id = i.auditor_id
WHERE @visit_of_member(a, m, $cooperative, $edition, $from_on, $until_on, $as_of)
  AND @member_known(m, a.performed_on, $as_of)
ORDER BY p.code, a.id
