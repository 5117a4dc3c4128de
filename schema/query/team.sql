-- SPDX-License-Identifier: Apache-2.0
-- The teams of audits: the lead is in the audit's row, the others are members. planned: as planned, not as performed.

-- name: team_has(audit id, person id)
SELECT count(*) AS n FROM audit a
WHERE a.id = $audit
  AND (a.auditor_id = $person
       OR EXISTS (SELECT 1 FROM audit_member m
                  WHERE m.audit_id = a.id AND m.person_id = $person AND m.role <> 'observer'
                    AND m.planned = CASE WHEN a.performed_on IS NULL THEN 1 ELSE 0 END))

-- name: team_lead(audit id, planned bool)
SELECT CASE WHEN $planned = 1 THEN planned_auditor_id ELSE auditor_id END AS lead_id FROM audit WHERE id = $audit

-- name: team_members(audit id, planned bool)
SELECT m.person_id, p.code AS person, m.role
FROM audit_member m JOIN person p ON p.id = m.person_id
WHERE m.audit_id = $audit AND m.planned = $planned
ORDER BY p.code

-- name: team_list(audit id, planned bool)
-- record: audit_member
SELECT person, role
FROM (SELECT p.code AS person, 'lead' AS role, 0 AS place
      FROM audit a JOIN person p ON p.id = CASE WHEN $planned = 1 THEN a.planned_auditor_id ELSE a.auditor_id END
      WHERE a.id = $audit
      UNION ALL
      SELECT p.code, m.role, CASE m.role WHEN 'auditor' THEN 1 WHEN 'expert' THEN 2 WHEN 'trainee' THEN 3 ELSE 4 END
      FROM audit_member m JOIN person p ON p.id = m.person_id
      WHERE m.audit_id = $audit AND m.planned = $planned) AS team
ORDER BY place, person

-- The planned team of an audit for another audit.
-- name: team_plan_again(audit id, to id)
INSERT INTO audit_member (audit_id, planned, person_id, role)
SELECT $to, 1, m.person_id, m.role FROM audit_member m WHERE m.audit_id = $audit AND m.planned = 1

-- name: team_insert(audit id, planned bool, person id, role choice team_role)
INSERT INTO audit_member (audit_id, planned, person_id, role) VALUES ($audit, $planned, $person, $role)
