-- SPDX-License-Identifier: Apache-2.0
-- name: standard_by_code(code text)
SELECT id, name, owner, domain, certifies FROM standard WHERE code = $code;

-- name: standard_insert(code text, name text, owner text, domain choice domain, certifies choice certifies)
INSERT INTO standard (id, code, name, owner, domain, certifies)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM standard), $code, $name, $owner, $domain, $certifies)
RETURNING id;

-- Those with an edition published by then; the newest on the day as resolve_newest_edition has it.
-- name: standard_list(after text, limit int, day date, published_by instant)
-- record: standard
SELECT s.code AS standard, s.name, s.owner, s.domain, s.certifies,
       (SELECT e.full_code FROM edition e WHERE e.standard_id = s.id AND e.published_at <= $published_by
        ORDER BY CASE WHEN e.valid_from > $day THEN e.valid_from ELSE '' END, coalesce(e.valid_from, '') DESC,
                 e.published_at DESC, e.id DESC
        LIMIT 1) AS edition,
       (SELECT count(*) FROM edition e WHERE e.standard_id = s.id AND e.published_at <= $published_by) AS editions
FROM standard s
WHERE s.code > $after
  AND EXISTS (SELECT 1 FROM edition e WHERE e.standard_id = s.id AND e.published_at <= $published_by)
ORDER BY s.code
LIMIT $limit;

-- name: edition_find(standard id, code text)
SELECT id FROM edition WHERE standard_id = $standard AND code = $code;

-- name: edition_insert(standard id, code text, full_code text, valid_from date, obligatory_from date,
--       valid_until date, class_from_level bool, source text, assessable int, published_at instant)
INSERT INTO edition (id, standard_id, code, full_code, valid_from, obligatory_from, valid_until, class_from_level,
                     source, assessable, published_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM edition), $standard, $code, $full_code, $valid_from, $obligatory_from, $valid_until, $class_from_level, $source, $assessable, $published_at)
RETURNING id;

-- Editions of the same standard that take the place of one, as known at an instant.
-- fragment: later_editions(e, published_by)
n.standard_id = $e.standard_id AND n.published_at <= $published_by
          AND (coalesce(n.valid_from, ''), n.id) > (coalesce($e.valid_from, ''), $e.id)

-- fragment: edition_facts(published_by)
SELECT e.full_code AS edition, s.name, s.domain, e.valid_from, e.obligatory_from, e.valid_until,
       e.class_from_level, e.source, e.assessable AS requirements, e.published_at,
       (SELECT n.full_code FROM edition n
        WHERE @later_editions(e, $published_by)
        ORDER BY coalesce(n.valid_from, ''), n.id LIMIT 1) AS replaced_by,
       (SELECT min(n.obligatory_from) FROM edition n
        WHERE @later_editions(e, $published_by)) AS replaced_from
FROM edition e JOIN standard s ON s.id = e.standard_id

-- name: edition_record(edition id, published_by instant)
-- record: edition
@edition_facts($published_by)
WHERE e.id = $edition;

-- name: edition_list(standard id, after text, limit int, published_by instant)
-- record: edition
@edition_facts($published_by)
WHERE @only(e.standard_id, $standard) AND e.full_code > $after AND e.published_at <= $published_by
ORDER BY e.full_code
LIMIT $limit;

-- name: edition_kept(edition id)
SELECT e.standard_id, e.full_code, e.valid_from, e.obligatory_from, e.valid_until, e.class_from_level, e.assessable,
       e.published_at,
       (SELECT count(*) FROM requirement r WHERE r.edition_id = e.id) AS requirements,
       (SELECT count(*) FROM pass_clause c WHERE c.edition_id = e.id) AS clauses
FROM edition e
WHERE e.id = $edition;

-- name: edition_requirements(edition id)
-- The title in English, or in the first language there is.
SELECT r.code, r.parent, r.assessable, r.level, r.points, r.na_allowed, r.gate, r.autofail, r.fundamental,
       (SELECT t.title FROM requirement_text t WHERE t.edition_id = r.edition_id AND t.ordinal = r.ordinal
        ORDER BY CASE WHEN t.lang = 'en' THEN 0 ELSE 1 END, t.lang LIMIT 1) AS title
FROM requirement r
WHERE r.edition_id = $edition
ORDER BY r.ordinal;

-- name: edition_clauses(edition id)
-- record: pass_clause
SELECT kind, level, section, at_least, out_of, class
FROM pass_clause
WHERE edition_id = $edition
ORDER BY ordinal;

-- name: edition_outline(edition id)
-- record: requirement
SELECT r.code, p.code AS parent, r.assessable, r.level, r.points, r.na_allowed, r.gate, r.autofail, r.evidence,
       r.fundamental
FROM requirement r LEFT JOIN requirement p ON p.edition_id = r.edition_id AND p.ordinal = r.parent
WHERE r.edition_id = $edition
ORDER BY r.ordinal;

-- name: edition_texts(edition id)
-- record: requirement_text
SELECT lang, title, body, ordinal
FROM requirement_text
WHERE edition_id = $edition
ORDER BY ordinal, lang;

-- name: edition_replaced_from(edition id)
-- The day from which a newer edition is obligatory, null when there is none.
SELECT min(n.obligatory_from) AS replaced_from
FROM edition e JOIN edition n ON n.standard_id = e.standard_id
WHERE e.id = $edition
  AND (coalesce(n.valid_from, '') > coalesce(e.valid_from, '')
       OR (coalesce(n.valid_from, '') = coalesce(e.valid_from, '') AND n.id > e.id));

-- Certificates for an edition that run on the day: of a holder, or of a cooperative of which it is a member.
-- name: edition_running(edition id, holder id, day date)
SELECT count(*) AS n FROM certificate c
WHERE c.edition_id = $edition AND c.valid_from <= $day AND @certificate_holds(c.id, $day)
  AND (c.holder_id = $holder
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = $holder AND m.cooperative_id = c.holder_id AND @member_on(m, $day)))

-- name: requirement_insert(edition id, ordinal int, code text, parent int?, assessable bool, level choice level,
--       points int?, na_allowed bool, gate bool, autofail bool, evidence choice evidence_kind, fundamental bool)
INSERT INTO requirement (edition_id, ordinal, code, parent, assessable, level, points, na_allowed, gate, autofail,
                         evidence, fundamental)
VALUES ($edition, $ordinal, $code, $parent, $assessable, $level, $points, $na_allowed, $gate, $autofail, $evidence,
        nullif($fundamental, 0));

-- name: requirement_text_insert(edition id, ordinal int, lang text, title text, body text)
INSERT INTO requirement_text (edition_id, ordinal, lang, title, body) VALUES ($edition, $ordinal, $lang, $title, $body);

-- name: pass_clause_insert(edition id, ordinal int, kind choice clause_kind, level choice level, section text,
--       at_least int?, out_of int?, class choice class)
INSERT INTO pass_clause (edition_id, ordinal, kind, level, section, at_least, out_of, class)
VALUES ($edition, $ordinal, $kind, $level, $section, $at_least, $out_of, $class);

-- name: requirement_elsewhere(code text)
-- An edition that has a requirement of this code.
SELECT e.full_code
FROM edition e JOIN requirement r ON r.edition_id = e.id AND r.code = $code
ORDER BY e.id DESC
LIMIT 1;
