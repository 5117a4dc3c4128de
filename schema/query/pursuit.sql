-- Pursuits and their steps.

-- name: pursuit_insert
INSERT INTO pursuit (id, holder_id, edition_id, route, state, enrolled_on, target_on, moved_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM pursuit), $1, $2, $3, 'enrolled', $4, $5, $4)
RETURNING id

-- name: pursuit_step
INSERT INTO pursuit_step (pursuit_id, number, state, on_day, reason)
VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM pursuit_step WHERE pursuit_id = $1), $2, $3, $4)

-- name: pursuit_move
UPDATE pursuit SET state = $2, moved_on = $3 WHERE id = $1

-- name: pursuit_current
SELECT id FROM pursuit WHERE holder_id = $1 AND edition_id = $2 AND state <> 'ended'

-- As it stood on the day $2.
-- name: pursuit_show
SELECT p.id AS pursuit, h.code AS holder, e.full_code AS edition, p.route, s.state, p.enrolled_on, p.target_on,
       s.on_day AS moved_on
FROM pursuit p
JOIN holder h ON h.id = p.holder_id
JOIN edition e ON e.id = p.edition_id
JOIN pursuit_step s ON s.pursuit_id = p.id AND s.number = (SELECT max(l.number) FROM pursuit_step l
                                                           WHERE l.pursuit_id = p.id AND l.on_day <= $2)
WHERE p.id = $1

-- name: pursuit_enrolled
SELECT enrolled_on FROM pursuit WHERE id = $1

-- name: pursuit_steps
SELECT state, on_day AS "on", reason FROM pursuit_step
WHERE pursuit_id = $1 AND on_day <= $2 ORDER BY number LIMIT 1000

-- $1: this holder or its members on the day $2; $3: scope; $4: edition; $5: state; $6: after; $7: limit.
-- As they stood on the day $8.
-- name: pursuit_list
SELECT p.id AS pursuit, h.code AS holder, e.full_code AS edition, p.route, s.state, p.enrolled_on, p.target_on,
       s.on_day AS moved_on
FROM pursuit p
JOIN holder h ON h.id = p.holder_id
JOIN edition e ON e.id = p.edition_id
JOIN pursuit_step s ON s.pursuit_id = p.id AND s.number = (SELECT max(l.number) FROM pursuit_step l
                                                           WHERE l.pursuit_id = p.id AND l.on_day <= $8)
WHERE p.id > $6
  AND (CAST($4 AS BIGINT) IS NULL OR p.edition_id = $4)
  AND (CAST($5 AS TEXT) IS NULL OR s.state = $5)
  AND (CAST($1 AS BIGINT) IS NULL OR p.holder_id = $1
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = p.holder_id AND m.cooperative_id = $1
                    AND m.joined_on <= $2 AND (m.left_on IS NULL OR m.left_on > $2)))
  AND (CAST($3 AS TEXT) IS NULL OR $3 LIKE '%,' || CAST(p.holder_id AS TEXT) || ',%'
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = p.holder_id AND m.joined_on <= $2 AND (m.left_on IS NULL OR m.left_on > $2)
                    AND $3 LIKE '%,' || CAST(m.cooperative_id AS TEXT) || ',%'))
ORDER BY p.id LIMIT $7
