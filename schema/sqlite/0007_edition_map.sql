-- Maps from one edition to another. Of several from and to the same, that with the highest number counts.
CREATE TABLE edition_map (
    id           INTEGER PRIMARY KEY,
    from_id      INTEGER NOT NULL REFERENCES edition (id),
    to_id        INTEGER NOT NULL REFERENCES edition (id),
    source       TEXT NOT NULL,
    unverified   INTEGER NOT NULL CHECK (unverified IN (0, 1)),
    published_on TEXT NOT NULL,
    CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX edition_map_pair ON edition_map (from_id, to_id, id);

-- An absent ordinal: there is no counterpart.
CREATE TABLE edition_map_row (
    map_id       INTEGER NOT NULL REFERENCES edition_map (id),
    number       INTEGER NOT NULL,
    from_ordinal INTEGER,
    to_ordinal   INTEGER,
    relation     TEXT NOT NULL CHECK (relation IN ('equal', 'subset', 'superset', 'intersect', 'none')),
    rationale    TEXT,
    PRIMARY KEY (map_id, number),
    CHECK (relation = 'none' OR (from_ordinal IS NOT NULL AND to_ordinal IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER edition_map_is_final BEFORE UPDATE ON edition_map
BEGIN SELECT RAISE(ABORT, 'a published map never changes'); END;
CREATE TRIGGER edition_map_row_is_final BEFORE UPDATE ON edition_map_row
BEGIN SELECT RAISE(ABORT, 'a published map never changes'); END;
