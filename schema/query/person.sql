-- SPDX-License-Identifier: Apache-2.0
-- People, and what they are appointed to.

-- name: person_insert(code text, name text, phone text, email text, since_on date)
INSERT INTO person (id, code, name, phone, email, since_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM person), $code, $name, $phone, $email, $since_on)
RETURNING id

-- name: person_update(person id, name text, phone text, email text, ended_on date)
UPDATE person
SET name = coalesce($name, name), phone = coalesce($phone, phone), email = coalesce($email, email),
    ended_on = coalesce($ended_on, ended_on)
WHERE id = $person

-- fragment: person_record()
SELECT p.code AS person, p.name, p.phone, p.email, p.ended_on FROM person p

-- name: person_show(person id)
-- record: person
@person_record() WHERE p.id = $person

-- With a role: those who hold it on the day.
-- name: person_list(role choice person_role, day date, after text, limit int)
-- record: person
@person_record()
WHERE p.code > $after AND @known_since(p, $day)
  AND (CAST($role AS TEXT) IS NULL
       OR EXISTS (SELECT 1 FROM appointment a
                  WHERE a.person_id = p.id AND a.role = $role AND @appointed_on(a, $day)))
ORDER BY p.code LIMIT $limit

-- name: person_appoint(person id, role choice person_role, body id, cooperative id, from date, today date)
INSERT INTO appointment (id, person_id, role, body_id, cooperative_id, from_on, appointed_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM appointment), $person, $role, $body, $cooperative, $from, $today)
RETURNING id

-- The same role at the same place, not over by the day.
-- name: person_appointed(person id, role choice person_role, body id, cooperative id, day date)
SELECT id FROM appointment
WHERE person_id = $person AND role = $role AND body_id IS NOT DISTINCT FROM $body
  AND cooperative_id IS NOT DISTINCT FROM $cooperative AND (until_on IS NULL OR until_on > $day) AND void_on IS NULL
ORDER BY id LIMIT 1

-- Only one that goes on, and began before its end. $today: on which day that was recorded.
-- name: person_release(appointment id, until date, today date)
UPDATE appointment SET until_on = $until, released_on = $today
WHERE id = $appointment AND until_on IS NULL AND from_on < $until AND void_on IS NULL
RETURNING id

-- name: person_appointment_facts(appointment id)
SELECT coalesce(appointed_on, from_on) AS recorded_on, void_on FROM appointment WHERE id = $appointment

-- name: person_void(appointment id, day date, reason text, user text)
UPDATE appointment SET void_on = $day, why_void = $reason, void_by = $user WHERE id = $appointment

-- fragment: appointment_columns()
a.id AS appointment, p.code AS person, a.role, b.code AS body, c.code AS cooperative, a.from_on AS "from"

-- fragment: appointments()
appointment a
JOIN person p ON p.id = a.person_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN holder c ON c.id = a.cooperative_id

-- name: person_appointment(appointment id)
-- record: appointment
SELECT @appointment_columns(), a.until_on AS "until", a.void_on, a.why_void, a.void_by
FROM @appointments()
WHERE a.id = $appointment

-- Known on the day, with the end that was known; at bodies, and at cooperatives in scope.
-- name: person_appointments(person id, scope scope, day date)
-- record: appointment
SELECT @appointment_columns(), CASE WHEN a.until_on <= $day OR a.released_on <= $day THEN a.until_on END AS "until",
       CASE WHEN a.void_on <= $day THEN a.void_on END AS void_on,
       CASE WHEN a.void_on <= $day THEN a.why_void END AS why_void,
       CASE WHEN a.void_on <= $day THEN a.void_by END AS void_by
FROM @appointments()
WHERE a.person_id = $person AND (a.from_on <= $day OR a.appointed_on <= $day)
  AND (a.cooperative_id IS NULL OR @scope_coop(a.cooperative_id, $scope))
ORDER BY a.from_on DESC, a.id DESC LIMIT 1000
