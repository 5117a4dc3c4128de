-- name: coop_like
SELECT id FROM holder WHERE name LIKE $1
