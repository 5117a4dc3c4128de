-- name: standing_kept
SELECT edition_id, audits, last_on, last_audit_id, results, findings, verdict, major, minor
FROM standing
WHERE holder_id = $1 AND edition_id = $2;

-- name: standing_kept_all
SELECT edition_id, audits, last_on, last_audit_id, results, findings, verdict, major, minor
FROM standing
WHERE holder_id = $1
ORDER BY edition_id;

-- name: standing_put
INSERT INTO standing (holder_id, edition_id, verdict, conforming, nonconforming, not_applicable, not_assessed,
                      major, minor, audits, last_on, last_audit_id, results, findings)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (holder_id, edition_id) DO UPDATE
SET verdict = excluded.verdict, conforming = excluded.conforming, nonconforming = excluded.nonconforming,
    not_applicable = excluded.not_applicable, not_assessed = excluded.not_assessed, major = excluded.major,
    minor = excluded.minor, audits = excluded.audits, last_on = excluded.last_on,
    last_audit_id = excluded.last_audit_id, results = excluded.results, findings = excluded.findings;

-- name: standing_row
-- Everything kept, to compare with what is computed.
SELECT verdict, conforming, nonconforming, not_applicable, not_assessed, major, minor, audits, last_on,
       last_audit_id, results, findings
FROM standing
WHERE holder_id = $1 AND edition_id = $2;

-- name: standing_audits
SELECT id, performed_on, responses, kind
FROM audit
WHERE holder_id = $1 AND edition_id = $2 AND performed_on <= $3
ORDER BY performed_on, id;

-- name: standing_drop
DELETE FROM standing WHERE holder_id = $1 AND edition_id = $2;

-- name: standing_undone
-- Audits of migrations that were rolled back by day $3.
SELECT a.id
FROM audit a JOIN edition_migration_end e ON e.migration_id = a.migration_id
WHERE a.holder_id = $1 AND a.edition_id = $2 AND e.on_day <= $3;

-- name: standing_corrections
-- The last recorded first: what corrects a correction comes before it. The numbers alone would not do, as
-- a planned audit has its number before it is recorded.
SELECT id, corrects_id, performed_on
FROM audit
WHERE holder_id = $1 AND edition_id = $2 AND corrects_id IS NOT NULL AND performed_on IS NOT NULL
ORDER BY journal_seq DESC, id DESC;

-- name: standing_findings
SELECT id, audit_id, ordinal, class, raised_on, closed_on
FROM finding
WHERE holder_id = $1 AND edition_id = $2 AND raised_on <= $3
ORDER BY id;

-- name: standing_editions
SELECT DISTINCT edition_id
FROM audit
WHERE holder_id = $1 AND performed_on <= $2
ORDER BY edition_id;

-- name: standing_pairs
-- Every standing there should be, and every one there is, after ($1, $2).
SELECT holder_id, edition_id FROM audit
WHERE performed_on IS NOT NULL AND (holder_id > $1 OR (holder_id = $1 AND edition_id > $2))
UNION
SELECT holder_id, edition_id FROM standing
WHERE holder_id > $1 OR (holder_id = $1 AND edition_id > $2)
ORDER BY 1, 2
LIMIT $3;

-- name: rollup_add
INSERT INTO rollup (cooperative_id, edition_id, assessed, ready, not_ready, incomplete, major, minor)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (cooperative_id, edition_id) DO UPDATE
SET assessed = rollup.assessed + excluded.assessed, ready = rollup.ready + excluded.ready,
    not_ready = rollup.not_ready + excluded.not_ready, incomplete = rollup.incomplete + excluded.incomplete,
    major = rollup.major + excluded.major, minor = rollup.minor + excluded.minor;

-- name: rollup_prune
DELETE FROM rollup WHERE cooperative_id = $1 AND edition_id = $2 AND assessed = 0;

-- name: rollup_count_member
INSERT INTO member_count (cooperative_id, members)
VALUES ($1, $2)
ON CONFLICT (cooperative_id) DO UPDATE SET members = member_count.members + excluded.members;

-- name: rollup_count
SELECT count(*) FROM rollup;

-- name: rollup_differing
-- Roll-ups kept that the standings do not imply, and implied ones that are not kept, on day $1.
WITH implied AS (
    SELECT m.cooperative_id, s.edition_id, count(*) AS assessed,
           count(*) FILTER (WHERE s.verdict = 'ready') AS ready,
           count(*) FILTER (WHERE s.verdict = 'not_ready') AS not_ready,
           count(*) FILTER (WHERE s.verdict = 'incomplete') AS incomplete,
           CAST(sum(s.major) AS BIGINT) AS major, CAST(sum(s.minor) AS BIGINT) AS minor
    FROM membership m JOIN standing s ON s.holder_id = m.enterprise_id
    WHERE @member_on(m, $1)
    GROUP BY m.cooperative_id, s.edition_id
), kept AS (
    SELECT cooperative_id, edition_id, assessed, ready, not_ready, incomplete, major, minor FROM rollup
), differing AS (
    SELECT cooperative_id, edition_id FROM (SELECT * FROM implied EXCEPT SELECT * FROM kept) AS lost
    UNION
    SELECT cooperative_id, edition_id FROM (SELECT * FROM kept EXCEPT SELECT * FROM implied) AS wrong
)
SELECT h.code, e.full_code
FROM differing d JOIN holder h ON h.id = d.cooperative_id JOIN edition e ON e.id = d.edition_id
ORDER BY h.code, e.full_code;

-- name: rollup_miscounted
-- Cooperatives whose kept number of members is wrong on day $1.
SELECT h.code
FROM holder h LEFT JOIN member_count c ON c.cooperative_id = h.id
WHERE h.kind = 'cooperative'
  AND coalesce(c.members, 0) <> (SELECT count(*) FROM membership m
                                 WHERE m.cooperative_id = h.id AND @member_on(m, $1))
ORDER BY h.code;
