-- SPDX-License-Identifier: Apache-2.0
-- Results carried over from one edition to another.

-- name: carry_migration_insert(cooperative id, from id, to id, day date, until date)
INSERT INTO edition_migration (id, cooperative_id, from_id, to_id, on_day, undo_until)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM edition_migration), $cooperative, $from, $to, $day, $until)
RETURNING id;

-- name: carry_map_insert(migration id, number int, map id)
INSERT INTO edition_migration_map (migration_id, number, map_id) VALUES ($migration, $number, $map);

-- name: carry_holder_insert(migration id, holder id, audit id, before choice verdict, after choice verdict,
--       carried int, kept int, anew int, findings int)
INSERT INTO edition_migration_holder (migration_id, holder_id, audit_id, verdict_before, verdict_after, carried, kept,
                                      anew, findings)
VALUES ($migration, $holder, $audit, $before, $after, $carried, $kept, $anew, $findings);

-- name: carry_requirement_insert(migration id, ordinal int, conforming int, nonconforming int, not_applicable int,
--       kept int, anew int)
INSERT INTO edition_migration_requirement (migration_id, ordinal, conforming, nonconforming, not_applicable, kept, anew)
VALUES ($migration, $ordinal, $conforming, $nonconforming, $not_applicable, $kept, $anew);

-- name: carry_audit_mark(audit id, conclusion text, migration id)
-- The audit of a migration is concluded on its day.
UPDATE audit SET state = 'concluded', conclusion = $conclusion, concluded_on = performed_on, migration_id = $migration WHERE id = $audit;

-- name: carry_findings(holder id, edition id, day date)
-- Open on the day, with the kind of audit that raised each first.
SELECT f.id, f.ordinal, f.class, f.grade, coalesce(c.kind, a.kind) AS raised_by
FROM finding f JOIN audit a ON a.id = f.audit_id LEFT JOIN finding_carried c ON c.finding_id = f.id
WHERE f.holder_id = $holder AND f.edition_id = $edition AND @finding_open_on(f, $day)
ORDER BY f.ordinal, f.class, f.id;

-- name: carry_answers(holder id, edition id, day date)
-- What was answered by the day, newest first, but for what was corrected, or void, by then.
SELECT a.responses
FROM audit a
WHERE a.holder_id = $holder AND a.edition_id = $edition AND a.performed_on <= $day
  AND @audit_counts(a, $day)
ORDER BY a.performed_on DESC, a.id DESC;

-- name: carry_raised(audit id)
-- The findings of an audit, in the order of its responses.
SELECT id, ordinal FROM finding WHERE audit_id = $audit ORDER BY id;

-- name: carry_finding_insert(finding id, from id, kind choice audit_kind)
INSERT INTO finding_carried (finding_id, from_id, kind) VALUES ($finding, $from, $kind);

-- name: carry_active(cooperative id, from id, to id, day date)
-- The last migration of a cooperative between two editions that was not rolled back by the day.
SELECT coalesce(max(m.id), 0) AS migration_id FROM edition_migration m
WHERE m.cooperative_id = $cooperative AND m.from_id = $from AND m.to_id = $to
  AND NOT EXISTS (SELECT 1 FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $day);

-- name: carry_facts(migration id)
SELECT m.cooperative_id, m.from_id, m.to_id, m.on_day, m.undo_until, e.on_day AS ended_on
FROM edition_migration m LEFT JOIN edition_migration_end e ON e.migration_id = m.id
WHERE m.id = $migration;

-- name: carry_maps(migration id)
SELECT map_id FROM edition_migration_map WHERE migration_id = $migration ORDER BY number;

-- fragment: migration_facts(day)
SELECT m.id AS migration, h.code AS cooperative, f.full_code AS "from", t.full_code AS "to", m.on_day AS "on",
       NULL AS maps, count(o.holder_id) AS holders, CAST(coalesce(sum(o.carried), 0) AS BIGINT) AS carried,
       CAST(coalesce(sum(o.kept), 0) AS BIGINT) AS kept, CAST(coalesce(sum(o.anew), 0) AS BIGINT) AS anew,
       CAST(coalesce(sum(o.findings), 0) AS BIGINT) AS findings,
       count(*) FILTER (WHERE o.verdict_before = 'ready') AS ready_before,
       count(*) FILTER (WHERE o.verdict_after = 'ready') AS ready_after, m.undo_until,
       (SELECT e.on_day FROM edition_migration_end e
        WHERE e.migration_id = m.id AND e.on_day <= $day) AS rolled_back_on,
       (SELECT e.reason FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $day) AS reason
