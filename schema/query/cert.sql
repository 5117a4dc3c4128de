-- SPDX-License-Identifier: Apache-2.0
-- Certificates: their terms (the grant and each renewal) and what happened to them. The state on a day is that of the
-- last event by that day; a certificate that was not withdrawn expires after the last day of the last term decided by
-- that day.

-- What its last event made of it.
-- fragment: certificate_state(certificate, day)
coalesce((SELECT event.state FROM certificate_event event
          WHERE event.certificate_id = $certificate AND event.on_day <= $day
          ORDER BY event.on_day DESC, event.number DESC LIMIT 1), 'active')

-- The day of that event; of a certificate that has not begun, its first day.
-- fragment: certificate_since(certificate, day)
coalesce((SELECT event.on_day FROM certificate_event event
          WHERE event.certificate_id = $certificate AND event.on_day <= $day
          ORDER BY event.on_day DESC, event.number DESC LIMIT 1),
         (SELECT yet.valid_from FROM certificate yet WHERE yet.id = $certificate))

-- The record, with the last term decided by the day, or the first; the certificate is c.
-- fragment: certificates_on(day)
SELECT c.id AS certificate, t.number, h.code AS holder, e.full_code AS edition, b.code AS body,
       @certificate_state(c.id, $day) AS state,
       c.scope, t.audit_id AS audit, t.decided_on, c.valid_from, t.valid_until, c.route, p.code AS decided_by,
       t.override,
       (SELECT nullif(count(*), 0) FROM impartiality_override o
        WHERE o.audit_id = t.audit_id AND o.on_day <= $day) AS overrides,
       @certificate_since(c.id, $day) AS since, NULL AS chosen,
       (SELECT CASE WHEN @known_void(a, $day) THEN 'void' WHEN @audit_corrected(a.id, $day) THEN 'corrected' END
        FROM audit a WHERE a.id = t.audit_id) AS audit_state
FROM certificate c
JOIN certificate_term t ON t.certificate_id = c.id
 AND t.ordinal = coalesce((SELECT max(x.ordinal) FROM certificate_term x
                           WHERE x.certificate_id = c.id AND x.decided_on <= $day), 1)
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
JOIN body b ON b.id = c.body_id
LEFT JOIN person p ON p.id = t.decided_by

-- name: cert_insert(number text, holder id, edition id, body id, audit id, scope text, decided_on date,
--                   valid_from date, valid_until date, route choice pursuit_route)
INSERT INTO certificate (id, number, holder_id, edition_id, body_id, audit_id, scope, decided_on, valid_from,
                         valid_until, route)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM certificate), $number, $holder, $edition, $body, $audit, $scope,
        $decided_on, $valid_from, $valid_until, $route)
RETURNING id

-- name: cert_term_insert(certificate id, kind choice term_kind, number text, audit id, decided_by id, decided_on date,
--                        valid_from date, valid_until date, unmet text, override text)
INSERT INTO certificate_term (certificate_id, ordinal, kind, number, audit_id, decided_by, decided_on, valid_from,
                              valid_until, unmet, override)
VALUES ($certificate, (SELECT coalesce(max(ordinal), 0) + 1 FROM certificate_term WHERE certificate_id = $certificate),
        $kind, $number, $audit, $decided_by, $decided_on, $valid_from, $valid_until, $unmet, $override)

-- name: cert_terms(certificate id, as_of date)
-- record: certificate_term
SELECT t.kind, t.number, t.audit_id AS audit, p.code AS decided_by, t.decided_on, t.valid_from, t.valid_until, t.unmet,
       t.override, a.performed_on AS audited_on
FROM certificate_term t
LEFT JOIN person p ON p.id = t.decided_by
LEFT JOIN audit a ON a.id = t.audit_id
WHERE t.certificate_id = $certificate AND t.decided_on <= $as_of
ORDER BY t.ordinal LIMIT 1000

-- name: cert_event(certificate id, state choice certificate_state, on_day date, reason text, override text)
INSERT INTO certificate_event (certificate_id, number, state, on_day, reason, override)
VALUES ($certificate, (SELECT coalesce(max(number), 0) + 1 FROM certificate_event WHERE certificate_id = $certificate),
        $state, $on_day, $reason, $override)

