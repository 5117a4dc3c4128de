-- SPDX-License-Identifier: Apache-2.0
-- Samples of members: what they are drawn from, what was drawn, what became of them.

-- The first external audit of an enterprise from the draw of a sample on, and before the next of its series, that was
-- performed by the day and counts as known on another.
-- fragment: sample_visit(enterprise, sample, day, known)
(SELECT v.id FROM sample drawn JOIN audit v ON v.holder_id = $enterprise AND v.edition_id = drawn.edition_id
 WHERE drawn.id = $sample AND v.performed_on >= drawn.on_day AND v.performed_on <= $day
   AND v.kind IN @set(audit_kind, visit) AND @audit_counts(v, $known)
   AND NOT EXISTS (SELECT 1 FROM sample n
                   WHERE n.cooperative_id = drawn.cooperative_id AND n.edition_id = drawn.edition_id
                     AND n.series = drawn.series AND n.on_day <= v.performed_on
                     AND (n.on_day > drawn.on_day OR (n.on_day = drawn.on_day AND n.id > drawn.id)))
 ORDER BY v.performed_on, v.id LIMIT 1)

-- The members x of a sample, in it by the day, who were visited by then.
-- fragment: sample_visits(s, day, known)
FROM sample_member x
        WHERE x.sample_id = $s.id AND x.from_on <= $day
          AND @sample_visit(x.enterprise_id, x.sample_id, $day, $known) IS NOT NULL

-- Whether another took the place of a number by the day.
-- fragment: sample_replaced(sample, number, day)
EXISTS (SELECT 1 FROM sample_member y WHERE y.sample_id = $sample AND y.replaces = $number AND y.from_on <= $day)

-- fragment: samples_on(day, known)
SELECT s.id AS sample, c.code AS cooperative, e.full_code AS edition, s.purpose, s.on_day AS drawn_on,
       s.members AS population, nullif(s.excluded, 0) AS excluded, s.size, s.mandatory, s.drawn,
       (SELECT count(*) @sample_visits(s, $day, $known) AND NOT @sample_replaced(s.id, x.number, $day)) AS visited,
       s.last_id AS last, s.seed_from, s.seed, s.drawn_by, s.journal_seq AS entry
FROM sample s
JOIN holder c ON c.id = s.cooperative_id
JOIN edition e ON e.id = s.edition_id

-- The newest of a series on the day or before of which somebody was visited by then: one that was drawn and not used
-- must not make new members old. Nobody tells of visits for the laboratory.
-- name: sample_last(cooperative id, edition id, series text, day date)
-- row: sample_drawn
SELECT s.id, s.on_day FROM sample s
WHERE s.cooperative_id = $cooperative AND s.edition_id = $edition AND s.series = $series AND s.on_day <= $day
  AND (s.series = 'laboratory' OR EXISTS (SELECT 1 @sample_visits(s, $day, $day)))
ORDER BY s.on_day DESC, s.id DESC LIMIT 1

-- The first of a series after a sample of the day.
-- name: sample_next(cooperative id, edition id, series text, day date, after id)
-- row: sample_drawn
SELECT id, on_day FROM sample
WHERE cooperative_id = $cooperative AND edition_id = $edition AND series = $series
  AND (on_day > $day OR (on_day = $day AND id > $after))
ORDER BY on_day, id LIMIT 1

-- The members on the day, by code, and what a rule of the edition asks to know: joined after the last sample, of high
-- risk (only if asked), not in the last sample on the day, inspected last by whom (if asked), sanctioned at any time
-- since the last sample (if asked), excluded on the day. last and last_on are not given where there was none.
-- name: sample_population(cooperative id, day date, edition id, last_on date, last id, high_risk bool, inspector bool,
--                         sanctioned bool)
SELECT h.id, h.code,
       CASE WHEN m.joined_on > $last_on THEN 1 ELSE 0 END AS new_member,
       CASE WHEN CAST($high_risk AS BIGINT) = 1
            THEN CASE WHEN @member_risk(m, $day) = 'high' THEN 1 ELSE 0 END
            ELSE 0 END AS high_risk,
       CASE WHEN CAST($last AS BIGINT) IS NULL THEN 0
            WHEN EXISTS (SELECT 1 FROM sample_member x
                         WHERE x.sample_id = $last AND x.enterprise_id = h.id AND x.from_on <= $day
                           AND NOT @sample_replaced($last, x.number, $day))
            THEN 0 ELSE 1 END AS not_visited,
       CASE WHEN CAST($inspector AS BIGINT) = 1
            THEN (SELECT p.code FROM person p
                  WHERE p.id = (SELECT a.auditor_id FROM audit a
                                WHERE a.holder_id = h.id AND a.edition_id = $edition AND a.performed_on <= $day
                                  AND a.kind = 'internal_inspection' AND @audit_counts(a, $day)
                                ORDER BY a.performed_on DESC, a.id DESC LIMIT 1)) END AS inspector,
       CASE WHEN CAST($sanctioned AS BIGINT) = 1
            THEN CASE WHEN EXISTS (SELECT 1 FROM sanction x
                                   WHERE x.cooperative_id = m.cooperative_id AND x.edition_id = $edition
                                     AND x.enterprise_id = h.id AND x.from_on <= $day
                                     AND (x.lifted_on IS NULL OR CAST($last_on AS TEXT) IS NULL
                                          OR x.lifted_on > $last_on))
                      THEN 1 ELSE 0 END
            ELSE 0 END AS sanctioned,
       CASE WHEN @excluded(m.cooperative_id, $edition, h.id, $day) THEN 1 ELSE 0 END AS excluded
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $cooperative AND @member_on(m, $day)
ORDER BY h.code

