-- SPDX-License-Identifier: Apache-2.0
-- From when a cooperative, an enterprise or a person has been known: the day it was registered, or an earlier one that
-- something recorded of it is dated. NULL in what is older: always.
ALTER TABLE holder ADD COLUMN since_on TEXT;
ALTER TABLE person ADD COLUMN since_on TEXT;

CREATE TRIGGER membership_since AFTER INSERT ON membership
BEGIN
    UPDATE holder SET since_on = NEW.joined_on
    WHERE id IN (NEW.cooperative_id, NEW.enterprise_id) AND since_on > NEW.joined_on;
END;
CREATE TRIGGER pursuit_since AFTER INSERT ON pursuit
BEGIN UPDATE holder SET since_on = NEW.enrolled_on WHERE id = NEW.holder_id AND since_on > NEW.enrolled_on; END;
CREATE TRIGGER audit_since AFTER INSERT ON audit WHEN NEW.performed_on IS NOT NULL
BEGIN
    UPDATE holder SET since_on = NEW.performed_on WHERE id = NEW.holder_id AND since_on > NEW.performed_on;
    UPDATE person SET since_on = NEW.performed_on WHERE id = NEW.auditor_id AND since_on > NEW.performed_on;
END;
CREATE TRIGGER audit_performed_since AFTER UPDATE OF performed_on ON audit WHEN NEW.performed_on IS NOT NULL
BEGIN
    UPDATE holder SET since_on = NEW.performed_on WHERE id = NEW.holder_id AND since_on > NEW.performed_on;
    UPDATE person SET since_on = NEW.performed_on WHERE id = NEW.auditor_id AND since_on > NEW.performed_on;
END;
CREATE TRIGGER certificate_since AFTER INSERT ON certificate
BEGIN UPDATE holder SET since_on = NEW.decided_on WHERE id = NEW.holder_id AND since_on > NEW.decided_on; END;
CREATE TRIGGER measure_since AFTER INSERT ON measure
BEGIN UPDATE holder SET since_on = NEW.on_day WHERE id = NEW.enterprise_id AND since_on > NEW.on_day; END;
CREATE TRIGGER participation_since AFTER INSERT ON participation
BEGIN
    UPDATE holder SET since_on = (SELECT delivered_on FROM intervention WHERE id = NEW.intervention_id)
    WHERE id = NEW.enterprise_id
      AND since_on > (SELECT delivered_on FROM intervention WHERE id = NEW.intervention_id);
END;
CREATE TRIGGER appointment_since AFTER INSERT ON appointment
BEGIN UPDATE person SET since_on = NEW.from_on WHERE id = NEW.person_id AND since_on > NEW.from_on; END;
