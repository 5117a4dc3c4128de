-- Clusters.

-- name: cluster_insert
INSERT INTO cluster (id, code, name, country, region)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM cluster), $1, $2, $3, $4)
RETURNING id

-- name: cluster_update
UPDATE cluster SET name = coalesce($2, name), country = coalesce($3, country), region = coalesce($4, region)
WHERE id = $1

-- name: cluster_show
SELECT code AS cluster, name, country, region FROM cluster WHERE id = $1

-- name: cluster_list
SELECT code AS cluster, name, country, region FROM cluster WHERE code > $1 ORDER BY code LIMIT $2
