-- SPDX-License-Identifier: Apache-2.0
-- Views of standings: of a holder, of a cooperative's members, of requirements.

-- The kept roll-ups (r), with what they are of.
-- fragment: rollups()
SELECT h.code AS cooperative, h.name, e.full_code AS edition, coalesce(c.members, 0) AS members,
       r.assessed, r.ready, r.not_ready, r.incomplete, r.major, r.minor, NULL AS certificate, NULL AS valid_until,
       NULL AS proof, NULL AS ready_below, NULL AS certificate_since, NULL AS asked, NULL AS asked_of, r.ready_internal,
       r.ready_external, r.cooperative_id, r.edition_id
FROM rollup r
JOIN holder h ON h.id = r.cooperative_id
JOIN edition e ON e.id = r.edition_id
LEFT JOIN member_count c ON c.cooperative_id = r.cooperative_id

-- With, for an enterprise, the first cooperative in scope that it is a member of.
-- name: status_holder(holder id, day date, scope scope)
SELECT h.kind, h.code, h.name, c.code AS cooperative
FROM holder h
LEFT JOIN membership m ON m.id = (SELECT x.id FROM membership x
                                  WHERE x.enterprise_id = h.id AND @member_on(x, $day)
                                    AND @scope_coop(x.cooperative_id, $scope)
                                  ORDER BY x.joined_on, x.id LIMIT 1)
LEFT JOIN holder c ON c.id = m.cooperative_id
WHERE h.id = $holder

-- name: status_members_today(cooperative id)
SELECT members FROM member_count WHERE cooperative_id = $cooperative

-- name: status_members_on(cooperative id, day date)
SELECT count(*) AS members FROM membership m WHERE m.cooperative_id = $cooperative AND @member_on(m, $day)

-- The roll-ups of one cooperative.
-- name: status_groups(cooperative id, edition id)
-- record: group_status
-- row: status_groups
@rollups()
WHERE r.cooperative_id = $cooperative AND @only(r.edition_id, $edition)
ORDER BY e.full_code

-- Those of every cooperative in scope, after a cooperative and edition.
-- name: status_groups_all(after text, after_edition text, edition id, scope scope, limit int)
-- record: group_status
-- row: status_groups
@rollups()
WHERE (h.code, e.full_code) > ($after, $after_edition) AND @only(r.edition_id, $edition)
  AND @scope_coop(h.id, $scope)
ORDER BY h.code, e.full_code
LIMIT $limit

-- From a code on.
-- name: status_cooperatives(from_code text, scope scope)
SELECT h.id, h.code, h.name FROM holder h
WHERE h.kind = 'cooperative' AND h.code >= $from_code
  AND @scope_coop(h.id, $scope)
ORDER BY h.code

-- From a code on.
-- name: status_members(cooperative id, day date, from_code text)
SELECT h.id, h.code, h.name
FROM membership m JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $cooperative AND @member_on(m, $day) AND h.code >= $from_code
ORDER BY h.code

-- A holder and, where it is a cooperative, its members.
-- name: status_holders_of(holder id, day date)
-- row: status_holders
SELECT h.holder_id AS id FROM @holder_and_members($holder, $day) AS h ORDER BY h.holder_id

-- Every holder in scope.
-- name: status_holders_all(scope scope, day date)
-- row: status_holders
SELECT h.id FROM holder h WHERE @scope(h.id, $scope, $day) ORDER BY h.id

-- How many interventions given by the day addressed each requirement of an edition: those through the cooperative, with
-- it or with one of its members taking part, and that lie in scope.
-- name: status_assisted(edition id, day date, of_holder id, scope scope)
SELECT r.ordinal, count(*) AS n FROM intervention_requirement r
JOIN intervention i ON i.id = r.intervention_id
WHERE r.edition_id = $edition AND i.delivered_on <= $day
  AND (CAST($of_holder AS BIGINT) IS NULL OR i.cooperative_id = $of_holder
       OR EXISTS (SELECT 1 FROM participation p
                  LEFT JOIN membership m ON m.enterprise_id = p.enterprise_id AND m.cooperative_id = $of_holder
                            AND @member_on(m, $day)
                  WHERE p.intervention_id = i.id AND (p.enterprise_id = $of_holder OR m.id IS NOT NULL)))
  AND (@scope_coop(i.cooperative_id, $scope) OR @assist_attended(i, $scope, $day))
GROUP BY r.ordinal
