-- People, and what they are appointed to.

-- name: person_insert
INSERT INTO person (id, code, name, phone, email)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM person), $1, $2, $3, $4)
RETURNING id

-- name: person_update
UPDATE person
SET name = coalesce($2, name), phone = coalesce($3, phone), email = coalesce($4, email),
    ended_on = coalesce($5, ended_on)
WHERE id = $1

-- name: person_show
SELECT code AS person, name, phone, email, ended_on FROM person WHERE id = $1

-- $1: only those who hold this role on the day $2.
-- name: person_list
SELECT p.code AS person, p.name, p.phone, p.email, p.ended_on FROM person p
WHERE p.code > $3
  AND (CAST($1 AS TEXT) IS NULL
       OR EXISTS (SELECT 1 FROM appointment a
                  WHERE a.person_id = p.id AND a.role = $1 AND @appointed_on(a, $2)))
ORDER BY p.code LIMIT $4

-- name: person_appoint
INSERT INTO appointment (id, person_id, role, body_id, cooperative_id, from_on, appointed_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM appointment), $1, $2, $3, $4, $5, $6)
RETURNING id

-- The same role at the same place, not over by $5.
-- name: person_appointed
SELECT id FROM appointment
WHERE person_id = $1 AND role = $2 AND body_id IS NOT DISTINCT FROM $3 AND cooperative_id IS NOT DISTINCT FROM $4
  AND (until_on IS NULL OR until_on > $5)
ORDER BY id LIMIT 1

-- Only one that goes on, and began before $2. It was said on the day $3.
-- name: person_release
UPDATE appointment SET until_on = $2, released_on = $3 WHERE id = $1 AND until_on IS NULL AND from_on < $2 RETURNING id

-- name: person_appointment
SELECT a.id AS appointment, p.code AS person, a.role, b.code AS body, c.code AS cooperative,
       a.from_on AS "from", a.until_on AS "until"
FROM appointment a
JOIN person p ON p.id = a.person_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN holder c ON c.id = a.cooperative_id
WHERE a.id = $1

-- $2: only at bodies and at cooperatives in this scope; $3: known on this day, with the end that was known.
-- name: person_appointments
SELECT a.id AS appointment, p.code AS person, a.role, b.code AS body, c.code AS cooperative,
       a.from_on AS "from",
       CASE WHEN a.until_on <= $3 OR a.released_on <= $3 THEN a.until_on END AS "until"
FROM appointment a
JOIN person p ON p.id = a.person_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN holder c ON c.id = a.cooperative_id
WHERE a.person_id = $1 AND (a.from_on <= $3 OR a.appointed_on <= $3)
  AND (a.cooperative_id IS NULL OR CAST($2 AS TEXT) IS NULL
       OR @listed(a.cooperative_id, $2))
ORDER BY a.from_on DESC, a.id DESC LIMIT 1000
