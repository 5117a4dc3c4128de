-- Samples of members to visit, and what their rules ask to know of members.

-- What the internal control thinks of a member, from a day on.
CREATE TABLE member_risk (
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    enterprise_id  INTEGER NOT NULL REFERENCES holder (id),
    number         INTEGER NOT NULL,
    risk           TEXT NOT NULL CHECK (risk IN ('low', 'normal', 'high')),
    on_day         TEXT NOT NULL,
    reason         TEXT NOT NULL,
    PRIMARY KEY (cooperative_id, enterprise_id, number)
) STRICT, WITHOUT ROWID;

-- population: a packed list of sample_candidate, by code: what anyone needs to draw the same list again.
-- series: samples of one series follow one another; visits after the next belong to that one.
CREATE TABLE sample (
    id             INTEGER PRIMARY KEY,
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    purpose        TEXT NOT NULL CHECK (purpose IN ('initial', 'surveillance', 'recertification', 'reinspection',
                                                    'laboratory')),
    series         TEXT NOT NULL,
    on_day         TEXT NOT NULL,
    members        INTEGER NOT NULL,
    excluded       INTEGER NOT NULL,
    size           INTEGER NOT NULL,
    mandatory      INTEGER NOT NULL,
    drawn          INTEGER NOT NULL,
    last_id        INTEGER REFERENCES sample (id),
    seed_from      TEXT NOT NULL CHECK (seed_from IN ('journal', 'given')),
    seed           TEXT NOT NULL,
    drawn_by       TEXT NOT NULL,
    journal_seq    INTEGER NOT NULL,
    population     BLOB NOT NULL
) STRICT;
CREATE INDEX sample_series ON sample (cooperative_id, edition_id, series, on_day);

-- In the order they were drawn; then those who took the place of another (replaces: its number).
CREATE TABLE sample_member (
    sample_id     INTEGER NOT NULL REFERENCES sample (id),
    number        INTEGER NOT NULL,
    enterprise_id INTEGER NOT NULL REFERENCES holder (id),
    why           TEXT NOT NULL CHECK (why IN ('new_member', 'sanctioned', 'high_risk', 'inspector', 'random',
                                               'not_visited', 'next', 'named')),
    from_on       TEXT NOT NULL,
    replaces      INTEGER,
    reason        TEXT,
    by_user       TEXT NOT NULL,
    PRIMARY KEY (sample_id, number),
    UNIQUE (sample_id, enterprise_id),
    CHECK ((replaces IS NULL) = (reason IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX sample_member_replaces ON sample_member (sample_id, replaces) WHERE replaces IS NOT NULL;

-- The first external audit of each member of a sample from its draw on, and before the next of its series.
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
