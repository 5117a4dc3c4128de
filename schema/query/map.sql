-- SPDX-License-Identifier: Apache-2.0
-- Maps from one edition to another.

-- name: map_insert(from id, to id, source text, unverified bool, day date)
INSERT INTO edition_map (id, from_id, to_id, source, unverified, published_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM edition_map), $from, $to, $source, $unverified, $day)
RETURNING id;

-- name: map_row_insert(map id, number int, from_ordinal int?, to_ordinal int?, relation choice map_relation,
--       rationale text)
INSERT INTO edition_map_row (map_id, number, from_ordinal, to_ordinal, relation, rationale)
VALUES ($map, $number, $from_ordinal, $to_ordinal, $relation, $rationale);

-- The one that counts on the day.
-- name: map_newest(from id, to id, day date)
SELECT coalesce(max(id), 0) AS map_id FROM edition_map
WHERE from_id = $from AND to_id = $to AND published_on <= $day;

-- Where the maps that count on the day lead from an edition, and by which map.
-- name: map_from(edition id, day date)
SELECT to_id, max(id) AS map_id FROM edition_map
WHERE from_id = $edition AND published_on <= $day GROUP BY to_id ORDER BY to_id;

-- fragment: map_facts(day)
SELECT m.id AS map, f.full_code AS "from", t.full_code AS "to", m.published_on,
       (SELECT count(*) FROM edition_map_row r WHERE r.map_id = m.id) AS rows,
       (SELECT max(n.id) FROM edition_map n
        WHERE n.from_id = m.from_id AND n.to_id = m.to_id AND n.id > m.id AND n.published_on <= $day) AS superseded_by,
       m.source, m.unverified
FROM edition_map m JOIN edition f ON f.id = m.from_id JOIN edition t ON t.id = m.to_id

-- name: map_record(map id, day date)
-- record: edition_map
@map_facts($day)
WHERE m.id = $map;

-- Published by the day, from or to an edition of the standard.
-- name: map_list(standard id, day date, after int, limit int)
-- record: edition_map
@map_facts($day)
WHERE m.id > $after AND m.published_on <= $day
  AND (CAST($standard AS BIGINT) IS NULL OR f.standard_id = $standard OR t.standard_id = $standard)
ORDER BY m.id
LIMIT $limit;

-- name: map_rows(map id)
-- record: map_row
SELECT f.code AS "from", t.code AS "to", r.relation, r.rationale
FROM edition_map_row r JOIN edition_map m ON m.id = r.map_id
LEFT JOIN requirement f ON f.edition_id = m.from_id AND f.ordinal = r.from_ordinal
LEFT JOIN requirement t ON t.edition_id = m.to_id AND t.ordinal = r.to_ordinal
WHERE r.map_id = $map
ORDER BY r.number;

-- name: map_links(map id)
-- The rows that say something of two requirements, by the second.
SELECT from_ordinal, to_ordinal, relation
FROM edition_map_row
WHERE map_id = $map AND relation <> 'none'
ORDER BY to_ordinal, from_ordinal;

-- name: map_editions(map id)
SELECT from_id, to_id FROM edition_map WHERE id = $map;
