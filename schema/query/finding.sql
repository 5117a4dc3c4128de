-- SPDX-License-Identifier: Apache-2.0
-- Findings, the steps they went through, the plans and actions that mend them, and the days on which that is due.

-- The state that the last step by the day left it in.
-- fragment: finding_stepped(finding, day)
coalesce((SELECT s.state FROM finding_step s
          WHERE s.finding_id = $finding AND s.on_day <= $day
          ORDER BY s.number DESC LIMIT 1), 'open')

-- fragment: finding_state(f, finding, day)
CASE WHEN @known_void($f, $day) THEN 'void' WHEN $f.closed_on <= $day THEN 'closed'
     ELSE @finding_stepped($finding, $day) END

-- With the closing past of finding_listed f that held on the day, where it rested on an audit that is void since.
-- fragment: finding_closed_then(f, day)
LEFT JOIN finding_closing past ON $f.reopened = 1 AND past.finding_id = $f.finding AND past.closed_on <= $day
                              AND past.until_on > $day

-- The day that a step was moved to, by the last move by the day.
-- fragment: finding_moved(f, finding, step, day)
CASE WHEN $f.moved = 1
     THEN (SELECT d.due_on FROM finding_due d
           WHERE d.finding_id = $finding AND d.step = $step AND d.on_day <= $day
           ORDER BY d.number DESC LIMIT 1) END

-- fragment: finding_moves(f, finding, day)
@finding_moved($f, $finding, 'plan', $day) AS plan_moved,
       @finding_moved($f, $finding, 'evidence', $day) AS evidence_moved,
       @finding_moved($f, $finding, 'close', $day) AS close_moved

-- Of finding_listed f, as it was on the day; what is due next is for the rules of its edition to say.
-- fragment: finding_columns(day)
f.finding, f.holder, f.audit, f.edition, f.requirement, f.class, @finding_state(f, f.finding, $day) AS state,
       f.count, f.raised_on,
       CASE WHEN f.closed_on <= $day THEN f.closed_on ELSE past.closed_on END AS closed_on,
       CASE WHEN f.closed_on <= $day THEN f.reason ELSE past.reason END AS reason,
       CASE WHEN f.closed_on <= $day THEN f.verified_by ELSE past.verified_by END AS verified_by,
       CASE WHEN f.notified_on <= $day THEN f.notified_on END AS notified_on,
       NULL AS next_step, NULL AS scheduled_on, NULL AS due_on, NULL AS overdue, NULL AS counts_as,
       (SELECT c.id FROM audit c
        WHERE c.corrects_id = f.audit AND c.recorded_on <= $day AND NOT @known_void(c, $day) LIMIT 1) AS corrected_by,
       CASE WHEN f.void_on <= $day THEN f.void_on END AS void_on, NULL AS close_by, NULL AS late,
       f.edition_id, f.kind, @finding_moves(f, f.finding, $day)

-- The external audits of its holder, by the day, that left it open.
-- name: finding_audits_since(finding id, day date)
SELECT count(*) AS n
FROM finding f
JOIN audit seen ON seen.holder_id = f.holder_id AND seen.edition_id = f.edition_id
               AND seen.performed_on > f.raised_on AND seen.performed_on <= $day
WHERE f.id = $finding AND seen.kind IN @set(audit_kind, visit) AND @audit_counts(seen, $day)
  AND (f.closed_on IS NULL OR f.closed_on > seen.performed_on)

-- What lists of findings f are narrowed to.
-- fragment: finding_asked(after, day, edition, class, state, pending)
f.id > $after AND f.raised_on <= $day
      AND EXISTS (SELECT 1 FROM audit raising WHERE raising.id = f.audit_id AND @audit_known(raising, $day))
      AND @only(f.edition_id, $edition)
      AND @only_text(f.class, $class)
      AND (CAST($state AS TEXT) IS NULL OR @finding_state(f, f.id, $day) = $state)
      AND ($pending = 0 OR @finding_open_on(f, $day))

