-- Interventions: technical assistance, who took part, what it addressed, who paid.

-- name: assist_insert
INSERT INTO intervention (id, cooperative_id, kind, title, state, provider_id, adviser_id, planned_on, delivered_on,
                          cost_minor, cost_currency, source, note, recorded_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM intervention), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
RETURNING id

-- name: assist_of_source
SELECT id FROM intervention WHERE source = $1

-- name: assist_deliver
UPDATE intervention
SET state = 'delivered', delivered_on = $2, cost_minor = coalesce($3, cost_minor),
    cost_currency = coalesce($4, cost_currency)
WHERE id = $1

-- name: assist_move
UPDATE intervention SET state = $2, note = $3 WHERE id = $1

-- Who takes part, known from the day $6 on; what is not said again stays.
-- name: assist_participation
INSERT INTO participation (intervention_id, enterprise_id, planned_minutes, attended_minutes, result, since_on)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (intervention_id, enterprise_id) DO UPDATE
SET planned_minutes = coalesce(excluded.planned_minutes, participation.planned_minutes),
    attended_minutes = coalesce(excluded.attended_minutes, participation.attended_minutes),
    result = coalesce(excluded.result, participation.result)

-- name: assist_requirement
INSERT INTO intervention_requirement (intervention_id, edition_id, ordinal) VALUES ($1, $2, $3)

-- name: assist_payment
INSERT INTO payment (intervention_id, number, body_id, holder_id, minor, currency) VALUES ($1, $2, $3, $4, $5, $6)

-- What was planned to be paid, before what was paid takes its place.
-- name: assist_forget_payments
DELETE FROM payment WHERE intervention_id = $1

-- Who took part without being a member of the cooperative on the day $2.
-- name: assist_stranger
SELECT h.code FROM intervention i
JOIN participation p ON p.intervention_id = i.id
JOIN holder h ON h.id = p.enterprise_id
WHERE i.id = $1
  AND NOT EXISTS (SELECT 1 FROM membership m
                  WHERE m.cooperative_id = i.cooperative_id AND m.enterprise_id = p.enterprise_id
                    AND @member_on(m, $2))
ORDER BY h.code LIMIT 1

-- name: assist_size
SELECT count(*) AS participants, coalesce(sum(planned_minutes), 0) AS planned,
       coalesce(sum(attended_minutes), 0) AS attended
FROM participation WHERE intervention_id = $1

-- The cost, and what the payments come to.
-- name: assist_sums
SELECT i.cost_minor, i.cost_currency,
       (SELECT count(*) FROM payment y WHERE y.intervention_id = i.id) AS payments,
       (SELECT coalesce(sum(y.minor), 0) FROM payment y WHERE y.intervention_id = i.id) AS paid,
       (SELECT count(*) FROM payment y
        WHERE y.intervention_id = i.id AND y.currency <> i.cost_currency) AS otherwise
FROM intervention i WHERE i.id = $1

-- name: assist_show
SELECT i.id AS intervention, c.code AS cooperative, i.kind, i.title, i.state, b.code AS provider, a.code AS adviser,
       i.planned_on, i.delivered_on,
       (SELECT count(*) FROM participation p WHERE p.intervention_id = i.id) AS participants,
       (SELECT sum(p.planned_minutes) FROM participation p WHERE p.intervention_id = i.id) AS planned,
       (SELECT coalesce(sum(p.attended_minutes), 0) FROM participation p WHERE p.intervention_id = i.id) AS attended,
       i.cost_minor AS cost, i.cost_currency, i.source, i.note
FROM intervention i
LEFT JOIN holder c ON c.id = i.cooperative_id
LEFT JOIN body b ON b.id = i.provider_id
LEFT JOIN person a ON a.id = i.adviser_id
WHERE i.id = $1

-- Through no cooperative: only those in the scope $2 on the day $3.
-- name: assist_participations
SELECT h.code AS enterprise, p.planned_minutes AS planned, p.attended_minutes AS attended, p.result
FROM participation p
JOIN holder h ON h.id = p.enterprise_id
JOIN intervention i ON i.id = p.intervention_id
WHERE p.intervention_id = $1
  AND (CAST($2 AS TEXT) IS NULL OR i.cooperative_id IS NOT NULL
       OR EXISTS (SELECT 1 FROM membership n
                  WHERE n.enterprise_id = h.id AND @member_on(n, $3)
                    AND @listed(n.cooperative_id, $2)))
