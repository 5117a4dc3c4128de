-- Evidence: files that show something, known by their digest, and what they show.

-- name: evidence_insert
INSERT INTO evidence (id, holder_id, kind, title, effective_on, expires_on, replaces_id, received_at, received_on, bytes,
                      sha256, location)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM evidence), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING id;

-- name: evidence_same
SELECT id, title FROM evidence WHERE holder_id = $1 AND sha256 = $2;

-- name: evidence_owner
-- Whose it is, and what replaces it.
SELECT e.holder_id, (SELECT n.id FROM evidence n WHERE n.replaces_id = e.id) AS replaced_by
FROM evidence e WHERE e.id = $1;

-- name: evidence_link_insert
INSERT INTO evidence_link (finding_id, action, evidence_id, on_day) VALUES ($1, $2, $3, $4);

-- name: evidence_linked
SELECT on_day FROM evidence_link WHERE finding_id = $1 AND action = $2 AND evidence_id = $3;

-- name: evidence_show
-- On day $2.
SELECT e.id AS evidence, h.code AS holder, e.kind, e.title, e.effective_on, e.expires_on,
       CASE WHEN e.expires_on < $2 THEN 1 END AS expired,
       e.replaces_id AS replaces,
       (SELECT n.id FROM evidence n WHERE n.replaces_id = e.id AND n.received_on <= $2) AS replaced_by,
       e.received_at, e.bytes, e.sha256, e.location
FROM evidence e JOIN holder h ON h.id = e.holder_id
WHERE e.id = $1;

-- name: evidence_links
SELECT finding_id AS finding, nullif(action, 0) AS action, on_day AS "on"
FROM evidence_link
WHERE evidence_id = $1 AND on_day <= $2
ORDER BY finding_id, action LIMIT 10000;

-- name: evidence_of_finding
-- What was linked to a finding by the day $2.
SELECT l.evidence_id AS evidence, nullif(l.action, 0) AS action, e.kind, e.title, e.effective_on, e.expires_on
FROM evidence_link l JOIN evidence e ON e.id = l.evidence_id
WHERE l.finding_id = $1 AND l.on_day <= $2
ORDER BY l.action, l.evidence_id LIMIT 10000;

-- name: evidence_list
-- On day $2, after evidence $1. $3: finding; $4: kind; $5: expires by this day, and not replaced; $6: scope.
SELECT e.id AS evidence, h.code AS holder, e.kind, e.title, e.effective_on, e.expires_on,
       CASE WHEN e.expires_on < $2 THEN 1 END AS expired,
       e.replaces_id AS replaces,
       (SELECT n.id FROM evidence n WHERE n.replaces_id = e.id AND n.received_on <= $2) AS replaced_by,
       e.received_at, e.bytes, e.sha256, e.location
FROM evidence e JOIN holder h ON h.id = e.holder_id
WHERE e.id > $1 AND e.received_on <= $2
  AND (CAST($3 AS BIGINT) IS NULL
       OR EXISTS (SELECT 1 FROM evidence_link l
                  WHERE l.finding_id = $3 AND l.evidence_id = e.id AND l.on_day <= $2))
  AND @only_text(e.kind, $4)
  AND (CAST($5 AS TEXT) IS NULL
       OR (e.expires_on <= $5
           AND NOT EXISTS (SELECT 1 FROM evidence n WHERE n.replaces_id = e.id AND n.received_on <= $2)))
  AND @scope(e.holder_id, $6, $2)
ORDER BY e.id LIMIT $7;

-- name: evidence_list_of_holder
-- The same of holder $6 and, where it is a cooperative, of its members on the day.
SELECT e.id AS evidence, h.code AS holder, e.kind, e.title, e.effective_on, e.expires_on,
       CASE WHEN e.expires_on < $2 THEN 1 END AS expired,
       e.replaces_id AS replaces,
       (SELECT n.id FROM evidence n WHERE n.replaces_id = e.id AND n.received_on <= $2) AS replaced_by,
       e.received_at, e.bytes, e.sha256, e.location
FROM evidence e JOIN holder h ON h.id = e.holder_id
WHERE e.id > $1 AND e.received_on <= $2
  AND (CAST($3 AS BIGINT) IS NULL
       OR EXISTS (SELECT 1 FROM evidence_link l
                  WHERE l.finding_id = $3 AND l.evidence_id = e.id AND l.on_day <= $2))
  AND @only_text(e.kind, $4)
  AND (CAST($5 AS TEXT) IS NULL
       OR (e.expires_on <= $5
           AND NOT EXISTS (SELECT 1 FROM evidence n WHERE n.replaces_id = e.id AND n.received_on <= $2)))
  AND e.holder_id IN @holder_and_members($6, $2)
ORDER BY e.id LIMIT $7;
