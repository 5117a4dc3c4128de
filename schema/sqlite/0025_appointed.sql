-- SPDX-License-Identifier: Apache-2.0
-- A role at the cooperative is another kind of what may be set aside.
CREATE TABLE impartiality_override_new (
    id        INTEGER PRIMARY KEY,
    audit_id  INTEGER NOT NULL REFERENCES audit (id),
    kind      TEXT NOT NULL CHECK (kind IN @check(bar_kind, 6)),
    person_id INTEGER REFERENCES person (id),
    body_id   INTEGER REFERENCES body (id),
    record    TEXT NOT NULL,
    words     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    on_day    TEXT NOT NULL,
    by_user   TEXT NOT NULL,
    CHECK ((person_id IS NULL) <> (body_id IS NULL))
) STRICT;
INSERT INTO impartiality_override_new SELECT * FROM impartiality_override;
DROP TABLE impartiality_override;
ALTER TABLE impartiality_override_new RENAME TO impartiality_override;
CREATE INDEX impartiality_override_audit ON impartiality_override (audit_id);
