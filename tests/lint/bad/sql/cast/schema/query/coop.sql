-- name: coop_of
SELECT $1::text