ORDER BY h.code

-- name: assist_requirements
SELECT e.full_code AS edition, r.code AS requirement
FROM intervention_requirement a
JOIN edition e ON e.id = a.edition_id
JOIN requirement r ON r.edition_id = a.edition_id AND r.ordinal = a.ordinal
WHERE a.intervention_id = $1 ORDER BY e.full_code, a.ordinal

-- Likewise; a body is everybody's to see.
-- name: assist_payments
SELECT coalesce(b.code, h.code) AS payer, y.minor AS amount, y.currency AS amount_currency
FROM payment y
JOIN intervention i ON i.id = y.intervention_id
LEFT JOIN body b ON b.id = y.body_id
LEFT JOIN holder h ON h.id = y.holder_id
WHERE y.intervention_id = $1
  AND (CAST($2 AS TEXT) IS NULL OR i.cooperative_id IS NOT NULL OR h.id IS NULL
       OR @listed(h.id, $2)
       OR EXISTS (SELECT 1 FROM membership n
                  WHERE n.enterprise_id = h.id AND @member_on(n, $3)
                    AND @listed(n.cooperative_id, $2)))
ORDER BY y.number

-- name: assist_known
SELECT recorded_on, delivered_on FROM intervention
WHERE id = $1 AND (recorded_on <= $2 OR delivered_on <= $2 OR (recorded_on IS NULL AND delivered_on IS NULL))

-- As it was before the step $2.
-- name: assist_past_insert
INSERT INTO intervention_past (intervention_id, number, until_on, detail)
VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM intervention_past WHERE intervention_id = $1), $2, $3)

-- name: assist_past
SELECT detail FROM intervention_past WHERE intervention_id = $1 AND until_on > $2 ORDER BY number LIMIT 1

-- $1: through this cooperative or with this enterprise; $2: kind; $3, $4: given from and until; $5: scope on the
-- day $6; $7: after; $8: limit. Those known on the day $6.
-- name: assist_list
SELECT i.id AS intervention, c.code AS cooperative, i.kind, i.title, i.state, b.code AS provider, a.code AS adviser,
       i.planned_on, i.delivered_on,
       (SELECT count(*) FROM participation p WHERE p.intervention_id = i.id) AS participants,
       (SELECT sum(p.planned_minutes) FROM participation p WHERE p.intervention_id = i.id) AS planned,
       (SELECT coalesce(sum(p.attended_minutes), 0) FROM participation p WHERE p.intervention_id = i.id) AS attended,
       i.cost_minor AS cost, i.cost_currency, i.source, i.note
FROM intervention i
LEFT JOIN holder c ON c.id = i.cooperative_id
LEFT JOIN body b ON b.id = i.provider_id
LEFT JOIN person a ON a.id = i.adviser_id
WHERE i.id > $7
  AND @only_text(i.kind, $2)
  AND (i.recorded_on <= $6 OR i.delivered_on <= $6 OR (i.recorded_on IS NULL AND i.delivered_on IS NULL))
  AND (CAST($3 AS TEXT) IS NULL OR (i.delivered_on >= $3 AND i.delivered_on <= $6))
  AND (CAST($4 AS TEXT) IS NULL OR (i.delivered_on <= $4 AND i.delivered_on <= $6))
  AND (CAST($1 AS BIGINT) IS NULL OR i.cooperative_id = $1
       OR EXISTS (SELECT 1 FROM participation p
                  WHERE p.intervention_id = i.id AND p.enterprise_id = $1
                    AND (p.since_on IS NULL OR p.since_on <= $6)))
  AND (CAST($5 AS TEXT) IS NULL OR @listed(i.cooperative_id, $5)
       OR (i.cooperative_id IS NULL
           AND EXISTS (SELECT 1 FROM participation p JOIN membership m ON m.enterprise_id = p.enterprise_id
                       WHERE p.intervention_id = i.id AND @member_on(m, $6)
                         AND @listed(m.cooperative_id, $5))))
ORDER BY i.id LIMIT $8