-- Of a finding f that is open on the day, raised by audit a.
-- fragment: finding_open_columns(day)
f.id, f.holder_id, f.edition_id, f.ordinal, f.class, a.kind, f.raised_on,
       CASE WHEN f.notified_on <= $day THEN f.notified_on END AS notified_on,
       @finding_stepped(f.id, $day) AS state, @finding_moves(f, f.id, $day)

-- The day on which work of the kind was last handed in, if it was not rejected since. A step of an audit only brings back
-- a state, where that audit is void.
-- fragment: finding_done(finding, state, day)
(SELECT max(s.on_day) FROM finding_step s
 WHERE s.finding_id = $finding AND s.state = $state AND s.on_day <= $day AND s.audit_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM finding_step o
                   WHERE o.finding_id = $finding AND o.state = 'open' AND o.number > s.number AND o.on_day <= $day))

-- name: finding_next()
SELECT coalesce(max(id), 0) + 1 AS id FROM finding

-- name: finding_insert(finding id, audit id, holder id, edition id, ordinal int, class choice class, count int,
--                      raised_on date, grade choice grade)
INSERT INTO finding (id, audit_id, holder_id, edition_id, ordinal, class, count, raised_on, grade)
VALUES ($finding, $audit, $holder, $edition, $ordinal, $class, $count, $raised_on, $grade)

-- name: finding_close(finding id, closed_on date, reason text, verified_by text)
UPDATE finding SET closed_on = $closed_on, reason = $reason, verified_by = $verified_by WHERE id = $finding

-- A finding is never closed before it was raised.
-- name: finding_close_corrected(audit id, on_day date, reason text)
UPDATE finding SET closed_on = CASE WHEN raised_on > $on_day THEN raised_on ELSE $on_day END, reason = $reason
WHERE audit_id = $audit AND closed_on IS NULL

-- --- An audit is void: what it raised counts nowhere, what rested on it is as it was before. ---

-- Those that an audit raised and those, in their place, that migrations carried over to other editions.
-- fragment: findings_raised(audit)
raised (id) AS (
    SELECT f.id FROM finding f WHERE f.audit_id = $audit
    UNION
    SELECT c.finding_id FROM raised r JOIN finding_carried c ON c.from_id = r.id)

-- name: finding_void_step(audit id, day date, user text, reason text)
WITH RECURSIVE @findings_raised($audit)
INSERT INTO finding_step (finding_id, number, state, on_day, recorded_by, audit_id, reason)
SELECT r.id, coalesce((SELECT max(s.number) FROM finding_step s WHERE s.finding_id = r.id), 0) + 1, 'void', $day, $user,
       $audit, $reason
FROM raised r

-- name: finding_void(audit id, day date)
WITH RECURSIVE @findings_raised($audit)
UPDATE finding SET void_on = $day WHERE id IN (SELECT id FROM raised)

-- Those whose last closing rests on an audit.
-- fragment: findings_closed_by(audit)
(SELECT z.finding_id FROM finding_step z
 WHERE z.audit_id = $audit AND z.state = 'closed'
   AND NOT EXISTS (SELECT 1 FROM finding_step later
                   WHERE later.finding_id = z.finding_id AND later.state = 'closed' AND later.number > z.number))

-- What an audit closed, raised by another that is neither void nor kept: keep the closing,
-- name: finding_closing_keep(audit id, kept id, day date)
INSERT INTO finding_closing (finding_id, number, closed_on, until_on, reason, verified_by)
SELECT f.id, coalesce((SELECT max(p.number) FROM finding_closing p WHERE p.finding_id = f.id), 0) + 1, f.closed_on, $day,
       f.reason, f.verified_by
FROM finding f
WHERE f.void_on IS NULL AND f.closed_on IS NOT NULL AND f.audit_id IS DISTINCT FROM $kept
  AND f.id IN @findings_closed_by($audit)

