-- Certificates: their terms (the grant and each renewal) and what happened to them. The state on a day is that of the
-- last event by that day; a certificate that was not withdrawn expires after the last day of the last term decided by
-- that day.

-- name: cert_insert
INSERT INTO certificate (id, number, holder_id, edition_id, body_id, audit_id, scope, decided_on, valid_from,
                         valid_until, route)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM certificate), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id

-- name: cert_term_insert
INSERT INTO certificate_term (certificate_id, ordinal, kind, number, audit_id, decided_by, decided_on, valid_from,
                              valid_until, unmet, override)
VALUES ($1, (SELECT coalesce(max(ordinal), 0) + 1 FROM certificate_term WHERE certificate_id = $1), $2, $3, $4, $5, $6,
        $7, $8, $9, $10)

-- Decided by the day $2.
-- name: cert_terms
SELECT t.kind, t.number, t.audit_id AS audit, p.code AS decided_by, t.decided_on, t.valid_from, t.valid_until, t.unmet,
       t.override
FROM certificate_term t LEFT JOIN person p ON p.id = t.decided_by
WHERE t.certificate_id = $1 AND t.decided_on <= $2
ORDER BY t.ordinal LIMIT 1000

-- name: cert_event
INSERT INTO certificate_event (certificate_id, number, state, on_day, reason, override)
VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM certificate_event WHERE certificate_id = $1), $2, $3, $4, $5)

-- The last day on which something happened to it or was decided of it.
-- name: cert_last_day
SELECT max(on_day)
FROM (SELECT on_day FROM certificate_event WHERE certificate_id = $1
      UNION ALL
      SELECT decided_on FROM certificate_term WHERE certificate_id = $1) AS days

-- The last event by the day $2.
-- name: cert_last_event
SELECT state, on_day FROM certificate_event
WHERE certificate_id = $1 AND on_day <= $2 ORDER BY on_day DESC, number DESC LIMIT 1

-- Another one of the body $1 that has had the number $2.
-- name: cert_of_body
SELECT c.id FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
WHERE c.body_id = $1 AND t.number = $2 AND c.id <> $3
LIMIT 1

-- Another one of the same holder, edition and body than $6, not withdrawn, that shares a day with [$4, $5].
-- name: cert_overlap
SELECT c.id, t.number, t.valid_until
FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
WHERE c.holder_id = $1 AND c.edition_id = $2 AND c.body_id = $3 AND t.valid_from <= $5 AND t.valid_until >= $4
  AND c.id <> $6
  AND NOT EXISTS (SELECT 1 FROM certificate_event v WHERE v.certificate_id = c.id AND v.state = 'withdrawn')
ORDER BY t.valid_until DESC LIMIT 1

-- name: cert_facts
SELECT holder_id, edition_id, body_id, route FROM certificate WHERE id = $1

-- As it was on the day $2.
-- name: cert_audit
SELECT a.holder_id, a.edition_id, a.performed_on, a.kind, a.concluded_on,
       (SELECT max(c.id) FROM audit c
        WHERE c.holder_id = a.holder_id AND c.edition_id = a.edition_id AND c.corrects_id = a.id
          AND c.performed_on <= $2)
FROM audit a WHERE a.id = $1

-- name: cert_body_of_audit
SELECT b.id, b.code FROM audit a JOIN body b ON b.id = a.body_id WHERE a.id = $1

-- The newest that a certificate could rest on, performed by $3, concluded or not.
-- name: cert_newest_audit
SELECT a.id FROM audit a
WHERE a.holder_id = $1 AND a.edition_id = $2 AND a.performed_on <= $3
  AND a.kind IN @set(audit_kind, certifying)
  AND NOT EXISTS (SELECT 1 FROM audit c
                  WHERE c.holder_id = a.holder_id AND c.edition_id = a.edition_id AND c.corrects_id = a.id
                    AND c.performed_on <= $3)
ORDER BY a.performed_on DESC, a.id DESC LIMIT 1

-- How a holder seeks certificates against an edition, by its newest pursuit, and what it certifies.
-- name: cert_route
SELECT h.kind, s.certifies,
       (SELECT p.route FROM pursuit p
        WHERE p.holder_id = h.id AND p.edition_id = e.id AND p.enrolled_on <= $3
        ORDER BY p.enrolled_on DESC, p.id DESC LIMIT 1)
