-- SPDX-License-Identifier: Apache-2.0
-- Internal inspectors: appointments of role inspector at a cooperative.

-- The last appointment of a person that is not void.
-- name: inspector_last(cooperative id, person id)
SELECT a.id FROM appointment a
WHERE a.cooperative_id = $cooperative AND a.person_id = $person AND a.role = 'inspector' AND a.void_on IS NULL
ORDER BY a.from_on DESC, a.id DESC LIMIT 1

-- name: inspector_list(cooperative id, day date, after int, limit int)
-- record: appointment
SELECT a.id AS appointment, p.code AS person, a.role, NULL AS body, c.code AS cooperative, a.from_on AS "from",
       NULL AS "until", NULL AS void_on, NULL AS why_void, NULL AS void_by
FROM appointment a
JOIN person p ON p.id = a.person_id
JOIN holder c ON c.id = a.cooperative_id
WHERE a.cooperative_id = $cooperative AND a.role = 'inspector' AND a.id > $after AND @appointed_on(a, $day)
ORDER BY a.id LIMIT $limit