-- add the step back to the state before,
-- name: finding_reopen_step(audit id, kept id, day date, user text, reason text)
INSERT INTO finding_step (finding_id, number, state, on_day, recorded_by, audit_id, reason)
SELECT f.id, (SELECT max(s.number) + 1 FROM finding_step s WHERE s.finding_id = f.id),
       coalesce((SELECT s.state FROM finding_step s
                 WHERE s.finding_id = f.id AND s.state <> 'closed' ORDER BY s.number DESC LIMIT 1), 'open'),
       $day, $user, $audit, $reason
FROM finding f
WHERE f.void_on IS NULL AND f.closed_on IS NOT NULL AND f.audit_id IS DISTINCT FROM $kept
  AND f.id IN @findings_closed_by($audit)

-- and open it.
-- name: finding_reopen(audit id, kept id)
UPDATE finding SET closed_on = NULL, reason = NULL, verified_by = NULL, reopened = 1
WHERE void_on IS NULL AND closed_on IS NOT NULL AND audit_id IS DISTINCT FROM $kept
  AND id IN @findings_closed_by($audit)

-- The step of each finding of an audit that its correction is about to close.
-- name: finding_step_corrected(audit id, on_day date, correction id, reason text)
INSERT INTO finding_step (finding_id, number, state, on_day, audit_id, reason)
SELECT f.id, coalesce((SELECT max(s.number) FROM finding_step s WHERE s.finding_id = f.id), 0) + 1, 'closed',
       CASE WHEN f.raised_on > $on_day THEN f.raised_on ELSE $on_day END, $correction, $reason
FROM finding f
WHERE f.audit_id = $audit AND f.closed_on IS NULL

-- What is recorded of it, its last step, and its newest plan. kind: of the audit that raised it first, also where a
-- migration carried it over to another edition.
-- name: finding_facts(finding id)
SELECT f.holder_id, f.edition_id, f.ordinal, f.audit_id, f.class, f.grade, f.raised_on, f.closed_on, f.notified_on,
       coalesce((SELECT c.kind FROM finding_carried c WHERE c.finding_id = f.id), a.kind) AS kind,
       s.state, s.on_day AS changed_on, p.code AS verifier, f.void_on,
       (SELECT max(c.number) FROM corrective_plan c WHERE c.finding_id = f.id) AS plan
FROM finding f
JOIN audit a ON a.id = f.audit_id
LEFT JOIN finding_step s ON s.finding_id = f.id
                        AND s.number = (SELECT max(l.number) FROM finding_step l WHERE l.finding_id = f.id)
LEFT JOIN person p ON p.id = s.person_id
WHERE f.id = $finding

-- name: finding_state_on(finding id, day date)
SELECT @finding_state(f, f.id, $day) AS state FROM finding f WHERE f.id = $finding

-- name: finding_responses(finding id)
SELECT a.responses FROM finding f JOIN audit a ON a.id = f.audit_id WHERE f.id = $finding

-- name: finding_step_insert(finding id, state choice finding_state, on_day date, recorded_by text, person id, audit id,
--                           plan id, reason text)
INSERT INTO finding_step (finding_id, number, state, on_day, recorded_by, person_id, audit_id, plan, reason)
VALUES ($finding, coalesce((SELECT max(number) FROM finding_step WHERE finding_id = $finding), 0) + 1, $state, $on_day,
        $recorded_by, $person, $audit, $plan, $reason)

-- name: finding_steps(finding id, day date)
-- record: finding_step
SELECT s.number, s.state, s.on_day AS "on", s.recorded_by, p.code AS person, s.audit_id AS audit, s.plan, s.reason
FROM finding_step s LEFT JOIN person p ON p.id = s.person_id
WHERE s.finding_id = $finding AND s.on_day <= $day
ORDER BY s.number LIMIT 10000

-- name: finding_notify(finding id, notified_on date)
UPDATE finding SET notified_on = $notified_on WHERE id = $finding

