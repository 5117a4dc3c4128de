-- name: standard_by_code
SELECT id, name, owner, domain, certifies FROM standard WHERE code = $1;

-- name: standard_insert
INSERT INTO standard (id, code, name, owner, domain, certifies)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM standard), $1, $2, $3, $4, $5)
RETURNING id;

-- name: standard_list
-- Those with an edition published by $4; the newest on day $3 as resolve_newest_edition has it.
SELECT s.code AS standard, s.name, s.owner, s.domain, s.certifies,
       (SELECT e.full_code FROM edition e WHERE e.standard_id = s.id AND e.published_at <= $4
        ORDER BY CASE WHEN e.valid_from > $3 THEN e.valid_from ELSE '' END, coalesce(e.valid_from, '') DESC,
                 e.published_at DESC, e.id DESC
        LIMIT 1) AS edition,
       (SELECT count(*) FROM edition e WHERE e.standard_id = s.id AND e.published_at <= $4) AS editions
FROM standard s
WHERE s.code > $1 AND EXISTS (SELECT 1 FROM edition e WHERE e.standard_id = s.id AND e.published_at <= $4)
ORDER BY s.code
LIMIT $2;

-- name: edition_find
SELECT id FROM edition WHERE standard_id = $1 AND code = $2;

-- name: edition_insert
INSERT INTO edition (id, standard_id, code, full_code, valid_from, obligatory_from, valid_until, class_from_level,
                     source, assessable, published_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM edition), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id;

-- name: edition_record
-- What was known at $2 of what takes its place.
SELECT e.full_code AS edition, s.name, s.domain, e.valid_from, e.obligatory_from, e.valid_until,
       e.class_from_level, e.source, e.assessable AS requirements, e.published_at,
       (SELECT n.full_code FROM edition n
        WHERE n.standard_id = e.standard_id AND n.published_at <= $2
          AND (coalesce(n.valid_from, ''), n.id) > (coalesce(e.valid_from, ''), e.id)
        ORDER BY coalesce(n.valid_from, ''), n.id LIMIT 1) AS replaced_by,
       (SELECT min(n.obligatory_from) FROM edition n
        WHERE n.standard_id = e.standard_id AND n.published_at <= $2
          AND (coalesce(n.valid_from, ''), n.id) > (coalesce(e.valid_from, ''), e.id)) AS replaced_from
FROM edition e JOIN standard s ON s.id = e.standard_id
WHERE e.id = $1;

-- name: edition_list
-- Those published by $4.
SELECT e.full_code AS edition, s.name, s.domain, e.valid_from, e.obligatory_from, e.valid_until,
       e.class_from_level, e.source, e.assessable AS requirements, e.published_at,
       (SELECT n.full_code FROM edition n
        WHERE n.standard_id = e.standard_id AND n.published_at <= $4
          AND (coalesce(n.valid_from, ''), n.id) > (coalesce(e.valid_from, ''), e.id)
        ORDER BY coalesce(n.valid_from, ''), n.id LIMIT 1) AS replaced_by,
       (SELECT min(n.obligatory_from) FROM edition n
        WHERE n.standard_id = e.standard_id AND n.published_at <= $4
          AND (coalesce(n.valid_from, ''), n.id) > (coalesce(e.valid_from, ''), e.id)) AS replaced_from
FROM edition e JOIN standard s ON s.id = e.standard_id
WHERE @only(e.standard_id, $1) AND e.full_code > $2
  AND e.published_at <= $4
ORDER BY e.full_code
LIMIT $3;

-- name: edition_kept
SELECT e.standard_id, e.full_code, e.valid_from, e.obligatory_from, e.valid_until, e.class_from_level, e.assessable,
       e.published_at,
       (SELECT count(*) FROM requirement r WHERE r.edition_id = e.id),
       (SELECT count(*) FROM pass_clause c WHERE c.edition_id = e.id)
FROM edition e
WHERE e.id = $1;

-- name: edition_requirements
-- The title in English, or in the first language there is.
SELECT r.code, r.parent, r.assessable, r.level, r.points, r.na_allowed, r.gate, r.autofail,
       (SELECT t.title FROM requirement_text t WHERE t.edition_id = r.edition_id AND t.ordinal = r.ordinal
        ORDER BY CASE WHEN t.lang = 'en' THEN 0 ELSE 1 END, t.lang LIMIT 1)
FROM requirement r
WHERE r.edition_id = $1
ORDER BY r.ordinal;

-- name: edition_clauses
SELECT kind, level, section, at_least, out_of, class
FROM pass_clause
WHERE edition_id = $1
ORDER BY ordinal;

-- name: edition_outline
SELECT r.code, p.code AS parent, r.assessable, r.level, r.points, r.na_allowed, r.gate, r.autofail, r.evidence
FROM requirement r LEFT JOIN requirement p ON p.edition_id = r.edition_id AND p.ordinal = r.parent
WHERE r.edition_id = $1
ORDER BY r.ordinal;

-- name: edition_texts
SELECT lang, title, body, ordinal
FROM requirement_text
WHERE edition_id = $1
ORDER BY ordinal, lang;

-- name: edition_replaced_from
-- The day from which a newer edition is obligatory, null when there is none.
SELECT min(n.obligatory_from)
FROM edition e JOIN edition n ON n.standard_id = e.standard_id
WHERE e.id = $1
  AND (coalesce(n.valid_from, '') > coalesce(e.valid_from, '')
       OR (coalesce(n.valid_from, '') = coalesce(e.valid_from, '') AND n.id > e.id));

-- name: requirement_insert
INSERT INTO requirement (edition_id, ordinal, code, parent, assessable, level, points, na_allowed, gate, autofail,
                         evidence)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: requirement_text_insert
INSERT INTO requirement_text (edition_id, ordinal, lang, title, body) VALUES ($1, $2, $3, $4, $5);

-- name: pass_clause_insert
INSERT INTO pass_clause (edition_id, ordinal, kind, level, section, at_least, out_of, class)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: requirement_elsewhere
-- An edition that has a requirement of this code.
SELECT e.full_code
FROM edition e JOIN requirement r ON r.edition_id = e.id AND r.code = $1
ORDER BY e.id DESC
LIMIT 1;
