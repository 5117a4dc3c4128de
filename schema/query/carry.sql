-- Results carried over from one edition to another.

-- name: carry_migration_insert
INSERT INTO edition_migration (id, cooperative_id, from_id, to_id, on_day, undo_until)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM edition_migration), $1, $2, $3, $4, $5)
RETURNING id;

-- name: carry_map_insert
INSERT INTO edition_migration_map (migration_id, number, map_id) VALUES ($1, $2, $3);

-- name: carry_holder_insert
INSERT INTO edition_migration_holder (migration_id, holder_id, audit_id, verdict_before, verdict_after, carried, kept,
                                      anew, findings)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: carry_requirement_insert
INSERT INTO edition_migration_requirement (migration_id, ordinal, conforming, nonconforming, not_applicable, kept, anew)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: carry_audit_mark
-- The audit of a migration is concluded on its day.
UPDATE audit SET state = 'concluded', conclusion = $2, concluded_on = performed_on, migration_id = $3 WHERE id = $1;

-- name: carry_findings
-- Open on day $3, with the kind of audit that raised each first.
SELECT f.id, f.ordinal, f.class, coalesce(c.kind, a.kind)
FROM finding f JOIN audit a ON a.id = f.audit_id LEFT JOIN finding_carried c ON c.finding_id = f.id
WHERE f.holder_id = $1 AND f.edition_id = $2 AND @finding_open_on(f, $3)
ORDER BY f.ordinal, f.class, f.id;

-- name: carry_answers
-- What was answered by day $3, newest first, but for what was corrected by then.
SELECT a.responses
FROM audit a
WHERE a.holder_id = $1 AND a.edition_id = $2 AND a.performed_on <= $3
  AND NOT EXISTS (SELECT 1 FROM audit c
                  WHERE c.holder_id = $1 AND c.edition_id = $2 AND c.corrects_id = a.id AND c.performed_on <= $3)
ORDER BY a.performed_on DESC, a.id DESC;

-- name: carry_raised
-- The findings of an audit, in the order of its responses.
SELECT id, ordinal FROM finding WHERE audit_id = $1 ORDER BY id;

-- name: carry_finding_insert
INSERT INTO finding_carried (finding_id, from_id, kind) VALUES ($1, $2, $3);

-- name: carry_active
-- The last migration of a cooperative between two editions that was not rolled back by day $4.
SELECT coalesce(max(m.id), 0) FROM edition_migration m
WHERE m.cooperative_id = $1 AND m.from_id = $2 AND m.to_id = $3
  AND NOT EXISTS (SELECT 1 FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $4);

-- name: carry_facts
SELECT m.cooperative_id, m.from_id, m.to_id, m.on_day, m.undo_until, e.on_day
FROM edition_migration m LEFT JOIN edition_migration_end e ON e.migration_id = m.id
WHERE m.id = $1;

-- name: carry_maps
SELECT map_id FROM edition_migration_map WHERE migration_id = $1 ORDER BY number;

-- name: carry_record
-- On day $2.
SELECT m.id AS migration, h.code AS cooperative, f.full_code AS "from", t.full_code AS "to", m.on_day AS "on",
       NULL AS maps, count(o.holder_id) AS holders, CAST(coalesce(sum(o.carried), 0) AS BIGINT) AS carried,
       CAST(coalesce(sum(o.kept), 0) AS BIGINT) AS kept, CAST(coalesce(sum(o.anew), 0) AS BIGINT) AS anew,
       CAST(coalesce(sum(o.findings), 0) AS BIGINT) AS findings,
       count(*) FILTER (WHERE o.verdict_before = 'ready') AS ready_before,
       count(*) FILTER (WHERE o.verdict_after = 'ready') AS ready_after, m.undo_until,
       (SELECT e.on_day FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $2) AS rolled_back_on,
       (SELECT e.reason FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $2) AS reason
FROM edition_migration m
JOIN holder h ON h.id = m.cooperative_id
JOIN edition f ON f.id = m.from_id
JOIN edition t ON t.id = m.to_id
LEFT JOIN edition_migration_holder o ON o.migration_id = m.id
WHERE m.id = $1
GROUP BY m.id, h.code, f.full_code, t.full_code;

