-- SPDX-License-Identifier: Apache-2.0
-- Sanctions. One holds on a day from which it began and by which it is not lifted.

-- The record; the sanction is s.
-- fragment: sanctions_as_of(day)
SELECT s.id AS sanction, c.code AS cooperative, h.code AS enterprise, e.full_code AS edition, s.kind, s.extent,
       s.finding_id AS finding, b.code AS body, s.from_on AS "on", s.deadline_on AS deadline,
       CASE WHEN s.deadline_on < $day AND (s.lifted_on IS NULL OR s.lifted_on > $day) THEN 1 ELSE 0 END AS overdue,
       s.reason, CASE WHEN s.lifted_on <= $day THEN s.lifted_on END AS lifted_on,
       CASE WHEN s.lifted_on <= $day THEN s.lift_reason END AS lift_reason
FROM sanction s
JOIN holder c ON c.id = s.cooperative_id
JOIN edition e ON e.id = s.edition_id
LEFT JOIN holder h ON h.id = s.enterprise_id
LEFT JOIN body b ON b.id = s.body_id

-- name: sanction_insert(cooperative id, enterprise id, edition id, kind choice sanction_kind, extent choice extent,
--                       finding id, body id, from_on date, deadline_on date, reason text)
INSERT INTO sanction (id, cooperative_id, enterprise_id, edition_id, kind, extent, finding_id, body_id, from_on,
                      deadline_on, reason)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sanction), $cooperative, $enterprise, $edition, $kind, $extent, $finding,
        $body, $from_on, $deadline_on, $reason)
RETURNING id

-- The gravest; without an enterprise, on the group itself.
-- name: sanction_pending(cooperative id, enterprise id, edition id, day date)
SELECT s.id, s.kind FROM sanction s
WHERE s.cooperative_id = $cooperative AND s.enterprise_id IS NOT DISTINCT FROM $enterprise AND s.edition_id = $edition
  AND @sanction_on(s, $day)
ORDER BY @gravity(s.kind), s.id DESC
LIMIT 1

-- Those of a member, without an enterprise of the group itself, that are not lifted and began by the day.
-- name: sanction_to_lift(cooperative id, enterprise id, edition id, sanction id, day date)
SELECT id, body_id FROM sanction
WHERE cooperative_id = $cooperative AND enterprise_id IS NOT DISTINCT FROM $enterprise
  AND from_on <= $day AND lifted_on IS NULL
  AND @only(edition_id, $edition) AND @only(id, $sanction)
ORDER BY id LIMIT 1000

-- name: sanction_lift(sanction id, lifted_on date, reason text)
UPDATE sanction SET lifted_on = $lifted_on, lift_reason = $reason WHERE id = $sanction

-- Those that rest on a void finding of a holder.
-- name: sanction_lift_void(holder id, day date, reason text)
UPDATE sanction
SET lifted_on = CASE WHEN from_on > $day THEN from_on ELSE $day END, lift_reason = $reason
WHERE lifted_on IS NULL
  AND finding_id IN (SELECT f.id FROM finding f WHERE f.holder_id = $holder AND f.void_on IS NOT NULL)

-- name: sanction_show(sanction id, as_of date)
-- record: sanction
@sanctions_as_of($as_of)
WHERE s.id = $sanction

-- name: sanction_list(cooperative id, as_of date, enterprise id, edition id, lifted bool, after int, limit int)
-- record: sanction
@sanctions_as_of($as_of)
WHERE s.cooperative_id = $cooperative AND s.id > $after AND s.from_on <= $as_of
  AND ($lifted = 1 OR s.lifted_on IS NULL OR s.lifted_on > $as_of)
  AND @only(s.enterprise_id, $enterprise)
  AND @only(s.edition_id, $edition)
ORDER BY s.id LIMIT $limit

-- Whose finding it is, and for which edition.
-- name: sanction_finding(finding id)
SELECT holder_id, edition_id, raised_on, void_on FROM finding WHERE id = $finding
