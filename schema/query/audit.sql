-- name: audit_record
SELECT audit, holder, edition, kind, state, planned_on, performed_on, body, auditor, source, conforming,
       nonconforming, not_applicable, not_assessed, major, minor, conclusion, concluded_on, concluded_by, corrects,
       (SELECT nullif(count(*), 0) FROM impartiality_override o WHERE o.audit_id = l.audit) AS overrides
FROM audit_listed l
WHERE audit = $1;

-- name: audit_list
-- Newest first, before (day $5, audit $6). $1: edition; $2: kind; $3, $4: performed between; $7: scope; $8: today.
SELECT audit, holder, edition, kind, state, planned_on, performed_on, body, auditor, source, conforming,
       nonconforming, not_applicable, not_assessed, major, minor, conclusion, concluded_on, concluded_by, corrects,
       (SELECT nullif(count(*), 0) FROM impartiality_override o WHERE o.audit_id = l.audit) AS overrides
FROM audit_listed l
WHERE @only(edition_id, $1)
  AND @only_text(kind, $2)
  AND (CAST($3 AS TEXT) IS NULL OR performed_on >= $3)
  AND (CAST($4 AS TEXT) IS NULL OR performed_on <= $4)
  AND on_day <= $5 AND (on_day < $5 OR audit < $6)
  AND @scope(l.holder_id, $7, $8)
ORDER BY on_day DESC, audit DESC
LIMIT $9;

-- name: audit_list_of_holder
-- The same of holder $7 and, where it is a cooperative, of its members on day $8.
SELECT audit, holder, edition, kind, state, planned_on, performed_on, body, auditor, source, conforming,
       nonconforming, not_applicable, not_assessed, major, minor, conclusion, concluded_on, concluded_by, corrects,
       (SELECT nullif(count(*), 0) FROM impartiality_override o WHERE o.audit_id = l.audit) AS overrides
FROM audit_listed l
WHERE @only(edition_id, $1)
  AND @only_text(kind, $2)
  AND (CAST($3 AS TEXT) IS NULL OR performed_on >= $3)
  AND (CAST($4 AS TEXT) IS NULL OR performed_on <= $4)
  AND on_day <= $5 AND (on_day < $5 OR audit < $6)
  AND holder_id IN @holder_and_members($7, $8)
ORDER BY on_day DESC, audit DESC
LIMIT $9;

-- An audit as it was known on the day $8: what had been planned, performed, concluded by then. $1: only this one;
-- $2: edition; $3: kind; $4, $5: performed between; $6: of this holder and, where it is a cooperative, of its members on
-- that day; $7: scope, by the memberships of $9. Before (day $10, audit $11), newest first.
-- name: audit_on_day
WITH seen AS (
    SELECT a.id, a.holder_id, a.edition_id, a.kind, a.planned_on, a.concluded_by, a.corrects_id, a.source,
           CASE WHEN a.concluded_on <= $8 THEN 'concluded'
                WHEN a.performed_on <= $8 THEN 'done'
                WHEN a.state = 'cancelled' AND (a.cancelled_on IS NULL OR a.cancelled_on <= $8) THEN 'cancelled'
                ELSE 'planned' END AS state,
           a.performed_on <= $8 AS performed,
           CASE WHEN a.performed_on <= $8 THEN a.performed_on END AS performed_on,
           CASE WHEN a.performed_on <= $8 THEN a.body_id ELSE a.planned_body_id END AS body_id,
           CASE WHEN a.performed_on <= $8 THEN a.auditor_id ELSE a.planned_auditor_id END AS auditor_id,
           CASE WHEN a.concluded_on <= $8 THEN a.concluded_on END AS concluded_on,
           a.conforming, a.nonconforming, a.not_applicable, a.not_assessed, a.major, a.minor, a.conclusion
    FROM audit a
    WHERE a.id BETWEEN coalesce(CAST($1 AS BIGINT), 1) AND coalesce(CAST($1 AS BIGINT), 9223372036854775807)
      AND (a.performed_on <= $8 OR (a.planned_on IS NOT NULL AND (a.planned_at IS NULL OR a.planned_at <= $8)))
)
SELECT a.id AS audit, h.code AS holder, e.full_code AS edition, a.kind, a.state, a.planned_on, a.performed_on,
       b.code AS body, p.code AS auditor, CASE WHEN a.performed THEN a.source END AS source,
       CASE WHEN a.performed THEN a.conforming ELSE 0 END AS conforming,
       CASE WHEN a.performed THEN a.nonconforming ELSE 0 END AS nonconforming,
       CASE WHEN a.performed THEN a.not_applicable ELSE 0 END AS not_applicable,
       CASE WHEN a.performed THEN a.not_assessed ELSE 0 END AS not_assessed,
       CASE WHEN a.performed THEN a.major ELSE 0 END AS major, CASE WHEN a.performed THEN a.minor ELSE 0 END AS minor,
       CASE WHEN a.state IN ('concluded', 'cancelled') THEN a.conclusion END AS conclusion, a.concluded_on,
       CASE WHEN a.state = 'concluded' THEN c.code END AS concluded_by,
       CASE WHEN a.performed THEN a.corrects_id END AS corrects,
       (SELECT nullif(count(*), 0) FROM impartiality_override o WHERE o.audit_id = a.id AND o.on_day <= $8) AS overrides
