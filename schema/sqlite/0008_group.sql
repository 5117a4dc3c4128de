-- Internal inspections by member, external audits by edition, and what corrects an audit: for verdicts on groups, which
-- look at every member at once.
CREATE INDEX audit_inspection ON audit (holder_id, edition_id, performed_on) WHERE kind = 'internal_inspection';
CREATE INDEX audit_kind ON audit (edition_id, kind, performed_on);
CREATE INDEX audit_corrects ON audit (corrects_id) WHERE corrects_id IS NOT NULL;