FROM holder h, edition e JOIN standard s ON s.id = e.standard_id
WHERE h.id = $1 AND e.id = $2

-- Open on the day $3, of the class $4.
-- name: cert_open_findings
SELECT id FROM finding
WHERE holder_id = $1 AND edition_id = $2 AND class = $4 AND raised_on <= $3
  AND (closed_on IS NULL OR closed_on > $3)
ORDER BY id

-- The nonconformity of an audit that was closed last by the day $2.
-- name: cert_last_closed
SELECT id, closed_on FROM finding
WHERE audit_id = $1 AND class IN ('major', 'minor') AND closed_on <= $2
ORDER BY closed_on DESC, id DESC LIMIT 1

-- The first major finding of audit $1 that was not closed by the day $2.
-- name: cert_late_major
SELECT min(id) FROM finding WHERE audit_id = $1 AND class = 'major' AND (closed_on IS NULL OR closed_on > $2)

-- Who is appointed to decide at the body $1 on the day $3: how many, and whether $2 is one of them.
-- name: cert_deciders
SELECT count(*), count(*) FILTER (WHERE person_id = $2) FROM appointment
WHERE body_id = $1 AND role = 'decision_maker' AND from_on <= $3 AND (until_on IS NULL OR until_on > $3)

-- Surveillance and recertification audits of a holder against an edition, performed by $3 and not corrected by then.
-- name: cert_visits
SELECT a.id, a.performed_on FROM audit a
WHERE a.holder_id = $1 AND a.edition_id = $2 AND a.performed_on <= $3
  AND a.kind IN ('surveillance', 'recertification')
  AND NOT EXISTS (SELECT 1 FROM audit c
                  WHERE c.holder_id = a.holder_id AND c.edition_id = a.edition_id AND c.corrects_id = a.id
                    AND c.performed_on <= $3)
ORDER BY a.performed_on, a.id

-- The newest certificate of each body by each standard, of this holder ($1) or its members, or ($1 NULL) of every
-- holder in scope ($3), on the day $2: those that the cycle still asks something of.
-- name: cert_cycles
SELECT c.id, h.code, c.holder_id, c.edition_id
FROM certificate c JOIN holder h ON h.id = c.holder_id JOIN edition e ON e.id = c.edition_id
WHERE c.decided_on <= $2
  AND (CAST($1 AS BIGINT) IS NULL OR c.holder_id = $1
       OR c.holder_id IN (SELECT m.enterprise_id FROM membership m
                          WHERE m.cooperative_id = $1 AND @member_on(m, $2)))
  AND @scope(c.holder_id, $3, $2)
  AND NOT @certificate_withdrawn(c.id, $2)
  AND NOT EXISTS (SELECT 1 FROM certificate n
                  JOIN edition ne ON ne.id = n.edition_id
                  WHERE n.holder_id = c.holder_id AND n.body_id = c.body_id AND ne.standard_id = e.standard_id
                    AND n.decided_on <= $2 AND (n.valid_from, n.id) > (c.valid_from, c.id))
ORDER BY h.code, c.id

-- Of those begun by the day $3 one in force, else one suspended, else one that is over; of several the newest.
-- Bodies may have granted one each: what one of them withdraws ends nothing of the others.
-- name: cert_newest
SELECT state, valid_until
FROM (SELECT coalesce((SELECT v.state FROM certificate_event v
                       WHERE v.certificate_id = c.id AND v.on_day <= $3
                       ORDER BY v.on_day DESC, v.number DESC LIMIT 1), 'active') AS state,
             (SELECT t.valid_until FROM certificate_term t
              WHERE t.certificate_id = c.id AND t.decided_on <= $3 ORDER BY t.ordinal DESC LIMIT 1) AS valid_until,
             c.valid_from, c.id
      FROM certificate c
      WHERE c.holder_id = $1 AND c.edition_id = $2 AND c.valid_from <= $3) AS held
ORDER BY CASE WHEN valid_until < $3 OR state = 'withdrawn' THEN 2 WHEN state = 'suspended' THEN 1 ELSE 0 END,
         valid_from DESC, id DESC
LIMIT 1

