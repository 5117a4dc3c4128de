-- SPDX-License-Identifier: Apache-2.0
-- Interventions: technical assistance, who took part, what it addressed, who paid.

-- fragment: interventions()
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

-- fragment: assist_known_on(i, day)
($i.recorded_on <= $day OR $i.delivered_on <= $day OR ($i.recorded_on IS NULL AND $i.delivered_on IS NULL))

-- Whether a member, on the day, of a cooperative in scope takes part.
-- fragment: assist_attended(i, scope, day)
EXISTS (SELECT 1 FROM participation p JOIN membership m ON m.enterprise_id = p.enterprise_id
        WHERE p.intervention_id = $i.id AND @member_on(m, $day) AND @listed(m.cooperative_id, $scope))

-- name: assist_insert(cooperative id, kind choice intervention_kind, title text, state choice intervention_state,
--                     provider id, adviser id, planned_on date, delivered_on date, cost money, source text, note text,
--                     recorded_on date)
INSERT INTO intervention (id, cooperative_id, kind, title, state, provider_id, adviser_id, planned_on, delivered_on,
                          cost_minor, cost_currency, source, note, recorded_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM intervention), $cooperative, $kind, $title, $state, $provider, $adviser,
        $planned_on, $delivered_on, $cost, $cost_currency, $source, $note, $recorded_on)
RETURNING id

-- name: assist_of_source(source text)
SELECT id FROM intervention WHERE source = $source

-- name: assist_deliver(intervention id, delivered_on date, cost money)
UPDATE intervention
SET state = 'delivered', delivered_on = $delivered_on, cost_minor = coalesce($cost, cost_minor),
    cost_currency = coalesce($cost_currency, cost_currency)
WHERE id = $intervention

-- name: assist_move(intervention id, state choice intervention_state, note text)
UPDATE intervention SET state = $state, note = $note WHERE id = $intervention

-- Who takes part, known from a day on; what is not said again stays.
-- name: assist_participation(intervention id, enterprise id, planned int?, attended int?, result text, since_on date)
INSERT INTO participation (intervention_id, enterprise_id, planned_minutes, attended_minutes, result, since_on)
VALUES ($intervention, $enterprise, $planned, $attended, $result, $since_on)
ON CONFLICT (intervention_id, enterprise_id) DO UPDATE
SET planned_minutes = coalesce(excluded.planned_minutes, participation.planned_minutes),
    attended_minutes = coalesce(excluded.attended_minutes, participation.attended_minutes),
    result = coalesce(excluded.result, participation.result)

-- name: assist_requirement(intervention id, edition id, ordinal int)
INSERT INTO intervention_requirement (intervention_id, edition_id, ordinal) VALUES ($intervention, $edition, $ordinal)

-- name: assist_payment(intervention id, number int, body id, holder id, amount money)
INSERT INTO payment (intervention_id, number, body_id, holder_id, minor, currency)
VALUES ($intervention, $number, $body, $holder, $amount, $amount_currency)

-- What was planned to be paid, before what was paid takes its place.
-- name: assist_forget_payments(intervention id)
DELETE FROM payment WHERE intervention_id = $intervention

-- Who took part without being a member of the cooperative on the day.
-- name: assist_stranger(intervention id, day date)
SELECT h.code FROM intervention i
JOIN participation p ON p.intervention_id = i.id
JOIN holder h ON h.id = p.enterprise_id
WHERE i.id = $intervention
  AND NOT EXISTS (SELECT 1 FROM membership m
                  WHERE m.cooperative_id = i.cooperative_id AND m.enterprise_id = p.enterprise_id
                    AND @member_on(m, $day))
ORDER BY h.code LIMIT 1

-- name: assist_size(intervention id)
SELECT count(*) AS participants, coalesce(sum(planned_minutes), 0) AS planned,
       coalesce(sum(attended_minutes), 0) AS attended
FROM participation WHERE intervention_id = $intervention

