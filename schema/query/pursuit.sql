-- SPDX-License-Identifier: Apache-2.0
-- Pursuits and their steps.

-- name: pursuit_insert(holder id, edition id, route choice pursuit_route, day date, target_on date)
INSERT INTO pursuit (id, holder_id, edition_id, route, state, enrolled_on, target_on, moved_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM pursuit), $holder, $edition, $route, 'enrolled', $day, $target_on, $day)
RETURNING id

-- name: pursuit_step(pursuit id, state choice pursuit_state, day date, reason text)
INSERT INTO pursuit_step (pursuit_id, number, state, on_day, reason)
VALUES ($pursuit, (SELECT coalesce(max(number), 0) + 1 FROM pursuit_step WHERE pursuit_id = $pursuit), $state, $day,
        $reason)

-- name: pursuit_move(pursuit id, state choice pursuit_state, day date)
UPDATE pursuit SET state = $state, moved_on = $day WHERE id = $pursuit

-- name: pursuit_current(holder id, edition id)
SELECT id FROM pursuit WHERE holder_id = $holder AND edition_id = $edition AND state <> 'ended'

-- As they stood on the day.
-- fragment: pursuit_record(day)
SELECT p.id AS pursuit, h.code AS holder, e.full_code AS edition, p.route, s.state, p.enrolled_on, p.target_on,
       s.on_day AS moved_on
FROM pursuit p
JOIN holder h ON h.id = p.holder_id
JOIN edition e ON e.id = p.edition_id
JOIN pursuit_step s ON s.pursuit_id = p.id AND s.number = (SELECT max(l.number) FROM pursuit_step l
                                                           WHERE l.pursuit_id = p.id AND l.on_day <= $day)

-- name: pursuit_show(pursuit id, day date)
-- record: pursuit
@pursuit_record($day)
WHERE p.id = $pursuit

-- name: pursuit_steps(pursuit id, day date)
-- record: pursuit_step
SELECT state, on_day AS "on", reason FROM pursuit_step
WHERE pursuit_id = $pursuit AND on_day <= $day ORDER BY number LIMIT 1000

-- Of a holder and its members on $member_on.
-- name: pursuit_list(holder id, member_on date, scope scope, edition id, state choice pursuit_state, after int,
--       limit int, day date)
-- record: pursuit
@pursuit_record($day)
WHERE p.id > $after
  AND @only(p.edition_id, $edition)
  AND @only_text(s.state, $state)
  AND @of_holder(p.holder_id, $holder, $member_on)
  AND @scope(p.holder_id, $scope, $member_on)
ORDER BY p.id LIMIT $limit