-- name: finding_due_insert(finding id, step choice deadline_step, due_on date, on_day date, recorded_by text,
--                          reason text)
INSERT INTO finding_due (finding_id, step, number, due_on, on_day, recorded_by, reason)
VALUES ($finding, $step,
        coalesce((SELECT max(number) FROM finding_due WHERE finding_id = $finding AND step = $step), 0) + 1, $due_on,
        $on_day, $recorded_by, $reason)

-- name: finding_due_mark(finding id)
UPDATE finding SET moved = 1 WHERE id = $finding

-- The newest move of a step by the day.
-- name: finding_due_last(finding id, day date, step choice deadline_step)
SELECT due_on, on_day, reason FROM finding_due
WHERE finding_id = $finding AND on_day <= $day AND step = $step
ORDER BY number DESC LIMIT 1

-- name: finding_plan_insert(finding id, plan int, on_day date, recorded_by text, correction text, root_cause text,
--                           method choice cause_method)
INSERT INTO corrective_plan (finding_id, number, on_day, recorded_by, correction, root_cause, method)
VALUES ($finding, $plan, $on_day, $recorded_by, $correction, $root_cause, $method)

-- name: finding_plans(finding id, day date)
-- record: corrective_plan
SELECT number, on_day AS "on", recorded_by, correction, root_cause, method
FROM corrective_plan
WHERE finding_id = $finding AND on_day <= $day
ORDER BY number LIMIT 10000

-- name: finding_action_insert(finding id, plan int, kind choice action_kind, text text, owner id, due_on date,
--                             cost money)
INSERT INTO finding_action (finding_id, number, plan, kind, text, owner_id, due_on, cost_minor, cost_currency)
VALUES ($finding, coalesce((SELECT max(number) FROM finding_action WHERE finding_id = $finding), 0) + 1, $plan, $kind,
        $text, $owner, $due_on, $cost, $cost_currency)

-- Those of plans handed in by the day, done by it.
-- name: finding_actions(finding id, day date)
-- record: finding_action
SELECT a.number AS action, a.plan, a.kind, a.text, o.code AS owner, a.due_on, a.cost_minor AS cost, a.cost_currency,
       CASE WHEN a.done_on <= $day THEN a.done_on END AS done_on,
       CASE WHEN a.done_on <= $day THEN a.spent_minor END AS spent,
       CASE WHEN a.done_on <= $day THEN a.spent_currency END AS spent_currency, NULL AS late
FROM corrective_plan p
JOIN finding_action a ON a.finding_id = p.finding_id AND a.plan = p.number
JOIN person o ON o.id = a.owner_id
WHERE p.finding_id = $finding AND p.on_day <= $day
ORDER BY a.number LIMIT 100000

-- name: finding_action(finding id, action int)
SELECT plan, done_on FROM finding_action WHERE finding_id = $finding AND number = $action

-- name: finding_action_done(finding id, action int, done_on date, spent money)
UPDATE finding_action SET done_on = $done_on, spent_minor = $spent, spent_currency = $spent_currency
WHERE finding_id = $finding AND number = $action

-- How many actions of a plan are not done, and the day of the last that is.
-- name: finding_actions_left(finding id, plan int)
SELECT count(*) FILTER (WHERE done_on IS NULL) AS missing, max(done_on) AS last
FROM finding_action WHERE finding_id = $finding AND plan = $plan

-- The first action of a plan that a person answers for.
-- name: finding_action_owned(finding id, plan int, owner id)
SELECT number FROM finding_action WHERE finding_id = $finding AND plan = $plan AND owner_id = $owner
ORDER BY number LIMIT 1

-- name: finding_record(finding id, day date)
-- record: finding
-- row: finding_row
SELECT @finding_columns($day)
FROM finding_listed f
@finding_closed_then(f, $day)
WHERE f.finding = $finding

-- name: finding_of_audit(audit id, day date)
-- record: finding
-- row: finding_row
SELECT @finding_columns($day)
FROM finding_listed f
@finding_closed_then(f, $day)
WHERE f.audit = $audit AND f.raised_on <= $day
ORDER BY f.finding

