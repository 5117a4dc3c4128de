-- SPDX-License-Identifier: Apache-2.0
-- Clusters.

-- name: cluster_insert(code text, name text, country text, region text)
INSERT INTO cluster (id, code, name, country, region)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM cluster), $code, $name, $country, $region)
RETURNING id

-- name: cluster_update(cluster id, name text, country text, region text)
UPDATE cluster
SET name = coalesce($name, name), country = coalesce($country, country), region = coalesce($region, region)
WHERE id = $cluster

-- fragment: cluster_record()
SELECT code AS cluster, name, country, region FROM cluster

-- name: cluster_show(cluster id)
-- record: cluster
@cluster_record() WHERE id = $cluster

-- name: cluster_list(after text, limit int)
-- record: cluster
@cluster_record() WHERE code > $after ORDER BY code LIMIT $limit