FROM edition_migration m
JOIN holder h ON h.id = m.cooperative_id
JOIN edition f ON f.id = m.from_id
JOIN edition t ON t.id = m.to_id
LEFT JOIN edition_migration_holder o ON o.migration_id = m.id

-- name: carry_record(migration id, day date)
-- record: edition_migration
@migration_facts($day)
WHERE m.id = $migration
GROUP BY m.id, h.code, f.full_code, t.full_code;

-- Those of the day and before.
-- name: carry_list(cooperative id, day date, edition id, scope scope, after int, limit int)
-- record: edition_migration
@migration_facts($day)
WHERE m.id > $after AND m.on_day <= $day
  AND @only(m.cooperative_id, $cooperative)
  AND (CAST($edition AS BIGINT) IS NULL OR m.from_id = $edition OR m.to_id = $edition)
  AND @scope_coop(m.cooperative_id, $scope)
GROUP BY m.id, h.code, f.full_code, t.full_code
ORDER BY m.id
LIMIT $limit;

-- name: carry_holders(migration id)
-- record: migration_holder
SELECT h.code AS holder, o.verdict_before AS "before", o.verdict_after AS "after", o.carried, o.kept, o.anew,
       o.findings, o.audit_id AS audit
FROM edition_migration_holder o JOIN holder h ON h.id = o.holder_id
WHERE o.migration_id = $migration
ORDER BY h.kind, h.code;

-- name: carry_requirements(migration id)
SELECT ordinal, conforming, nonconforming, not_applicable, kept, anew
FROM edition_migration_requirement
WHERE migration_id = $migration
ORDER BY ordinal;

-- name: carry_end_insert(migration id, day date, reason text)
INSERT INTO edition_migration_end (migration_id, on_day, reason) VALUES ($migration, $day, $reason);

-- name: carry_close_steps(migration id, day date, reason text)
-- The step of each finding that carry_close_findings is about to close.
INSERT INTO finding_step (finding_id, number, state, on_day, reason)
SELECT f.id, coalesce((SELECT max(s.number) FROM finding_step s WHERE s.finding_id = f.id), 0) + 1, 'closed',
       CASE WHEN f.raised_on > $day THEN f.raised_on ELSE $day END, $reason
FROM finding f
WHERE f.closed_on IS NULL AND f.audit_id IN (SELECT id FROM audit WHERE migration_id = $migration);

-- name: carry_close_findings(migration id, day date, reason text)
-- A finding is never closed before it was raised.
UPDATE finding SET closed_on = CASE WHEN raised_on > $day THEN raised_on ELSE $day END, reason = $reason
WHERE closed_on IS NULL AND audit_id IN (SELECT id FROM audit WHERE migration_id = $migration);

-- name: carry_audited(migration id)
-- The holders that a migration made an audit for.
SELECT holder_id FROM edition_migration_holder WHERE migration_id = $migration AND audit_id IS NOT NULL ORDER BY holder_id;

-- name: carry_certificate(migration id, edition id, since date)
-- A certificate against the edition, decided since the day, of the cooperative or a holder of the migration.
SELECT c.id FROM certificate c
WHERE c.edition_id = $edition AND c.decided_on >= $since
  AND EXISTS (SELECT 1 FROM edition_migration_holder o WHERE o.migration_id = $migration AND o.holder_id = c.holder_id)
ORDER BY c.id LIMIT 1;

-- name: carry_follow_up(migration id, edition id, since date)
-- An audit that looked only at what was open, and so leaves the rest to what was carried over.
SELECT a.id FROM edition_migration_holder o
JOIN audit a ON a.holder_id = o.holder_id AND a.edition_id = $edition AND a.performed_on >= $since AND a.kind = 'follow_up'
 AND a.void_on IS NULL
WHERE o.migration_id = $migration AND o.audit_id IS NOT NULL
ORDER BY a.id LIMIT 1;

-- name: carry_onward(migration id, edition id, since date)
-- A migration that carried the results further.
SELECT m.id FROM edition_migration m
WHERE m.from_id = $edition AND m.on_day >= $since AND m.id <> $migration
  AND NOT EXISTS (SELECT 1 FROM edition_migration_end e WHERE e.migration_id = m.id)
  AND EXISTS (SELECT 1 FROM edition_migration_holder o JOIN edition_migration_holder p ON p.holder_id = o.holder_id
              WHERE o.migration_id = $migration AND o.audit_id IS NOT NULL
                AND p.migration_id = m.id AND p.audit_id IS NOT NULL)
ORDER BY m.id LIMIT 1;
