-- SPDX-License-Identifier: Apache-2.0
-- What is due, a statement for each source: of the holder asked about and, where it is a cooperative, of its members on
-- the day; without one, of whoever lies in scope today.

-- fragment: holder_goes_on(h, day)
($h.ended_on IS NULL OR $h.ended_on > $day)

-- fragment: pursued_on(p, day)
$p.enrolled_on <= $day AND NOT @pursuit_ended($p.id, $day)

-- Planned for the last day told of, or an earlier one.
-- name: due_planned_audits(of_holder id, as_of date, scope scope, today date, until_on date)
-- row: duty
WITH @seen($of_holder, $as_of, $scope, $today)
SELECT a.id AS record, CAST(NULL AS BIGINT) AS part, h.code AS holder, h.name, a.edition_id,
       replace(a.kind, '_', ' ') AS what, coalesce(p.code, b.code) AS owner, a.planned_on AS on_day
FROM seen s
JOIN audit a ON a.holder_id = s.id
JOIN holder h ON h.id = a.holder_id
LEFT JOIN person p ON p.id = a.planned_auditor_id
LEFT JOIN body b ON b.id = a.planned_body_id
WHERE a.planned_on <= $until_on
  AND (a.planned_at IS NULL OR a.planned_at <= $as_of)
  AND (a.performed_on IS NULL OR a.performed_on > $as_of)
  AND (a.state <> 'cancelled' OR a.cancelled_on > $as_of)

-- In force or suspended on the day, or expired with nothing in their place: no other certificate of the holder against
-- the standard lasts longer. A pursuit of the edition that has ended since asks for nothing more.
-- name: due_certificates(of_holder id, as_of date, scope scope, today date)
WITH @seen($of_holder, $as_of, $scope, $today)
SELECT c.id, h.code, h.name, c.edition_id, t.number, t.valid_until
FROM seen s
JOIN certificate c ON c.holder_id = s.id
JOIN certificate_term t ON t.certificate_id = c.id
 AND t.ordinal = (SELECT max(x.ordinal) FROM certificate_term x
                  WHERE x.certificate_id = c.id AND x.decided_on <= $as_of)
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
WHERE @holder_goes_on(h, $as_of)
  AND NOT @certificate_withdrawn(c.id, $as_of)
  AND NOT EXISTS (SELECT 1 FROM certificate n
                  JOIN certificate_term u ON u.certificate_id = n.id
                  JOIN edition o ON o.id = n.edition_id
                  WHERE n.holder_id = c.holder_id AND n.id <> c.id AND o.standard_id = e.standard_id
                    AND u.decided_on <= $as_of
                    AND (u.valid_until > t.valid_until OR (u.valid_until = t.valid_until AND n.id > c.id))
                    AND NOT @certificate_withdrawn(n.id, $as_of))
  AND NOT EXISTS (SELECT 1 FROM pursuit p JOIN pursuit_step g ON g.pursuit_id = p.id
                  WHERE p.holder_id = c.holder_id AND p.edition_id = c.edition_id AND g.state = 'ended'
                    AND g.on_day >= c.valid_from AND g.on_day <= $as_of)
ORDER BY c.id

-- Who pursues an edition, or holds a certificate against it, that some day may be used no longer, and not a newer one
-- of the standard too. A newer edition counts if it was published by the end of the day.
-- name: due_editions(of_holder id, as_of date, scope scope, today date, published_by instant)
WITH @seen($of_holder, $as_of, $scope, $today), used (holder_id, edition_id) AS (
    SELECT p.holder_id, p.edition_id FROM seen s JOIN pursuit p ON p.holder_id = s.id
    WHERE @pursued_on(p, $as_of)
    UNION
    SELECT c.holder_id, c.edition_id FROM seen s JOIN certificate c ON c.holder_id = s.id
    WHERE @certificate_holds(c.id, $as_of)
), last (edition_id, standard_id, valid_from, valid_until, superseded_from) AS (
    SELECT e.id, e.standard_id, e.valid_from, e.valid_until,
           (SELECT min(n.obligatory_from) FROM edition n
            WHERE n.standard_id = e.standard_id AND n.valid_from > e.valid_from AND n.published_at <= $published_by)
    FROM edition e
)
SELECT h.code, h.name, u.edition_id, l.valid_until, l.superseded_from
FROM used u
JOIN last l ON l.edition_id = u.edition_id
JOIN holder h ON h.id = u.holder_id
WHERE (l.valid_until IS NOT NULL OR l.superseded_from IS NOT NULL)
  AND @holder_goes_on(h, $as_of)
  AND NOT EXISTS (SELECT 1 FROM used o JOIN last n ON n.edition_id = o.edition_id
                  WHERE o.holder_id = u.holder_id AND n.standard_id = l.standard_id AND n.valid_from > l.valid_from)