-- The last day on which something happened to it or was decided of it, as known on a day: its first day, and whatever
-- came by then.
-- name: cert_last_day(certificate id, known date)
SELECT max(on_day) AS on_day
FROM (SELECT on_day FROM certificate_event
      WHERE certificate_id = $certificate AND (number = 1 OR on_day <= $known)
      UNION ALL
      SELECT decided_on FROM certificate_term
      WHERE certificate_id = $certificate AND (ordinal = 1 OR decided_on <= $known)) AS days

-- name: cert_last_event(certificate id, as_of date)
SELECT state, on_day FROM certificate_event
WHERE certificate_id = $certificate AND on_day <= $as_of ORDER BY on_day DESC, number DESC LIMIT 1

-- Another one of the body that has had the number, as known on the day; $but 0: any.
-- name: cert_of_body(body id, number text, but int, known date)
SELECT c.id FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
WHERE c.body_id = $body AND t.number = $number AND c.id <> $but AND t.decided_on <= $known
ORDER BY c.id LIMIT 1

-- Another one of the same holder, edition and body that shares a day with [$valid_from, $valid_until], as known on the
-- day, and not withdrawn by then; $but 0: any.
-- name: cert_overlap(holder id, edition id, body id, valid_from date, valid_until date, but int, known date)
SELECT c.id, t.number, t.valid_until
FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
WHERE c.holder_id = $holder AND c.edition_id = $edition AND c.body_id = $body
  AND t.valid_from <= $valid_until AND t.valid_until >= $valid_from
  AND c.id <> $but AND t.decided_on <= $known
  AND NOT @certificate_withdrawn(c.id, $known)
ORDER BY t.valid_until DESC, c.id LIMIT 1

-- name: cert_facts(certificate id)
SELECT holder_id, edition_id, body_id, route FROM certificate WHERE id = $certificate

-- As known on the day: what was recorded by then, and is not void.
-- name: cert_audit(audit id, known date)
SELECT a.holder_id, a.edition_id, a.performed_on, a.kind, a.concluded_on, a.outcome_on,
       CASE WHEN a.outcome_on <= $known THEN a.outcome END AS outcome, c.id AS corrected_by,
       c.recorded_on AS corrected_on, CASE WHEN @known_void(a, $known) THEN a.void_on END AS void_on,
       CASE WHEN @known_void(a, $known) THEN e.id END AS restored
FROM audit a
LEFT JOIN audit e ON e.id = a.corrects_id AND @audit_counts(e, $known)
LEFT JOIN audit c ON c.id = (SELECT max(x.id) FROM audit x
                             WHERE x.corrects_id = a.id AND x.recorded_on <= $known AND NOT @known_void(x, $known))
WHERE a.id = $audit

-- name: cert_body_of_audit(audit id)
SELECT b.id, b.code FROM audit a JOIN body b ON b.id = a.body_id WHERE a.id = $audit

-- The newest that a certificate could rest on, concluded or not.
-- name: cert_newest_audit(holder id, edition id, as_of date, known date)
SELECT a.id FROM audit a
WHERE a.holder_id = $holder AND a.edition_id = $edition AND a.performed_on <= $as_of
  AND a.kind IN @set(audit_kind, certifying)
  AND @audit_counts(a, $known)
ORDER BY a.performed_on DESC, a.id DESC LIMIT 1

-- How a holder seeks certificates against an edition, by its newest pursuit, and what it certifies.
-- name: cert_route(holder id, edition id, as_of date)
SELECT h.kind, s.certifies,
       (SELECT p.route FROM pursuit p
        WHERE p.holder_id = h.id AND p.edition_id = e.id AND p.enrolled_on <= $as_of
        ORDER BY p.enrolled_on DESC, p.id DESC LIMIT 1) AS route
FROM holder h, edition e JOIN standard s ON s.id = e.standard_id
WHERE h.id = $holder AND e.id = $edition

-- name: cert_open_findings(holder id, edition id, day date, known date, class choice class)
-- row: cert_findings
SELECT f.id FROM finding f
WHERE f.holder_id = $holder AND f.edition_id = $edition AND f.class = $class AND @finding_open_known(f, $day, $known)
ORDER BY f.id

