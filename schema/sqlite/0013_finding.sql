-- The life of a finding: what happened to it, by day. The state on a day is that of the last step by that day, open where
-- there is none; closed_on of the finding tells the same of its end, for the standings.
CREATE TABLE finding_step (
    finding_id INTEGER NOT NULL REFERENCES finding (id),
    number     INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'closed', 'planned', 'accepted', 'implemented', 'verified')),
    on_day     TEXT NOT NULL,
    recorded_by TEXT,
    person_id  INTEGER REFERENCES person (id),
    audit_id   INTEGER REFERENCES audit (id),
    plan       INTEGER,
    reason     TEXT,
    PRIMARY KEY (finding_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO finding_step (finding_id, number, state, on_day, reason)
SELECT id, 1, 'closed', closed_on, reason FROM finding WHERE closed_on IS NOT NULL;

-- A plan is never edited: one that was rejected is followed by another.
CREATE TABLE corrective_plan (
    finding_id INTEGER NOT NULL REFERENCES finding (id),
    number     INTEGER NOT NULL,
    on_day     TEXT NOT NULL,
    recorded_by TEXT,
    correction TEXT NOT NULL,
    root_cause TEXT NOT NULL,
    method     TEXT CHECK (method IN ('five_whys', 'fishbone', 'fault_tree', 'change_analysis', 'other')),
    PRIMARY KEY (finding_id, number)
) STRICT, WITHOUT ROWID;

-- number: within the finding, over all its plans.
CREATE TABLE finding_action (
    finding_id     INTEGER NOT NULL,
    number         INTEGER NOT NULL,
    plan           INTEGER NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('correction', 'corrective', 'preventive')),
    text           TEXT NOT NULL,
    owner_id       INTEGER NOT NULL REFERENCES person (id),
    due_on         TEXT NOT NULL,
    cost_minor     INTEGER,
    cost_currency  TEXT,
    done_on        TEXT,
    spent_minor    INTEGER,
    spent_currency TEXT,
    PRIMARY KEY (finding_id, number),
    FOREIGN KEY (finding_id, plan) REFERENCES corrective_plan (finding_id, number),
    CHECK ((cost_minor IS NULL) = (cost_currency IS NULL)),
    CHECK ((spent_minor IS NULL) = (spent_currency IS NULL))
) STRICT, WITHOUT ROWID;

-- Days by which a step is due that were set against, or without, the rules of the edition; the last by a day counts.
CREATE TABLE finding_due (
    finding_id INTEGER NOT NULL REFERENCES finding (id),
    step       TEXT NOT NULL CHECK (step IN ('plan', 'evidence', 'close')),
    number     INTEGER NOT NULL,
    due_on     TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    recorded_by TEXT,
    reason     TEXT NOT NULL,
    PRIMARY KEY (finding_id, step, number)
) STRICT, WITHOUT ROWID;

-- notified_on: when the holder was told. moved: whether finding_due has anything of it, so that a list need not look.
ALTER TABLE finding ADD COLUMN notified_on TEXT;
ALTER TABLE finding ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
-- What is open of a holder, today and on any day.
CREATE INDEX finding_open ON finding (holder_id, closed_on);

DROP VIEW finding_listed;
CREATE VIEW finding_listed AS
SELECT f.id AS finding, h.code AS holder, f.audit_id AS audit, e.full_code AS edition, r.code AS requirement,
       f.class, f.count, f.raised_on, f.closed_on, f.reason, f.verified_by, f.notified_on, f.moved, f.holder_id,
       f.edition_id, f.ordinal, a.kind
FROM finding f
JOIN audit a ON a.id = f.audit_id
JOIN holder h ON h.id = f.holder_id
JOIN edition e ON e.id = f.edition_id
JOIN requirement r ON r.edition_id = f.edition_id AND r.ordinal = f.ordinal;
