-- Samples of members: what they are drawn from, what was drawn, what became of them.

-- name: sample_last
-- The newest of a series on day $4 or before of which somebody was visited by then: one that was drawn and not used
-- must not make new members old. Nobody tells of visits for the laboratory.
SELECT s.id, s.on_day FROM sample s
WHERE s.cooperative_id = $1 AND s.edition_id = $2 AND s.series = $3 AND s.on_day <= $4
  AND (s.series = 'laboratory'
       OR EXISTS (SELECT 1 FROM sample_visit v JOIN audit a ON a.id = v.audit_id
                  JOIN sample_member x ON x.sample_id = v.sample_id AND x.number = v.number AND x.from_on <= $4
                  WHERE v.sample_id = s.id AND a.performed_on <= $4))
ORDER BY s.on_day DESC, s.id DESC LIMIT 1

-- name: sample_next
-- The first of a series after the sample $5 of day $4.
SELECT id, on_day FROM sample
WHERE cooperative_id = $1 AND edition_id = $2 AND series = $3 AND (on_day > $4 OR (on_day = $4 AND id > $5))
ORDER BY on_day, id LIMIT 1

-- name: sample_population
-- The members of $1 on day $2, by code, and what a rule of edition $3 asks to know: joined after day $4, not in the
-- sample $5 on day $2 (both NULL: there is none), of high risk ($6 = 1), inspected last by whom ($7 = 1), sanctioned at
-- any time after day $4 ($8 = 1), excluded on day $2.
SELECT h.id, h.code,
       CASE WHEN m.joined_on > $4 THEN 1 ELSE 0 END,
       CASE WHEN CAST($6 AS BIGINT) = 1
            THEN coalesce((SELECT CASE WHEN r.risk = 'high' THEN 1 ELSE 0 END FROM member_risk r
                           WHERE r.cooperative_id = m.cooperative_id AND r.enterprise_id = h.id AND r.on_day <= $2
                           ORDER BY r.on_day DESC, r.number DESC LIMIT 1), 0)
            ELSE 0 END,
       CASE WHEN CAST($5 AS BIGINT) IS NULL THEN 0
            WHEN EXISTS (SELECT 1 FROM sample_member x
                         WHERE x.sample_id = $5 AND x.enterprise_id = h.id AND x.from_on <= $2
                           AND NOT EXISTS (SELECT 1 FROM sample_member y
                                           WHERE y.sample_id = $5 AND y.replaces = x.number AND y.from_on <= $2))
            THEN 0 ELSE 1 END,
       CASE WHEN CAST($7 AS BIGINT) = 1
            THEN (SELECT p.code FROM person p
                  WHERE p.id = (SELECT a.auditor_id FROM audit a
                                WHERE a.holder_id = h.id AND a.edition_id = $3 AND a.performed_on <= $2
                                  AND a.kind = 'internal_inspection'
                                ORDER BY a.performed_on DESC, a.id DESC LIMIT 1)) END,
       CASE WHEN CAST($8 AS BIGINT) = 1
            THEN CASE WHEN EXISTS (SELECT 1 FROM sanction x
                                   WHERE x.cooperative_id = m.cooperative_id AND x.edition_id = $3
                                     AND x.enterprise_id = h.id AND x.from_on <= $2
                                     AND (x.lifted_on IS NULL OR CAST($4 AS TEXT) IS NULL OR x.lifted_on > $4))
                      THEN 1 ELSE 0 END
            ELSE 0 END,
       CASE WHEN @excluded(m.cooperative_id, $3, h.id, $2)
            THEN 1 ELSE 0 END
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $1 AND @member_on(m, $2)
ORDER BY h.code

-- name: sample_insert
INSERT INTO sample (id, cooperative_id, edition_id, purpose, series, on_day, members, excluded, size, mandatory, drawn,
                    last_id, seed_from, seed, drawn_by, journal_seq, population)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM sample), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
        $16)
RETURNING id

-- name: sample_member_insert
INSERT INTO sample_member (sample_id, number, enterprise_id, why, from_on, replaces, reason, by_user)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: sample_show
SELECT s.id AS sample, c.code AS cooperative, e.full_code AS edition, s.purpose, s.on_day AS drawn_on,
       s.members AS population, nullif(s.excluded, 0) AS excluded, s.size, s.mandatory, s.drawn,
       (SELECT count(*) FROM sample_visit v JOIN audit a ON a.id = v.audit_id
        JOIN sample_member x ON x.sample_id = v.sample_id AND x.number = v.number AND x.from_on <= $2
        WHERE v.sample_id = s.id AND a.performed_on <= $2
          AND NOT EXISTS (SELECT 1 FROM sample_member y
                          WHERE y.sample_id = s.id AND y.replaces = v.number AND y.from_on <= $2)) AS visited,
       s.last_id AS last, s.seed_from, s.seed, s.drawn_by, s.journal_seq AS entry
