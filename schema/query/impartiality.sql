-- What bars people and bodies, the relations they declared, the bars that were set aside.

-- Assistance to $1 by person $2 or body $3, given by the day $4, newest first; $5: not before this day.
-- name: impartiality_assistance
SELECT t.id, t.kind, t.delivered_on
FROM assistance t
WHERE t.holder_id = $1 AND (t.adviser_id = $2 OR t.provider_id = $3) AND t.delivered_on <= $4 AND t.delivered_on >= $5
ORDER BY t.delivered_on DESC, t.id DESC

-- Relations of $1 to $2 that hold on the day $3, as far as known on $4; $5: 1 only to an enterprise.
-- name: impartiality_relation
SELECT d.id, d.relation, d.from_on,
       CASE WHEN d.withdrawn_on <= $4 AND (d.until_on IS NULL OR d.withdrawn_on < d.until_on)
            THEN d.withdrawn_on ELSE d.until_on END AS until_on
FROM declaration d
WHERE d.person_id = $1 AND d.holder_id = $2 AND d.declared_on <= $4 AND d.from_on <= $3
  AND ($5 = 0 OR EXISTS (SELECT 1 FROM holder h WHERE h.id = d.holder_id AND h.kind = 'enterprise'))
  AND (d.until_on IS NULL OR d.until_on > $3)
  AND (d.withdrawn_on IS NULL OR d.withdrawn_on > $4 OR d.withdrawn_on > $3)
ORDER BY d.id

-- The editions that have rules besides the pass rule.
-- name: impartiality_editions
SELECT edition_id FROM edition_rules ORDER BY edition_id

-- name: impartiality_override
INSERT INTO impartiality_override (id, audit_id, kind, person_id, body_id, record, words, reason, on_day, by_user)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM impartiality_override), $1, $2, $3, $4, $5, $6, $7, $8, $9)

-- Whether this bar was set aside for this audit already.
-- name: impartiality_overridden
SELECT count(*) AS n FROM impartiality_override
WHERE audit_id = $1 AND kind = $2 AND record = $5
  AND person_id IS NOT DISTINCT FROM $3 AND body_id IS NOT DISTINCT FROM $4

-- name: impartiality_overrides
SELECT o.audit_id AS audit, o.kind, p.code AS person, b.code AS body, o.record, o.words, o.reason, o.on_day AS "on",
       o.by_user AS "user"
FROM impartiality_override o
LEFT JOIN person p ON p.id = o.person_id
LEFT JOIN body b ON b.id = o.body_id
WHERE o.audit_id = $1 AND o.on_day <= $2
ORDER BY o.id

-- For the audits that the terms of certificate $1 rest on, those decided by the day $2.
-- name: impartiality_overrides_of_certificate
SELECT o.audit_id AS audit, o.kind, p.code AS person, b.code AS body, o.record, o.words, o.reason, o.on_day AS "on",
       o.by_user AS "user"
FROM impartiality_override o
LEFT JOIN person p ON p.id = o.person_id
LEFT JOIN body b ON b.id = o.body_id
WHERE o.on_day <= $2
  AND o.audit_id IN (SELECT t.audit_id FROM certificate_term t WHERE t.certificate_id = $1 AND t.decided_on <= $2)
ORDER BY o.id LIMIT 1000

-- For audits of $1 and, where it is a cooperative, of its members on the day $2; $3: only against this edition.
-- name: impartiality_overrides_of_holder
SELECT o.audit_id AS audit, o.kind, p.code AS person, b.code AS body, o.record, o.words, o.reason, o.on_day AS "on",
       o.by_user AS "user"
FROM impartiality_override o
JOIN audit a ON a.id = o.audit_id
LEFT JOIN person p ON p.id = o.person_id
LEFT JOIN body b ON b.id = o.body_id
WHERE o.on_day <= $2
  AND @only(a.edition_id, $3)
  AND (a.holder_id = $1
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = a.holder_id AND m.cooperative_id = $1
                    AND @member_on(m, $2)))
ORDER BY o.on_day DESC, o.id DESC
LIMIT 1000

-- name: impartiality_code
SELECT code FROM person WHERE id = $1

