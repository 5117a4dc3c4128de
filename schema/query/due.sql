-- What is due, a statement for each source. $1: this holder and, if it is a cooperative, its members on the day $2
-- asked about; NULL: whoever lies in scope $3 on the day $4.

-- name: due_planned_audits
-- $5: planned for this day or an earlier one.
WITH @seen($1, $2, $3, $4)
SELECT a.id, h.code, h.name, a.edition_id, a.kind, a.planned_on, p.code AS auditor, b.code AS body
FROM seen s
JOIN audit a ON a.holder_id = s.id
JOIN holder h ON h.id = a.holder_id
LEFT JOIN person p ON p.id = a.planned_auditor_id
LEFT JOIN body b ON b.id = a.planned_body_id
WHERE a.planned_on <= $5
  AND (a.planned_at IS NULL OR a.planned_at <= $2)
  AND (a.performed_on IS NULL OR a.performed_on > $2)
  AND (a.state <> 'cancelled' OR a.cancelled_on > $2)

-- name: due_certificates
-- In force or suspended on the day, or expired with nothing in their place: no other certificate of the holder against
-- the standard lasts longer. A pursuit of the edition that has ended since asks for nothing more.
WITH @seen($1, $2, $3, $4)
SELECT c.id, h.code, h.name, c.edition_id, t.number, t.valid_until
FROM seen s
JOIN certificate c ON c.holder_id = s.id
JOIN certificate_term t ON t.certificate_id = c.id
 AND t.ordinal = (SELECT max(x.ordinal) FROM certificate_term x WHERE x.certificate_id = c.id AND x.decided_on <= $2)
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
WHERE (h.ended_on IS NULL OR h.ended_on > $2)
  AND NOT @certificate_withdrawn(c.id, $2)
  AND NOT EXISTS (SELECT 1 FROM certificate n
                  JOIN certificate_term u ON u.certificate_id = n.id
                  JOIN edition o ON o.id = n.edition_id
                  WHERE n.holder_id = c.holder_id AND n.id <> c.id AND o.standard_id = e.standard_id
                    AND u.decided_on <= $2
                    AND (u.valid_until > t.valid_until OR (u.valid_until = t.valid_until AND n.id > c.id))
                    AND NOT @certificate_withdrawn(n.id, $2))
  AND NOT EXISTS (SELECT 1 FROM pursuit p JOIN pursuit_step g ON g.pursuit_id = p.id
                  WHERE p.holder_id = c.holder_id AND p.edition_id = c.edition_id AND g.state = 'ended'
                    AND g.on_day >= c.valid_from AND g.on_day <= $2)
ORDER BY c.id

-- name: due_editions
-- Who pursues an edition, or holds a certificate against it, that some day may be used no longer, and not a newer one of
-- the standard too. $5: the instant after the day, by which the newer edition must have been published.
WITH @seen($1, $2, $3, $4), used (holder_id, edition_id) AS (
    SELECT p.holder_id, p.edition_id FROM seen s JOIN pursuit p ON p.holder_id = s.id
    WHERE p.enrolled_on <= $2
      AND NOT @pursuit_ended(p.id, $2)
    UNION
    SELECT c.holder_id, c.edition_id FROM seen s JOIN certificate c ON c.holder_id = s.id
    WHERE @certificate_in_term(c.id, $2)
      AND NOT @certificate_withdrawn(c.id, $2)
), last (edition_id, standard_id, valid_from, valid_until, superseded_from) AS (
    SELECT e.id, e.standard_id, e.valid_from, e.valid_until,
           (SELECT min(n.obligatory_from) FROM edition n
            WHERE n.standard_id = e.standard_id AND n.valid_from > e.valid_from AND n.published_at < $5)
    FROM edition e
)
SELECT h.code, h.name, u.edition_id, l.valid_until, l.superseded_from
FROM used u
JOIN last l ON l.edition_id = u.edition_id
JOIN holder h ON h.id = u.holder_id
WHERE (l.valid_until IS NOT NULL OR l.superseded_from IS NOT NULL)
  AND (h.ended_on IS NULL OR h.ended_on > $2)
  AND NOT EXISTS (SELECT 1 FROM used o JOIN last n ON n.edition_id = o.edition_id
                  WHERE o.holder_id = u.holder_id AND n.standard_id = l.standard_id AND n.valid_from > l.valid_from)

