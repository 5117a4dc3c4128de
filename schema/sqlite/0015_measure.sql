-- SPDX-License-Identifier: Apache-2.0
-- Measures of enterprises: how many people, how much land, what is sold. value is in thousandths.
CREATE TABLE measure (
    id              INTEGER PRIMARY KEY,
    enterprise_id   INTEGER NOT NULL REFERENCES holder (id),
    kind            TEXT NOT NULL CHECK (kind IN @check(measure_kind, 5)),
    value           INTEGER CHECK (value >= 0),
    unit            TEXT,
    amount          INTEGER CHECK (amount >= 0),
    amount_currency TEXT,
    on_day          TEXT NOT NULL,
    source          TEXT NOT NULL CHECK (source IN @check(measure_source, 3)),
    recorded_on     TEXT NOT NULL,
    note            TEXT,
    CHECK ((value IS NULL) <> (amount IS NULL)),
    CHECK ((amount IS NULL) = (amount_currency IS NULL)),
    CHECK ((unit IS NOT NULL) = (kind = 'output'))
) STRICT;
CREATE INDEX measure_latest ON measure (enterprise_id, kind, on_day, id);
CREATE TRIGGER measure_is_final BEFORE UPDATE ON measure
BEGIN SELECT RAISE(ABORT, 'a measure never changes'); END;