-- Those of the members of a group.
-- name: cert_member_findings(cooperative id, edition id, day date, known date, class choice class)
-- row: cert_findings
SELECT f.id FROM membership m JOIN finding f ON f.holder_id = m.enterprise_id
WHERE m.cooperative_id = $cooperative AND @member_known(m, $day, $known)
  AND f.edition_id = $edition AND f.class = $class AND @finding_open_known(f, $day, $known)
ORDER BY f.id

-- Those that an audit raised.
-- name: cert_audit_findings(audit id, day date, known date, class choice class)
-- row: cert_findings
SELECT f.id FROM finding f
WHERE f.audit_id = $audit AND f.class = $class AND @finding_open_known(f, $day, $known)
ORDER BY f.id

-- The nonconformity of an audit that was closed last.
-- name: cert_last_closed(audit id, as_of date, known date)
SELECT f.id, @finding_closed_known(f, $as_of, $known) AS closed_on FROM finding f
WHERE f.audit_id = $audit AND f.class IN @set(class, nonconformity) AND NOT @known_void(f, $known)
  AND @finding_closed_known(f, $as_of, $known) <= $as_of
ORDER BY closed_on DESC, f.id DESC LIMIT 1

-- The first major finding of an audit that was not closed by the day.
-- name: cert_late_major(audit id, day date, known date)
SELECT min(f.id) AS id FROM finding f
WHERE f.audit_id = $audit AND f.class = 'major' AND @finding_open_known(f, $day, $known)

-- The newest sample for a purpose, drawn by the day and since the body last decided on the holder by the edition.
-- name: cert_sample(cooperative id, edition id, purpose choice sample_purpose, day date, body id)
SELECT s.id FROM sample s
WHERE s.cooperative_id = $cooperative AND s.edition_id = $edition AND s.purpose = $purpose AND s.on_day <= $day
  AND NOT EXISTS (SELECT 1 FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
                  WHERE c.holder_id = $cooperative AND c.edition_id = $edition AND c.body_id = $body
                    AND t.decided_on <= $day AND t.decided_on >= s.on_day)
ORDER BY s.on_day DESC, s.id DESC LIMIT 1

-- Who is appointed to decide at the body: how many, and whether the person is one of them.
-- name: cert_deciders(body id, person id, day date, known date)
SELECT count(*) AS appointed, count(*) FILTER (WHERE a.person_id = $person) AS is_one FROM appointment a
WHERE a.body_id = $body AND a.role = 'decision_maker' AND @appointed_known(a, $day, $known)

-- Surveillance and recertification audits of a holder against an edition.
-- name: cert_visits(holder id, edition id, as_of date)
SELECT a.id, a.performed_on, a.kind FROM audit a
WHERE a.holder_id = $holder AND a.edition_id = $edition AND a.performed_on <= $as_of
  AND a.kind IN ('surveillance', 'recertification')
  AND @audit_counts(a, $as_of)
ORDER BY a.performed_on, a.id

-- name: cert_responses(audit id)
SELECT responses FROM audit WHERE id = $audit

-- The first major finding that an audit raised on a fundamental requirement, open or not.
-- name: cert_fundamental(audit id)
SELECT f.id, r.code AS requirement
FROM finding f JOIN requirement r ON r.edition_id = f.edition_id AND r.ordinal = f.ordinal
WHERE f.audit_id = $audit AND f.class = 'major' AND r.fundamental = 1
ORDER BY f.id LIMIT 1

-- The newest certificate of each body by each standard: those that the cycle still asks something of.
-- name: cert_cycles(of_holder id, as_of date, scope scope)
SELECT c.id, h.code, c.holder_id, c.edition_id
FROM certificate c JOIN holder h ON h.id = c.holder_id JOIN edition e ON e.id = c.edition_id
WHERE c.decided_on <= $as_of
  AND @of_holder(c.holder_id, $of_holder, $as_of)
  AND @scope(c.holder_id, $scope, $as_of)
  AND NOT @certificate_withdrawn(c.id, $as_of)
  AND NOT EXISTS (SELECT 1 FROM certificate n
                  JOIN edition ne ON ne.id = n.edition_id
                  WHERE n.holder_id = c.holder_id AND n.body_id = c.body_id AND ne.standard_id = e.standard_id
                    AND n.decided_on <= $as_of AND (n.valid_from, n.id) > (c.valid_from, c.id))
