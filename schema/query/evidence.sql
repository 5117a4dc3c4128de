-- SPDX-License-Identifier: Apache-2.0
-- Evidence: files that show something, known by their digest, and what they show.

-- fragment: evidence_replaced(e, day)
(SELECT n.id FROM evidence n WHERE n.replaces_id = $e.id AND n.received_on <= $day)

-- As it was on the day.
-- fragment: evidence_on(day)
SELECT e.id AS evidence, h.code AS holder, e.kind, e.title, e.effective_on, e.expires_on,
       CASE WHEN e.expires_on < $day THEN 1 END AS expired,
       e.replaces_id AS replaces, @evidence_replaced(e, $day) AS replaced_by,
       e.received_at, e.bytes, e.sha256, e.location
FROM evidence e JOIN holder h ON h.id = e.holder_id

-- What lists are narrowed to; expiring_by: expires by this day, and not replaced.
-- fragment: evidence_asked(after, day, finding, kind, expiring_by)
e.id > $after AND e.received_on <= $day
  AND (CAST($finding AS BIGINT) IS NULL
       OR EXISTS (SELECT 1 FROM evidence_link l
                  WHERE l.finding_id = $finding AND l.evidence_id = e.id AND l.on_day <= $day))
  AND @only_text(e.kind, $kind)
  AND (CAST($expiring_by AS TEXT) IS NULL
       OR (e.expires_on <= $expiring_by AND NOT EXISTS @evidence_replaced(e, $day)))

-- name: evidence_insert(holder id, kind choice file_kind, title text, effective_on date, expires_on date, replaces id,
--                       received_at instant, received_on date, bytes int, sha256 text, location text)
INSERT INTO evidence (id, holder_id, kind, title, effective_on, expires_on, replaces_id, received_at, received_on,
                      bytes, sha256, location)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM evidence), $holder, $kind, $title, $effective_on, $expires_on, $replaces,
        $received_at, $received_on, $bytes, $sha256, $location)
RETURNING id

-- name: evidence_same(holder id, sha256 text)
SELECT id, title FROM evidence WHERE holder_id = $holder AND sha256 = $sha256

-- Whose it is, and what replaces it.
-- name: evidence_owner(evidence id)
SELECT e.holder_id, (SELECT n.id FROM evidence n WHERE n.replaces_id = e.id) AS replaced_by
FROM evidence e WHERE e.id = $evidence

-- action 0: the finding itself.
-- name: evidence_link_insert(finding id, action int, evidence id, on_day date)
INSERT INTO evidence_link (finding_id, action, evidence_id, on_day) VALUES ($finding, $action, $evidence, $on_day)

-- name: evidence_linked(finding id, action int, evidence id)
SELECT on_day FROM evidence_link WHERE finding_id = $finding AND action = $action AND evidence_id = $evidence

-- name: evidence_show(evidence id, day date)
-- record: evidence
@evidence_on($day)
WHERE e.id = $evidence

-- name: evidence_links(evidence id, day date)
-- record: shown
SELECT l.finding_id AS finding, nullif(l.action, 0) AS action, l.on_day AS "on",
       CASE WHEN f.void_on <= $day THEN f.void_on END AS void_on
FROM evidence_link l JOIN finding f ON f.id = l.finding_id
WHERE l.evidence_id = $evidence AND l.on_day <= $day
ORDER BY l.finding_id, l.action LIMIT 10000

-- What was linked to a finding by the day.
-- name: evidence_of_finding(finding id, day date)
-- record: finding_evidence
SELECT l.evidence_id AS evidence, nullif(l.action, 0) AS action, e.kind, e.title, e.effective_on, e.expires_on
FROM evidence_link l JOIN evidence e ON e.id = l.evidence_id
WHERE l.finding_id = $finding AND l.on_day <= $day
ORDER BY l.action, l.evidence_id LIMIT 10000

-- name: evidence_list(after int, day date, finding id, kind choice file_kind, expiring_by date, scope scope, limit int)
-- record: evidence
@evidence_on($day)
WHERE @evidence_asked($after, $day, $finding, $kind, $expiring_by)
  AND @scope(e.holder_id, $scope, $day)
ORDER BY e.id LIMIT $limit

-- The same of a holder and, where it is a cooperative, of its members on the day.
-- name: evidence_list_of_holder(after int, day date, finding id, kind choice file_kind, expiring_by date, holder id,
--                               limit int)
-- record: evidence
@evidence_on($day)
WHERE @evidence_asked($after, $day, $finding, $kind, $expiring_by)
  AND e.holder_id IN @holder_and_members($holder, $day)
ORDER BY e.id LIMIT $limit
