-- Maps from one edition to another.

-- name: map_insert
INSERT INTO edition_map (id, from_id, to_id, source, unverified, published_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM edition_map), $1, $2, $3, $4, $5)
RETURNING id;

-- name: map_row_insert
INSERT INTO edition_map_row (map_id, number, from_ordinal, to_ordinal, relation, rationale)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: map_newest
-- The one that counts on day $3.
SELECT coalesce(max(id), 0) FROM edition_map WHERE from_id = $1 AND to_id = $2 AND published_on <= $3;

-- name: map_from
-- Where the maps that count on day $2 lead from an edition, and by which map.
SELECT to_id, max(id) FROM edition_map WHERE from_id = $1 AND published_on <= $2 GROUP BY to_id ORDER BY to_id;

-- name: map_record
-- On day $2.
SELECT m.id AS map, f.full_code AS "from", t.full_code AS "to", m.published_on,
       (SELECT count(*) FROM edition_map_row r WHERE r.map_id = m.id) AS rows,
       (SELECT max(n.id) FROM edition_map n
        WHERE n.from_id = m.from_id AND n.to_id = m.to_id AND n.id > m.id AND n.published_on <= $2) AS superseded_by,
       m.source, m.unverified
FROM edition_map m JOIN edition f ON f.id = m.from_id JOIN edition t ON t.id = m.to_id
WHERE m.id = $1;

-- name: map_list
-- Published by day $2, after map $3, from or to an edition of standard $1.
SELECT m.id AS map, f.full_code AS "from", t.full_code AS "to", m.published_on,
       (SELECT count(*) FROM edition_map_row r WHERE r.map_id = m.id) AS rows,
       (SELECT max(n.id) FROM edition_map n
        WHERE n.from_id = m.from_id AND n.to_id = m.to_id AND n.id > m.id AND n.published_on <= $2) AS superseded_by,
       m.source, m.unverified
FROM edition_map m JOIN edition f ON f.id = m.from_id JOIN edition t ON t.id = m.to_id
WHERE m.id > $3 AND m.published_on <= $2
  AND (CAST($1 AS BIGINT) IS NULL OR f.standard_id = $1 OR t.standard_id = $1)
ORDER BY m.id
LIMIT $4;

-- name: map_rows
SELECT f.code AS "from", t.code AS "to", r.relation, r.rationale
FROM edition_map_row r JOIN edition_map m ON m.id = r.map_id
LEFT JOIN requirement f ON f.edition_id = m.from_id AND f.ordinal = r.from_ordinal
LEFT JOIN requirement t ON t.edition_id = m.to_id AND t.ordinal = r.to_ordinal
WHERE r.map_id = $1
ORDER BY r.number;

-- name: map_links
-- The rows that say something of two requirements, by the second.
SELECT from_ordinal, to_ordinal, relation
FROM edition_map_row
WHERE map_id = $1 AND relation <> 'none'
ORDER BY to_ordinal, from_ordinal;

-- name: map_editions
SELECT from_id, to_id FROM edition_map WHERE id = $1;