-- With the last term decided by the day $2, or the first.
-- name: cert_show
SELECT c.id AS certificate, t.number, h.code AS holder, e.full_code AS edition, b.code AS body,
       coalesce((SELECT v.state FROM certificate_event v
                 WHERE v.certificate_id = c.id AND v.on_day <= $2
                 ORDER BY v.on_day DESC, v.number DESC LIMIT 1), 'active') AS state,
       c.scope, t.audit_id AS audit, t.decided_on, c.valid_from, t.valid_until, c.route, p.code AS decided_by,
       t.override,
       (SELECT nullif(count(*), 0) FROM impartiality_override o
        WHERE o.audit_id = t.audit_id AND o.on_day <= $2) AS overrides
FROM certificate c
JOIN certificate_term t ON t.certificate_id = c.id
 AND t.ordinal = coalesce((SELECT max(x.ordinal) FROM certificate_term x
                           WHERE x.certificate_id = c.id AND x.decided_on <= $2), 1)
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
JOIN body b ON b.id = c.body_id
LEFT JOIN person p ON p.id = t.decided_by
WHERE c.id = $1

-- name: cert_events
SELECT state, on_day AS "on", reason, override FROM certificate_event
WHERE certificate_id = $1 AND on_day <= $2 ORDER BY number LIMIT 1000

-- $1: this holder or its members on the day $2; $3: scope; $4: edition; $5: after; $6: limit. Those decided by $2.
-- name: cert_list
SELECT c.id AS certificate, t.number, h.code AS holder, e.full_code AS edition, b.code AS body,
       coalesce((SELECT v.state FROM certificate_event v
                 WHERE v.certificate_id = c.id AND v.on_day <= $2
                 ORDER BY v.on_day DESC, v.number DESC LIMIT 1), 'active') AS state,
       c.scope, t.audit_id AS audit, t.decided_on, c.valid_from, t.valid_until, c.route, p.code AS decided_by,
       t.override,
       (SELECT nullif(count(*), 0) FROM impartiality_override o
        WHERE o.audit_id = t.audit_id AND o.on_day <= $2) AS overrides
FROM certificate c
JOIN certificate_term t ON t.certificate_id = c.id
 AND t.ordinal = coalesce((SELECT max(x.ordinal) FROM certificate_term x
                           WHERE x.certificate_id = c.id AND x.decided_on <= $2), 1)
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
JOIN body b ON b.id = c.body_id
LEFT JOIN person p ON p.id = t.decided_by
WHERE c.id > $5 AND c.decided_on <= $2
  AND @only(c.edition_id, $4)
  AND @of_holder(c.holder_id, $1, $2)
  AND @scope(c.holder_id, $3, $2)
ORDER BY c.id LIMIT $6

-- --- Cover: who is covered on a day began to be so by then, has not ended, is a member since, and is not excluded. ---

-- The last external audit of the group by the day $2, else the last decision.
-- name: cert_last_visit
SELECT coalesce((SELECT max(a.performed_on) FROM audit a
                 WHERE a.holder_id = c.holder_id AND a.edition_id = c.edition_id AND a.performed_on <= $2
                   AND a.kind IN @set(audit_kind, visit)),
                (SELECT max(t.decided_on) FROM certificate_term t
                 WHERE t.certificate_id = c.id AND t.decided_on <= $2),
                c.decided_on)
FROM certificate c WHERE c.id = $1

-- Every member of cooperative $1 on day $2 with the time for which certificate $3 covers it on that day or later, and
-- the gravest sanction for edition $4; $5: only this enterprise.
-- name: cert_cover_members
SELECT m.enterprise_id, h.code, m.joined_on, s.id, s.kind, v.covered_from, v.covered_until
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
LEFT JOIN certificate_member v ON v.certificate_id = $3 AND v.enterprise_id = m.enterprise_id
     AND v.covered_from >= m.joined_on AND (v.covered_until IS NULL OR v.covered_until > $2)
LEFT JOIN sanction s ON s.id = (SELECT x.id FROM sanction x
                                WHERE x.cooperative_id = $1 AND x.edition_id = $4 AND x.enterprise_id = m.enterprise_id
                                  AND @sanction_on(x, $2)
                                ORDER BY @gravity(x.kind), x.id
                                LIMIT 1)
WHERE m.cooperative_id = $1 AND @member_on(m, $2)
  AND @only(m.enterprise_id, $5)
