-- SPDX-License-Identifier: Apache-2.0
-- A major finding on a fundamental requirement rules out a certificate until a new audit.
ALTER TABLE requirement ADD COLUMN fundamental INTEGER CHECK (fundamental = 1);

-- Internal audits and inspections start a cooling-off too, and a role at the cooperative is a relation: more kinds of what
-- may be set aside.
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

-- What somebody did for whom is asked by the person.
CREATE INDEX audit_auditor ON audit (auditor_id, performed_on) WHERE auditor_id IS NOT NULL;
CREATE INDEX audit_member_person ON audit_member (person_id);
CREATE INDEX appointment_body ON appointment (body_id, person_id) WHERE body_id IS NOT NULL;
