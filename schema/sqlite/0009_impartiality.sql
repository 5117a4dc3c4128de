-- What people are to cooperatives and enterprises, as they declared it.
CREATE TABLE declaration (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES person (id),
    holder_id    INTEGER NOT NULL REFERENCES holder (id),
    relation     TEXT NOT NULL CHECK (relation IN ('owner', 'family', 'employee', 'supplier', 'other')),
    declared_on  TEXT NOT NULL,
    from_on      TEXT NOT NULL,
    until_on     TEXT, -- the first day it no longer holds, known when it was declared
    withdrawn_on TEXT, -- the same, as it became known on that day
    note         TEXT,
    reason       TEXT,
    CHECK (until_on > from_on),
    CHECK ((withdrawn_on IS NULL) = (reason IS NULL))
) STRICT;
CREATE INDEX declaration_person ON declaration (person_id, holder_id);

-- The bars that an administrator set aside, with what they said then.
CREATE TABLE impartiality_override (
    id        INTEGER PRIMARY KEY,
    audit_id  INTEGER NOT NULL REFERENCES audit (id),
    kind      TEXT NOT NULL CHECK (kind IN ('assistance', 'relation', 'team', 'inspector')),
    person_id INTEGER REFERENCES person (id),
    body_id   INTEGER REFERENCES body (id),
    record    TEXT NOT NULL,
    words     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    on_day    TEXT NOT NULL,
    by_user   TEXT NOT NULL,
    CHECK ((person_id IS NULL) <> (body_id IS NULL))
) STRICT;
CREATE INDEX impartiality_override_audit ON impartiality_override (audit_id);

-- Who gave assistance to whom, once it was given: to those that took part; where nobody is named, to all who were
-- members of the cooperative on its last day; and to the cooperative through which it was given.
CREATE INDEX intervention_adviser ON intervention (adviser_id, delivered_on) WHERE adviser_id IS NOT NULL;
CREATE INDEX intervention_provider ON intervention (provider_id, delivered_on) WHERE provider_id IS NOT NULL;
CREATE VIEW assistance AS
SELECT i.id, i.kind, i.adviser_id, i.provider_id, i.delivered_on, p.enterprise_id AS holder_id
FROM intervention i JOIN participation p ON p.intervention_id = i.id
WHERE i.delivered_on IS NOT NULL AND coalesce(p.attended_minutes, 1) > 0
UNION ALL
SELECT i.id, i.kind, i.adviser_id, i.provider_id, i.delivered_on, m.enterprise_id
FROM intervention i
JOIN membership m ON m.cooperative_id = i.cooperative_id AND m.joined_on <= i.delivered_on
                 AND (m.left_on IS NULL OR m.left_on > i.delivered_on)
WHERE i.delivered_on IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.intervention_id = i.id)
UNION ALL
SELECT i.id, i.kind, i.adviser_id, i.provider_id, i.delivered_on, i.cooperative_id
FROM intervention i
WHERE i.delivered_on IS NOT NULL AND i.cooperative_id IS NOT NULL;

-- Who took part in what was audited, so as to have to be impartial: the lead and the team without its observers.
CREATE VIEW audit_person AS
SELECT a.id AS audit_id, a.auditor_id AS person_id FROM audit a WHERE a.auditor_id IS NOT NULL
UNION ALL
SELECT m.audit_id, m.person_id
FROM audit_member m JOIN audit a ON a.id = m.audit_id
WHERE m.role <> 'observer' AND m.planned = CASE WHEN a.performed_on IS NULL THEN 1 ELSE 0 END;
