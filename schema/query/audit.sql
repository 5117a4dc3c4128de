-- SPDX-License-Identifier: Apache-2.0
-- Audits: planned, performed, concluded or cancelled, and corrected by another.

-- The audit that corrects one, as known on the day.
-- fragment: audit_correction(audit, known)
(SELECT later.id FROM audit later
 WHERE later.corrects_id = $audit AND later.recorded_on <= $known AND NOT @known_void(later, $known) LIMIT 1)

-- What became of an audit a since it was performed.
-- fragment: audit_state(a, c, known, state)
CASE WHEN @known_void($a, $known) THEN 'void' WHEN $c.id IS NOT NULL THEN 'corrected' ELSE $state END

-- fragment: audit_fate(a, c, known)
$c.id AS corrected_by, $c.recorded_on AS corrected_on,
       CASE WHEN @known_void($a, $known) THEN $a.void_on END AS void_on,
       CASE WHEN @known_void($a, $known) THEN $a.why_void END AS why_void,
       CASE WHEN @known_void($a, $known) THEN $a.void_by END AS void_by

-- fragment: audits(day)
SELECT l.audit, l.holder, l.edition, l.kind, @audit_state(a, c, $day, l.state) AS state, l.planned_on, l.performed_on,
       l.body, l.auditor, l.source, l.conforming, l.nonconforming, l.not_applicable, l.not_assessed, l.major, l.minor,
       l.conclusion, l.concluded_on, l.concluded_by, l.corrects,
       (SELECT nullif(count(*), 0) FROM impartiality_override o WHERE o.audit_id = l.audit) AS overrides, a.outcome,
       @audit_fate(a, c, $day),
       CASE WHEN a.kind <> 'migration' THEN a.grade END AS grade, NULL AS late
FROM audit_listed l
JOIN audit a ON a.id = l.audit
LEFT JOIN audit c ON c.id = @audit_correction(l.audit, $day)

-- What lists of audits are narrowed to.
-- fragment: audit_asked(a, edition, kind, from, until)
@only($a.edition_id, $edition) AND @only_text($a.kind, $kind)
  AND (CAST($from AS TEXT) IS NULL OR $a.performed_on >= $from)
  AND (CAST($until AS TEXT) IS NULL OR $a.performed_on <= $until)

-- name: audit_record(audit id, today date)
-- record: audit
@audits($today)
WHERE l.audit = $audit

-- Newest first, before a day and an audit of that day; performed between two days.
-- name: audit_list(edition id, kind choice audit_kind, from date, until date, before date, before_audit int,
--                  scope scope, today date, limit int)
-- record: audit
@audits($today)
WHERE @audit_asked(l, $edition, $kind, $from, $until)
  AND l.on_day <= $before AND (l.on_day < $before OR l.audit < $before_audit)
  AND @scope(l.holder_id, $scope, $today)
ORDER BY l.on_day DESC, l.audit DESC
LIMIT $limit

-- The same of a holder and, where it is a cooperative, of its members on the day.
-- name: audit_list_of_holder(edition id, kind choice audit_kind, from date, until date, before date, before_audit int,
--                            holder id, day date, limit int)
-- record: audit
@audits($day)
WHERE @audit_asked(l, $edition, $kind, $from, $until)
  AND l.on_day <= $before AND (l.on_day < $before OR l.audit < $before_audit)
  AND l.holder_id IN @holder_and_members($holder, $day)
ORDER BY l.on_day DESC, l.audit DESC
LIMIT $limit

