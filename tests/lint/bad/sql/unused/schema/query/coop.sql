-- name: coop_unused(a id)
SELECT 1
