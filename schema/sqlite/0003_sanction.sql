-- Sanctions on a member of a group, or on the group itself, for one edition. Each holds from a day until it is lifted.
CREATE TABLE sanction (
    id             INTEGER PRIMARY KEY,
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    enterprise_id  INTEGER REFERENCES holder (id), -- NULL: the group itself
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    kind           TEXT NOT NULL CHECK (kind IN ('warning', 'suspension', 'exclusion')),
    extent         TEXT NOT NULL CHECK (extent IN ('isolated', 'structural')),
    finding_id     INTEGER REFERENCES finding (id),
    body_id        INTEGER REFERENCES body (id), -- NULL: imposed by the cooperative itself
    from_on        TEXT NOT NULL,
    deadline_on    TEXT,
    reason         TEXT NOT NULL,
    lifted_on      TEXT, -- the first day it no longer holds
    lift_reason    TEXT,
    CHECK (deadline_on >= from_on),
    CHECK (lifted_on >= from_on),
    CHECK ((lifted_on IS NULL) = (lift_reason IS NULL))
) STRICT;
CREATE INDEX sanction_cooperative ON sanction (cooperative_id, edition_id, enterprise_id, from_on);