FROM sample s
JOIN holder c ON c.id = s.cooperative_id
JOIN edition e ON e.id = s.edition_id
WHERE s.id = $1

-- name: sample_list
-- After sample $5; $1: cooperative; $2: edition; $3: purpose; $4: as of; $6: scope; $7: limit.
SELECT s.id AS sample, c.code AS cooperative, e.full_code AS edition, s.purpose, s.on_day AS drawn_on,
       s.members AS population, nullif(s.excluded, 0) AS excluded, s.size, s.mandatory, s.drawn,
       (SELECT count(*) FROM sample_visit v JOIN audit a ON a.id = v.audit_id
        JOIN sample_member x ON x.sample_id = v.sample_id AND x.number = v.number AND x.from_on <= $4
        WHERE v.sample_id = s.id AND a.performed_on <= $4
          AND NOT EXISTS (SELECT 1 FROM sample_member y
                          WHERE y.sample_id = s.id AND y.replaces = v.number AND y.from_on <= $4)) AS visited,
       s.last_id AS last, s.seed_from, s.seed, s.drawn_by, s.journal_seq AS entry
FROM sample s
JOIN holder c ON c.id = s.cooperative_id
JOIN edition e ON e.id = s.edition_id
WHERE s.id > $5 AND s.on_day <= $4
  AND @only(s.cooperative_id, $1)
  AND @only(s.edition_id, $2)
  AND @only_text(s.purpose, $3)
  AND @scope_coop(s.cooperative_id, $6)
ORDER BY s.id LIMIT $7

-- name: sample_members
-- The members of sample $1 as of day $2, in the order they came.
SELECT h.code AS enterprise, h.name, x.why,
       CASE WHEN y.number IS NOT NULL THEN 'substituted' WHEN a.id IS NOT NULL THEN 'visited' ELSE 'pending' END AS state,
       CASE WHEN y.number IS NULL THEN a.performed_on END AS visited_on, CASE WHEN y.number IS NULL THEN a.id END AS audit,
       o.code AS replaces, n.code AS replaced_by, x.reason, x.from_on AS since, x.by_user AS "by"
FROM sample_member x
JOIN holder h ON h.id = x.enterprise_id
JOIN sample_visit v ON v.sample_id = x.sample_id AND v.number = x.number
LEFT JOIN audit a ON a.id = v.audit_id AND a.performed_on <= $2
LEFT JOIN sample_member y ON y.sample_id = x.sample_id AND y.replaces = x.number AND y.from_on <= $2
LEFT JOIN holder n ON n.id = y.enterprise_id
LEFT JOIN sample_member r ON r.sample_id = x.sample_id AND r.number = x.replaces
LEFT JOIN holder o ON o.id = r.enterprise_id
WHERE x.sample_id = $1 AND x.from_on <= $2
ORDER BY x.number

-- name: sample_facts
SELECT cooperative_id, edition_id, purpose, on_day, size, mandatory, seed_from, seed, journal_seq, population
FROM sample WHERE id = $1

-- name: sample_places
-- Every member that is or was in a sample, as substitution needs it.
SELECT x.number, x.enterprise_id, h.code, x.why, x.from_on, x.replaces,
       (SELECT y.enterprise_id FROM sample_member y WHERE y.sample_id = x.sample_id AND y.replaces = x.number),
       v.audit_id
FROM sample_member x
JOIN holder h ON h.id = x.enterprise_id
JOIN sample_visit v ON v.sample_id = x.sample_id AND v.number = x.number
WHERE x.sample_id = $1
ORDER BY x.number

-- name: sample_origin
-- What the seed of a draw that is entry $1 comes from: when it was accepted, and the digest of the entry before.
SELECT j.at, p.hash FROM journal j LEFT JOIN journal p ON p.seq = j.seq - 1 WHERE j.seq = $1

-- name: sample_free
-- The members of $1 on day $2 who are not excluded from the group for edition $3, by code.
SELECT h.id, h.code
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
WHERE m.cooperative_id = $1 AND @member_on(m, $2)
  AND NOT @excluded(m.cooperative_id, $3, h.id, $2)
ORDER BY h.code
