-- Who took part in an audit besides its lead, who is audit.auditor_id: as it was planned, and as it was performed.
CREATE TABLE audit_member (
    audit_id  INTEGER NOT NULL REFERENCES audit (id),
    planned   INTEGER NOT NULL CHECK (planned IN (0, 1)),
    person_id INTEGER NOT NULL REFERENCES person (id),
    role      TEXT NOT NULL CHECK (role IN ('lead', 'auditor', 'expert', 'observer', 'trainee')),
    PRIMARY KEY (audit_id, planned, person_id)
) STRICT, WITHOUT ROWID;

-- The days on which an audit was planned, concluded and cancelled, and what was planned: so that a past day shows
-- what was known on it. Absent where it happened before these days were kept.
ALTER TABLE audit ADD COLUMN planned_at TEXT;
ALTER TABLE audit ADD COLUMN planned_body_id INTEGER REFERENCES body (id);
ALTER TABLE audit ADD COLUMN planned_auditor_id INTEGER REFERENCES person (id);
ALTER TABLE audit ADD COLUMN concluded_on TEXT;
ALTER TABLE audit ADD COLUMN concluded_by INTEGER REFERENCES person (id);
ALTER TABLE audit ADD COLUMN cancelled_on TEXT;
UPDATE audit SET planned_body_id = body_id, planned_auditor_id = auditor_id WHERE planned_on IS NOT NULL;
UPDATE audit SET concluded_on = performed_on WHERE state = 'concluded';

DROP VIEW audit_listed;
CREATE VIEW audit_listed AS
SELECT a.id AS audit, h.code AS holder, e.full_code AS edition, a.kind, a.state, a.planned_on, a.performed_on,
       b.code AS body, p.code AS auditor, a.source, a.conforming, a.nonconforming, a.not_applicable,
       a.not_assessed, a.major, a.minor, a.conclusion, a.concluded_on, c.code AS concluded_by,
       a.corrects_id AS corrects,
       a.holder_id, a.edition_id, coalesce(a.performed_on, a.planned_on) AS on_day
FROM audit a
JOIN holder h ON h.id = a.holder_id
JOIN edition e ON e.id = a.edition_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN person p ON p.id = a.auditor_id
LEFT JOIN person c ON c.id = a.concluded_by;
