-- name: coop_unused
SELECT 1