ORDER BY h.code

-- name: cert_cover_name
SELECT name FROM holder WHERE id = $1

-- name: cert_cover_insert
INSERT INTO certificate_member (certificate_id, enterprise_id, covered_from) VALUES ($1, $2, $3)

-- name: cert_cover_end
UPDATE certificate_member SET covered_until = $4, reason = $5
WHERE certificate_id = $1 AND enterprise_id = $2 AND covered_from = $3

-- The last time of each member by the day $2, of certificate $1 after code $4; $3: also those over (1); $5: so many;
-- $6: the last external audit, after which members are new.
-- name: cert_members
SELECT enterprise, name, covered, covered_from, covered_until, newcomer, sanction, reason
FROM (SELECT h.code AS enterprise, h.name,
             CASE WHEN m.id IS NOT NULL AND (m.left_on IS NULL OR m.left_on > $2)
                       AND (v.covered_until IS NULL OR v.covered_until > $2)
                       AND (s.kind IS NULL OR s.kind <> 'exclusion')
                  THEN 1 ELSE 0 END AS covered,
             v.covered_from,
             CASE WHEN m.left_on <= $2 AND (v.covered_until IS NULL OR v.covered_until > m.left_on) THEN m.left_on
                  WHEN v.covered_until <= $2 THEN v.covered_until END AS covered_until,
             CASE WHEN m.joined_on > $6 THEN 1 ELSE 0 END AS newcomer,
             s.id AS sanction,
             CASE WHEN v.covered_until <= $2 THEN v.reason END AS reason
      FROM certificate c
      JOIN certificate_member v ON v.certificate_id = c.id AND v.covered_from <= $2
      JOIN holder h ON h.id = v.enterprise_id
      LEFT JOIN membership m ON m.cooperative_id = c.holder_id AND m.enterprise_id = v.enterprise_id
           AND @member_on(m, v.covered_from)
      LEFT JOIN sanction s ON s.id = (SELECT x.id FROM sanction x
                                      WHERE x.cooperative_id = c.holder_id AND x.edition_id = c.edition_id
                                        AND x.enterprise_id = v.enterprise_id
                                        AND @sanction_on(x, $2)
                                      ORDER BY @gravity(x.kind),
                                               x.id
                                      LIMIT 1)
      WHERE c.id = $1 AND h.code > $4
        AND NOT EXISTS (SELECT 1 FROM certificate_member n
                        WHERE n.certificate_id = c.id AND n.enterprise_id = v.enterprise_id
                          AND n.covered_from > v.covered_from AND n.covered_from <= $2)) AS last
WHERE covered = 1 OR $3 = 1
ORDER BY enterprise
LIMIT $5

-- The certificate of a group against edition $2 that covers enterprise $1 on day $3, neither expired nor withdrawn.
-- name: cert_covering
SELECT c.id
FROM certificate_member v
JOIN certificate c ON c.id = v.certificate_id
JOIN membership m ON m.cooperative_id = c.holder_id AND m.enterprise_id = v.enterprise_id
     AND m.joined_on <= v.covered_from AND (m.left_on IS NULL OR m.left_on > $3)
WHERE v.enterprise_id = $1 AND c.edition_id = $2 AND @covered_on(v, $3)
  AND @certificate_in_term(c.id, $3)
  AND NOT @certificate_withdrawn(c.id, $3)
  AND NOT @excluded(c.holder_id, c.edition_id, $1, $3)
ORDER BY v.covered_from DESC, c.id DESC
LIMIT 1

-- What keeps enterprise $2 in the group of cooperative $1 on day $3: its sanctions, but exclusion, for editions by whose
-- certificates the group covers it.
-- name: cert_cover_sanctions
SELECT c.id, c.edition_id, x.id
FROM certificate_member v
JOIN certificate c ON c.id = v.certificate_id AND c.holder_id = $1
JOIN sanction x ON x.cooperative_id = $1 AND x.edition_id = c.edition_id AND x.enterprise_id = $2
     AND x.kind <> 'exclusion' AND @sanction_on(x, $3)
WHERE v.enterprise_id = $2 AND @covered_on(v, $3)
  AND NOT @excluded($1, c.edition_id, $2, $3)
ORDER BY x.id
