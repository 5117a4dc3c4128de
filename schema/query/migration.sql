-- name: migration_list
SELECT number, name, digest FROM migration ORDER BY number;

-- name: migration_insert
INSERT INTO migration (number, name, digest, applied_at) VALUES ($1, $2, $3, $4);