-- name: impartiality_code_of_body
SELECT code FROM body WHERE id = $1

-- name: impartiality_declare
INSERT INTO declaration (id, person_id, holder_id, relation, declared_on, from_on, until_on, note)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM declaration), $1, $2, $3, $4, $5, $6, $7)
RETURNING id

-- The same relation, declared and not over by $4.
-- name: impartiality_declared
SELECT id FROM declaration
WHERE person_id = $1 AND holder_id = $2 AND relation = $3
  AND (until_on IS NULL OR until_on > $4) AND (withdrawn_on IS NULL OR withdrawn_on > $4)
ORDER BY id LIMIT 1

-- name: impartiality_withdraw
UPDATE declaration SET withdrawn_on = $2, reason = $3 WHERE id = $1

-- name: impartiality_declaration
SELECT d.id AS declaration, p.code AS person, h.code AS holder, d.relation, d.from_on AS "from",
       CASE WHEN d.withdrawn_on <= $2 AND (d.until_on IS NULL OR d.withdrawn_on < d.until_on)
            THEN d.withdrawn_on ELSE d.until_on END AS "until",
       d.declared_on, d.note, CASE WHEN d.withdrawn_on <= $2 THEN d.reason END AS reason
FROM declaration d
JOIN person p ON p.id = d.person_id
JOIN holder h ON h.id = d.holder_id
WHERE d.id = $1

-- $1: to this holder or its members on the day $2; $3: of this person; $4: 1 also those over by $2; $5: scope;
-- $6: after; $7: limit.
-- name: impartiality_relations
SELECT d.id AS declaration, p.code AS person, h.code AS holder, d.relation, d.from_on AS "from",
       CASE WHEN d.withdrawn_on <= $2 AND (d.until_on IS NULL OR d.withdrawn_on < d.until_on)
            THEN d.withdrawn_on ELSE d.until_on END AS "until",
       d.declared_on, d.note, CASE WHEN d.withdrawn_on <= $2 THEN d.reason END AS reason
FROM declaration d
JOIN person p ON p.id = d.person_id
JOIN holder h ON h.id = d.holder_id
WHERE d.id > $6 AND d.declared_on <= $2
  AND ($4 = 1 OR ((d.until_on IS NULL OR d.until_on > $2) AND (d.withdrawn_on IS NULL OR d.withdrawn_on > $2)))
  AND @only(d.person_id, $3)
  AND @of_holder(d.holder_id, $1, $2)
  AND @scope(d.holder_id, $5, $2)
ORDER BY d.id LIMIT $7

