-- SPDX-License-Identifier: Apache-2.0
-- The calendar zones that the register has had: the last one counts. Without one, its days are those of UTC.
CREATE TABLE zone_setting (
    id     INTEGER PRIMARY KEY,
    zone   TEXT NOT NULL,
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER zone_setting_is_final BEFORE UPDATE ON zone_setting
BEGIN SELECT RAISE(ABORT, 'a zone that was set never changes'); END;