ORDER BY h.code, c.id

-- Of those begun by the day one in force, else one suspended, else one that is over; of several the newest.
-- Bodies may have granted one each: what one of them withdraws ends nothing of the others.
-- name: cert_newest(holder id, edition id, as_of date)
SELECT state, since, valid_until
FROM (SELECT @certificate_state(c.id, $as_of) AS state, @certificate_since(c.id, $as_of) AS since,
             (SELECT t.valid_until FROM certificate_term t
              WHERE t.certificate_id = c.id AND t.decided_on <= $as_of ORDER BY t.ordinal DESC LIMIT 1) AS valid_until,
             c.valid_from, c.id
      FROM certificate c
      WHERE c.holder_id = $holder AND c.edition_id = $edition AND c.valid_from <= $as_of) AS held
ORDER BY CASE WHEN valid_until < $as_of OR state = 'withdrawn' THEN 2 WHEN state = 'suspended' THEN 1 ELSE 0 END,
         valid_from DESC, id DESC
LIMIT 1

-- name: cert_show(certificate id, as_of date)
-- record: certificate
@certificates_on($as_of)
WHERE c.id = $certificate

-- name: cert_events(certificate id, as_of date)
-- record: certificate_event
SELECT state, on_day AS "on", reason, override FROM certificate_event
WHERE certificate_id = $certificate AND on_day <= $as_of ORDER BY number LIMIT 1000

-- name: cert_list(of_holder id, as_of date, scope scope, edition id, after int, limit int)
-- record: certificate
@certificates_on($as_of)
WHERE c.id > $after AND c.decided_on <= $as_of
  AND @only(c.edition_id, $edition)
  AND @of_holder(c.holder_id, $of_holder, $as_of)
  AND @scope(c.holder_id, $scope, $as_of)
ORDER BY c.id LIMIT $limit

-- --- Cover: who is covered on a day began to be so by then, has not ended, is a member since, and is not excluded. ---

-- The last external audit of the group, else the last decision.
-- name: cert_last_visit(certificate id, as_of date, known date)
SELECT coalesce((SELECT max(a.performed_on) FROM audit a
                 WHERE a.holder_id = c.holder_id AND a.edition_id = c.edition_id AND a.performed_on <= $as_of
                   AND a.kind IN @set(audit_kind, visit) AND @audit_counts(a, $known)),
                (SELECT max(t.decided_on) FROM certificate_term t
                 WHERE t.certificate_id = c.id AND t.decided_on <= $as_of),
                c.decided_on) AS on_day
FROM certificate c WHERE c.id = $certificate

-- Every member of a cooperative, or the one enterprise, with the time for which the certificate covers it on that day
-- or later, and the gravest sanction.
-- name: cert_cover_members(cooperative id, day date, known date, certificate id, edition id, enterprise id)
SELECT m.enterprise_id, h.code, m.joined_on, s.id AS sanction_id, s.kind AS sanction, v.covered_from, v.covered_until
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
LEFT JOIN certificate_member v ON v.certificate_id = $certificate AND v.enterprise_id = m.enterprise_id
     AND v.covered_from >= m.joined_on AND (v.covered_until IS NULL OR v.covered_until > $day)
LEFT JOIN sanction s ON s.id = @gravest_sanction($cooperative, $edition, m.enterprise_id, $day)
WHERE m.cooperative_id = $cooperative AND @member_known(m, $day, $known)
  AND @only(m.enterprise_id, $enterprise)
ORDER BY h.code

-- name: cert_cover_name(enterprise id)
SELECT name FROM holder WHERE id = $enterprise

-- name: cert_cover_insert(certificate id, enterprise id, covered_from date)
INSERT INTO certificate_member (certificate_id, enterprise_id, covered_from)
VALUES ($certificate, $enterprise, $covered_from)

