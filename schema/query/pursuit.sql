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
  AND @only(p.edition_id, $4)
  AND @only_text(s.state, $5)
  AND @of_holder(p.holder_id, $1, $2)
  AND @scope(p.holder_id, $3, $2)
ORDER BY p.id LIMIT $7
