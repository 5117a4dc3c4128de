-- What is due is found by the day it is due on.
CREATE INDEX audit_planned ON audit (holder_id, planned_on) WHERE planned_on IS NOT NULL;
CREATE INDEX appointment_end ON appointment (cooperative_id, until_on) WHERE until_on IS NOT NULL;
CREATE INDEX sanction_deadline ON sanction (deadline_on) WHERE deadline_on IS NOT NULL;

-- Whom notices of a holder's list went to. Apart, so that a person can be forgotten without touching the rest.
CREATE TABLE addressee (
    id        INTEGER PRIMARY KEY,
    holder_id INTEGER NOT NULL REFERENCES holder (id),
    channel   TEXT NOT NULL CHECK (channel IN ('shown', 'log', 'mail')),
    name      TEXT NOT NULL,
    UNIQUE (holder_id, channel, name)
) STRICT;

CREATE TABLE notice (
    id           INTEGER PRIMARY KEY,
    holder_id    INTEGER NOT NULL REFERENCES holder (id),
    addressee_id INTEGER NOT NULL REFERENCES addressee (id),
    told_on      TEXT NOT NULL,
    told_at      INTEGER NOT NULL,
    user         TEXT NOT NULL,
    items        INTEGER NOT NULL,
    overdue      INTEGER NOT NULL,
    news         INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_holder ON notice (holder_id, id);

-- What was new in a notice: an item, or its new day, is kept once for each addressee, by the notice that told it first.
CREATE TABLE notice_item (
    addressee_id INTEGER NOT NULL REFERENCES addressee (id),
    key          TEXT NOT NULL,
    due_on       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    record       TEXT,
    notice_id    INTEGER NOT NULL REFERENCES notice (id),
    PRIMARY KEY (addressee_id, key, due_on)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_item_notice ON notice_item (notice_id, key, due_on);