-- name: cert_cover_end(certificate id, enterprise id, covered_from date, covered_until date, reason text)
UPDATE certificate_member SET covered_until = $covered_until, reason = $reason
WHERE certificate_id = $certificate AND enterprise_id = $enterprise AND covered_from = $covered_from

-- The last time of each member by the day. Members that joined after the last external audit are new.
-- name: cert_members(certificate id, as_of date, ended bool, after text, limit int, visited_on date)
-- record: covered_member
SELECT enterprise, name, CASE WHEN state = 'covered' THEN 1 ELSE 0 END AS covered, covered_from, covered_until, newcomer,
       sanction, reason, state
FROM (SELECT h.code AS enterprise, h.name,
             CASE WHEN m.id IS NULL OR m.left_on <= $as_of OR v.covered_until <= $as_of THEN 'ended'
                  WHEN s.kind = 'exclusion' THEN 'excluded'
                  WHEN NOT (@certificate_holds(c.id, $as_of)) THEN 'over'
                  WHEN c.valid_from > $as_of THEN 'coming'
                  WHEN @certificate_state(c.id, $as_of) = 'suspended' THEN 'suspended'
                  ELSE 'covered' END AS state,
             v.covered_from,
             CASE WHEN m.left_on <= $as_of AND (v.covered_until IS NULL OR v.covered_until > m.left_on) THEN m.left_on
                  WHEN v.covered_until <= $as_of THEN v.covered_until END AS covered_until,
             CASE WHEN m.joined_on > $visited_on THEN 1 ELSE 0 END AS newcomer,
             s.id AS sanction,
             CASE WHEN v.covered_until <= $as_of THEN v.reason END AS reason
      FROM certificate c
      JOIN certificate_member v ON v.certificate_id = c.id AND v.covered_from <= $as_of
      JOIN holder h ON h.id = v.enterprise_id
      LEFT JOIN membership m ON m.cooperative_id = c.holder_id AND m.enterprise_id = v.enterprise_id
           AND @member_known(m, v.covered_from, $as_of)
      LEFT JOIN sanction s ON s.id = @gravest_sanction(c.holder_id, c.edition_id, v.enterprise_id, $as_of)
      WHERE c.id = $certificate AND h.code > $after
        AND NOT EXISTS (SELECT 1 FROM certificate_member n
                        WHERE n.certificate_id = c.id AND n.enterprise_id = v.enterprise_id
                          AND n.covered_from > v.covered_from AND n.covered_from <= $as_of)) AS last
WHERE state NOT IN ('ended', 'excluded') OR $ended = 1
ORDER BY enterprise
LIMIT $limit

-- The certificate of a group that covers the enterprise on the day.
-- name: cert_covering(enterprise id, edition id, day date)
SELECT c.id, @certificate_state(c.id, $day) AS state
FROM certificate_member v
JOIN certificate c ON c.id = v.certificate_id
JOIN membership m ON m.cooperative_id = c.holder_id AND m.enterprise_id = v.enterprise_id
     AND m.joined_on <= v.covered_from AND @member_on(m, $day)
WHERE v.enterprise_id = $enterprise AND c.edition_id = $edition AND @covered_on(v, $day)
  AND @certificate_holds(c.id, $day)
  AND NOT @excluded(c.holder_id, c.edition_id, $enterprise, $day)
ORDER BY v.covered_from DESC, c.id DESC
LIMIT 1

-- What keeps an enterprise in the group: its sanctions, but exclusion, for editions by whose certificates the group
-- covers it.
-- name: cert_cover_sanctions(cooperative id, enterprise id, day date)
SELECT c.id AS certificate_id, c.edition_id, x.id AS sanction_id
FROM certificate_member v
JOIN certificate c ON c.id = v.certificate_id AND c.holder_id = $cooperative
JOIN sanction x ON x.cooperative_id = $cooperative AND x.edition_id = c.edition_id AND x.enterprise_id = $enterprise
     AND x.kind <> 'exclusion' AND @sanction_on(x, $day)
WHERE v.enterprise_id = $enterprise AND @covered_on(v, $day)
  AND NOT @excluded($cooperative, c.edition_id, $enterprise, $day)
ORDER BY x.id
