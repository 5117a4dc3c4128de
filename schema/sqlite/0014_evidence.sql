-- Files that show something. The file itself stays with its owner. received_at never changes; received_on is its day.
CREATE TABLE evidence (
    id           INTEGER PRIMARY KEY,
    holder_id    INTEGER NOT NULL REFERENCES holder (id),
    kind         TEXT NOT NULL CHECK (kind IN ('document', 'record', 'policy', 'photo', 'lab_result')),
    title        TEXT NOT NULL,
    effective_on TEXT,
    expires_on   TEXT,
    replaces_id  INTEGER UNIQUE REFERENCES evidence (id),
    received_at  INTEGER NOT NULL,
    received_on  TEXT NOT NULL,
    bytes        INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    location     TEXT,
    UNIQUE (holder_id, sha256),
    CHECK (expires_on >= effective_on)
) STRICT;
CREATE INDEX evidence_expiry ON evidence (holder_id, expires_on);
CREATE TRIGGER evidence_is_final BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence never changes'); END;

-- What it shows: a finding, or an action of one (0: the finding as a whole).
CREATE TABLE evidence_link (
    finding_id  INTEGER NOT NULL REFERENCES finding (id),
    action      INTEGER NOT NULL,
    evidence_id INTEGER NOT NULL REFERENCES evidence (id),
    on_day      TEXT NOT NULL,
    PRIMARY KEY (finding_id, action, evidence_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_link_evidence ON evidence_link (evidence_id);
