-- Memberships: an enterprise in a cooperative from a day to a day.

-- name: member_insert
INSERT INTO membership (id, cooperative_id, enterprise_id, joined_on, left_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM membership), $1, $2, $3, $4)
RETURNING id

-- name: member_leave
UPDATE membership SET left_on = $2, reason = $3 WHERE id = $1

-- One that shares a day with [$3, $4); $4 NULL: no end.
-- name: member_overlap
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $1 AND enterprise_id = $2
  AND (left_on IS NULL OR left_on > $3) AND (CAST($4 AS TEXT) IS NULL OR joined_on < $4)
ORDER BY joined_on LIMIT 1

-- The one that goes on.
-- name: member_open
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $1 AND enterprise_id = $2 AND left_on IS NULL

-- name: member_joined_on
SELECT id, joined_on, left_on FROM membership WHERE cooperative_id = $1 AND enterprise_id = $2 AND joined_on = $3

-- name: member_newest
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $1 AND enterprise_id = $2 ORDER BY joined_on DESC LIMIT 1

-- Whether it is a member on a day.
-- name: member_on_day
SELECT id FROM membership
WHERE cooperative_id = $1 AND enterprise_id = $2 AND joined_on <= $3 AND (left_on IS NULL OR left_on > $3)

-- How many memberships of a cooperative, or of an enterprise, include the day $2 or a later one.
-- name: member_count_cooperative
SELECT count(*) FROM membership WHERE cooperative_id = $1 AND (left_on IS NULL OR left_on > $2)

-- name: member_count_enterprise
SELECT count(*) FROM membership WHERE enterprise_id = $1 AND (left_on IS NULL OR left_on > $2)

-- Memberships of enterprise $1 that include the day $2 or a later one, in cooperatives outside the scope $3.
-- name: member_count_elsewhere
SELECT count(*) FROM membership
WHERE enterprise_id = $1 AND (left_on IS NULL OR left_on > $2)
  AND $3 NOT LIKE '%,' || CAST(cooperative_id AS TEXT) || ',%'

-- $2: the day of its risk.
-- name: member_show
SELECT m.id AS membership, c.code AS cooperative, h.code AS enterprise, h.name, m.joined_on, m.left_on, m.reason,
       (SELECT r.risk FROM member_risk r
        WHERE r.cooperative_id = m.cooperative_id AND r.enterprise_id = m.enterprise_id AND r.on_day <= $2
        ORDER BY r.on_day DESC, r.number DESC LIMIT 1) AS risk
FROM membership m
JOIN holder c ON c.id = m.cooperative_id
JOIN holder h ON h.id = m.enterprise_id
WHERE m.id = $1

-- $2: on this day; $3: every membership (1) begun by then; $4: after this membership. What ended later had not ended then.
-- name: member_list
SELECT m.id AS membership, c.code AS cooperative, h.code AS enterprise, h.name, m.joined_on,
       CASE WHEN m.left_on <= $2 THEN m.left_on END AS left_on,
       CASE WHEN m.left_on <= $2 THEN m.reason END AS reason,
       (SELECT r.risk FROM member_risk r
        WHERE r.cooperative_id = m.cooperative_id AND r.enterprise_id = m.enterprise_id AND r.on_day <= $2
        ORDER BY r.on_day DESC, r.number DESC LIMIT 1) AS risk
FROM membership m
JOIN holder c ON c.id = m.cooperative_id
JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $1
  AND m.joined_on <= $2 AND ($3 = 1 OR m.left_on IS NULL OR m.left_on > $2)
  AND ($4 = 0 OR (h.code, m.id) > (SELECT x.code, y.id FROM membership y JOIN holder x ON x.id = y.enterprise_id
                                   WHERE y.id = $4))
ORDER BY h.code, m.id LIMIT $5

-- name: member_rate
INSERT INTO member_risk (cooperative_id, enterprise_id, number, risk, on_day, reason)
VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM member_risk WHERE cooperative_id = $1 AND enterprise_id = $2),
        $3, $4, $5)
