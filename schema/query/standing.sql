-- SPDX-License-Identifier: Apache-2.0
-- name: standing_kept(holder id, edition id)
-- row: standing_kept
SELECT edition_id, audits, last_on, last_audit_id, results, days, findings, verdict, grade, major, minor
FROM standing
WHERE holder_id = $holder AND edition_id = $edition;

-- name: standing_kept_all(holder id)
-- row: standing_kept
SELECT edition_id, audits, last_on, last_audit_id, results, days, findings, verdict, grade, major, minor
FROM standing
WHERE holder_id = $holder
ORDER BY edition_id;

-- name: standing_kept_aged_members(cooperative id, edition id, today date)
-- row: standing_kept
-- Of members, those that were stored before results of them got too old.
SELECT s.edition_id, s.audits, s.last_on, s.last_audit_id, s.results, s.days, s.findings, s.verdict, s.grade, s.major,
       s.minor
FROM standing s JOIN membership m ON m.enterprise_id = s.holder_id
WHERE s.changes_on <= $today AND s.edition_id = $edition AND m.cooperative_id = $cooperative AND @member_on(m, $today);

-- name: standing_aged(today date, limit int)
SELECT holder_id, edition_id FROM standing WHERE changes_on <= $today ORDER BY changes_on, holder_id, edition_id LIMIT $limit;

-- name: standing_put(holder id, edition id, verdict choice verdict, grade choice grade, conforming int,
--       nonconforming int, not_applicable int, not_assessed int, major int, minor int, audits int, last_on date,
--       last_audit id, changes_on date, results blob, days blob, findings blob)
INSERT INTO standing (holder_id, edition_id, verdict, grade, conforming, nonconforming, not_applicable, not_assessed,
                      major, minor, audits, last_on, last_audit_id, changes_on, results, days, findings)
VALUES ($holder, $edition, $verdict, $grade, $conforming, $nonconforming, $not_applicable, $not_assessed, $major,
        $minor, $audits, $last_on, $last_audit, $changes_on, $results, $days, $findings)
ON CONFLICT (holder_id, edition_id) DO UPDATE
SET verdict = excluded.verdict, grade = excluded.grade, conforming = excluded.conforming,
    nonconforming = excluded.nonconforming, not_applicable = excluded.not_applicable,
    not_assessed = excluded.not_assessed, major = excluded.major, minor = excluded.minor, audits = excluded.audits,
    last_on = excluded.last_on, last_audit_id = excluded.last_audit_id, changes_on = excluded.changes_on,
    results = excluded.results, days = excluded.days, findings = excluded.findings;

-- name: standing_row(holder id, edition id)
-- Everything kept, to compare with what is computed.
SELECT verdict, grade, conforming, nonconforming, not_applicable, not_assessed, major, minor, audits, last_on,
       last_audit_id, changes_on, results, days, findings
FROM standing
WHERE holder_id = $holder AND edition_id = $edition;

-- name: standing_audits(holder id, edition id, day date)
SELECT id, performed_on, kind, grade, source
FROM audit
WHERE holder_id = $holder AND edition_id = $edition AND performed_on <= $day
ORDER BY performed_on, id;

-- name: standing_responses(audit id)
SELECT responses, proofs FROM audit WHERE id = $audit;

-- name: standing_drop(holder id, edition id)
DELETE FROM standing WHERE holder_id = $holder AND edition_id = $edition;

-- name: standing_undone(holder id, edition id, day date, known date)
-- Audits of migrations that were rolled back by the day, void ones, and corrections that were not recorded yet.
SELECT a.id
FROM audit a JOIN edition_migration_end e ON e.migration_id = a.migration_id
WHERE a.holder_id = $holder AND a.edition_id = $edition AND e.on_day <= $day
UNION ALL
SELECT a.id FROM audit a
WHERE a.holder_id = $holder AND a.edition_id = $edition
  AND (a.void_on <= $known OR (a.corrects_id IS NOT NULL AND a.recorded_on > $known));

-- name: standing_corrections(holder id, edition id, known date)
-- The last recorded first: what corrects a correction comes before it. The numbers alone would not do, as
-- a planned audit has its number before it is recorded.
SELECT corrects_id, recorded_on
FROM audit
WHERE holder_id = $holder AND edition_id = $edition AND corrects_id IS NOT NULL AND performed_on IS NOT NULL
  AND (void_on IS NULL OR void_on > $known)
ORDER BY journal_seq DESC, id DESC;

-- name: standing_findings(holder id, edition id, day date, known date)
-- Closed as known on the day: a closing that rested on a void audit held until then. closing_id: the audit that closed
-- it, if one did; closed_by: how independent that one is.
SELECT f.id, f.audit_id, f.ordinal, f.class, f.grade, f.raised_on,
       @finding_closed_known(f, $day, $known) AS closed_on,
       a.id AS closing_id, a.grade AS closed_by
FROM finding f
LEFT JOIN finding_step s ON s.finding_id = f.id
                        AND s.number = (SELECT max(l.number) FROM finding_step l
                                        WHERE l.finding_id = f.id AND l.state = 'closed' AND l.on_day <= $day)
