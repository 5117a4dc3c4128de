-- SPDX-License-Identifier: Apache-2.0
-- The rules of editions, packed.

-- name: rules_insert(edition id, packed blob)
INSERT INTO edition_rules (edition_id, rules) VALUES ($edition, $packed);

-- name: rules_of_edition(edition id)
SELECT rules FROM edition_rules WHERE edition_id = $edition;
