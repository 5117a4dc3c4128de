-- SPDX-License-Identifier: Apache-2.0
-- name: standing_kept(holder id, edition id)
-- row: standing_kept
SELECT edition_id, audits, last_on, last_audit_id, results, findings, verdict, major, minor
FROM standing
WHERE holder_id = $holder AND edition_id = $edition;

-- name: standing_kept_all(holder id)
-- row: standing_kept
SELECT edition_id, audits, last_on, last_audit_id, results, findings, verdict, major, minor
FROM standing
WHERE holder_id = $holder
ORDER BY edition_id;

-- name: standing_put(holder id, edition id, verdict choice verdict, conforming int, nonconforming int,
--       not_applicable int, not_assessed int, major int, minor int, audits int, last_on date, last_audit id,
--       results blob, findings blob)
INSERT INTO standing (holder_id, edition_id, verdict, conforming, nonconforming, not_applicable, not_assessed,
                      major, minor, audits, last_on, last_audit_id, results, findings)
VALUES ($holder, $edition, $verdict, $conforming, $nonconforming, $not_applicable, $not_assessed, $major, $minor, $audits, $last_on, $last_audit, $results, $findings)
ON CONFLICT (holder_id, edition_id) DO UPDATE
SET verdict = excluded.verdict, conforming = excluded.conforming, nonconforming = excluded.nonconforming,
    not_applicable = excluded.not_applicable, not_assessed = excluded.not_assessed, major = excluded.major,
    minor = excluded.minor, audits = excluded.audits, last_on = excluded.last_on,
    last_audit_id = excluded.last_audit_id, results = excluded.results, findings = excluded.findings;

-- name: standing_row(holder id, edition id)
-- Everything kept, to compare with what is computed.
SELECT verdict, conforming, nonconforming, not_applicable, not_assessed, major, minor, audits, last_on,
       last_audit_id, results, findings
FROM standing
WHERE holder_id = $holder AND edition_id = $edition;

-- name: standing_audits(holder id, edition id, day date)
SELECT id, performed_on, responses, kind
FROM audit
WHERE holder_id = $holder AND edition_id = $edition AND performed_on <= $day AND (void_on IS NULL OR void_on > $day)
ORDER BY performed_on, id;

-- name: standing_drop(holder id, edition id)
DELETE FROM standing WHERE holder_id = $holder AND edition_id = $edition;

-- name: standing_undone(holder id, edition id, day date)
-- Audits of migrations that were rolled back by the day.
SELECT a.id
FROM audit a JOIN edition_migration_end e ON e.migration_id = a.migration_id
WHERE a.holder_id = $holder AND a.edition_id = $edition AND e.on_day <= $day
UNION ALL
SELECT a.id FROM audit a
WHERE a.holder_id = $holder AND a.edition_id = $edition AND a.void_on <= $day;

-- name: standing_corrections(holder id, edition id, day date)
-- The last recorded first: what corrects a correction comes before it. The numbers alone would not do, as
-- a planned audit has its number before it is recorded.
SELECT id, corrects_id, recorded_on
FROM audit
WHERE holder_id = $holder AND edition_id = $edition AND corrects_id IS NOT NULL AND performed_on IS NOT NULL
  AND (void_on IS NULL OR void_on > $day)
ORDER BY journal_seq DESC, id DESC;

-- name: standing_findings(holder id, edition id, day date)
SELECT id, audit_id, ordinal, class, raised_on,
       CASE WHEN closed_on IS NULL AND reopened = 1
            THEN (SELECT max(past.closed_on) FROM finding_closing past
                  WHERE past.finding_id = id AND past.closed_on <= $day AND past.until_on > $day)
            ELSE closed_on END AS closed_on
FROM finding
WHERE holder_id = $holder AND edition_id = $edition AND raised_on <= $day AND (void_on IS NULL OR void_on > $day)
ORDER BY id;

-- name: standing_editions(holder id, day date)
SELECT DISTINCT edition_id
FROM audit
WHERE holder_id = $holder AND performed_on <= $day AND (void_on IS NULL OR void_on > $day)
ORDER BY edition_id;

-- name: standing_pairs(after_holder int, after_edition int, limit int)
-- Every standing there should be, and every one there is, after a pair.
SELECT holder_id, edition_id FROM audit
WHERE performed_on IS NOT NULL AND (holder_id > $after_holder OR (holder_id = $after_holder AND edition_id > $after_edition))
UNION
SELECT holder_id, edition_id FROM standing
WHERE holder_id > $after_holder OR (holder_id = $after_holder AND edition_id > $after_edition)
ORDER BY 1, 2
LIMIT $limit;

-- name: rollup_add(cooperative id, edition id, assessed int, ready int, not_ready int, incomplete int, major int,
--       minor int)
INSERT INTO rollup (cooperative_id, edition_id, assessed, ready, not_ready, incomplete, major, minor)
VALUES ($cooperative, $edition, $assessed, $ready, $not_ready, $incomplete, $major, $minor)
ON CONFLICT (cooperative_id, edition_id) DO UPDATE
SET assessed = rollup.assessed + excluded.assessed, ready = rollup.ready + excluded.ready,
    not_ready = rollup.not_ready + excluded.not_ready, incomplete = rollup.incomplete + excluded.incomplete,
    major = rollup.major + excluded.major, minor = rollup.minor + excluded.minor;

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
           count(*) FILTER (WHERE s.verdict = 'not_ready') AS not_ready,
           count(*) FILTER (WHERE s.verdict = 'incomplete') AS incomplete,
           CAST(sum(s.major) AS BIGINT) AS major, CAST(sum(s.minor) AS BIGINT) AS minor
    FROM membership m JOIN standing s ON s.holder_id = m.enterprise_id
    WHERE @member_on(m, $today)
    GROUP BY m.cooperative_id, s.edition_id
), kept AS (
    SELECT cooperative_id, edition_id, assessed, ready, not_ready, incomplete, major, minor FROM rollup
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
