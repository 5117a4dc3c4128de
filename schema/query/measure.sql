-- SPDX-License-Identifier: Apache-2.0
-- Measures of enterprises.

-- Whether nothing of its kind is later by the day; of one day, the last recorded counts.
-- fragment: measure_counts(m, day)
NOT EXISTS (SELECT 1 FROM measure newer
            WHERE newer.enterprise_id = $m.enterprise_id AND newer.kind = $m.kind AND newer.on_day <= $day
              AND (newer.on_day > $m.on_day OR (newer.on_day = $m.on_day AND newer.id > $m.id)))

-- fragment: measures(day)
SELECT m.id AS measure, h.code AS enterprise, m.kind, m.value, m.unit, m.amount, m.amount_currency, m.on_day AS "on",
       m.source, CASE WHEN @measure_counts(m, $day) THEN 1 ELSE 0 END AS counts, m.recorded_on, m.note
FROM measure m JOIN holder h ON h.id = m.enterprise_id

-- name: measure_insert(enterprise id, kind choice measure_kind, value int?, unit text, amount money, on_day date,
--                      source choice measure_source, recorded_on date, note text)
INSERT INTO measure (id, enterprise_id, kind, value, unit, amount, amount_currency, on_day, source, recorded_on, note)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM measure), $enterprise, $kind, $value, $unit, $amount, $amount_currency,
        $on_day, $source, $recorded_on, $note)
RETURNING id

-- name: measure_show(measure id, day date)
-- record: measure
@measures($day)
WHERE m.id = $measure

-- $history: also those that do not count any more.
-- name: measure_list(holder id, day date, scope scope, today date, kind choice measure_kind, history bool, after int,
--                    limit int)
-- record: measure
@measures($day)
WHERE m.id > $after AND m.on_day <= $day
  AND @only_text(m.kind, $kind)
  AND @of_holder(m.enterprise_id, $holder, $day)
  AND @scope(m.enterprise_id, $scope, $today)
  AND ($history = 1 OR @measure_counts(m, $day))
ORDER BY m.id LIMIT $limit
