-- What a decision makes of a certificate: its grant (ordinal 1), each renewal. The row in certificate keeps the grant.
CREATE TABLE certificate_term (
    certificate_id INTEGER NOT NULL REFERENCES certificate (id),
    ordinal        INTEGER NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('grant', 'renewal', 'restoration')),
    number         TEXT NOT NULL,
    audit_id       INTEGER REFERENCES audit (id),
    decided_by     INTEGER REFERENCES person (id),
    decided_on     TEXT NOT NULL,
    valid_from     TEXT NOT NULL,
    valid_until    TEXT NOT NULL,
    unmet          TEXT, -- conditions, where it was decided with some unmet
    override       TEXT, -- and why
    PRIMARY KEY (certificate_id, ordinal),
    CHECK (valid_until >= valid_from),
    CHECK ((unmet IS NULL) = (override IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_term (certificate_id, ordinal, kind, number, audit_id, decided_on, valid_from, valid_until)
SELECT id, 1, 'grant', number, audit_id, decided_on, valid_from, valid_until FROM certificate;

-- Of the holder alone, or of a group for the members that it covers.
ALTER TABLE certificate ADD COLUMN route TEXT NOT NULL DEFAULT 'individual' CHECK (route IN ('individual', 'group'));
UPDATE certificate SET route = 'group'
WHERE holder_id IN (SELECT id FROM holder WHERE kind = 'cooperative')
  AND EXISTS (SELECT 1 FROM pursuit p
              WHERE p.holder_id = certificate.holder_id AND p.edition_id = certificate.edition_id AND p.route = 'group');

-- Why a suspension was lifted later than the edition's rule allows.
ALTER TABLE certificate_event ADD COLUMN override TEXT;

-- Who is covered by a group's certificate; within these days only while it is a member and not excluded.
CREATE TABLE certificate_member (
    certificate_id INTEGER NOT NULL REFERENCES certificate (id),
    enterprise_id  INTEGER NOT NULL REFERENCES holder (id),
    covered_from   TEXT NOT NULL,
    covered_until  TEXT, -- the first day it is no longer covered
    reason         TEXT,
    PRIMARY KEY (certificate_id, enterprise_id, covered_from),
    CHECK (covered_until > covered_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_member_enterprise ON certificate_member (enterprise_id, covered_from);