-- name: due_appointments
-- Of cooperatives that are the holder $1, or of which it is a member, or in scope $3; ends known on the day $2 and not
-- yet reached.
SELECT a.id, c.code, c.name, a.role, p.code AS person, a.until_on
FROM appointment a
JOIN holder c ON c.id = a.cooperative_id
JOIN person p ON p.id = a.person_id
WHERE a.until_on > $2 AND a.until_on <= $4 AND a.from_on <= $2
  AND (a.appointed_on IS NULL OR a.appointed_on <= $2) AND (a.released_on IS NULL OR a.released_on <= $2)
  AND @only(c.id, $1)
  AND @scope_coop(c.id, $3)

-- name: due_groups
-- Cooperatives and the editions they pursue, or hold a certificate against: $1 itself, or those it is a member of; those
-- in scope $3 alone.
WITH coop (id) AS (
    SELECT h.id FROM holder h
    WHERE h.kind = 'cooperative'
      AND (CAST($1 AS BIGINT) IS NULL OR h.id = $1
           OR EXISTS (SELECT 1 FROM membership m
                      WHERE m.cooperative_id = h.id AND m.enterprise_id = $1 AND @member_on(m, $2)))
      AND @scope_coop(h.id, $3)
)
SELECT p.holder_id, p.edition_id FROM coop o JOIN pursuit p ON p.holder_id = o.id
WHERE p.enrolled_on <= $2
  AND NOT @pursuit_ended(p.id, $2)
UNION
SELECT c.holder_id, c.edition_id FROM coop o JOIN certificate c ON c.holder_id = o.id
WHERE @certificate_in_term(c.id, $2)
  AND NOT @certificate_withdrawn(c.id, $2)

-- name: due_sanctions
-- Not lifted by the day $2, with a deadline by $4. $1: of this cooperative, or of this member; $3: scope.
SELECT s.id, h.code, h.name, s.edition_id, s.kind, s.deadline_on
FROM sanction s
JOIN holder h ON h.id = coalesce(s.enterprise_id, s.cooperative_id)
WHERE s.deadline_on <= $4 AND @sanction_on(s, $2)
  AND (CAST($1 AS BIGINT) IS NULL OR s.cooperative_id = $1 OR s.enterprise_id = $1)
  AND @scope_coop(s.cooperative_id, $3)

-- name: due_holders
WITH @seen($1, $2, $3, $4)
SELECT h.id, h.code, h.name FROM seen s JOIN holder h ON h.id = s.id ORDER BY h.id

-- name: due_actions
-- Of the newest plan of each finding that is accepted on the day: what is not done by then, and due by $5.
WITH @seen($1, $2, $3, $4)
SELECT a.finding_id, a.number, h.code, h.name, f.edition_id, a.kind, p.code AS owner, a.due_on
FROM seen s
JOIN finding f ON f.holder_id = s.id
JOIN finding_action a ON a.finding_id = f.id
JOIN holder h ON h.id = f.holder_id
JOIN person p ON p.id = a.owner_id
WHERE @finding_open_on(f, $2)
  AND a.due_on <= $5 AND (a.done_on IS NULL OR a.done_on > $2)
  AND a.plan = (SELECT max(c.number) FROM corrective_plan c WHERE c.finding_id = f.id AND c.on_day <= $2)
  AND 'accepted' = (SELECT t.state FROM finding_step t
                    WHERE t.finding_id = f.id AND t.on_day <= $2 ORDER BY t.number DESC LIMIT 1)

-- name: due_evidence
-- Received by the day, not replaced by then, and expiring by $5.
WITH @seen($1, $2, $3, $4)
SELECT v.id, h.code, h.name, v.title, v.expires_on
FROM seen s
JOIN evidence v ON v.holder_id = s.id
JOIN holder h ON h.id = v.holder_id
WHERE v.expires_on <= $5 AND v.received_on <= $2
  AND NOT EXISTS (SELECT 1 FROM evidence n WHERE n.replaces_id = v.id AND n.received_on <= $2)