-- The same as it was known on the day as_of: what had been planned, performed, concluded by then; one audit only, or
-- those of a holder and, where it is a cooperative, of its members on that day. The scope goes by today's memberships.
-- name: audit_on_day(audit id, edition id, kind choice audit_kind, from date, until date, holder id, scope scope,
--                    as_of date, today date, before date, before_audit int, limit int)
-- record: audit
WITH known AS (
    SELECT a.id, a.holder_id, a.edition_id, a.kind, a.planned_on, a.concluded_by, a.corrects_id, a.source,
           CASE WHEN a.concluded_on <= $as_of THEN 'concluded'
                WHEN a.performed_on <= $as_of THEN 'done'
                WHEN a.state = 'cancelled' AND (a.cancelled_on IS NULL OR a.cancelled_on <= $as_of) THEN 'cancelled'
                ELSE 'planned' END AS state,
           a.performed_on <= $as_of AS performed,
           CASE WHEN a.performed_on <= $as_of THEN a.performed_on END AS performed_on,
           CASE WHEN a.performed_on <= $as_of THEN a.body_id ELSE a.planned_body_id END AS body_id,
           CASE WHEN a.performed_on <= $as_of THEN a.auditor_id ELSE a.planned_auditor_id END AS auditor_id,
           CASE WHEN a.concluded_on <= $as_of THEN a.concluded_on END AS concluded_on,
           a.conforming, a.nonconforming, a.not_applicable, a.not_assessed, a.major, a.minor, a.conclusion,
           a.outcome, a.outcome_on, a.void_on, a.why_void, a.void_by, a.grade
    FROM audit a
    WHERE a.id BETWEEN coalesce(CAST($audit AS BIGINT), 1) AND coalesce(CAST($audit AS BIGINT), 9223372036854775807)
      AND ((a.performed_on <= $as_of AND @audit_known(a, $as_of))
           OR (a.planned_on IS NOT NULL AND (a.planned_at IS NULL OR a.planned_at <= $as_of)))
)
SELECT a.id AS audit, h.code AS holder, e.full_code AS edition, a.kind,
       @audit_state(a, x, $as_of, a.state) AS state, a.planned_on, a.performed_on,
       b.code AS body, p.code AS auditor, CASE WHEN a.performed THEN a.source END AS source,
       CASE WHEN a.performed THEN a.conforming ELSE 0 END AS conforming,
       CASE WHEN a.performed THEN a.nonconforming ELSE 0 END AS nonconforming,
       CASE WHEN a.performed THEN a.not_applicable ELSE 0 END AS not_applicable,
       CASE WHEN a.performed THEN a.not_assessed ELSE 0 END AS not_assessed,
       CASE WHEN a.performed THEN a.major ELSE 0 END AS major, CASE WHEN a.performed THEN a.minor ELSE 0 END AS minor,
       CASE WHEN a.state IN ('concluded', 'cancelled') THEN a.conclusion END AS conclusion, a.concluded_on,
       CASE WHEN a.state = 'concluded' THEN c.code END AS concluded_by,
       CASE WHEN a.performed THEN a.corrects_id END AS corrects,
       (SELECT nullif(count(*), 0) FROM impartiality_override o
        WHERE o.audit_id = a.id AND o.on_day <= $as_of) AS overrides,
       CASE WHEN a.outcome_on <= $as_of THEN a.outcome END AS outcome,
       @audit_fate(a, x, $as_of),
       CASE WHEN a.performed AND a.kind <> 'migration' THEN a.grade END AS grade, NULL AS late
FROM known a
JOIN holder h ON h.id = a.holder_id
JOIN edition e ON e.id = a.edition_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN person p ON p.id = a.auditor_id
LEFT JOIN person c ON c.id = a.concluded_by
LEFT JOIN audit x ON x.id = @audit_correction(a.id, $as_of)
WHERE @audit_asked(a, $edition, $kind, $from, $until)
  AND @of_holder(a.holder_id, $holder, $as_of)
  AND @scope(a.holder_id, $scope, $today)
  AND coalesce(a.performed_on, a.planned_on) <= $before
  AND (coalesce(a.performed_on, a.planned_on) < $before OR a.id < $before_audit)
ORDER BY coalesce(a.performed_on, a.planned_on) DESC, a.id DESC
LIMIT $limit

-- Where a list as of a day goes on after an audit.
-- name: audit_day_then(audit id, as_of date)
SELECT CASE WHEN performed_on <= $as_of THEN performed_on ELSE coalesce(planned_on, performed_on) END AS day
FROM audit WHERE id = $audit

-- name: audit_plan(holder id, edition id, kind choice audit_kind, planned_on date, body id, auditor id,
--                  planned_at date)
INSERT INTO audit (id, holder_id, edition_id, kind, state, planned_on, body_id, auditor_id, planned_body_id,
                   planned_auditor_id, planned_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), $holder, $edition, $kind, 'planned', $planned_on, $body, $auditor,
        $body, $auditor, $planned_at)
RETURNING id

-- name: audit_insert(holder id, edition id, kind choice audit_kind, state choice audit_state, performed_on date,
--                    body id, auditor id, source text, conforming int, nonconforming int, not_applicable int,
--                    not_assessed int, major int, minor int, corrects id, entry int, responses blob, today date,
--                    grade choice grade, proofs blob)
INSERT INTO audit (id, holder_id, edition_id, kind, state, performed_on, body_id, auditor_id, source, conforming,
                   nonconforming, not_applicable, not_assessed, major, minor, corrects_id, journal_seq, responses,
                   recorded_on, grade, proofs)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), $holder, $edition, $kind, $state, $performed_on, $body, $auditor,
        $source, $conforming, $nonconforming, $not_applicable, $not_assessed, $major, $minor, $corrects, $entry,
        $responses, $today, $grade, $proofs)
RETURNING id

-- A planned audit becomes done.
-- name: audit_perform(audit id, state choice audit_state, performed_on date, body id, auditor id, source text,
--                     conforming int, nonconforming int, not_applicable int, not_assessed int, major int, minor int,
--                     corrects id, entry int, responses blob, today date, grade choice grade)
UPDATE audit
SET state = $state, performed_on = $performed_on, body_id = coalesce($body, body_id),
    auditor_id = coalesce($auditor, auditor_id), source = $source, conforming = $conforming,
    nonconforming = $nonconforming, not_applicable = $not_applicable, not_assessed = $not_assessed, major = $major,
    minor = $minor, corrects_id = $corrects, journal_seq = $entry, responses = $responses,
    recorded_on = $today, grade = $grade
WHERE id = $audit