-- name: carry_list
-- Those of day $2 and before, after $5. $1: cooperative; $3: edition; $4: scope.
SELECT m.id AS migration, h.code AS cooperative, f.full_code AS "from", t.full_code AS "to", m.on_day AS "on",
       NULL AS maps, count(o.holder_id) AS holders, CAST(coalesce(sum(o.carried), 0) AS BIGINT) AS carried,
       CAST(coalesce(sum(o.kept), 0) AS BIGINT) AS kept, CAST(coalesce(sum(o.anew), 0) AS BIGINT) AS anew,
       CAST(coalesce(sum(o.findings), 0) AS BIGINT) AS findings,
       count(*) FILTER (WHERE o.verdict_before = 'ready') AS ready_before,
       count(*) FILTER (WHERE o.verdict_after = 'ready') AS ready_after, m.undo_until,
       (SELECT e.on_day FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $2) AS rolled_back_on,
       (SELECT e.reason FROM edition_migration_end e WHERE e.migration_id = m.id AND e.on_day <= $2) AS reason
FROM edition_migration m
JOIN holder h ON h.id = m.cooperative_id
JOIN edition f ON f.id = m.from_id
JOIN edition t ON t.id = m.to_id
LEFT JOIN edition_migration_holder o ON o.migration_id = m.id
WHERE m.id > $5 AND m.on_day <= $2
  AND @only(m.cooperative_id, $1)
  AND (CAST($3 AS BIGINT) IS NULL OR m.from_id = $3 OR m.to_id = $3)
  AND @scope_coop(m.cooperative_id, $4)
GROUP BY m.id, h.code, f.full_code, t.full_code
ORDER BY m.id
LIMIT $6;

-- name: carry_holders
SELECT h.code AS holder, o.verdict_before AS "before", o.verdict_after AS "after", o.carried, o.kept, o.anew,
       o.findings, o.audit_id AS audit
FROM edition_migration_holder o JOIN holder h ON h.id = o.holder_id
WHERE o.migration_id = $1
ORDER BY h.kind, h.code;

-- name: carry_requirements
SELECT ordinal, conforming, nonconforming, not_applicable, kept, anew
FROM edition_migration_requirement
WHERE migration_id = $1
ORDER BY ordinal;

-- name: carry_end_insert
INSERT INTO edition_migration_end (migration_id, on_day, reason) VALUES ($1, $2, $3);

-- name: carry_close_steps
-- The step of each finding that carry_close_findings is about to close.
INSERT INTO finding_step (finding_id, number, state, on_day, reason)
SELECT f.id, coalesce((SELECT max(s.number) FROM finding_step s WHERE s.finding_id = f.id), 0) + 1, 'closed',
       CASE WHEN f.raised_on > $2 THEN f.raised_on ELSE $2 END, $3
FROM finding f
WHERE f.closed_on IS NULL AND f.audit_id IN (SELECT id FROM audit WHERE migration_id = $1);

-- name: carry_close_findings
-- A finding is never closed before it was raised.
UPDATE finding SET closed_on = CASE WHEN raised_on > $2 THEN raised_on ELSE $2 END, reason = $3
WHERE closed_on IS NULL AND audit_id IN (SELECT id FROM audit WHERE migration_id = $1);

-- name: carry_audited
-- The holders that a migration made an audit for.
SELECT holder_id FROM edition_migration_holder WHERE migration_id = $1 AND audit_id IS NOT NULL ORDER BY holder_id;

-- name: carry_certificate
-- A certificate against edition $2, decided since day $3, of the cooperative or a holder of the migration.
SELECT c.id FROM certificate c
WHERE c.edition_id = $2 AND c.decided_on >= $3
  AND EXISTS (SELECT 1 FROM edition_migration_holder o WHERE o.migration_id = $1 AND o.holder_id = c.holder_id)
ORDER BY c.id LIMIT 1;

-- name: carry_follow_up
-- An audit that looked only at what was open, and so leaves the rest to what was carried over.
SELECT a.id FROM edition_migration_holder o
JOIN audit a ON a.holder_id = o.holder_id AND a.edition_id = $2 AND a.performed_on >= $3 AND a.kind = 'follow_up'
WHERE o.migration_id = $1 AND o.audit_id IS NOT NULL
ORDER BY a.id LIMIT 1;

-- name: carry_onward
-- A migration that carried the results further.
SELECT m.id FROM edition_migration m
WHERE m.from_id = $2 AND m.on_day >= $3 AND m.id <> $1
  AND NOT EXISTS (SELECT 1 FROM edition_migration_end e WHERE e.migration_id = m.id)
  AND EXISTS (SELECT 1 FROM edition_migration_holder o JOIN edition_migration_holder p ON p.holder_id = o.holder_id
              WHERE o.migration_id = $1 AND o.audit_id IS NOT NULL
                AND p.migration_id = m.id AND p.audit_id IS NOT NULL)
ORDER BY m.id LIMIT 1;