-- The cost, and what the payments come to.
-- name: assist_sums(intervention id)
SELECT i.cost_minor, i.cost_currency,
       (SELECT count(*) FROM payment y WHERE y.intervention_id = i.id) AS payments,
       (SELECT coalesce(sum(y.minor), 0) FROM payment y WHERE y.intervention_id = i.id) AS paid,
       (SELECT count(*) FROM payment y
        WHERE y.intervention_id = i.id AND y.currency <> i.cost_currency) AS otherwise
FROM intervention i WHERE i.id = $intervention

-- name: assist_show(intervention id)
-- record: intervention
@interventions()
WHERE i.id = $intervention

-- Through no cooperative: only those in scope on the day.
-- name: assist_participations(intervention id, scope scope, day date)
-- record: participation
SELECT h.code AS enterprise, p.planned_minutes AS planned, p.attended_minutes AS attended, p.result
FROM participation p
JOIN holder h ON h.id = p.enterprise_id
JOIN intervention i ON i.id = p.intervention_id
WHERE p.intervention_id = $intervention
  AND (i.cooperative_id IS NOT NULL OR @scope(h.id, $scope, $day))
ORDER BY h.code

-- name: assist_requirements(intervention id)
-- record: addressed
SELECT e.full_code AS edition, r.code AS requirement
FROM intervention_requirement a
JOIN edition e ON e.id = a.edition_id
JOIN requirement r ON r.edition_id = a.edition_id AND r.ordinal = a.ordinal
WHERE a.intervention_id = $intervention ORDER BY e.full_code, a.ordinal

-- Likewise; a body is everybody's to see.
-- name: assist_payments(intervention id, scope scope, day date)
-- record: payment
SELECT coalesce(b.code, h.code) AS payer, y.minor AS amount, y.currency AS amount_currency
FROM payment y
JOIN intervention i ON i.id = y.intervention_id
LEFT JOIN body b ON b.id = y.body_id
LEFT JOIN holder h ON h.id = y.holder_id
WHERE y.intervention_id = $intervention
  AND (i.cooperative_id IS NOT NULL OR h.id IS NULL OR @scope(h.id, $scope, $day))
ORDER BY y.number

-- name: assist_known(intervention id, day date)
SELECT i.id FROM intervention i WHERE i.id = $intervention AND @assist_known_on(i, $day)

-- As it was before the step of a day.
-- name: assist_past_insert(intervention id, until_on date, detail blob)
INSERT INTO intervention_past (intervention_id, number, until_on, detail)
VALUES ($intervention,
        (SELECT coalesce(max(number), 0) + 1 FROM intervention_past WHERE intervention_id = $intervention),
        $until_on, $detail)

-- name: assist_past(intervention id, day date)
SELECT detail FROM intervention_past WHERE intervention_id = $intervention AND until_on > $day ORDER BY number LIMIT 1

-- Those known on the day, after one, delivered between two days: through a cooperative or with an enterprise.
-- name: assist_list(holder id, kind choice intervention_kind, from date, until date, scope scope, day date, after int,
--                   limit int)
-- record: intervention
@interventions()
WHERE i.id > $after
  AND @only_text(i.kind, $kind)
  AND @assist_known_on(i, $day)
  AND (CAST($from AS TEXT) IS NULL OR (i.delivered_on >= $from AND i.delivered_on <= $day))
  AND (CAST($until AS TEXT) IS NULL OR (i.delivered_on <= $until AND i.delivered_on <= $day))
  AND (@only(i.cooperative_id, $holder)
       OR EXISTS (SELECT 1 FROM participation p
                  WHERE p.intervention_id = i.id AND p.enterprise_id = $holder
                    AND (p.since_on IS NULL OR p.since_on <= $day)))
  AND (@scope_coop(i.cooperative_id, $scope)
       OR (i.cooperative_id IS NULL AND @assist_attended(i, $scope, $day)))
ORDER BY i.id LIMIT $limit
