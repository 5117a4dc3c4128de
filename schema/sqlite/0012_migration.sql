-- Results carried over from one edition to another, for a cooperative and its members at once.
CREATE TABLE edition_migration (
    id             INTEGER PRIMARY KEY,
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    from_id        INTEGER NOT NULL REFERENCES edition (id),
    to_id          INTEGER NOT NULL REFERENCES edition (id),
    on_day         TEXT NOT NULL,
    undo_until     TEXT NOT NULL,
    CHECK (from_id <> to_id),
    CHECK (undo_until >= on_day)
) STRICT;
CREATE INDEX edition_migration_cooperative ON edition_migration (cooperative_id, to_id);

CREATE TABLE edition_migration_map (
    migration_id INTEGER NOT NULL REFERENCES edition_migration (id),
    number       INTEGER NOT NULL,
    map_id       INTEGER NOT NULL REFERENCES edition_map (id),
    PRIMARY KEY (migration_id, number)
) STRICT, WITHOUT ROWID;

-- Rolled back: from this day on its audits count no more.
CREATE TABLE edition_migration_end (
    migration_id INTEGER PRIMARY KEY REFERENCES edition_migration (id),
    on_day       TEXT NOT NULL,
    reason       TEXT NOT NULL
) STRICT;

-- What it did for each holder, as it was then. No audit where nothing was carried over.
CREATE TABLE edition_migration_holder (
    migration_id   INTEGER NOT NULL REFERENCES edition_migration (id),
    holder_id      INTEGER NOT NULL REFERENCES holder (id),
    audit_id       INTEGER REFERENCES audit (id),
    verdict_before TEXT CHECK (verdict_before IN ('ready', 'not_ready', 'incomplete')),
    verdict_after  TEXT CHECK (verdict_after IN ('ready', 'not_ready', 'incomplete')),
    carried        INTEGER NOT NULL,
    kept           INTEGER NOT NULL,
    anew           INTEGER NOT NULL,
    findings       INTEGER NOT NULL,
    PRIMARY KEY (migration_id, holder_id)
) STRICT, WITHOUT ROWID;

-- For how many holders, by requirement.
CREATE TABLE edition_migration_requirement (
    migration_id   INTEGER NOT NULL REFERENCES edition_migration (id),
    ordinal        INTEGER NOT NULL,
    conforming     INTEGER NOT NULL,
    nonconforming  INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    kept           INTEGER NOT NULL,
    anew           INTEGER NOT NULL,
    PRIMARY KEY (migration_id, ordinal)
) STRICT, WITHOUT ROWID;

-- A finding that goes on under another edition. kind: of the audit that raised it first, which decides who may close it.
CREATE TABLE finding_carried (
    finding_id INTEGER PRIMARY KEY REFERENCES finding (id),
    from_id    INTEGER REFERENCES finding (id),
    kind       TEXT NOT NULL CHECK (kind IN ('self_assessment', 'internal_inspection', 'internal_audit', 'stage_1',
                                             'stage_2', 'external_inspection', 'surveillance', 'recertification',
                                             'follow_up', 'unannounced', 'migration'))
) STRICT;

-- One kind of audit more. A check cannot be changed in place, so the column is made again; every audit names its kind,
-- the default is there because a column that is added must have one.
DROP VIEW sample_visit;
DROP VIEW audit_listed;
DROP INDEX audit_inspection;
DROP INDEX audit_external;
ALTER TABLE audit ADD COLUMN new_kind TEXT NOT NULL DEFAULT 'migration'
    CHECK (new_kind IN ('self_assessment', 'internal_inspection', 'internal_audit', 'stage_1', 'stage_2',
                        'external_inspection', 'surveillance', 'recertification', 'follow_up', 'unannounced',
                        'migration'));
UPDATE audit SET new_kind = kind;
ALTER TABLE audit DROP COLUMN kind;
ALTER TABLE audit RENAME COLUMN new_kind TO kind;
CREATE INDEX audit_inspection ON audit (holder_id, edition_id, performed_on) WHERE kind = 'internal_inspection';
CREATE INDEX audit_external ON audit (edition_id, performed_on)
    WHERE kind IN ('stage_2', 'external_inspection', 'surveillance', 'recertification', 'unannounced');
ALTER TABLE audit ADD COLUMN migration_id INTEGER REFERENCES edition_migration (id);
CREATE INDEX audit_migration ON audit (migration_id) WHERE migration_id IS NOT NULL;

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

CREATE VIEW sample_visit AS
SELECT x.sample_id, x.number, x.enterprise_id,
       (SELECT a.id FROM audit a
        WHERE a.holder_id = x.enterprise_id AND a.edition_id = s.edition_id AND a.performed_on >= s.on_day
          AND a.kind IN ('stage_2', 'external_inspection', 'surveillance', 'recertification', 'unannounced')
          AND NOT EXISTS (SELECT 1 FROM sample n
                          WHERE n.cooperative_id = s.cooperative_id AND n.edition_id = s.edition_id
                            AND n.series = s.series AND n.on_day <= a.performed_on
                            AND (n.on_day > s.on_day OR (n.on_day = s.on_day AND n.id > s.id)))
        ORDER BY a.performed_on, a.id LIMIT 1) AS audit_id
FROM sample_member x
JOIN sample s ON s.id = x.sample_id;