-- Who audited, approved or decided, and what bars: assistance by that day (the edition tells for how long: the caller
-- compares), relations that held on it, and of who decides that it was on the team. Only what is dated by $3; $1: edition; $2: of this holder or its members;
-- $4: scope; $5: today. An audit is external by its kind, a follow-up by its body. Inside a group only inspections of
-- members count: the cooperative's own people audit the cooperative. What was known of a decision when it was taken all
-- the same is named in the conditions that were not met.
-- name: impartiality_conflicts
WITH performed AS (
    SELECT a.id, a.holder_id, a.edition_id, a.body_id, a.performed_on,
           a.kind IN @set(audit_kind, external)
           OR (a.kind = 'follow_up' AND a.body_id IS NOT NULL) AS external
    FROM audit a
    WHERE a.performed_on <= $3 AND a.kind <> 'self_assessment'
      AND @only(a.edition_id, $1)
      AND @of_holder(a.holder_id, $2, $3)
      AND @scope(a.holder_id, $4, $5)
), decided AS (
    SELECT t.audit_id AS id, c.id AS certificate_id, c.holder_id, c.edition_id, c.body_id, t.decided_by, t.decided_on,
           t.unmet
    FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
    WHERE t.decided_on <= $3
      AND @only(c.edition_id, $1)
      AND @of_holder(c.holder_id, $2, $3)
      AND @scope(c.holder_id, $4, $5)
), acted AS (
    SELECT a.id, CAST(NULL AS BIGINT) AS certificate_id, a.holder_id, a.edition_id, x.person_id,
           a.performed_on AS on_day, CASE WHEN a.external THEN 'audit' ELSE 'inspect' END AS task,
           CAST(NULL AS TEXT) AS unmet
    FROM performed a JOIN audit_person x ON x.audit_id = a.id
    UNION ALL
    SELECT a.id, NULL, a.holder_id, a.edition_id, c.concluded_by, c.concluded_on, 'approve', NULL
    FROM performed a JOIN audit c ON c.id = a.id
    WHERE NOT a.external AND c.kind <> 'internal_audit' AND c.concluded_by IS NOT NULL AND c.concluded_on <= $3
    UNION ALL
    SELECT id, certificate_id, holder_id, edition_id, decided_by, decided_on, 'decide', unmet
    FROM decided WHERE decided_by IS NOT NULL
), served AS (
    SELECT id, CAST(NULL AS BIGINT) AS certificate_id, holder_id, edition_id, body_id, performed_on AS on_day,
           'audit' AS task, CAST(NULL AS TEXT) AS unmet
    FROM performed WHERE external
    UNION ALL
    SELECT id, certificate_id, holder_id, edition_id, body_id, decided_on, 'decide', unmet FROM decided
), barred AS (
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'assistance' AS kind, a.person_id,
           CAST(NULL AS BIGINT) AS body_id, t.id AS record_id, t.kind AS what, t.delivered_on AS since,
           CAST(NULL AS TEXT) AS until_on
    FROM acted a JOIN assistance t ON t.holder_id = a.holder_id AND t.adviser_id = a.person_id
    WHERE a.task IN ('audit', 'decide') AND t.delivered_on <= a.on_day
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'assistance',
           CAST(NULL AS BIGINT), a.body_id, t.id, t.kind, t.delivered_on, CAST(NULL AS TEXT)
    FROM served a JOIN assistance t ON t.holder_id = a.holder_id AND t.provider_id = a.body_id
    WHERE t.delivered_on <= a.on_day
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'team', a.person_id,
           CAST(NULL AS BIGINT), a.id, NULL, a.on_day, CAST(NULL AS TEXT)
    FROM acted a
    WHERE a.task = 'decide' AND EXISTS (SELECT 1 FROM audit_person x
                                        WHERE x.audit_id = a.id AND x.person_id = a.person_id)
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'relation', a.person_id, CAST(NULL AS BIGINT), d.id,
           d.relation, d.from_on,
           CASE WHEN d.withdrawn_on <= $3 AND (d.until_on IS NULL OR d.withdrawn_on < d.until_on)
                THEN d.withdrawn_on ELSE d.until_on END
    FROM acted a JOIN declaration d ON d.person_id = a.person_id AND d.holder_id = a.holder_id
    WHERE d.declared_on <= $3 AND @appointed_on(d, a.on_day)
      AND (d.withdrawn_on IS NULL OR d.withdrawn_on > $3 OR d.withdrawn_on > a.on_day)
)
SELECT b.id, h.code AS holder, e.full_code AS edition, b.edition_id, b.on_day, b.task, b.kind, p.code AS person,
       o.code AS body, b.record_id, b.what, b.since, b.until_on, b.certificate_id, b.unmet,
       (SELECT count(*) FROM impartiality_override v
        WHERE b.task <> 'decide' AND v.audit_id = b.id AND v.kind = b.kind AND v.on_day <= $3
          AND v.person_id IS NOT DISTINCT FROM b.person_id AND v.body_id IS NOT DISTINCT FROM b.body_id
          AND v.record = CASE b.kind WHEN 'relation' THEN 'D' ELSE 'T' END || CAST(b.record_id AS TEXT)) AS overridden
FROM barred b
JOIN holder h ON h.id = b.holder_id
JOIN edition e ON e.id = b.edition_id
LEFT JOIN person p ON p.id = b.person_id
LEFT JOIN body o ON o.id = b.body_id
WHERE b.task IN ('audit', 'decide') OR h.kind = 'enterprise'
ORDER BY b.on_day DESC, coalesce(b.id, 0) DESC, coalesce(b.certificate_id, 0) DESC, b.task, b.kind, b.record_id, p.code, o.code
