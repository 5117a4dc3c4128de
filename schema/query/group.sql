-- Verdicts on groups. An external audit is one that looks at the whole of a member: not a first stage, which looks at
-- its documents, nor a follow-up, which looks at what was open.

-- name: coverage_read
-- The members of cooperative $1 on day $2 after code $5, but those excluded for edition $3, each with its internal
-- inspections in the period from $4 and ($6 = 1) the last before it, newest first; one row without an audit where there
-- is none.
SELECT m.enterprise_id, h.code, h.name, m.joined_on, a.id, a.performed_on, p.code AS inspector,
       a.conforming + a.nonconforming + a.not_applicable AS answered,
       CASE WHEN EXISTS (SELECT 1 FROM appointment n
                         WHERE n.person_id = a.auditor_id AND n.role = 'inspector' AND n.cooperative_id = $1
                           AND @appointed_on(n, a.performed_on))
            THEN 1 ELSE 0 END AS appointed,
       CASE WHEN a.concluded_on <= $2 AND a.concluded_by <> a.auditor_id
                 AND NOT EXISTS (SELECT 1 FROM audit_member t
                                 WHERE t.audit_id = a.id AND t.planned = 0 AND t.person_id = a.concluded_by
                                   AND t.role <> 'observer')
            THEN 1 ELSE 0 END AS approved
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
LEFT JOIN audit a ON a.holder_id = m.enterprise_id AND a.edition_id = $3 AND a.kind = 'internal_inspection'
     AND a.performed_on <= $2
     AND a.performed_on >= CASE WHEN $6 = 1 THEN coalesce((SELECT max(b.performed_on) FROM audit b
                                                           WHERE b.holder_id = m.enterprise_id AND b.edition_id = $3
                                                             AND b.kind = 'internal_inspection'
                                                             AND b.performed_on < $4), $4)
                                ELSE $4 END
     AND NOT @audit_corrected(a.id, $2)
LEFT JOIN person p ON p.id = a.auditor_id
WHERE m.cooperative_id = $1 AND @member_on(m, $2) AND h.code > $5
  AND NOT @excluded($1, $3, m.enterprise_id, $2)
ORDER BY h.code, a.performed_on DESC, a.id DESC

-- name: group_members
-- The members of cooperative $1 on day $2 with their kept standings on edition $3, and the gravest sanction on each.
SELECT m.enterprise_id, h.code, s.verdict,
       (SELECT x.kind FROM sanction x
        WHERE x.cooperative_id = $1 AND x.edition_id = $3 AND x.enterprise_id = m.enterprise_id
          AND @sanction_on(x, $2)
        ORDER BY @gravity(x.kind) LIMIT 1) AS sanction
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
LEFT JOIN standing s ON s.holder_id = m.enterprise_id AND s.edition_id = $3
WHERE m.cooperative_id = $1 AND @member_on(m, $2)
ORDER BY h.code

-- name: group_sanctions
-- What holds on day $2 against the group of cooperative $1 for edition $3: sanctions on itself, and structural ones on
-- whoever is its member.
SELECT s.id, h.code FROM sanction s
LEFT JOIN holder h ON h.id = s.enterprise_id
WHERE s.cooperative_id = $1 AND s.edition_id = $3 AND @sanction_on(s, $2)
  AND (s.enterprise_id IS NULL
       OR (s.extent = 'structural'
           AND EXISTS (SELECT 1 FROM membership m
                       WHERE m.cooperative_id = $1 AND m.enterprise_id = s.enterprise_id
                         AND @member_on(m, $2))))
ORDER BY s.id

-- name: group_decided
-- The last decision on the group's certificate by day $3.
SELECT max(t.decided_on) FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
WHERE c.holder_id = $1 AND c.edition_id = $2 AND t.decided_on <= $3

-- name: group_visited
-- How many members on day $2 an external auditor visited on $4 or later.
SELECT count(DISTINCT a.holder_id)
FROM audit a CROSS JOIN membership m
WHERE a.edition_id = $3 AND a.performed_on >= $4 AND a.performed_on <= $2
  AND a.kind IN @set(audit_kind, visit)
  AND m.cooperative_id = $1 AND m.enterprise_id = a.holder_id
  AND @member_on(m, $2)
  AND NOT @audit_corrected(a.id, $2)

-- name: group_failing
-- The same by requirement that they failed, the most failed first.
SELECT f.ordinal, count(DISTINCT a.holder_id) AS failed
FROM audit a CROSS JOIN membership m CROSS JOIN finding f
WHERE a.edition_id = $3 AND a.performed_on >= $4 AND a.performed_on <= $2
  AND a.kind IN @set(audit_kind, visit)
  AND m.cooperative_id = $1 AND m.enterprise_id = a.holder_id
  AND @member_on(m, $2)
  AND f.audit_id = a.id AND f.class IN ('major', 'minor')
  AND NOT @audit_corrected(a.id, $2)
GROUP BY f.ordinal
ORDER BY failed DESC, f.ordinal

-- name: reliability_pairs
-- External audits of edition $2 performed in [$3, $4] of those who were members of cooperative $1 on that day, each with
-- the last internal inspection before it, if no other external audit came between; without one, a row that has none.
-- $5: as known on this day.
SELECT a.performed_on, a.responses, i.performed_on, i.responses, p.code AS inspector
FROM audit a
CROSS JOIN membership m
LEFT JOIN audit i ON i.id = (SELECT b.id FROM audit b
                             WHERE b.holder_id = a.holder_id AND b.edition_id = $2 AND b.kind = 'internal_inspection'
                               AND b.performed_on < a.performed_on
                               AND NOT @audit_corrected(b.id, $5)
                             ORDER BY b.performed_on DESC, b.id DESC LIMIT 1)
     AND NOT EXISTS (SELECT 1 FROM audit z
                     WHERE z.holder_id = a.holder_id AND z.edition_id = $2 AND z.performed_on > i.performed_on
                       AND (z.performed_on < a.performed_on OR (z.performed_on = a.performed_on AND z.id < a.id))
                       AND z.kind IN @set(audit_kind, visit)
                       AND NOT @audit_corrected(z.id, $5))
LEFT JOIN person p ON p.id = i.auditor_id
WHERE a.edition_id = $2 AND a.performed_on >= $3 AND a.performed_on <= $4
  AND a.kind IN @set(audit_kind, visit)
  AND m.cooperative_id = $1 AND m.enterprise_id = a.holder_id
  AND @member_on(m, a.performed_on)
  AND NOT @audit_corrected(a.id, $5)
ORDER BY p.code, a.id
