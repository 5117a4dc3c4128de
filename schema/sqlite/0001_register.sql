-- The register. Ids are assigned by the daemon; codes are what people use. Days are ISO 8601 text,
-- instants microseconds since 1970 UTC, money minor units with its ISO 4217 code. Nothing is
-- deleted: things end on a day.

CREATE TABLE cluster (
    id      INTEGER PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    country TEXT,
    region  TEXT
) STRICT;

-- Cooperatives and enterprises alike: whoever can be audited, stand somewhere, hold a certificate.
CREATE TABLE holder (
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('cooperative', 'enterprise')),
    code       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    activity   TEXT CHECK (activity IN ('farm', 'dairy', 'processor', 'workshop', 'water_supplier',
                                        'food_service', 'other')),
    cluster_id INTEGER REFERENCES cluster (id),
    country    TEXT,
    region     TEXT,
    ended_on   TEXT,
    end_reason TEXT,
    CHECK ((kind = 'enterprise') = (activity IS NOT NULL)),
    CHECK (kind = 'cooperative' OR cluster_id IS NULL)
) STRICT;
CREATE INDEX holder_kind ON holder (kind, code);

-- Apart, so that a person can be forgotten without touching the rest.
CREATE TABLE contact (
    holder_id INTEGER PRIMARY KEY REFERENCES holder (id),
    name      TEXT,
    phone     TEXT,
    email     TEXT
) STRICT;

CREATE TABLE membership (
    id             INTEGER PRIMARY KEY,
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    enterprise_id  INTEGER NOT NULL REFERENCES holder (id),
    joined_on      TEXT NOT NULL,
    left_on        TEXT, -- the first day it is no longer a member
    reason         TEXT,
    CHECK (left_on > joined_on)
) STRICT;
-- Whole, so that counting the members of a cooperative on a day reads the index alone.
CREATE INDEX membership_cooperative ON membership (cooperative_id, enterprise_id, joined_on, left_on);
CREATE INDEX membership_enterprise ON membership (enterprise_id, joined_on);

CREATE TABLE body (
    id            INTEGER PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('certification_body', 'laboratory', 'ta_provider',
                                                'funder', 'public_institution')),
    country       TEXT,
    accreditation TEXT,
    ended_on      TEXT
) STRICT;

CREATE TABLE person (
    id       INTEGER PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE,
    name     TEXT,
    phone    TEXT,
    email    TEXT,
    ended_on TEXT
) STRICT;

CREATE TABLE appointment (
    id             INTEGER PRIMARY KEY,
    person_id      INTEGER NOT NULL REFERENCES person (id),
    role           TEXT NOT NULL CHECK (role IN ('manager', 'inspector', 'adviser', 'auditor',
                                                 'expert', 'decision_maker')),
    body_id        INTEGER REFERENCES body (id),
    cooperative_id INTEGER REFERENCES holder (id),
    from_on        TEXT NOT NULL,
    until_on       TEXT,
    CHECK (until_on > from_on)
) STRICT;
CREATE INDEX appointment_person ON appointment (person_id, from_on);

CREATE TABLE standard (
    id        INTEGER PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    owner     TEXT NOT NULL,
    domain    TEXT NOT NULL CHECK (domain IN ('quality', 'sanitary', 'environmental', 'industrial')),
    certifies TEXT NOT NULL CHECK (certifies IN ('management_system', 'product', 'group'))
) STRICT;

CREATE TABLE edition (
    id               INTEGER PRIMARY KEY,
    standard_id      INTEGER NOT NULL REFERENCES standard (id),
    code             TEXT NOT NULL,
    full_code        TEXT NOT NULL UNIQUE, -- iso-14001:2015
    valid_from       TEXT,
    obligatory_from  TEXT,
    valid_until      TEXT,
    class_from_level INTEGER NOT NULL CHECK (class_from_level IN (0, 1)),
    source           TEXT NOT NULL,
    assessable       INTEGER NOT NULL, -- how many requirements get a result
    published_at     INTEGER NOT NULL,
    UNIQUE (standard_id, code)
) STRICT;

