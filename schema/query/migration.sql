-- SPDX-License-Identifier: Apache-2.0
-- name: migration_list()
SELECT number, name, digest FROM migration ORDER BY number;

-- name: migration_insert(number int, name text, digest text, applied_at text)
INSERT INTO migration (number, name, digest, applied_at) VALUES ($number, $name, $digest, $applied_at);