-- Of one cooperative, or of those in scope; ends known on the day and not yet reached.
-- name: due_appointments(of_cooperative id, as_of date, scope scope, until_on date)
-- row: duty
SELECT a.id AS record, CAST(NULL AS BIGINT) AS part, c.code AS holder, c.name, CAST(NULL AS BIGINT) AS edition_id,
       p.code || ' as ' || replace(a.role, '_', ' ') AS what, p.code AS owner, a.until_on AS on_day
FROM appointment a
JOIN holder c ON c.id = a.cooperative_id
JOIN person p ON p.id = a.person_id
WHERE a.until_on > $as_of AND a.until_on <= $until_on AND a.from_on <= $as_of AND NOT @known_void(a, $as_of)
  AND (a.appointed_on IS NULL OR a.appointed_on <= $as_of) AND (a.released_on IS NULL OR a.released_on <= $as_of)
  AND @only(c.id, $of_cooperative)
  AND @scope_coop(c.id, $scope)

-- Cooperatives in scope and the editions they pursue, or hold a certificate against: the one asked about, those of
-- which the enterprise asked about is a member, or all.
-- name: due_groups(of_holder id, as_of date, scope scope)
WITH coop (id) AS (
    SELECT h.id FROM holder h
    WHERE h.kind = 'cooperative'
      AND (CAST($of_holder AS BIGINT) IS NULL OR h.id = $of_holder
           OR EXISTS (SELECT 1 FROM membership m
                      WHERE m.cooperative_id = h.id AND m.enterprise_id = $of_holder AND @member_on(m, $as_of)))
      AND @scope_coop(h.id, $scope)
)
SELECT u.cooperative_id, u.edition_id, @group_since(u.cooperative_id, u.edition_id, $as_of) AS since
FROM (SELECT p.holder_id AS cooperative_id, p.edition_id FROM coop o JOIN pursuit p ON p.holder_id = o.id
      WHERE @pursued_on(p, $as_of)
      UNION
      SELECT c.holder_id, c.edition_id FROM coop o JOIN certificate c ON c.holder_id = o.id
      WHERE @certificate_holds(c.id, $as_of)) AS u

-- Not lifted by the day, with a deadline by the last day told of: of the cooperative or the member asked about.
-- name: due_sanctions(of_holder id, as_of date, scope scope, until_on date)
-- row: duty
SELECT s.id AS record, CAST(NULL AS BIGINT) AS part, h.code AS holder, h.name, s.edition_id, s.kind AS what,
       CAST(NULL AS TEXT) AS owner, s.deadline_on AS on_day
FROM sanction s
JOIN holder h ON h.id = coalesce(s.enterprise_id, s.cooperative_id)
WHERE s.deadline_on <= $until_on AND @sanction_on(s, $as_of)
  AND (CAST($of_holder AS BIGINT) IS NULL OR s.cooperative_id = $of_holder OR s.enterprise_id = $of_holder)
  AND @scope_coop(s.cooperative_id, $scope)

-- name: due_holders(of_holder id, as_of date, scope scope, today date)
WITH @seen($of_holder, $as_of, $scope, $today)
SELECT h.id, h.code, h.name FROM seen s JOIN holder h ON h.id = s.id ORDER BY h.id

-- Of the newest plan of each finding that is accepted on the day: what is not done by then, and due by the last day
-- told of.
-- name: due_actions(of_holder id, as_of date, scope scope, today date, until_on date)
-- row: duty
WITH @seen($of_holder, $as_of, $scope, $today)
SELECT a.finding_id AS record, a.number AS part, h.code AS holder, h.name, f.edition_id, a.kind AS what,
       p.code AS owner, a.due_on AS on_day
FROM seen s
JOIN finding f ON f.holder_id = s.id
JOIN finding_action a ON a.finding_id = f.id
JOIN holder h ON h.id = f.holder_id
JOIN person p ON p.id = a.owner_id
WHERE @finding_open_on(f, $as_of)
  AND a.due_on <= $until_on AND (a.done_on IS NULL OR a.done_on > $as_of)
  AND a.plan = (SELECT max(c.number) FROM corrective_plan c WHERE c.finding_id = f.id AND c.on_day <= $as_of)
  AND @finding_stepped(f.id, $as_of) = 'accepted'

-- Received by the day, not replaced by then, and expiring by the last day told of.
-- name: due_evidence(of_holder id, as_of date, scope scope, today date, until_on date)
-- row: duty
WITH @seen($of_holder, $as_of, $scope, $today)
SELECT v.id AS record, CAST(NULL AS BIGINT) AS part, h.code AS holder, h.name, CAST(NULL AS BIGINT) AS edition_id,
       v.title AS what, CAST(NULL AS TEXT) AS owner, v.expires_on AS on_day
FROM seen s
JOIN evidence v ON v.holder_id = s.id
JOIN holder h ON h.id = v.holder_id
WHERE v.expires_on <= $until_on AND v.received_on <= $as_of
  AND NOT EXISTS @evidence_replaced(v, $as_of)
