-- SPDX-License-Identifier: Apache-2.0
-- How independent the proof of a result is. An audit has its grade once it is performed; of a migration, each response
-- has its own in proofs (proof.h). Who recorded the older follow-ups is not known: internal.
ALTER TABLE audit ADD COLUMN grade TEXT CHECK (grade IN @check(grade, 3));
ALTER TABLE audit ADD COLUMN proofs BLOB;
UPDATE audit SET grade = CASE kind WHEN 'self_assessment' THEN 'self' WHEN 'migration' THEN 'self'
                                   WHEN 'internal_inspection' THEN 'internal' WHEN 'internal_audit' THEN 'internal'
                                   WHEN 'follow_up' THEN 'internal' ELSE 'external' END
WHERE performed_on IS NOT NULL;

-- A finding is as independent as the result that raised it; one carried over, as the one it continues.
ALTER TABLE finding ADD COLUMN grade TEXT NOT NULL DEFAULT 'external' CHECK (grade IN @check(grade, 3));
UPDATE finding SET grade = (SELECT a.grade FROM audit a WHERE a.id = finding.audit_id);
UPDATE finding SET grade = (SELECT CASE c.kind WHEN 'self_assessment' THEN 'self' WHEN 'migration' THEN 'self'
                                               WHEN 'internal_inspection' THEN 'internal'
                                               WHEN 'internal_audit' THEN 'internal'
                                               WHEN 'follow_up' THEN 'internal' ELSE 'external' END
                            FROM finding_carried c WHERE c.finding_id = finding.id)
WHERE id IN (SELECT finding_id FROM finding_carried);

-- results: a byte per requirement of the edition: its latest results, two bits for each grade (standing_result.h).
-- days: those of the results, in runs. verdict and figures: by any proof. grade: the highest at which it is ready.
-- changes_on: the day from which they differ because results get too old.
DROP TABLE standing;
CREATE TABLE standing (
    holder_id      INTEGER NOT NULL REFERENCES holder (id),
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    verdict        TEXT NOT NULL CHECK (verdict IN ('ready', 'not_ready', 'incomplete')),
    grade          TEXT CHECK (grade IN @check(grade, 3)),
    conforming     INTEGER NOT NULL,
    nonconforming  INTEGER NOT NULL,
    not_applicable INTEGER NOT NULL,
    not_assessed   INTEGER NOT NULL,
    major          INTEGER NOT NULL,
    minor          INTEGER NOT NULL,
    audits         INTEGER NOT NULL,
    last_on        TEXT NOT NULL,
    last_audit_id  INTEGER NOT NULL REFERENCES audit (id),
    changes_on     TEXT,
    results        BLOB NOT NULL,
    days           BLOB NOT NULL,
    findings       BLOB NOT NULL,
    PRIMARY KEY (holder_id, edition_id),
    CHECK ((verdict = 'ready') = (grade IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_changes ON standing (changes_on) WHERE changes_on IS NOT NULL;

-- ready: by any proof; of these, ready by an internal or external audit, and by an external one.
DROP TABLE rollup;
CREATE TABLE rollup (
    cooperative_id INTEGER NOT NULL REFERENCES holder (id),
    edition_id     INTEGER NOT NULL REFERENCES edition (id),
    assessed       INTEGER NOT NULL,
    ready          INTEGER NOT NULL,
    ready_internal INTEGER NOT NULL,
    ready_external INTEGER NOT NULL,
    not_ready      INTEGER NOT NULL,
    incomplete     INTEGER NOT NULL,
    major          INTEGER NOT NULL,
    minor          INTEGER NOT NULL,
    PRIMARY KEY (cooperative_id, edition_id)
) STRICT, WITHOUT ROWID;
