-- SPDX-License-Identifier: Apache-2.0
-- What was recorded by mistake is void from a day on: it stays visible, and counts nowhere from that day. An audit whose
-- number at the source a void one has takes that number.
ALTER TABLE audit ADD COLUMN recorded_on TEXT; -- absent while it is planned
UPDATE audit SET recorded_on = coalesce(
    (SELECT max(date(j.at / 1000000, 'unixepoch'), performed_on) FROM journal j WHERE j.seq = journal_seq), performed_on)
WHERE performed_on IS NOT NULL;
ALTER TABLE audit ADD COLUMN void_on TEXT;
ALTER TABLE audit ADD COLUMN why_void TEXT;
ALTER TABLE audit ADD COLUMN void_by TEXT;
DROP INDEX audit_source;
CREATE UNIQUE INDEX audit_source ON audit (holder_id, edition_id, source) WHERE source IS NOT NULL AND void_on IS NULL;

-- recorded_on: NULL in what is older, which counts as recorded on its first day.
ALTER TABLE membership ADD COLUMN recorded_on TEXT;
ALTER TABLE membership ADD COLUMN void_on TEXT;
ALTER TABLE membership ADD COLUMN why_void TEXT;
ALTER TABLE membership ADD COLUMN void_by TEXT;
DROP INDEX membership_cooperative;
CREATE INDEX membership_cooperative ON membership (cooperative_id, enterprise_id, joined_on, left_on, void_on);

ALTER TABLE appointment ADD COLUMN void_on TEXT;
ALTER TABLE appointment ADD COLUMN why_void TEXT;
ALTER TABLE appointment ADD COLUMN void_by TEXT;

-- void_on: its audit is void. reopened: whether finding_closing has anything of it, so that a list need not look.
ALTER TABLE finding ADD COLUMN void_on TEXT;
ALTER TABLE finding ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0;

-- Closings that rested on an audit that is void: they held until the day on which that was recorded.
CREATE TABLE finding_closing (
    finding_id  INTEGER NOT NULL REFERENCES finding (id),
    number      INTEGER NOT NULL,
    closed_on   TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    reason      TEXT,
    verified_by TEXT,
    PRIMARY KEY (finding_id, number)
) STRICT, WITHOUT ROWID;

-- One state more. A check cannot be changed in place, so the column is made again; every step names its state, the
-- default is there because a column that is added must have one.
ALTER TABLE finding_step ADD COLUMN new_state TEXT NOT NULL DEFAULT 'open' CHECK (new_state IN @check(finding_state, 7));
UPDATE finding_step SET new_state = state;
ALTER TABLE finding_step DROP COLUMN state;
ALTER TABLE finding_step RENAME COLUMN new_state TO state;
-- What a step rests on.
CREATE INDEX finding_step_audit ON finding_step (audit_id) WHERE audit_id IS NOT NULL;

-- What corrections closed is closed from the day on which they were recorded.
UPDATE finding
SET closed_on = (SELECT c.recorded_on FROM audit c WHERE c.corrects_id = finding.audit_id)
WHERE reason = (SELECT 'corrected by A' || c.id FROM audit c WHERE c.corrects_id = finding.audit_id);
UPDATE finding_step
SET on_day = (SELECT f.closed_on FROM finding f WHERE f.id = finding_step.finding_id),
    audit_id = (SELECT c.id FROM finding f JOIN audit c ON c.corrects_id = f.audit_id WHERE f.id = finding_step.finding_id)
WHERE state = 'closed'
  AND reason = (SELECT 'corrected by A' || c.id FROM finding f JOIN audit c ON c.corrects_id = f.audit_id
                WHERE f.id = finding_step.finding_id);

DROP VIEW finding_listed;
CREATE VIEW finding_listed AS
SELECT f.id AS finding, h.code AS holder, f.audit_id AS audit, e.full_code AS edition, r.code AS requirement,
       f.class, f.count, f.raised_on, f.closed_on, f.reason, f.verified_by, f.notified_on, f.moved, f.holder_id,
       f.edition_id, f.ordinal, a.kind, f.void_on, f.reopened
FROM finding f
JOIN audit a ON a.id = f.audit_id
JOIN holder h ON h.id = f.holder_id
JOIN edition e ON e.id = f.edition_id
JOIN requirement r ON r.edition_id = f.edition_id AND r.ordinal = f.ordinal;

-- What migrations did for a holder.
CREATE INDEX edition_migration_holder_holder ON edition_migration_holder (holder_id);
-- Those that rest on a finding.
CREATE INDEX sanction_finding ON sanction (finding_id) WHERE finding_id IS NOT NULL;

-- With the day from which a membership that assistance went to is void.
DROP VIEW assistance;
CREATE VIEW assistance AS
SELECT i.id, i.kind, i.adviser_id, i.provider_id, i.delivered_on, p.enterprise_id AS holder_id, NULL AS void_on
FROM intervention i JOIN participation p ON p.intervention_id = i.id
WHERE i.delivered_on IS NOT NULL AND coalesce(p.attended_minutes, 1) > 0
UNION ALL
SELECT i.id, i.kind, i.adviser_id, i.provider_id, i.delivered_on, m.enterprise_id, m.void_on
FROM intervention i
JOIN membership m ON m.cooperative_id = i.cooperative_id AND m.joined_on <= i.delivered_on
                 AND (m.left_on IS NULL OR m.left_on > i.delivered_on)
WHERE i.delivered_on IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.intervention_id = i.id)
UNION ALL
SELECT i.id, i.kind, i.adviser_id, i.provider_id, i.delivered_on, i.cooperative_id, NULL
FROM intervention i
WHERE i.delivered_on IS NOT NULL AND i.cooperative_id IS NOT NULL;

-- Which audit visited a member of a sample depends on the day of knowledge: the query sample_visit tells.
DROP VIEW sample_visit;
