-- Internal inspectors: appointments of role inspector at a cooperative.

-- Those of cooperative $1 on the day $2, after the appointment $3.
-- name: inspector_list
SELECT a.id AS appointment, p.code AS person, a.role, NULL AS body, c.code AS cooperative, a.from_on AS "from",
       NULL AS "until"
FROM appointment a
JOIN person p ON p.id = a.person_id
JOIN holder c ON c.id = a.cooperative_id
WHERE a.cooperative_id = $1 AND a.role = 'inspector' AND a.id > $3
  AND @appointed_on(a, $2)
ORDER BY a.id LIMIT $4
