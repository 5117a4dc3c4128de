-- SPDX-License-Identifier: Apache-2.0
-- name: journal_next()
SELECT coalesce(max(seq), 0) + 1 AS seq FROM journal;

-- name: journal_head()
SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1;

-- name: journal_hash(seq int)
SELECT hash FROM journal WHERE seq = $seq;

-- name: journal_insert(seq int, at int, uid int, user text, method text, request blob, params blob, hash blob,
--       result blob)
INSERT INTO journal (seq, at, uid, "user", method, request, params, hash, result)
VALUES ($seq, $at, $uid, $user, $method, $request, $params, $hash, $result);

-- name: journal_salt_insert(seq int, salt blob)
INSERT INTO journal_salt (seq, salt) VALUES ($seq, $salt);

-- name: journal_find(request blob)
SELECT j.seq, j.uid, j.method, j.params, j.result, s.salt
FROM journal j LEFT JOIN journal_salt s ON s.seq = j.seq
WHERE j.request = $request;

-- name: journal_range(from int, until int, limit int)
SELECT seq, at, uid, "user", method, request, params, hash
FROM journal WHERE seq >= $from AND seq <= $until ORDER BY seq LIMIT $limit;

-- name: journal_responses(seq int)
-- row: journal_responses
-- The values whose digests stand in an entry, in the order in which they were recorded.
SELECT id, responses FROM audit WHERE journal_seq = $seq AND responses IS NOT NULL ORDER BY id;

-- name: journal_responses_of_source(holder text, source text)
-- row: journal_responses
-- The value of a row of an import that was in the register already.
SELECT a.id, a.responses
FROM audit a JOIN holder h ON h.id = a.holder_id
WHERE h.code = $holder AND a.source = $source AND a.responses IS NOT NULL ORDER BY a.id;

-- name: journal_audit(seq int)
-- The first audit that an entry recorded and that is void, or else corrected, since.
SELECT a.id, CASE WHEN a.void_on IS NOT NULL THEN 'void' ELSE 'corrected' END AS state,
       coalesce(a.void_on, c.recorded_on) AS since
FROM audit a
LEFT JOIN audit c ON c.id = (SELECT later.id FROM audit later
                             WHERE later.corrects_id = a.id AND later.void_on IS NULL LIMIT 1)
WHERE a.journal_seq = $seq AND (a.void_on IS NOT NULL OR c.id IS NOT NULL)
ORDER BY a.void_on IS NULL, a.id LIMIT 1;

-- name: journal_responses_stray()
-- An audit whose responses no entry of an audit brought, nor one of a migration, which carries over what is there.
SELECT a.id, coalesce(a.journal_seq, 0) AS seq
FROM audit a LEFT JOIN journal j ON j.seq = a.journal_seq
WHERE a.responses IS NOT NULL
  AND (j.seq IS NULL OR CASE WHEN a.kind = 'migration' THEN j.method <> 'standard.migrate'
                             ELSE j.method NOT IN ('audit.record', 'import.audits') END)
ORDER BY a.id LIMIT 1;
