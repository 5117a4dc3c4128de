-- SPDX-License-Identifier: Apache-2.0
-- The calendar zone of the register.

-- name: zone_current()
SELECT z.zone, z.set_at, z.set_by FROM zone_setting z ORDER BY z.id DESC LIMIT 1

-- name: zone_insert(zone text, set_at instant, set_by text)
INSERT INTO zone_setting (id, zone, set_at, set_by)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM zone_setting), $zone, $set_at, $set_by)

-- When the last entry was made; none where all entries set zones, which records no day.
-- name: zone_last_entry()
SELECT j.at FROM journal j WHERE j.seq > (SELECT count(*) FROM zone_setting) ORDER BY j.seq DESC LIMIT 1
