-- SPDX-License-Identifier: Apache-2.0
-- From what people write to numbers, where more is asked than noun.h has, which is made of the rows of noun.def.

-- The newest edition of a standard on the day: of those published by known, the last that may be used.
-- Where there is none, one published later; where none may be used yet, the first that may.
-- name: resolve_newest_edition(standard text, day date, known instant)
SELECT e.id, e.full_code AS code
FROM standard s JOIN edition e ON e.standard_id = s.id
WHERE s.code = $standard
ORDER BY CASE WHEN e.published_at > $known THEN 1 ELSE 0 END,
         CASE WHEN e.valid_from > $day THEN e.valid_from ELSE '' END,
         coalesce(e.valid_from, '') DESC, e.published_at DESC, e.id DESC
LIMIT 1

-- The cooperatives that an enterprise is a member of on a day.
-- name: resolve_cooperatives_of_enterprise(enterprise id, day date)
-- row: resolve_cooperatives
SELECT m.cooperative_id AS cooperative FROM membership m
WHERE m.enterprise_id = $enterprise AND @member_on(m, $day)

-- The cooperatives whose members take part in an intervention.
-- name: resolve_cooperatives_of_intervention(intervention id, day date)
-- row: resolve_cooperatives
SELECT m.cooperative_id AS cooperative
FROM participation p JOIN membership m ON m.enterprise_id = p.enterprise_id
WHERE p.intervention_id = $intervention AND @member_on(m, $day)
