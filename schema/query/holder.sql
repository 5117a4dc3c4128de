-- Cooperatives and enterprises: what they share, then each.

-- name: holder_insert
INSERT INTO holder (id, kind, code, name, activity, cluster_id, country, region)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM holder), $1, $2, $3, $4, $5, $6, $7)
RETURNING id

-- name: holder_update
UPDATE holder
SET name = coalesce($2, name), activity = coalesce($3, activity), cluster_id = coalesce($4, cluster_id),
    country = coalesce($5, country), region = coalesce($6, region)
WHERE id = $1

-- name: holder_contact
INSERT INTO contact (holder_id, name, phone, email) VALUES ($1, $2, $3, $4)
ON CONFLICT (holder_id) DO UPDATE
SET name = coalesce(excluded.name, contact.name), phone = coalesce(excluded.phone, contact.phone),
    email = coalesce(excluded.email, contact.email)

-- name: holder_end
UPDATE holder SET ended_on = $2, end_reason = $3 WHERE id = $1

-- The last audit of a holder, where it is after day $2.
-- name: holder_last_audit
SELECT id, performed_on FROM audit
WHERE holder_id = $1 AND performed_on > $2
ORDER BY performed_on DESC, id DESC LIMIT 1

-- name: holder_facts
SELECT code, kind, ended_on FROM holder WHERE id = $1

-- name: coop_show
SELECT h.code AS cooperative, h.name, c.code AS cluster, h.country, h.region,
       (SELECT count(*) FROM membership m
        WHERE m.cooperative_id = h.id AND @member_on(m, $2)) AS members,
       CASE WHEN h.ended_on <= $2 THEN h.ended_on END AS ended_on,
       k.name AS contact, k.phone, k.email
FROM holder h
LEFT JOIN cluster c ON c.id = h.cluster_id
LEFT JOIN contact k ON k.holder_id = h.id
WHERE h.id = $1

-- $1: as of; $2: only in this cluster; $3: the scope; $4: after; $5: limit.
-- name: coop_list
SELECT h.code AS cooperative, h.name, c.code AS cluster, h.country, h.region,
       (SELECT count(*) FROM membership m
        WHERE m.cooperative_id = h.id AND @member_on(m, $1)) AS members,
       CASE WHEN h.ended_on <= $1 THEN h.ended_on END AS ended_on,
       k.name AS contact, k.phone, k.email
FROM holder h
LEFT JOIN cluster c ON c.id = h.cluster_id
LEFT JOIN contact k ON k.holder_id = h.id
WHERE h.kind = 'cooperative' AND h.code > $4
  AND @only(h.cluster_id, $2)
  AND @scope_coop(h.id, $3)
ORDER BY h.code LIMIT $5

-- $2: as of; $3: only cooperatives in scope are named.
-- name: enterprise_show
SELECT h.code AS enterprise, h.name, h.activity,
       (SELECT c.code FROM membership m JOIN holder c ON c.id = m.cooperative_id
        WHERE m.enterprise_id = h.id AND @member_on(m, $2)
          AND @scope_coop(c.id, $3)
        ORDER BY m.joined_on, m.id LIMIT 1) AS cooperative,
       h.country, h.region, CASE WHEN h.ended_on <= $2 THEN h.ended_on END AS ended_on,
       k.name AS contact, k.phone, k.email
FROM holder h
LEFT JOIN contact k ON k.holder_id = h.id
WHERE h.id = $1

-- Every enterprise in the scope $2; $1: as of; $3: after; $4: limit; $5: today: whom to call is told of those in scope.
-- name: enterprise_list
SELECT h.code AS enterprise, h.name, h.activity,
       (SELECT c.code FROM membership m JOIN holder c ON c.id = m.cooperative_id
        WHERE m.enterprise_id = h.id AND @member_on(m, $1)
          AND @scope_coop(c.id, $2)
        ORDER BY m.joined_on, m.id LIMIT 1) AS cooperative,
       h.country, h.region, CASE WHEN h.ended_on <= $1 THEN h.ended_on END AS ended_on,
       k.name AS contact, k.phone, k.email
FROM holder h
LEFT JOIN contact k ON k.holder_id = h.id
     AND (CAST($2 AS TEXT) IS NULL
          OR EXISTS (SELECT 1 FROM membership n
                     WHERE n.enterprise_id = h.id AND @member_on(n, $5)
                       AND @listed(n.cooperative_id, $2)))
WHERE h.kind = 'enterprise' AND h.code > $3
  AND (CAST($2 AS TEXT) IS NULL
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = h.id AND @member_on(m, $1)
                    AND @listed(m.cooperative_id, $2)))
ORDER BY h.code LIMIT $4

-- The members of cooperative $2; $1: as of; $3: after; $4: limit; $5: today; $6: scope, for whom to call.
-- name: enterprise_list_of_cooperative
SELECT h.code AS enterprise, h.name, h.activity, c.code AS cooperative,
       h.country, h.region, CASE WHEN h.ended_on <= $1 THEN h.ended_on END AS ended_on,
       k.name AS contact, k.phone, k.email
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
JOIN holder c ON c.id = m.cooperative_id
LEFT JOIN contact k ON k.holder_id = h.id
     AND (CAST($6 AS TEXT) IS NULL
          OR EXISTS (SELECT 1 FROM membership n
                     WHERE n.enterprise_id = h.id AND @member_on(n, $5)
                       AND @listed(n.cooperative_id, $6)))
WHERE m.cooperative_id = $2 AND @member_on(m, $1) AND h.code > $3
ORDER BY h.code LIMIT $4