-- name: audit_facts(audit id)
SELECT a.holder_id, a.edition_id, a.kind, a.grade, CASE WHEN a.void_on IS NULL THEN a.state ELSE 'void' END AS state,
       a.performed_on, a.concluded_on, a.outcome, a.body_id, a.auditor_id, a.responses, a.corrects_id, a.migration_id,
       a.planned_on, a.void_on, a.recorded_on,
       (SELECT min(f.id) FROM finding f
        WHERE f.audit_id = a.id AND f.class IN @set(class, nonconformity)) AS nonconformity,
       (SELECT max(c.id) FROM audit c WHERE c.corrects_id = a.id AND c.void_on IS NULL) AS corrected_by
FROM audit a
WHERE a.id = $audit

-- name: audit_by_source(holder id, edition id, source text)
SELECT id FROM audit
WHERE holder_id = $holder AND edition_id = $edition AND source = $source AND void_on IS NULL

-- Another of the holder, edition, kind and day, without a number at the source or with this one, that counts today; but
-- not the one that is corrected.
-- name: audit_same(holder id, edition id, kind choice audit_kind, performed_on date, source text, corrects id)
SELECT a.id FROM audit a
WHERE a.holder_id = $holder AND a.edition_id = $edition AND a.kind = $kind AND a.performed_on = $performed_on
  AND a.void_on IS NULL AND a.id IS DISTINCT FROM $corrects
  AND (a.source IS NULL OR CAST($source AS TEXT) IS NULL OR a.source = $source)
  AND NOT EXISTS (SELECT 1 FROM audit c WHERE c.corrects_id = a.id AND c.void_on IS NULL)
ORDER BY a.id LIMIT 1

-- name: audit_void(audit id, day date, reason text, user text)
UPDATE audit SET void_on = $day, why_void = $reason, void_by = $user WHERE id = $audit

-- What was planned, once more.
-- name: audit_plan_again(audit id, today date)
INSERT INTO audit (id, holder_id, edition_id, kind, state, planned_on, body_id, auditor_id, planned_body_id,
                   planned_auditor_id, planned_at)
SELECT (SELECT max(id) + 1 FROM audit), holder_id, edition_id, kind, 'planned', planned_on, planned_body_id,
       planned_auditor_id, planned_body_id, planned_auditor_id, $today
FROM audit WHERE id = $audit
RETURNING id

-- Other editions of a holder that have findings void since the day.
-- name: audit_void_editions(holder id, but id, day date)
SELECT DISTINCT f.edition_id FROM finding f
WHERE f.holder_id = $holder AND f.void_on = $day AND f.edition_id <> $but

-- The migration that carried its results over to another edition, and was not rolled back.
-- name: audit_carried(holder id, edition id, performed_on date)
SELECT m.id, m.undo_until FROM edition_migration m
JOIN edition_migration_holder o ON o.migration_id = m.id
WHERE o.holder_id = $holder AND o.audit_id IS NOT NULL AND m.from_id = $edition AND m.on_day >= $performed_on
  AND NOT EXISTS (SELECT 1 FROM edition_migration_end e WHERE e.migration_id = m.id)
ORDER BY m.id DESC LIMIT 1

-- name: audit_conclude(audit id, conclusion text, concluded_on date, by id)
UPDATE audit SET state = 'concluded', conclusion = $conclusion, concluded_on = $concluded_on, concluded_by = $by
WHERE id = $audit

-- name: audit_recommend(audit id, outcome choice outcome, outcome_on date)
UPDATE audit SET outcome = $outcome, outcome_on = $outcome_on WHERE id = $audit

-- name: audit_cancel(audit id, reason text, cancelled_on date)
UPDATE audit SET state = 'cancelled', conclusion = $reason, cancelled_on = $cancelled_on WHERE id = $audit

-- fragment: audit_answers(day)
SELECT audit, holder, performed_on, edition_id, responses, state, corrected_by, corrected_on, void_on
FROM (SELECT l.audit, l.holder, l.performed_on, l.edition_id, l.holder_id, a.responses,
             @audit_state(a, c, $day,
                          CASE WHEN a.concluded_on <= $day THEN 'concluded' ELSE 'done' END) AS state,
             @audit_fate(a, c, $day)
      FROM audit_listed l
      JOIN audit a ON a.id = l.audit
      LEFT JOIN audit c ON c.id = @audit_correction(l.audit, $day)) AS a

-- Audits with responses from an audit on, performed by the day as_of.
-- name: audit_responses(edition id, scope scope, today date, from_audit int, as_of date)
-- row: audit_answers
@audit_answers($as_of)
WHERE audit >= $from_audit AND performed_on <= $as_of
  AND @only(edition_id, $edition)
  AND @scope(a.holder_id, $scope, $today)
ORDER BY audit

-- name: audit_responses_of_holder(edition id, holder id, from_audit int, as_of date)
-- row: audit_answers
@audit_answers($as_of)
WHERE audit >= $from_audit AND performed_on <= $as_of
  AND @only(edition_id, $edition)
  AND holder_id IN @holder_and_members($holder, $as_of)
ORDER BY audit