-- name: sample_insert(cooperative id, edition id, purpose choice sample_purpose, series text, on_day date, members int,
--                     excluded int, size int, mandatory int, drawn int, last id, seed_from choice seed_origin,
--                     seed text, drawn_by text, entry int, population blob)
INSERT INTO sample (id, cooperative_id, edition_id, purpose, series, on_day, members, excluded, size, mandatory, drawn,
                    last_id, seed_from, seed, drawn_by, journal_seq, population)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sample), $cooperative, $edition, $purpose, $series, $on_day, $members,
        $excluded, $size, $mandatory, $drawn, $last, $seed_from, $seed, $drawn_by, $entry, $population)
RETURNING id

-- name: sample_member_insert(sample id, number int, enterprise id, why choice sample_stratum, from_on date,
--                            replaces id, reason text, by_user text)
INSERT INTO sample_member (sample_id, number, enterprise_id, why, from_on, replaces, reason, by_user)
VALUES ($sample, $number, $enterprise, $why, $from_on, $replaces, $reason, $by_user)

-- name: sample_show(sample id, day date, known date)
-- record: sample
@samples_on($day, $known)
WHERE s.id = $sample

-- Those drawn by the day, after a sample.
-- name: sample_list(cooperative id, edition id, purpose choice sample_purpose, day date, after int, scope scope,
--                   limit int)
-- record: sample
@samples_on($day, $day)
WHERE s.id > $after AND s.on_day <= $day
  AND @only(s.cooperative_id, $cooperative)
  AND @only(s.edition_id, $edition)
  AND @only_text(s.purpose, $purpose)
  AND @scope_coop(s.cooperative_id, $scope)
ORDER BY s.id LIMIT $limit

-- The members of a sample as of a day, in the order they came.
-- name: sample_members(sample id, day date, known date)
-- record: sampled_member
SELECT h.code AS enterprise, h.name, x.why,
       CASE WHEN y.number IS NOT NULL THEN 'substituted' WHEN a.id IS NOT NULL THEN 'visited'
            ELSE 'pending' END AS state,
       CASE WHEN y.number IS NULL THEN a.performed_on END AS visited_on,
       CASE WHEN y.number IS NULL THEN a.id END AS audit,
       o.code AS replaces, n.code AS replaced_by, x.reason, x.from_on AS since, x.by_user AS "by"
FROM sample_member x
JOIN holder h ON h.id = x.enterprise_id
LEFT JOIN audit a ON a.id = @sample_visit(x.enterprise_id, x.sample_id, $day, $known)
LEFT JOIN sample_member y ON y.sample_id = x.sample_id AND y.replaces = x.number AND y.from_on <= $day
LEFT JOIN holder n ON n.id = y.enterprise_id
LEFT JOIN sample_member r ON r.sample_id = x.sample_id AND r.number = x.replaces
LEFT JOIN holder o ON o.id = r.enterprise_id
WHERE x.sample_id = $sample AND x.from_on <= $day
ORDER BY x.number

-- name: sample_facts(sample id)
SELECT cooperative_id, edition_id, purpose, on_day, size, mandatory, seed_from, seed, journal_seq AS entry, population
FROM sample WHERE id = $sample

-- Every member that is or was in a sample, as substitution needs it; the audit as known on the day.
-- name: sample_places(sample id, day date)
SELECT x.number, x.enterprise_id, h.code, x.why, x.from_on, x.replaces,
       (SELECT y.enterprise_id FROM sample_member y
        WHERE y.sample_id = x.sample_id AND y.replaces = x.number) AS replaced_by,
       @sample_visit(x.enterprise_id, x.sample_id, $day, $day) AS audit_id
FROM sample_member x
JOIN holder h ON h.id = x.enterprise_id
WHERE x.sample_id = $sample
ORDER BY x.number

-- What the seed of a draw that is an entry comes from: when it was accepted, and the digest of the entry before.
-- name: sample_origin(entry int)
SELECT j.at, p.hash FROM journal j LEFT JOIN journal p ON p.seq = j.seq - 1 WHERE j.seq = $entry

-- The members on the day who are not excluded from the group for the edition, by code.
-- name: sample_free(cooperative id, day date, edition id)
SELECT h.id, h.code
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $cooperative AND @member_on(m, $day)
  AND NOT @excluded(m.cooperative_id, $edition, h.id, $day)
ORDER BY h.code
