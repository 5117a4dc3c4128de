-- name: finding_next
SELECT coalesce(max(id), 0) + 1 FROM finding;

-- name: finding_insert
INSERT INTO finding (id, audit_id, holder_id, edition_id, ordinal, class, count, raised_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: finding_close
UPDATE finding SET closed_on = $2, reason = $3, verified_by = $4 WHERE id = $1;

-- name: finding_close_corrected
-- A finding is never closed before it was raised.
UPDATE finding SET closed_on = CASE WHEN raised_on > $2 THEN raised_on ELSE $2 END, reason = $3
WHERE audit_id = $1 AND closed_on IS NULL;

-- name: finding_step_corrected
-- The step of each finding of audit $1 that its correction $3 is about to close.
INSERT INTO finding_step (finding_id, number, state, on_day, audit_id, reason)
SELECT f.id, coalesce((SELECT max(s.number) FROM finding_step s WHERE s.finding_id = f.id), 0) + 1, 'closed',
       CASE WHEN f.raised_on > $2 THEN f.raised_on ELSE $2 END, $3, $4
FROM finding f
WHERE f.audit_id = $1 AND f.closed_on IS NULL;

-- name: finding_facts
-- What is recorded of it, its last step, and its newest plan. kind: of the audit that raised it first, also where a
-- migration carried it over to another edition.
SELECT f.holder_id, f.edition_id, f.ordinal, f.audit_id, f.class, f.raised_on, f.closed_on, f.notified_on,
       coalesce((SELECT c.kind FROM finding_carried c WHERE c.finding_id = f.id), a.kind) AS kind,
       a.body_id, s.state, s.on_day, p.code,
       (SELECT max(c.number) FROM corrective_plan c WHERE c.finding_id = f.id) AS plan
FROM finding f
JOIN audit a ON a.id = f.audit_id
LEFT JOIN finding_step s ON s.finding_id = f.id
                        AND s.number = (SELECT max(l.number) FROM finding_step l WHERE l.finding_id = f.id)
LEFT JOIN person p ON p.id = s.person_id
WHERE f.id = $1;

-- name: finding_state_on
SELECT CASE WHEN f.closed_on <= $2 THEN 'closed'
            ELSE coalesce((SELECT s.state FROM finding_step s
                           WHERE s.finding_id = f.id AND s.on_day <= $2
                           ORDER BY s.number DESC LIMIT 1), 'open') END AS state
FROM finding f WHERE f.id = $1;

-- name: finding_responses
SELECT a.responses FROM finding f JOIN audit a ON a.id = f.audit_id WHERE f.id = $1;

-- name: finding_step_insert
INSERT INTO finding_step (finding_id, number, state, on_day, recorded_by, person_id, audit_id, plan, reason)
VALUES ($1, coalesce((SELECT max(number) FROM finding_step WHERE finding_id = $1), 0) + 1, $2, $3, $4, $5, $6, $7, $8);

-- name: finding_steps
SELECT s.number, s.state, s.on_day AS "on", s.recorded_by, p.code AS person, s.audit_id AS audit, s.plan, s.reason
FROM finding_step s LEFT JOIN person p ON p.id = s.person_id
WHERE s.finding_id = $1 AND s.on_day <= $2
ORDER BY s.number LIMIT 10000;

-- name: finding_notify
UPDATE finding SET notified_on = $2 WHERE id = $1;

-- name: finding_due_insert
INSERT INTO finding_due (finding_id, step, number, due_on, on_day, recorded_by, reason)
VALUES ($1, $2, coalesce((SELECT max(number) FROM finding_due WHERE finding_id = $1 AND step = $2), 0) + 1, $3, $4, $5,
        $6);

-- name: finding_due_mark
UPDATE finding SET moved = 1 WHERE id = $1;

-- name: finding_due_last
-- The newest move of a step by the day $2.
SELECT due_on, on_day, reason FROM finding_due
WHERE finding_id = $1 AND on_day <= $2 AND step = $3
ORDER BY number DESC LIMIT 1;

-- name: finding_plan_insert
INSERT INTO corrective_plan (finding_id, number, on_day, recorded_by, correction, root_cause, method)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: finding_plans
SELECT number, on_day AS "on", recorded_by, correction, root_cause, method
FROM corrective_plan
WHERE finding_id = $1 AND on_day <= $2
ORDER BY number LIMIT 10000;

-- name: finding_action_insert
INSERT INTO finding_action (finding_id, number, plan, kind, text, owner_id, due_on, cost_minor, cost_currency)
VALUES ($1, coalesce((SELECT max(number) FROM finding_action WHERE finding_id = $1), 0) + 1, $2, $3, $4, $5, $6, $7,
        $8);

-- name: finding_actions
-- Those of plans handed in by the day $2, done by it.
SELECT a.number AS action, a.plan, a.kind, a.text, o.code AS owner, a.due_on, a.cost_minor AS cost, a.cost_currency,
       CASE WHEN a.done_on <= $2 THEN a.done_on END AS done_on,
       CASE WHEN a.done_on <= $2 THEN a.spent_minor END AS spent,
       CASE WHEN a.done_on <= $2 THEN a.spent_currency END AS spent_currency
FROM corrective_plan p
JOIN finding_action a ON a.finding_id = p.finding_id AND a.plan = p.number
JOIN person o ON o.id = a.owner_id
WHERE p.finding_id = $1 AND p.on_day <= $2
ORDER BY a.number LIMIT 100000;

-- name: finding_action
SELECT plan, done_on FROM finding_action WHERE finding_id = $1 AND number = $2;

-- name: finding_action_done
UPDATE finding_action SET done_on = $3, spent_minor = $4, spent_currency = $5 WHERE finding_id = $1 AND number = $2;

-- name: finding_actions_left
-- How many actions of plan $2 are not done, and the day of the last that is.
SELECT count(*) FILTER (WHERE done_on IS NULL) AS missing, max(done_on) AS last
FROM finding_action WHERE finding_id = $1 AND plan = $2;

-- name: finding_action_owned
-- The first action of plan $2 that person $3 answers for.
SELECT number FROM finding_action WHERE finding_id = $1 AND plan = $2 AND owner_id = $3 ORDER BY number LIMIT 1;

-- name: finding_owner
SELECT ended_on FROM person WHERE id = $1;

-- name: finding_record
-- On day $2.
SELECT f.finding, f.holder, f.audit, f.edition, f.requirement, f.class,
       CASE WHEN f.closed_on <= $2 THEN 'closed'
            ELSE coalesce((SELECT s.state FROM finding_step s
                           WHERE s.finding_id = f.finding AND s.on_day <= $2
                           ORDER BY s.number DESC LIMIT 1), 'open') END AS state,
       f.count, f.raised_on,
       CASE WHEN f.closed_on <= $2 THEN f.closed_on END AS closed_on,
       CASE WHEN f.closed_on <= $2 THEN f.reason END AS reason,
       CASE WHEN f.closed_on <= $2 THEN f.verified_by END AS verified_by,
       CASE WHEN f.notified_on <= $2 THEN f.notified_on END AS notified_on,
       NULL AS next_step, NULL AS scheduled_on, NULL AS due_on, NULL AS overdue,
       f.edition_id, f.kind,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'plan' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS plan_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'evidence' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS evidence_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'close' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS close_moved
FROM finding_listed f
WHERE f.finding = $1;

-- name: finding_of_audit
SELECT f.finding, f.holder, f.audit, f.edition, f.requirement, f.class,
       CASE WHEN f.closed_on <= $2 THEN 'closed'
            ELSE coalesce((SELECT s.state FROM finding_step s
                           WHERE s.finding_id = f.finding AND s.on_day <= $2
                           ORDER BY s.number DESC LIMIT 1), 'open') END AS state,
       f.count, f.raised_on,
       CASE WHEN f.closed_on <= $2 THEN f.closed_on END AS closed_on,
       CASE WHEN f.closed_on <= $2 THEN f.reason END AS reason,
       CASE WHEN f.closed_on <= $2 THEN f.verified_by END AS verified_by,
       CASE WHEN f.notified_on <= $2 THEN f.notified_on END AS notified_on,
       NULL AS next_step, NULL AS scheduled_on, NULL AS due_on, NULL AS overdue,
       f.edition_id, f.kind,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'plan' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS plan_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'evidence' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS evidence_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'close' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS close_moved
FROM finding_listed f
WHERE f.audit = $1 AND f.raised_on <= $2
ORDER BY f.finding;

-- name: finding_list
-- On day $2, after finding $1. $3: edition; $4: class; $5: state; $6: only what is not closed; $7: scope.
SELECT f.finding, f.holder, f.audit, f.edition, f.requirement, f.class,
       CASE WHEN f.closed_on <= $2 THEN 'closed'
            ELSE coalesce((SELECT s.state FROM finding_step s
                           WHERE s.finding_id = f.finding AND s.on_day <= $2
                           ORDER BY s.number DESC LIMIT 1), 'open') END AS state,
       f.count, f.raised_on,
       CASE WHEN f.closed_on <= $2 THEN f.closed_on END AS closed_on,
       CASE WHEN f.closed_on <= $2 THEN f.reason END AS reason,
       CASE WHEN f.closed_on <= $2 THEN f.verified_by END AS verified_by,
       CASE WHEN f.notified_on <= $2 THEN f.notified_on END AS notified_on,
       NULL AS next_step, NULL AS scheduled_on, NULL AS due_on, NULL AS overdue,
       f.edition_id, f.kind,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'plan' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS plan_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'evidence' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS evidence_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'close' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS close_moved
FROM (SELECT f.id
      FROM finding f
      WHERE f.id > $1 AND f.raised_on <= $2
      AND @only(f.edition_id, $3)
      AND @only_text(f.class, $4)
      AND (CAST($5 AS TEXT) IS NULL OR CASE WHEN f.closed_on <= $2 THEN 'closed'
                 ELSE coalesce((SELECT s.state FROM finding_step s
                                WHERE s.finding_id = f.id AND s.on_day <= $2
                                ORDER BY s.number DESC LIMIT 1), 'open') END = $5)
      AND ($6 = 0 OR f.closed_on IS NULL OR f.closed_on > $2)
        AND @scope(f.holder_id, $7, $2)
      ORDER BY f.id LIMIT $8) AS chosen
JOIN finding_listed f ON f.finding = chosen.id
ORDER BY f.finding;

-- name: finding_list_of_holder
-- The same of holder $7 and, where it is a cooperative, of its members on the day.
SELECT f.finding, f.holder, f.audit, f.edition, f.requirement, f.class,
       CASE WHEN f.closed_on <= $2 THEN 'closed'
            ELSE coalesce((SELECT s.state FROM finding_step s
                           WHERE s.finding_id = f.finding AND s.on_day <= $2
                           ORDER BY s.number DESC LIMIT 1), 'open') END AS state,
       f.count, f.raised_on,
       CASE WHEN f.closed_on <= $2 THEN f.closed_on END AS closed_on,
       CASE WHEN f.closed_on <= $2 THEN f.reason END AS reason,
       CASE WHEN f.closed_on <= $2 THEN f.verified_by END AS verified_by,
       CASE WHEN f.notified_on <= $2 THEN f.notified_on END AS notified_on,
       NULL AS next_step, NULL AS scheduled_on, NULL AS due_on, NULL AS overdue,
       f.edition_id, f.kind,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'plan' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS plan_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'evidence' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS evidence_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.finding AND d.step = 'close' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS close_moved
FROM (SELECT f.id
      FROM finding f
      WHERE f.id > $1 AND f.raised_on <= $2
      AND @only(f.edition_id, $3)
      AND @only_text(f.class, $4)
      AND (CAST($5 AS TEXT) IS NULL OR CASE WHEN f.closed_on <= $2 THEN 'closed'
                 ELSE coalesce((SELECT s.state FROM finding_step s
                                WHERE s.finding_id = f.id AND s.on_day <= $2
                                ORDER BY s.number DESC LIMIT 1), 'open') END = $5)
      AND ($6 = 0 OR f.closed_on IS NULL OR f.closed_on > $2)
        AND f.holder_id IN @holder_and_members($7, $2)
      ORDER BY f.id LIMIT $8) AS chosen
JOIN finding_listed f ON f.finding = chosen.id
ORDER BY f.finding;

-- name: finding_pending_of_holder
-- What is open on day $2 of holder $1 and, where it is a cooperative, of its members on the day. $3: edition.
SELECT f.id, f.holder_id, f.edition_id, f.ordinal, f.class, a.kind, f.raised_on,
       CASE WHEN f.notified_on <= $2 THEN f.notified_on END AS notified_on,
       coalesce((SELECT s.state FROM finding_step s
                 WHERE s.finding_id = f.id AND s.on_day <= $2
                 ORDER BY s.number DESC LIMIT 1), 'open') AS state,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.id AND d.step = 'plan' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS plan_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.id AND d.step = 'evidence' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS evidence_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.id AND d.step = 'close' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS close_moved
FROM @holder_and_members($1, $2) AS h
JOIN finding f ON f.holder_id = h.holder_id
JOIN audit a ON a.id = f.audit_id
WHERE @finding_open_on(f, $2)
  AND @only(f.edition_id, $3)
ORDER BY f.id;

-- name: finding_pending
-- The same of all in scope $1.
SELECT f.id, f.holder_id, f.edition_id, f.ordinal, f.class, a.kind, f.raised_on,
       CASE WHEN f.notified_on <= $2 THEN f.notified_on END AS notified_on,
       coalesce((SELECT s.state FROM finding_step s
                 WHERE s.finding_id = f.id AND s.on_day <= $2
                 ORDER BY s.number DESC LIMIT 1), 'open') AS state,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.id AND d.step = 'plan' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS plan_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.id AND d.step = 'evidence' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS evidence_moved,
       CASE WHEN f.moved = 1
            THEN (SELECT d.due_on FROM finding_due d
                  WHERE d.finding_id = f.id AND d.step = 'close' AND d.on_day <= $2
                  ORDER BY d.number DESC LIMIT 1) END AS close_moved
FROM finding f
JOIN audit a ON a.id = f.audit_id
WHERE @finding_open_on(f, $2)
  AND @only(f.edition_id, $3)
  AND @scope(f.holder_id, $1, $2)
ORDER BY f.id;

-- name: finding_beside
-- What is open on day $4 of holder $1 on requirement $3 of edition $2.
SELECT id, class FROM finding
WHERE holder_id = $1 AND edition_id = $2 AND ordinal = $3 AND raised_on <= $4
  AND (closed_on IS NULL OR closed_on > $4)
ORDER BY id;
