-- Views of standings: of a holder, of a cooperative's members, of requirements.

-- name: status_holder
-- Kind, code and name; for an enterprise the first cooperative in scope $3 that it is a member of on day $2.
SELECT h.kind, h.code, h.name, c.code AS cooperative
FROM holder h
LEFT JOIN membership m ON m.id = (SELECT x.id FROM membership x
                                  WHERE x.enterprise_id = h.id AND @member_on(x, $2)
                                    AND @scope_coop(x.cooperative_id, $3)
                                  ORDER BY x.joined_on, x.id LIMIT 1)
LEFT JOIN holder c ON c.id = m.cooperative_id
WHERE h.id = $1

-- name: status_members_today
SELECT members FROM member_count WHERE cooperative_id = $1

-- name: status_members_on
SELECT count(*) FROM membership WHERE cooperative_id = $1 AND joined_on <= $2 AND (left_on IS NULL OR left_on > $2)

-- name: status_groups
-- The roll-ups of one cooperative, of one edition or ($2 NULL) of each, with their ids at the end.
SELECT h.code AS cooperative, h.name, e.full_code AS edition, coalesce(c.members, 0) AS members,
       r.assessed, r.ready, r.not_ready, r.incomplete, r.major, r.minor, NULL AS certificate, NULL AS valid_until,
       r.cooperative_id, r.edition_id
FROM rollup r
JOIN holder h ON h.id = r.cooperative_id
JOIN edition e ON e.id = r.edition_id
LEFT JOIN member_count c ON c.cooperative_id = r.cooperative_id
WHERE r.cooperative_id = $1 AND @only(r.edition_id, $2)
ORDER BY e.full_code

-- name: status_groups_all
-- The same of every cooperative in scope ($4) after the cooperative and edition ($1, $2).
SELECT h.code AS cooperative, h.name, e.full_code AS edition, coalesce(c.members, 0) AS members,
       r.assessed, r.ready, r.not_ready, r.incomplete, r.major, r.minor, NULL AS certificate, NULL AS valid_until,
       r.cooperative_id, r.edition_id
FROM rollup r
JOIN holder h ON h.id = r.cooperative_id
JOIN edition e ON e.id = r.edition_id
LEFT JOIN member_count c ON c.cooperative_id = r.cooperative_id
WHERE (h.code, e.full_code) > ($1, $2) AND @only(r.edition_id, $3)
  AND @scope_coop(h.id, $4)
ORDER BY h.code, e.full_code
LIMIT $5

-- name: status_cooperatives
-- In scope ($2), from code $1 on.
SELECT id, code, name FROM holder
WHERE kind = 'cooperative' AND code >= $1
  AND @scope_coop(id, $2)
ORDER BY code

-- name: status_members
-- The members of a cooperative on a day, from code $3 on.
SELECT h.id, h.code, h.name
FROM membership m JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $1 AND @member_on(m, $2) AND h.code >= $3
ORDER BY h.code

-- name: status_holders_of
-- A holder and, if it is a cooperative, its members on the day.
SELECT id FROM holder WHERE id = $1
UNION
SELECT enterprise_id FROM membership
WHERE cooperative_id = $1 AND joined_on <= $2 AND (left_on IS NULL OR left_on > $2)
ORDER BY 1

-- name: status_holders_all
-- Every holder in scope ($1).
SELECT h.id FROM holder h
WHERE CAST($1 AS TEXT) IS NULL OR @listed(h.id, $1)
   OR EXISTS (SELECT 1 FROM membership m
              WHERE m.enterprise_id = h.id AND @member_on(m, $2)
                AND @listed(m.cooperative_id, $1))
ORDER BY h.id

-- name: status_assisted
-- How many interventions given by day $2 addressed each requirement of edition $1: those through cooperative $3
-- or with it or one of its members taking part ($3 NULL: any), and that lie in scope $4.
SELECT r.ordinal, count(*) FROM intervention_requirement r
JOIN intervention i ON i.id = r.intervention_id
WHERE r.edition_id = $1 AND i.delivered_on <= $2
  AND (CAST($3 AS BIGINT) IS NULL OR i.cooperative_id = $3
       OR EXISTS (SELECT 1 FROM participation p
                  LEFT JOIN membership m ON m.enterprise_id = p.enterprise_id AND m.cooperative_id = $3
                            AND @member_on(m, $2)
                  WHERE p.intervention_id = i.id AND (p.enterprise_id = $3 OR m.id IS NOT NULL)))
  AND (CAST($4 AS TEXT) IS NULL OR @listed(i.cooperative_id, $4)
       OR EXISTS (SELECT 1 FROM participation p JOIN membership m ON m.enterprise_id = p.enterprise_id
                  WHERE p.intervention_id = i.id AND @member_on(m, $2)
                    AND @listed(m.cooperative_id, $4)))
GROUP BY r.ordinal
