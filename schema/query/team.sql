-- The teams of audits: the lead is in the audit's row, the others are members.

-- name: team_has
SELECT count(*) AS n FROM audit a
WHERE a.id = $1
  AND (a.auditor_id = $2
       OR EXISTS (SELECT 1 FROM audit_member m
                  WHERE m.audit_id = a.id AND m.person_id = $2 AND m.role <> 'observer'
                    AND m.planned = CASE WHEN a.performed_on IS NULL THEN 1 ELSE 0 END))

-- $2: 1 as planned, 0 as performed.
-- name: team_lead
SELECT CASE WHEN $2 = 1 THEN planned_auditor_id ELSE auditor_id END AS lead_id FROM audit WHERE id = $1

-- name: team_members
SELECT m.person_id, p.code AS person, m.role
FROM audit_member m JOIN person p ON p.id = m.person_id
WHERE m.audit_id = $1 AND m.planned = $2
ORDER BY p.code

-- name: team_list
SELECT person, role
FROM (SELECT p.code AS person, 'lead' AS role, 0 AS place
      FROM audit a JOIN person p ON p.id = CASE WHEN $2 = 1 THEN a.planned_auditor_id ELSE a.auditor_id END
      WHERE a.id = $1
      UNION ALL
      SELECT p.code, m.role, CASE m.role WHEN 'auditor' THEN 1 WHEN 'expert' THEN 2 WHEN 'trainee' THEN 3 ELSE 4 END
      FROM audit_member m JOIN person p ON p.id = m.person_id
      WHERE m.audit_id = $1 AND m.planned = $2) AS team
ORDER BY place, person

-- name: team_insert
INSERT INTO audit_member (audit_id, planned, person_id, role) VALUES ($1, $2, $3, $4)
