-- What is due is found by the day it is due on.
CREATE INDEX audit_planned ON audit (holder_id, planned_on) WHERE planned_on IS NOT NULL;
CREATE INDEX appointment_end ON appointment (cooperative_id, until_on) WHERE until_on IS NOT NULL;
CREATE INDEX sanction_deadline ON sanction (deadline_on) WHERE deadline_on IS NOT NULL;
