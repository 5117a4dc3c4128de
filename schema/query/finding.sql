-- name: finding_next
SELECT coalesce(max(id), 0) + 1 FROM finding;

-- name: finding_insert
INSERT INTO finding (id, audit_id, holder_id, edition_id, ordinal, class, count, raised_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: finding_close
UPDATE finding SET closed_on = $2, reason = $3, verified_by = $4 WHERE id = $1;

-- name: finding_close_corrected
-- A finding is never closed before it was raised.
UPDATE finding SET closed_on = CASE WHEN raised_on > $2 THEN raised_on ELSE $2 END, reason = $3
WHERE audit_id = $1 AND closed_on IS NULL;

-- name: finding_facts
-- kind: of the audit that raised it first, also where a migration carried it over to another edition.
SELECT f.holder_id, f.edition_id, f.ordinal, f.audit_id, f.raised_on, f.closed_on,
       coalesce((SELECT c.kind FROM finding_carried c WHERE c.finding_id = f.id), a.kind), a.responses
FROM finding f JOIN audit a ON a.id = f.audit_id
WHERE f.id = $1;

-- name: finding_record
-- On day $2.
SELECT finding, holder, audit, edition, requirement, class,
       CASE WHEN closed_on <= $2 THEN 'closed' ELSE 'open' END AS state, count, raised_on,
       CASE WHEN closed_on <= $2 THEN closed_on END AS closed_on,
       CASE WHEN closed_on <= $2 THEN reason END AS reason,
       CASE WHEN closed_on <= $2 THEN verified_by END AS verified_by
FROM finding_listed
WHERE finding = $1;

-- name: finding_of_audit
SELECT finding, holder, audit, edition, requirement, class,
       CASE WHEN closed_on <= $2 THEN 'closed' ELSE 'open' END AS state, count, raised_on,
       CASE WHEN closed_on <= $2 THEN closed_on END AS closed_on,
       CASE WHEN closed_on <= $2 THEN reason END AS reason,
       CASE WHEN closed_on <= $2 THEN verified_by END AS verified_by
FROM finding_listed
WHERE audit = $1
ORDER BY finding;

-- name: finding_list
-- On day $2, after finding $1. $3: edition; $4: class; $5: state; $6: scope, on day $7.
SELECT finding, holder, audit, edition, requirement, class,
       CASE WHEN closed_on <= $2 THEN 'closed' ELSE 'open' END AS state, count, raised_on,
       CASE WHEN closed_on <= $2 THEN closed_on END AS closed_on,
       CASE WHEN closed_on <= $2 THEN reason END AS reason,
       CASE WHEN closed_on <= $2 THEN verified_by END AS verified_by
FROM finding_listed f
WHERE finding > $1 AND raised_on <= $2
  AND (CAST($3 AS BIGINT) IS NULL OR edition_id = $3)
  AND (CAST($4 AS TEXT) IS NULL OR class = $4)
  AND (CAST($5 AS TEXT) IS NULL OR CASE WHEN closed_on <= $2 THEN 'closed' ELSE 'open' END = $5)
  AND (CAST($6 AS TEXT) IS NULL
       OR $6 LIKE '%,' || CAST(holder_id AS TEXT) || ',%'
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = f.holder_id AND m.joined_on <= $7 AND (m.left_on IS NULL OR m.left_on > $7)
                    AND $6 LIKE '%,' || CAST(m.cooperative_id AS TEXT) || ',%'))
ORDER BY finding
LIMIT $8;

-- name: finding_list_of_holder
-- The same of holder $6 and, where it is a cooperative, of its members on day $7.
SELECT finding, holder, audit, edition, requirement, class,
       CASE WHEN closed_on <= $2 THEN 'closed' ELSE 'open' END AS state, count, raised_on,
       CASE WHEN closed_on <= $2 THEN closed_on END AS closed_on,
       CASE WHEN closed_on <= $2 THEN reason END AS reason,
       CASE WHEN closed_on <= $2 THEN verified_by END AS verified_by
FROM finding_listed
WHERE finding > $1 AND raised_on <= $2
  AND (CAST($3 AS BIGINT) IS NULL OR edition_id = $3)
  AND (CAST($4 AS TEXT) IS NULL OR class = $4)
  AND (CAST($5 AS TEXT) IS NULL OR CASE WHEN closed_on <= $2 THEN 'closed' ELSE 'open' END = $5)
  AND holder_id IN (SELECT CAST($6 AS BIGINT)
                    UNION ALL
                    SELECT m.enterprise_id FROM membership m
                    WHERE m.cooperative_id = $6 AND m.joined_on <= $7 AND (m.left_on IS NULL OR m.left_on > $7))
ORDER BY finding
LIMIT $8;
