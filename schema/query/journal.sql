-- name: journal_next
SELECT coalesce(max(seq), 0) + 1 FROM journal;

-- name: journal_head
SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1;

-- name: journal_hash
SELECT hash FROM journal WHERE seq = $1;

-- name: journal_insert
INSERT INTO journal (seq, at, uid, "user", method, request, params, hash, result)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: journal_salt_insert
INSERT INTO journal_salt (seq, salt) VALUES ($1, $2);

-- name: journal_find
SELECT j.seq, j.uid, j.method, j.params, j.result, s.salt
FROM journal j LEFT JOIN journal_salt s ON s.seq = j.seq
WHERE j.request = $1;

-- name: journal_range
-- Entries from $1 to $2, at most $3 of them.
SELECT seq, at, uid, "user", method, request, params, hash
FROM journal WHERE seq >= $1 AND seq <= $2 ORDER BY seq LIMIT $3;

-- name: journal_responses
-- The values whose digests stand in entry $1, in the order in which they were recorded.
SELECT id, responses FROM audit WHERE journal_seq = $1 AND responses IS NOT NULL ORDER BY id;

-- name: journal_responses_of_source
-- The value of a row of an import that was in the register already.
SELECT a.id, a.responses
FROM audit a JOIN holder h ON h.id = a.holder_id
WHERE h.code = $1 AND a.source = $2 AND a.responses IS NOT NULL ORDER BY a.id;

-- name: journal_responses_stray
-- An audit whose responses no entry of an audit brought, nor one of a migration, which carries over what is there.
SELECT a.id, coalesce(a.journal_seq, 0)
FROM audit a LEFT JOIN journal j ON j.seq = a.journal_seq
WHERE a.responses IS NOT NULL
  AND (j.seq IS NULL OR CASE WHEN a.kind = 'migration' THEN j.method <> 'standard.migrate'
                             ELSE j.method NOT IN ('audit.record', 'import.audits') END)
ORDER BY a.id LIMIT 1;
