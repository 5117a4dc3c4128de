-- From what people write to numbers: by the whole code, and by a prefix [$1, $2) of which two
-- matches are enough to know that it is not unique. $3: only the cooperatives in scope, as ',1,2,'.

-- name: resolve_cluster
SELECT id, code FROM cluster WHERE code = $1

-- name: resolve_cluster_prefix
SELECT id, code FROM cluster WHERE code >= $1 AND code < $2 ORDER BY code LIMIT 2

-- name: resolve_standard
SELECT id, code FROM standard WHERE code = $1

-- name: resolve_standard_prefix
SELECT id, code FROM standard WHERE code >= $1 AND code < $2 ORDER BY code LIMIT 2

-- name: resolve_edition
SELECT id, full_code AS code FROM edition WHERE full_code = $1

-- name: resolve_edition_prefix
SELECT id, full_code AS code FROM edition WHERE full_code >= $1 AND full_code < $2 ORDER BY full_code LIMIT 2

-- The newest edition of a standard on day $2: of those published by $3, the last that may be used.
-- Where there is none, one published later; where none may be used yet, the first that may.
-- name: resolve_newest_edition
SELECT e.id, e.full_code AS code
FROM standard s JOIN edition e ON e.standard_id = s.id
WHERE s.code = $1
ORDER BY CASE WHEN e.published_at > $3 THEN 1 ELSE 0 END, CASE WHEN e.valid_from > $2 THEN e.valid_from ELSE '' END,
         coalesce(e.valid_from, '') DESC, e.published_at DESC, e.id DESC
LIMIT 1

-- name: resolve_body
SELECT id, code FROM body WHERE code = $1

-- name: resolve_body_prefix
SELECT id, code FROM body WHERE code >= $1 AND code < $2 ORDER BY code LIMIT 2

-- name: resolve_person
SELECT id, code FROM person WHERE code = $1

-- name: resolve_person_prefix
SELECT id, code FROM person WHERE code >= $1 AND code < $2 ORDER BY code LIMIT 2

-- name: resolve_cooperative
SELECT id, code FROM holder WHERE code = $1 AND kind = 'cooperative'

-- name: resolve_enterprise
SELECT id, code FROM holder WHERE code = $1 AND kind = 'enterprise'

-- name: resolve_holder
SELECT id, code FROM holder WHERE code = $1

-- $5: only this kind.
-- name: resolve_holder_prefix
SELECT h.id, h.code
FROM holder h
WHERE h.code >= $1 AND h.code < $2
  AND @only_text(h.kind, $5)
  AND @scope(h.id, $3, $4)
ORDER BY h.code LIMIT 2

-- Numbered things, each with the holder that decides its scope.
-- name: resolve_appointment
SELECT id, 0 AS holder_id FROM appointment WHERE id = $1

-- name: resolve_membership
SELECT id, cooperative_id AS holder_id FROM membership WHERE id = $1

-- name: resolve_pursuit
SELECT id, holder_id FROM pursuit WHERE id = $1

-- name: resolve_audit
SELECT id, holder_id FROM audit WHERE id = $1

-- name: resolve_finding
SELECT id, holder_id FROM finding WHERE id = $1

-- name: resolve_evidence
SELECT id, holder_id FROM evidence WHERE id = $1

-- name: resolve_intervention
SELECT id, cooperative_id AS holder_id FROM intervention WHERE id = $1

-- name: resolve_certificate
SELECT id, holder_id FROM certificate WHERE id = $1

-- name: resolve_sanction
SELECT id, cooperative_id AS holder_id FROM sanction WHERE id = $1

-- name: resolve_declaration
SELECT id, holder_id FROM declaration WHERE id = $1

-- name: resolve_notice
SELECT id, holder_id FROM notice WHERE id = $1

-- name: resolve_grant
SELECT id, 0 AS holder_id FROM access WHERE id = $1

-- name: resolve_migration
SELECT id, cooperative_id AS holder_id FROM edition_migration WHERE id = $1

-- name: resolve_map
SELECT id, 0 AS holder_id FROM edition_map WHERE id = $1

-- name: resolve_sample
SELECT id, cooperative_id AS holder_id FROM sample WHERE id = $1

-- The cooperatives that an enterprise is a member of on a day.
-- name: resolve_cooperatives_of_enterprise
SELECT cooperative_id FROM membership
WHERE enterprise_id = $1 AND joined_on <= $2 AND (left_on IS NULL OR left_on > $2)

-- The cooperatives whose members take part in an intervention.
-- name: resolve_cooperatives_of_intervention
SELECT m.cooperative_id
FROM participation p JOIN membership m ON m.enterprise_id = p.enterprise_id
WHERE p.intervention_id = $1 AND @member_on(m, $2)
