-- SPDX-License-Identifier: Apache-2.0
-- The codes of things in the form in which they are compared. noun.h has the queries that find a thing by it.

-- name: code_keep(noun text, id id, folded text)
INSERT INTO folded_code (noun, id, folded) VALUES ($noun, $id, $folded)
ON CONFLICT (noun, id) DO UPDATE SET folded = excluded.folded

-- Those that several things of a kind share.
-- name: code_alike()
SELECT f.noun, f.folded FROM folded_code f GROUP BY f.noun, f.folded HAVING count(*) > 1 ORDER BY f.noun, f.folded
