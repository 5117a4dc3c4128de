-- SPDX-License-Identifier: Apache-2.0
-- What Unix users and groups may do.

-- Those in force of a user and of groups, given as ',10,20,'.
-- name: grant_held(uid int, groups text)
-- record: held_grant
SELECT a.role, h.code AS cooperative, a.cooperative_id
FROM access a LEFT JOIN holder h ON h.id = a.cooperative_id
WHERE a.revoked_at IS NULL
  AND ((a.kind = 'user' AND a.principal_id = $uid)
       OR (a.kind = 'group' AND @listed(a.principal_id, $groups)))
ORDER BY a.id

-- name: grant_insert(kind choice principal_kind, name text, number int, role choice role, cooperative id,
--       at instant)
INSERT INTO access (id, kind, principal, principal_id, role, cooperative_id, added_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM access), $kind, $name, $number, $role, $cooperative, $at)
RETURNING id

-- name: grant_same(kind choice principal_kind, number int, role choice role, cooperative id)
SELECT id FROM access
WHERE kind = $kind AND principal_id = $number AND role = $role AND cooperative_id IS NOT DISTINCT FROM $cooperative
  AND revoked_at IS NULL

-- name: grant_revoke(grant id, at instant)
UPDATE access SET revoked_at = $at WHERE id = $grant AND revoked_at IS NULL RETURNING id

-- fragment: grant_record()
SELECT a.id AS "grant", a.kind, a.principal, a.principal_id, a.role, h.code AS cooperative, a.added_at, a.revoked_at
FROM access a LEFT JOIN holder h ON h.id = a.cooperative_id

-- name: grant_show(grant id)
-- record: grant
@grant_record()
WHERE a.id = $grant

-- $revoked: those revoked too.
-- name: grant_list(revoked bool, after int, limit int)
-- record: grant
@grant_record()
WHERE a.id > $after AND ($revoked = 1 OR a.revoked_at IS NULL)
ORDER BY a.id LIMIT $limit