-- ordinal: the place in the edition, from 0, sections included.
CREATE TABLE requirement (
    edition_id INTEGER NOT NULL REFERENCES edition (id),
    ordinal    INTEGER NOT NULL,
    code       TEXT NOT NULL,
    parent     INTEGER,
    assessable INTEGER NOT NULL CHECK (assessable IN (0, 1)),
    level      TEXT CHECK (level IN ('major', 'minor', 'recommendation', 'points')),
    points     INTEGER,
    na_allowed INTEGER NOT NULL CHECK (na_allowed IN (0, 1)),
    gate       INTEGER NOT NULL CHECK (gate IN (0, 1)),
    autofail   INTEGER NOT NULL CHECK (autofail IN (0, 1)),
    evidence   TEXT CHECK (evidence IN ('document', 'record', 'policy', 'observation', 'interview',
                                        'lab_result')),
    PRIMARY KEY (edition_id, ordinal),
    UNIQUE (edition_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE requirement_text (
    edition_id INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    lang       TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT,
    PRIMARY KEY (edition_id, ordinal, lang),
    FOREIGN KEY (edition_id, ordinal) REFERENCES requirement (edition_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE pass_clause (
    edition_id INTEGER NOT NULL REFERENCES edition (id),
    ordinal    INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('all', 'ratio', 'points', 'gates', 'no_open')),
    level      TEXT CHECK (level IN ('major', 'minor', 'recommendation', 'points')),
    section    TEXT, -- the section's code
    at_least   INTEGER,
    out_of     INTEGER,
    class      TEXT CHECK (class IN ('major', 'minor', 'observation', 'opportunity')),
    PRIMARY KEY (edition_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Published editions never change.
CREATE TRIGGER edition_is_final BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;
CREATE TRIGGER requirement_is_final BEFORE UPDATE ON requirement
BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;
CREATE TRIGGER requirement_text_is_final BEFORE UPDATE ON requirement_text
BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;
CREATE TRIGGER pass_clause_is_final BEFORE UPDATE ON pass_clause
BEGIN SELECT RAISE(ABORT, 'a published edition never changes'); END;

CREATE TABLE pursuit (
    id          INTEGER PRIMARY KEY,
    holder_id   INTEGER NOT NULL REFERENCES holder (id),
    edition_id  INTEGER NOT NULL REFERENCES edition (id),
    route       TEXT NOT NULL CHECK (route IN ('individual', 'group')),
    state       TEXT NOT NULL CHECK (state IN ('enrolled', 'preparing', 'internally_ready', 'applied',
                                               'certified', 'suspended', 'ended')),
    enrolled_on TEXT NOT NULL,
    target_on   TEXT,
    moved_on    TEXT NOT NULL
) STRICT;
CREATE INDEX pursuit_holder ON pursuit (holder_id, edition_id);

CREATE TABLE pursuit_step (
    pursuit_id INTEGER NOT NULL REFERENCES pursuit (id),
    number     INTEGER NOT NULL,
    state      TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    reason     TEXT,
    PRIMARY KEY (pursuit_id, number)
) STRICT, WITHOUT ROWID;

-- responses: the packed canonical list; the journal entry holds its digest.
CREATE TABLE audit (
    id             INTEGER PRIMARY KEY,
    holder_id      INTEGER NOT NULL REFERENCES holder (id),
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    kind           TEXT NOT NULL CHECK (kind IN ('self_assessment', 'internal_inspection', 'internal_audit',
                                                 'stage_1', 'stage_2', 'external_inspection', 'surveillance',
                                                 'recertification', 'follow_up', 'unannounced')),
    state          TEXT NOT NULL CHECK (state IN ('planned', 'done', 'concluded', 'cancelled')),
    planned_on     TEXT,
    performed_on   TEXT,
    body_id        INTEGER REFERENCES body (id),
    auditor_id     INTEGER REFERENCES person (id),
    source         TEXT,
    conforming     INTEGER NOT NULL DEFAULT 0,
    nonconforming  INTEGER NOT NULL DEFAULT 0,
    not_applicable INTEGER NOT NULL DEFAULT 0,
    not_assessed   INTEGER NOT NULL DEFAULT 0,
    major          INTEGER NOT NULL DEFAULT 0,
    minor          INTEGER NOT NULL DEFAULT 0,
    conclusion     TEXT,
    corrects_id    INTEGER REFERENCES audit (id),
    journal_seq    INTEGER, -- the entry that brought the responses
    responses      BLOB,
    CHECK ((state IN ('done', 'concluded')) = (performed_on IS NOT NULL)),
    CHECK ((performed_on IS NULL) = (responses IS NULL))
) STRICT;
CREATE INDEX audit_holder ON audit (holder_id, edition_id, performed_on);
CREATE INDEX audit_day ON audit (coalesce(performed_on, planned_on), id);
CREATE INDEX audit_entry ON audit (journal_seq) WHERE journal_seq IS NOT NULL;
CREATE UNIQUE INDEX audit_source ON audit (holder_id, edition_id, source) WHERE source IS NOT NULL;

-- One row per nonconformity, observation and opportunity; the note stays in the response.
CREATE TABLE finding (
    id          INTEGER PRIMARY KEY,
    audit_id    INTEGER NOT NULL REFERENCES audit (id),
    holder_id   INTEGER NOT NULL REFERENCES holder (id),
    edition_id  INTEGER NOT NULL REFERENCES edition (id),
    ordinal     INTEGER NOT NULL, -- of the requirement
    class       TEXT NOT NULL CHECK (class IN ('major', 'minor', 'observation', 'opportunity')),
    count       INTEGER NOT NULL,
    raised_on   TEXT NOT NULL,
    closed_on   TEXT, -- open while absent
    reason      TEXT,
    verified_by TEXT,
    CHECK (closed_on >= raised_on)
) STRICT;
CREATE INDEX finding_audit ON finding (audit_id);
CREATE INDEX finding_holder ON finding (holder_id, edition_id);

-- What the audits and findings of a holder imply for an edition today; derived, and kept equal.
-- results: a byte per requirement of the edition (enum standing_result). findings: the open
-- findings of class major and minor and every one that a blocker names, packed.
CREATE TABLE standing (
    holder_id      INTEGER NOT NULL REFERENCES holder (id),
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    verdict        TEXT NOT NULL CHECK (verdict IN ('ready', 'not_ready', 'incomplete')),
    conforming     INTEGER NOT NULL,
    nonconforming  INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    not_assessed   INTEGER NOT NULL,
    major          INTEGER NOT NULL, -- open findings
    minor          INTEGER NOT NULL,
    audits         INTEGER NOT NULL,
    last_on        TEXT NOT NULL,
    last_audit_id  INTEGER NOT NULL REFERENCES audit (id),
    results        BLOB NOT NULL,
    findings       BLOB NOT NULL,
    PRIMARY KEY (holder_id, edition_id)
) STRICT, WITHOUT ROWID;

-- The sum of the standings of a cooperative's members today; derived, and kept equal. Members who
-- were never audited against the edition are not in it.
CREATE TABLE rollup (
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    assessed       INTEGER NOT NULL,
    ready          INTEGER NOT NULL,
    not_ready      INTEGER NOT NULL,
    incomplete     INTEGER NOT NULL,
    major          INTEGER NOT NULL,
    minor          INTEGER NOT NULL,
    PRIMARY KEY (cooperative_id, edition_id)
) STRICT, WITHOUT ROWID;

-- The number of members today, kept with the memberships.
CREATE TABLE member_count (
    cooperative_id INTEGER PRIMARY KEY REFERENCES holder (id),
    members        INTEGER NOT NULL
) STRICT;

CREATE TABLE intervention (
    id             INTEGER PRIMARY KEY,
    cooperative_id INTEGER REFERENCES holder (id),
    kind           TEXT NOT NULL CHECK (kind IN ('awareness', 'diagnosis', 'training', 'mentoring',
                                                 'documentation', 'equipment', 'internal_audit',
                                                 'certification_fee', 'lab_test')),
    title          TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('planned', 'delivered', 'evaluated', 'cancelled')),
    provider_id    INTEGER REFERENCES body (id),
    adviser_id     INTEGER REFERENCES person (id),
    planned_on     TEXT,
    delivered_on   TEXT,
    cost_minor     INTEGER,
    cost_currency  TEXT,
    source         TEXT UNIQUE,
    note           TEXT,
    CHECK ((cost_minor IS NULL) = (cost_currency IS NULL)),
    CHECK ((state IN ('delivered', 'evaluated')) = (delivered_on IS NOT NULL))
) STRICT;
CREATE INDEX intervention_cooperative ON intervention (cooperative_id, delivered_on);

CREATE TABLE participation (
    intervention_id  INTEGER NOT NULL REFERENCES intervention (id),
    enterprise_id    INTEGER NOT NULL REFERENCES holder (id),
    planned_minutes  INTEGER,
    attended_minutes INTEGER,
    result           TEXT,
    PRIMARY KEY (intervention_id, enterprise_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_enterprise ON participation (enterprise_id);

CREATE TABLE intervention_requirement (
    intervention_id INTEGER NOT NULL REFERENCES intervention (id),
    edition_id      INTEGER NOT NULL,
    ordinal         INTEGER NOT NULL,
    PRIMARY KEY (intervention_id, edition_id, ordinal),
    FOREIGN KEY (edition_id, ordinal) REFERENCES requirement (edition_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX intervention_requirement_edition ON intervention_requirement (edition_id, ordinal);

-- Who paid: a body or a holder.
CREATE TABLE payment (
    intervention_id INTEGER NOT NULL REFERENCES intervention (id),
    number          INTEGER NOT NULL,
    body_id         INTEGER REFERENCES body (id),
    holder_id       INTEGER REFERENCES holder (id),
    minor           INTEGER NOT NULL,
    currency        TEXT NOT NULL,
    PRIMARY KEY (intervention_id, number),
    CHECK ((body_id IS NULL) <> (holder_id IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
    id          INTEGER PRIMARY KEY,
    number      TEXT NOT NULL,
    holder_id   INTEGER NOT NULL REFERENCES holder (id),
    edition_id  INTEGER NOT NULL REFERENCES edition (id),
    body_id     INTEGER NOT NULL REFERENCES body (id),
    audit_id    INTEGER REFERENCES audit (id),
    scope       TEXT,
    decided_on  TEXT NOT NULL,
    valid_from  TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    UNIQUE (body_id, number),
    CHECK (valid_until >= valid_from)
) STRICT;
CREATE INDEX certificate_holder ON certificate (holder_id, edition_id, valid_from);

-- active at the grant, then suspended, active again, withdrawn; expiry is derived from the day.
CREATE TABLE certificate_event (
    certificate_id INTEGER NOT NULL REFERENCES certificate (id),
    number         INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'withdrawn')),
    on_day         TEXT NOT NULL,
    reason         TEXT,
    PRIMARY KEY (certificate_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE access (
    id             INTEGER PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('user', 'group')),
    principal      TEXT NOT NULL,
    principal_id   INTEGER NOT NULL,
    role           TEXT NOT NULL CHECK (role IN ('viewer', 'manager', 'inspector', 'adviser', 'auditor',
                                                 'certifier', 'funder', 'admin')),
    cooperative_id INTEGER REFERENCES holder (id),
    added_at       INTEGER NOT NULL,
    revoked_at     INTEGER
) STRICT;
CREATE INDEX access_principal ON access (kind, principal_id);

-- The chain. hash = SHA-256(hash of the entry before, or 32 zero bytes ‖ canonical entry).
-- result answers a repeated request; it is not part of what is hashed.
CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    uid     INTEGER NOT NULL,
    user    TEXT NOT NULL,
    method  TEXT NOT NULL,
    request BLOB NOT NULL UNIQUE,
    params  BLOB NOT NULL,
    hash    BLOB NOT NULL,
    result  BLOB NOT NULL
) STRICT;
CREATE TRIGGER journal_is_append_only_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- The salt of the personal values of an entry; forgetting a person is deleting it.
CREATE TABLE journal_salt (
    seq  INTEGER PRIMARY KEY REFERENCES journal (seq),
    salt BLOB NOT NULL
) STRICT;

-- Audits and findings as they are listed: with the codes of what they name.
CREATE VIEW audit_listed AS
SELECT a.id AS audit, h.code AS holder, e.full_code AS edition, a.kind, a.state, a.planned_on, a.performed_on,
       b.code AS body, p.code AS auditor, a.source, a.conforming, a.nonconforming, a.not_applicable,
       a.not_assessed, a.major, a.minor, a.conclusion, a.corrects_id AS corrects,
       a.holder_id, a.edition_id, coalesce(a.performed_on, a.planned_on) AS on_day
FROM audit a
JOIN holder h ON h.id = a.holder_id
JOIN edition e ON e.id = a.edition_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN person p ON p.id = a.auditor_id;

CREATE VIEW finding_listed AS
SELECT f.id AS finding, h.code AS holder, f.audit_id AS audit, e.full_code AS edition, r.code AS requirement,
       f.class, f.count, f.raised_on, f.closed_on, f.reason, f.verified_by, f.holder_id, f.edition_id
FROM finding f
JOIN holder h ON h.id = f.holder_id
JOIN edition e ON e.id = f.edition_id
JOIN requirement r ON r.edition_id = f.edition_id AND r.ordinal = f.ordinal;