LEFT JOIN audit a ON a.id = s.audit_id
WHERE f.holder_id = $holder AND f.edition_id = $edition AND f.raised_on <= $day AND NOT @known_void(f, $known)
ORDER BY f.id;

-- name: standing_editions(holder id, day date, known date)
SELECT DISTINCT edition_id
FROM audit
WHERE holder_id = $holder AND performed_on <= $day AND (void_on IS NULL OR void_on > $known)
ORDER BY edition_id;

-- name: standing_holders(after int, limit int)
SELECT DISTINCT holder_id FROM audit WHERE performed_on IS NOT NULL AND holder_id > $after ORDER BY holder_id LIMIT $limit;

-- name: standing_holders_count()
SELECT count(DISTINCT holder_id) AS holders FROM audit WHERE performed_on IS NOT NULL;

-- name: standing_drop_all()
DELETE FROM standing;

-- name: standing_pairs(after_holder int, after_edition int, limit int)
-- Every standing there should be, and every one there is, after a pair.
SELECT holder_id, edition_id FROM audit
WHERE performed_on IS NOT NULL AND (holder_id > $after_holder OR (holder_id = $after_holder AND edition_id > $after_edition))
UNION
SELECT holder_id, edition_id FROM standing
WHERE holder_id > $after_holder OR (holder_id = $after_holder AND edition_id > $after_edition)
ORDER BY 1, 2
LIMIT $limit;

-- name: rollup_add(cooperative id, edition id, assessed int, ready int, ready_internal int, ready_external int,
--       not_ready int, incomplete int, major int, minor int)
INSERT INTO rollup (cooperative_id, edition_id, assessed, ready, ready_internal, ready_external, not_ready, incomplete,
                    major, minor)
VALUES ($cooperative, $edition, $assessed, $ready, $ready_internal, $ready_external, $not_ready, $incomplete, $major,
        $minor)
ON CONFLICT (cooperative_id, edition_id) DO UPDATE
SET assessed = rollup.assessed + excluded.assessed, ready = rollup.ready + excluded.ready,
    ready_internal = rollup.ready_internal + excluded.ready_internal,
    ready_external = rollup.ready_external + excluded.ready_external,
    not_ready = rollup.not_ready + excluded.not_ready, incomplete = rollup.incomplete + excluded.incomplete,
    major = rollup.major + excluded.major, minor = rollup.minor + excluded.minor;

-- name: rollup_drop_all()
DELETE FROM rollup;

-- name: rollup_prune(cooperative id, edition id)
DELETE FROM rollup WHERE cooperative_id = $cooperative AND edition_id = $edition AND assessed = 0;

-- name: rollup_count_member(cooperative id, change int)
INSERT INTO member_count (cooperative_id, members)
VALUES ($cooperative, $change)
ON CONFLICT (cooperative_id) DO UPDATE SET members = member_count.members + excluded.members;

-- name: rollup_count()
SELECT count(*) AS rollups FROM rollup;

-- name: rollup_differing(today date)
-- Roll-ups kept that the standings do not imply, and implied ones that are not kept.
WITH implied AS (
    SELECT m.cooperative_id, s.edition_id, count(*) AS assessed,
           count(*) FILTER (WHERE s.verdict = 'ready') AS ready,
           count(*) FILTER (WHERE s.grade <> 'self') AS ready_internal,
           count(*) FILTER (WHERE s.grade = 'external') AS ready_external,
           count(*) FILTER (WHERE s.verdict = 'not_ready') AS not_ready,
           count(*) FILTER (WHERE s.verdict = 'incomplete') AS incomplete,
           CAST(sum(s.major) AS BIGINT) AS major, CAST(sum(s.minor) AS BIGINT) AS minor
    FROM membership m JOIN standing s ON s.holder_id = m.enterprise_id
    WHERE @member_on(m, $today)
    GROUP BY m.cooperative_id, s.edition_id
), kept AS (
    SELECT cooperative_id, edition_id, assessed, ready, ready_internal, ready_external, not_ready, incomplete, major,
           minor
    FROM rollup
), differing AS (
    SELECT cooperative_id, edition_id FROM (SELECT * FROM implied EXCEPT SELECT * FROM kept) AS lost
    UNION
    SELECT cooperative_id, edition_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM implied) AS wrong
)
SELECT h.code, e.full_code AS edition
FROM differing d JOIN holder h ON h.id = d.cooperative_id JOIN edition e ON e.id = d.edition_id
ORDER BY h.code, e.full_code;

-- name: rollup_miscounted(today date)
-- Cooperatives whose kept number of members is wrong.
SELECT h.code
FROM holder h LEFT JOIN member_count c ON c.cooperative_id = h.id
WHERE h.kind = 'cooperative'
  AND coalesce(c.members, 0) <> (SELECT count(*) FROM membership m
                                 WHERE m.cooperative_id = h.id AND @member_on(m, $today))
ORDER BY h.code;
