-- Internal inspections by member, external audits by edition, and what corrects an audit: for verdicts on groups, which
-- look at every member at once.
CREATE INDEX audit_inspection ON audit (holder_id, edition_id, performed_on) WHERE kind = 'internal_inspection';
-- An index by kind would be taken for a member's inspections too, and read everybody's.
CREATE INDEX audit_external ON audit (edition_id, performed_on)
    WHERE kind IN ('stage_2', 'external_inspection', 'surveillance', 'recertification', 'unannounced');
CREATE INDEX audit_corrects ON audit (corrects_id) WHERE corrects_id IS NOT NULL;
