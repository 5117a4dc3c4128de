-- SPDX-License-Identifier: Apache-2.0
-- Missed duties that were excused: what was due, as it was told, from the day it was recorded.
CREATE TABLE excuse (
    id          INTEGER PRIMARY KEY,
    holder_id   INTEGER NOT NULL REFERENCES holder (id),
    kind        TEXT NOT NULL,
    edition_id  INTEGER REFERENCES edition (id),
    key         TEXT NOT NULL,
    due_on      TEXT NOT NULL,
    what        TEXT NOT NULL,
    record      TEXT,
    on_day      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    void_on     TEXT, -- the first day it no longer counts
    void_reason TEXT,
    CHECK ((void_on IS NULL) = (void_reason IS NULL))
) STRICT;
CREATE INDEX excuse_holder ON excuse (holder_id, kind, due_on);
