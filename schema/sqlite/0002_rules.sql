-- The rules of an edition besides its pass rule: the packed canonical record, as it was published. Absent where the
-- edition has none.
CREATE TABLE edition_rules (
    edition_id INTEGER PRIMARY KEY REFERENCES edition (id),
    rules      BLOB NOT NULL
) STRICT;
CREATE TRIGGER edition_rules_are_final BEFORE UPDATE ON edition_rules
BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;