FROM seen a
JOIN holder h ON h.id = a.holder_id
JOIN edition e ON e.id = a.edition_id
LEFT JOIN body b ON b.id = a.body_id
LEFT JOIN person p ON p.id = a.auditor_id
LEFT JOIN person c ON c.id = a.concluded_by
WHERE @only(a.edition_id, $2)
  AND @only_text(a.kind, $3)
  AND (CAST($4 AS TEXT) IS NULL OR a.performed_on >= $4)
  AND (CAST($5 AS TEXT) IS NULL OR a.performed_on <= $5)
  AND @of_holder(a.holder_id, $6, $8)
  AND @scope(a.holder_id, $7, $9)
  AND coalesce(a.performed_on, a.planned_on) <= $10
  AND (coalesce(a.performed_on, a.planned_on) < $10 OR a.id < $11)
ORDER BY coalesce(a.performed_on, a.planned_on) DESC, a.id DESC
LIMIT $12;

-- Where a list as of the day $2 goes on after an audit.
-- name: audit_day_then
SELECT CASE WHEN performed_on <= $2 THEN performed_on ELSE coalesce(planned_on, performed_on) END FROM audit WHERE id = $1;

-- name: audit_plan
INSERT INTO audit (id, holder_id, edition_id, kind, state, planned_on, body_id, auditor_id, planned_body_id,
                   planned_auditor_id, planned_at)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), $1, $2, $3, 'planned', $4, $5, $6, $5, $6, $7)
RETURNING id;

-- name: audit_insert
INSERT INTO audit (id, holder_id, edition_id, kind, state, performed_on, body_id, auditor_id, source, conforming,
                   nonconforming, not_applicable, not_assessed, major, minor, corrects_id, journal_seq, responses)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM audit), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
        $15, $16, $17)
RETURNING id;

-- name: audit_perform
-- A planned audit becomes done.
UPDATE audit
SET state = $2, performed_on = $3, body_id = coalesce($4, body_id), auditor_id = coalesce($5, auditor_id),
    source = $6, conforming = $7, nonconforming = $8, not_applicable = $9, not_assessed = $10, major = $11,
    minor = $12, corrects_id = $13, journal_seq = $14, responses = $15
WHERE id = $1;

-- name: audit_facts
SELECT a.holder_id, a.edition_id, a.kind, a.state, a.performed_on, a.body_id, a.auditor_id, a.responses,
       (SELECT max(c.id) FROM audit c
        WHERE c.holder_id = a.holder_id AND c.edition_id = a.edition_id AND c.corrects_id = a.id)
FROM audit a
WHERE a.id = $1;

-- name: audit_by_source
SELECT id FROM audit WHERE holder_id = $1 AND edition_id = $2 AND source = $3;

-- name: audit_conclude
UPDATE audit SET state = 'concluded', conclusion = $2, concluded_on = $3, concluded_by = $4 WHERE id = $1;

-- name: audit_cancel
UPDATE audit SET state = 'cancelled', conclusion = $2, cancelled_on = $3 WHERE id = $1;

-- name: audit_responses
-- Audits with responses after $4, of which $1: edition; $2: scope; $3: today; performed by $5.
SELECT audit, holder, edition, performed_on, edition_id, responses
FROM (SELECT l.audit, l.holder, l.edition, l.performed_on, l.edition_id, l.holder_id, a.responses
      FROM audit_listed l JOIN audit a ON a.id = l.audit) AS a
WHERE audit >= $4 AND performed_on <= $5
  AND @only(edition_id, $1)
  AND @scope(a.holder_id, $2, $3)
ORDER BY audit;

-- name: audit_responses_of_holder
SELECT audit, holder, edition, performed_on, edition_id, responses
FROM (SELECT l.audit, l.holder, l.edition, l.performed_on, l.edition_id, l.holder_id, a.responses
      FROM audit_listed l JOIN audit a ON a.id = l.audit) AS a
WHERE audit >= $4 AND performed_on <= $5
  AND @only(edition_id, $1)
  AND holder_id IN @holder_and_members($2, $3)
ORDER BY audit;