-- On a day, after a finding; pending: only what is not closed.
-- name: finding_list(after int, day date, edition id, class choice class, state choice finding_state, pending bool,
--                    scope scope, limit int)
-- record: finding
-- row: finding_row
SELECT @finding_columns($day)
FROM (SELECT f.id
      FROM finding f
      WHERE @finding_asked($after, $day, $edition, $class, $state, $pending)
        AND @scope(f.holder_id, $scope, $day)
      ORDER BY f.id LIMIT $limit) AS chosen
JOIN finding_listed f ON f.finding = chosen.id
@finding_closed_then(f, $day)
ORDER BY f.finding

-- The same of a holder and, where it is a cooperative, of its members on the day.
-- name: finding_list_of_holder(after int, day date, edition id, class choice class, state choice finding_state,
--                              pending bool, holder id, limit int)
-- record: finding
-- row: finding_row
SELECT @finding_columns($day)
FROM (SELECT f.id
      FROM finding f
      WHERE @finding_asked($after, $day, $edition, $class, $state, $pending)
        AND f.holder_id IN @holder_and_members($holder, $day)
      ORDER BY f.id LIMIT $limit) AS chosen
JOIN finding_listed f ON f.finding = chosen.id
@finding_closed_then(f, $day)
ORDER BY f.finding

-- What is open on a day of a holder and, where it is a cooperative, of its members on the day.
-- name: finding_pending_of_holder(holder id, day date, edition id)
-- row: finding_pending
SELECT @finding_open_columns($day)
FROM @holder_and_members($holder, $day) AS h
JOIN finding f ON f.holder_id = h.holder_id
JOIN audit a ON a.id = f.audit_id
WHERE @finding_open_on(f, $day)
  AND @only(f.edition_id, $edition)
ORDER BY f.id

-- The same of all in scope.
-- name: finding_pending(scope scope, day date, edition id)
-- row: finding_pending
SELECT @finding_open_columns($day)
FROM finding f
JOIN audit a ON a.id = f.audit_id
WHERE @finding_open_on(f, $day)
  AND @only(f.edition_id, $edition)
  AND @scope(f.holder_id, $scope, $day)
ORDER BY f.id

-- The days of what was raised by a day, of a holder and, where it is a cooperative, of its members on the day.
-- name: finding_times(holder id, day date, edition id, from date)
SELECT f.id, f.edition_id, f.class, a.kind, f.raised_on,
       CASE WHEN f.notified_on <= $day THEN f.notified_on END AS notified_on,
       CASE WHEN f.closed_on <= $day THEN f.closed_on ELSE past.closed_on END AS closed_on,
       @finding_done(f.id, 'planned', $day) AS planned_on, @finding_done(f.id, 'accepted', $day) AS accepted_on,
       @finding_done(f.id, 'implemented', $day) AS implemented_on,
       @finding_done(f.id, 'verified', $day) AS verified_on,
       @finding_moves(f, f.id, $day)
FROM @holder_and_members($holder, $day) AS h
JOIN finding f ON f.holder_id = h.holder_id
JOIN audit a ON a.id = f.audit_id
LEFT JOIN finding_closing past ON f.reopened = 1 AND past.finding_id = f.id AND past.closed_on <= $day
                              AND past.until_on > $day
WHERE f.raised_on <= $day AND NOT @known_void(f, $day) AND @only(f.edition_id, $edition)
  AND (CAST($from AS TEXT) IS NULL OR f.raised_on >= $from)
ORDER BY f.edition_id, f.id

-- What is open on a day of a holder on a requirement.
-- name: finding_beside(holder id, edition id, ordinal int, day date)
SELECT f.id, f.class FROM finding f
WHERE f.holder_id = $holder AND f.edition_id = $edition AND f.ordinal = $ordinal AND @finding_open_on(f, $day)
ORDER BY f.id
