-- What Unix users and groups may do.

-- The grants in force of user $1 and of the groups $2, as ',10,20,'.
-- name: grant_held
SELECT a.role, h.code AS cooperative, a.cooperative_id
FROM access a LEFT JOIN holder h ON h.id = a.cooperative_id
WHERE a.revoked_at IS NULL
  AND ((a.kind = 'user' AND a.principal_id = $1)
       OR (a.kind = 'group' AND @listed(a.principal_id, $2)))
ORDER BY a.id

-- name: grant_insert
INSERT INTO access (id, kind, principal, principal_id, role, cooperative_id, added_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM access), $1, $2, $3, $4, $5, $6)
RETURNING id

-- name: grant_same
SELECT id FROM access
WHERE kind = $1 AND principal_id = $2 AND role = $3 AND cooperative_id IS NOT DISTINCT FROM $4
  AND revoked_at IS NULL

-- name: grant_revoke
UPDATE access SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id

-- name: grant_show
SELECT a.id AS "grant", a.kind, a.principal, a.principal_id, a.role, h.code AS cooperative,
       a.added_at, a.revoked_at
FROM access a LEFT JOIN holder h ON h.id = a.cooperative_id
WHERE a.id = $1

-- $1: those taken back too (1 or 0).
-- name: grant_list
SELECT a.id AS "grant", a.kind, a.principal, a.principal_id, a.role, h.code AS cooperative,
       a.added_at, a.revoked_at
FROM access a LEFT JOIN holder h ON h.id = a.cooperative_id
WHERE a.id > $2 AND ($1 = 1 OR a.revoked_at IS NULL)
ORDER BY a.id LIMIT $3
