-- SPDX-License-Identifier: Apache-2.0
-- Missed duties that were excused.

-- fragment: excused_on(x, day)
$x.on_day <= $day AND ($x.void_on IS NULL OR $x.void_on > $day)

-- fragment: excuses(day)
SELECT x.id AS excuse, h.code AS holder, x.kind, x.what, e.full_code AS edition, x.record, x.due_on, x.on_day AS "on",
       x.reason, x.recorded_by, CASE WHEN x.void_on <= $day THEN x.void_on END AS void_on,
       CASE WHEN x.void_on <= $day THEN x.void_reason END AS void_reason, x.key
FROM excuse x
JOIN holder h ON h.id = x.holder_id
LEFT JOIN edition e ON e.id = x.edition_id

-- name: excuse_next()
SELECT coalesce(max(id), 0) + 1 AS id FROM excuse

-- name: excuse_insert(excuse id, holder id, kind choice due_kind, edition id, key text, due_on date, what text,
--                     record text, on_day date, reason text, recorded_by text)
INSERT INTO excuse (id, holder_id, kind, edition_id, key, due_on, what, record, on_day, reason, recorded_by)
VALUES ($excuse, $holder, $kind, $edition, $key, $due_on, $what, $record, $on_day, $reason, $recorded_by)

-- name: excuse_void(excuse id, on_day date, reason text)
UPDATE excuse SET void_on = $on_day, void_reason = $reason WHERE id = $excuse

-- name: excuse_facts(excuse id)
SELECT holder_id, kind, void_on FROM excuse WHERE id = $excuse

-- name: excuse_show(excuse id, day date)
-- record: excuse
@excuses($day)
WHERE x.id = $excuse

-- Newest first.
-- name: excuse_list(of_holder id, as_of date, scope scope, today date, before int, kind choice due_kind, limit int)
-- record: excuse
WITH @seen($of_holder, $as_of, $scope, $today)
@excuses($as_of)
JOIN seen s ON s.id = x.holder_id
WHERE x.id < $before AND x.on_day <= $as_of AND @only_text(x.kind, $kind)
ORDER BY x.id DESC
LIMIT $limit

-- Those that count on the day, of the holder asked about and, where it is a cooperative, of its members.
-- name: excuse_counting(of_holder id, as_of date, scope scope, today date, kind choice due_kind)
WITH @seen($of_holder, $as_of, $scope, $today)
SELECT x.id, x.kind, h.code AS holder, h.name, x.edition_id, x.key, x.due_on, x.what, x.record, x.reason
FROM seen s
JOIN excuse x ON x.holder_id = s.id
JOIN holder h ON h.id = x.holder_id
WHERE @excused_on(x, $as_of) AND @only_text(x.kind, $kind)
ORDER BY x.key, x.due_on

-- The inspections of whoever is a member on the day that need not be made.
-- name: excuse_inspections(cooperative id, as_of date, edition id)
SELECT x.holder_id, x.due_on
FROM membership m
JOIN excuse x ON x.holder_id = m.enterprise_id
WHERE m.cooperative_id = $cooperative AND @member_on(m, $as_of)
  AND x.kind = 'inspection' AND x.edition_id = $edition AND @excused_on(x, $as_of)
ORDER BY x.holder_id, x.due_on
