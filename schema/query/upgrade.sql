-- SPDX-License-Identifier: Apache-2.0
-- How far the steps of an upgrade that are written in C are.
-- name: upgrade_get(migration int, step text)
SELECT u.after, u.done, u.finished_at FROM upgrade AS u WHERE u.migration = $migration AND u.step = $step;

-- name: upgrade_put(migration int, step text, after int, done int, finished_at instant)
INSERT INTO upgrade (migration, step, after, done, finished_at)
VALUES ($migration, $step, $after, $done, $finished_at)
ON CONFLICT (migration, step) DO UPDATE
SET after = excluded.after, done = excluded.done, finished_at = excluded.finished_at;
