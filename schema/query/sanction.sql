-- Sanctions. One holds on a day from which it began and by which it is not lifted.

-- name: sanction_insert
INSERT INTO sanction (id, cooperative_id, enterprise_id, edition_id, kind, extent, finding_id, body_id, from_on,
                      deadline_on, reason)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sanction), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id

-- The gravest that holds on the day $4; $2 NULL: on the group itself.
-- name: sanction_pending
SELECT id, kind FROM sanction
WHERE cooperative_id = $1 AND enterprise_id IS NOT DISTINCT FROM $2 AND edition_id = $3
  AND from_on <= $4 AND (lifted_on IS NULL OR lifted_on > $4)
ORDER BY @gravity(kind), id DESC
LIMIT 1

-- Those of a member ($2 NULL: of the group itself) that are not lifted and began by the day $5; $3: for this edition;
-- $4: this one.
-- name: sanction_to_lift
SELECT id, body_id FROM sanction
WHERE cooperative_id = $1 AND enterprise_id IS NOT DISTINCT FROM $2 AND from_on <= $5 AND lifted_on IS NULL
  AND @only(edition_id, $3) AND @only(id, $4)
ORDER BY id LIMIT 1000

-- name: sanction_lift
UPDATE sanction SET lifted_on = $2, lift_reason = $3 WHERE id = $1

-- name: sanction_show
-- As of the day $2.
SELECT s.id AS sanction, c.code AS cooperative, h.code AS enterprise, e.full_code AS edition, s.kind, s.extent,
       s.finding_id AS finding, b.code AS body, s.from_on AS "on", s.deadline_on AS deadline,
       CASE WHEN s.deadline_on < $2 AND (s.lifted_on IS NULL OR s.lifted_on > $2) THEN 1 ELSE 0 END AS overdue,
       s.reason, CASE WHEN s.lifted_on <= $2 THEN s.lifted_on END AS lifted_on,
       CASE WHEN s.lifted_on <= $2 THEN s.lift_reason END AS lift_reason
FROM sanction s
JOIN holder c ON c.id = s.cooperative_id
JOIN edition e ON e.id = s.edition_id
LEFT JOIN holder h ON h.id = s.enterprise_id
LEFT JOIN body b ON b.id = s.body_id
WHERE s.id = $1

-- $1: cooperative; $2: day; $3: only of this member; $4: for this edition; $5: also those lifted (1); $6: after; $7: limit.
-- name: sanction_list
SELECT s.id AS sanction, c.code AS cooperative, h.code AS enterprise, e.full_code AS edition, s.kind, s.extent,
       s.finding_id AS finding, b.code AS body, s.from_on AS "on", s.deadline_on AS deadline,
       CASE WHEN s.deadline_on < $2 AND (s.lifted_on IS NULL OR s.lifted_on > $2) THEN 1 ELSE 0 END AS overdue,
       s.reason, CASE WHEN s.lifted_on <= $2 THEN s.lifted_on END AS lifted_on,
       CASE WHEN s.lifted_on <= $2 THEN s.lift_reason END AS lift_reason
FROM sanction s
JOIN holder c ON c.id = s.cooperative_id
JOIN edition e ON e.id = s.edition_id
LEFT JOIN holder h ON h.id = s.enterprise_id
LEFT JOIN body b ON b.id = s.body_id
WHERE s.cooperative_id = $1 AND s.id > $6 AND s.from_on <= $2
  AND ($5 = 1 OR s.lifted_on IS NULL OR s.lifted_on > $2)
  AND @only(s.enterprise_id, $3)
  AND @only(s.edition_id, $4)
ORDER BY s.id LIMIT $7

-- name: sanction_finding
-- Whose finding it is, and for which edition.
SELECT holder_id, edition_id, raised_on FROM finding WHERE id = $1
