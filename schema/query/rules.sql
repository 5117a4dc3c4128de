-- The rules of editions, packed.

-- name: rules_insert
INSERT INTO edition_rules (edition_id, rules) VALUES ($1, $2);

-- name: rules_of_edition
SELECT rules FROM edition_rules WHERE edition_id = $1;
