-- SPDX-License-Identifier: Apache-2.0
-- Memberships: an enterprise in a cooperative from a day to a day.

-- fragment: member_risk(m, day)
(SELECT r.risk FROM member_risk r
 WHERE r.cooperative_id = $m.cooperative_id AND r.enterprise_id = $m.enterprise_id AND r.on_day <= $day
 ORDER BY r.on_day DESC, r.number DESC LIMIT 1)

-- name: member_insert(cooperative id, enterprise id, joined_on date, left_on date, today date)
INSERT INTO membership (id, cooperative_id, enterprise_id, joined_on, left_on, recorded_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM membership), $cooperative, $enterprise, $joined_on, $left_on, $today)
RETURNING id

-- name: member_leave(membership id, left_on date, reason text)
UPDATE membership SET left_on = $left_on, reason = $reason WHERE id = $membership

-- One that shares a day with [$joined_on, $left_on); $left_on NULL: no end.
-- name: member_overlap(cooperative id, enterprise id, joined_on date, left_on date)
-- row: member_period
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $cooperative AND enterprise_id = $enterprise
  AND (left_on IS NULL OR left_on > $joined_on) AND (CAST($left_on AS TEXT) IS NULL OR joined_on < $left_on)
  AND void_on IS NULL
ORDER BY joined_on LIMIT 1

-- The one that goes on.
-- name: member_open(cooperative id, enterprise id)
-- row: member_period
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $cooperative AND enterprise_id = $enterprise AND left_on IS NULL AND void_on IS NULL

-- name: member_joined_on(cooperative id, enterprise id, joined_on date)
-- row: member_period
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $cooperative AND enterprise_id = $enterprise AND joined_on = $joined_on
  AND void_on IS NULL

-- name: member_newest(cooperative id, enterprise id)
-- row: member_period
SELECT id, joined_on, left_on FROM membership
WHERE cooperative_id = $cooperative AND enterprise_id = $enterprise AND void_on IS NULL
ORDER BY joined_on DESC LIMIT 1

-- name: member_facts(membership id)
SELECT cooperative_id, enterprise_id, joined_on, left_on, coalesce(recorded_on, joined_on) AS recorded_on, void_on
FROM membership WHERE id = $membership

-- name: member_void(membership id, day date, reason text, user text)
UPDATE membership SET void_on = $day, why_void = $reason, void_by = $user WHERE id = $membership

-- Whether it is a member on a day.
-- name: member_on_day(cooperative id, enterprise id, day date)
SELECT m.id FROM membership m
WHERE m.cooperative_id = $cooperative AND m.enterprise_id = $enterprise AND @member_on(m, $day)

-- How many memberships of a cooperative, or of an enterprise, include the day or a later one.
-- name: member_count_cooperative(cooperative id, day date)
SELECT count(*) AS n FROM membership
WHERE cooperative_id = $cooperative AND (left_on IS NULL OR left_on > $day) AND void_on IS NULL

-- name: member_count_enterprise(enterprise id, day date)
SELECT count(*) AS n FROM membership
WHERE enterprise_id = $enterprise AND (left_on IS NULL OR left_on > $day) AND void_on IS NULL

-- Memberships of an enterprise that include the day or a later one, in cooperatives outside the scope.
-- name: member_count_elsewhere(enterprise id, day date, scope scope)
SELECT count(*) AS n FROM membership m
WHERE m.enterprise_id = $enterprise AND (m.left_on IS NULL OR m.left_on > $day) AND m.void_on IS NULL
  AND NOT @listed(m.cooperative_id, $scope)

-- $day: of its risk.
-- name: member_show(membership id, day date)
-- record: membership
SELECT m.id AS membership, c.code AS cooperative, h.code AS enterprise, h.name, m.joined_on, m.left_on, m.reason,
       @member_risk(m, $day) AS risk, m.void_on, m.why_void, m.void_by
FROM membership m
JOIN holder c ON c.id = m.cooperative_id
JOIN holder h ON h.id = m.enterprise_id
WHERE m.id = $membership

-- On a day, or with past all that had begun by it, after a membership. What ended later had not ended then.
-- name: member_list(cooperative id, day date, past bool, after int, limit int)
-- record: membership
SELECT m.id AS membership, c.code AS cooperative, h.code AS enterprise, h.name, m.joined_on,
       CASE WHEN m.left_on <= $day THEN m.left_on END AS left_on,
       CASE WHEN m.left_on <= $day THEN m.reason END AS reason,
       @member_risk(m, $day) AS risk, CASE WHEN m.void_on <= $day THEN m.void_on END AS void_on,
       CASE WHEN m.void_on <= $day THEN m.why_void END AS why_void,
       CASE WHEN m.void_on <= $day THEN m.void_by END AS void_by
FROM membership m
JOIN holder c ON c.id = m.cooperative_id
JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $cooperative
  AND m.joined_on <= $day AND ($past = 1 OR @member_on(m, $day))
  AND ($after = 0 OR (h.code, m.id) > (SELECT x.code, y.id FROM membership y JOIN holder x ON x.id = y.enterprise_id
                                       WHERE y.id = $after))
ORDER BY h.code, m.id LIMIT $limit

-- name: member_rate(cooperative id, enterprise id, risk choice risk, on_day date, reason text)
INSERT INTO member_risk (cooperative_id, enterprise_id, number, risk, on_day, reason)
VALUES ($cooperative, $enterprise,
        (SELECT coalesce(max(number), 0) + 1 FROM member_risk
         WHERE cooperative_id = $cooperative AND enterprise_id = $enterprise),
        $risk, $on_day, $reason)
