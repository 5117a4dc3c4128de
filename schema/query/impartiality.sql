-- SPDX-License-Identifier: Apache-2.0
-- What bars people and bodies, the relations they declared, the bars that were set aside.

-- The last day of a relation (d) as known on a day; NULL: none.
-- fragment: relation_until(d, as_of)
CASE WHEN $d.withdrawn_on <= $as_of AND ($d.until_on IS NULL OR $d.withdrawn_on < $d.until_on)
     THEN $d.withdrawn_on ELSE $d.until_on END

-- Whether it holds on a day, as known on another.
-- fragment: relation_on(d, day, as_of)
$d.declared_on <= $as_of AND $d.from_on <= $day AND ($d.until_on IS NULL OR $d.until_on > $day)
  AND ($d.withdrawn_on IS NULL OR $d.withdrawn_on > $as_of OR $d.withdrawn_on > $day)

-- The record; the declaration is d.
-- fragment: relations_as_of(day)
SELECT d.id AS declaration, p.code AS person, h.code AS holder, d.relation, d.from_on AS "from",
       @relation_until(d, $day) AS "until",
       d.declared_on, d.note, CASE WHEN d.withdrawn_on <= $day THEN d.reason END AS reason
FROM declaration d
JOIN person p ON p.id = d.person_id
JOIN holder h ON h.id = d.holder_id

-- The record; the override is o.
-- fragment: overrides()
SELECT o.audit_id AS audit, o.kind, p.code AS person, b.code AS body, o.record, o.words, o.reason, o.on_day AS "on",
       o.by_user AS "user"
FROM impartiality_override o
LEFT JOIN person p ON p.id = o.person_id
LEFT JOIN body b ON b.id = o.body_id

-- Whether an audit (a) was made by or for the holder itself: such work starts a cooling-off.
-- fragment: internal_audit(a)
($a.performed_on IS NOT NULL
 AND ($a.kind IN @set(audit_kind, internal) OR ($a.kind = 'follow_up' AND $a.body_id IS NULL)))

-- Whether an audit (a) was of a holder or, where that is a cooperative, of a member of it on the day of the audit.
-- fragment: audit_for(a, holder, known)
($a.holder_id = $holder
 OR EXISTS (SELECT 1 FROM membership then_its
            WHERE then_its.enterprise_id = $a.holder_id AND then_its.cooperative_id = $holder
              AND @member_known(then_its, $a.performed_on, $known)))

-- Whether a person has a role at a body on the day of some work, or on that of the task.
-- fragment: belongs(person, body, then, now, known)
EXISTS (SELECT 1 FROM appointment its
        WHERE its.person_id = $person AND its.body_id = $body
          AND (@appointed_known(its, $then, $known) OR @appointed_known(its, $now, $known)))

-- Whether what ties somebody to one holder ties them to another: it is the same, or its cooperative on the day.
-- fragment: reaches(tied, holder, day, known)
($tied = $holder
 OR EXISTS (SELECT 1 FROM membership theirs
            WHERE theirs.enterprise_id = $holder AND theirs.cooperative_id = $tied
              AND @member_known(theirs, $day, $known)))

-- The first day on which a role no longer holds, as known on a day; NULL: none.
-- fragment: role_until(n, known)
CASE WHEN coalesce($n.released_on, $n.until_on) <= $known THEN $n.until_on END

-- What the person or the body did for the holder, newest first; without $from_on, from the first on. body: through
-- which it is theirs; NULL: their own.
-- name: impartiality_assistance(holder id, person id, body id, until_on date, from_on date, as_of date)
-- row: impartiality_work
SELECT t.id, t.kind, t.delivered_on AS on_day, CAST(NULL AS TEXT) AS body
FROM assistance t
WHERE t.holder_id = $holder AND (t.adviser_id = $person OR t.provider_id = $body)
  AND t.delivered_on <= $until_on AND t.delivered_on >= coalesce($from_on, '')
  AND NOT @known_void(t, $as_of)
ORDER BY t.delivered_on DESC, t.id DESC

-- The same of internal audits.
-- name: impartiality_internal(holder id, person id, until_on date, from_on date, as_of date)
-- row: impartiality_work
SELECT a.id, a.kind, a.performed_on AS on_day, CAST(NULL AS TEXT) AS body
FROM audit_person x JOIN audit a ON a.id = x.audit_id
WHERE x.person_id = $person AND @internal_audit(a) AND @audit_for(a, $holder, $as_of) AND NOT @known_void(a, $as_of)
  AND a.performed_on <= $until_on AND a.performed_on >= coalesce($from_on, '')
ORDER BY a.performed_on DESC, a.id DESC

-- Assistance that bodies gave, named as its provider or through their people.
-- fragment: assistance_of_bodies(known)
(SELECT t.id, t.kind, t.holder_id, t.delivered_on AS on_day, t.adviser_id, t.provider_id, t.provider_id AS body_id
 FROM assistance t WHERE t.provider_id IS NOT NULL AND NOT @known_void(t, $known)
 UNION
 SELECT t.id, t.kind, t.holder_id, t.delivered_on, t.adviser_id, t.provider_id, r.body_id
 FROM assistance t JOIN appointment r ON r.person_id = t.adviser_id
 WHERE r.body_id IS NOT NULL AND @appointed_known(r, t.delivered_on, $known) AND NOT @known_void(t, $known))

-- Assistance of a body to which the person belongs, or of a person who belonged to the body; $day: that of the task.
-- name: impartiality_assistance_through(holder id, person id, body id, until_on date, from_on date, day date,
--                                       as_of date)
-- row: impartiality_work
SELECT w.id, w.kind, w.on_day, min(b.code) AS body
FROM @assistance_of_bodies($as_of) AS w JOIN body b ON b.id = w.body_id
WHERE w.holder_id = $holder AND w.on_day <= $until_on AND w.on_day >= coalesce($from_on, '')
  AND ((w.body_id = $body AND w.provider_id IS DISTINCT FROM $body)
       OR (w.adviser_id IS DISTINCT FROM $person AND @belongs($person, w.body_id, w.on_day, $day, $as_of)))
GROUP BY w.id, w.kind, w.on_day
ORDER BY w.on_day DESC, w.id DESC

-- The same of internal audits.
-- name: impartiality_internal_through(holder id, person id, body id, until_on date, from_on date, day date, as_of date)
-- row: impartiality_work
SELECT a.id, a.kind, a.performed_on AS on_day, min(b.code) AS body
FROM appointment r
JOIN body b ON b.id = r.body_id
JOIN audit_person x ON x.person_id = r.person_id
JOIN audit a ON a.id = x.audit_id
WHERE (r.body_id = $body OR r.body_id IN (SELECT my.body_id FROM appointment my WHERE my.person_id = $person))
  AND @internal_audit(a) AND @audit_for(a, $holder, $as_of) AND @appointed_known(r, a.performed_on, $as_of)
  AND NOT @known_void(a, $as_of)
  AND a.performed_on <= $until_on AND a.performed_on >= coalesce($from_on, '')
  AND (r.body_id = $body
       OR (NOT EXISTS (SELECT 1 FROM audit_person own WHERE own.audit_id = a.id AND own.person_id = $person)
           AND @belongs($person, r.body_id, a.performed_on, $day, $as_of)))
GROUP BY a.id, a.kind, a.performed_on
ORDER BY a.performed_on DESC, a.id DESC

-- inside: only to the holder itself, if it is an enterprise; else to its cooperative too, which is then named.
-- name: impartiality_relation(person id, holder id, day date, as_of date, inside bool)
SELECT d.id, d.relation, d.from_on, @relation_until(d, $as_of) AS until_on,
       CASE WHEN d.holder_id <> $holder THEN h.code END AS cooperative
FROM declaration d JOIN holder h ON h.id = d.holder_id
WHERE d.person_id = $person AND @relation_on(d, $day, $as_of) AND @reaches(d.holder_id, $holder, $day, $as_of)
  AND ($inside = 0 OR (d.holder_id = $holder AND h.kind = 'enterprise'))
ORDER BY d.id

-- Roles at the holder or at its cooperative that had begun by the day and not ended by $from_on.
-- name: impartiality_appointment(person id, holder id, day date, from_on date, as_of date)
SELECT n.id, n.role, n.from_on, @role_until(n, $as_of) AS until_on, h.code AS cooperative
FROM appointment n JOIN holder h ON h.id = n.cooperative_id
WHERE n.person_id = $person AND n.from_on <= $day AND coalesce(@role_until(n, $as_of), '9999') > $from_on
  AND coalesce(n.appointed_on, n.from_on) <= $as_of
  AND (n.void_on IS NULL OR n.void_on > $as_of) AND @reaches(n.cooperative_id, $holder, $day, $as_of)
ORDER BY n.id

-- The editions that have rules besides the pass rule.
-- name: impartiality_editions()
SELECT edition_id FROM edition_rules ORDER BY edition_id

-- name: impartiality_override(audit id, kind choice bar_kind, person id, body id, record text, words text, reason text,
--                             on_day date, user text)
INSERT INTO impartiality_override (id, audit_id, kind, person_id, body_id, record, words, reason, on_day, by_user)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM impartiality_override), $audit, $kind, $person, $body, $record, $words,
        $reason, $on_day, $user)

-- Whether this bar was set aside for this audit already.
-- name: impartiality_overridden(audit id, kind choice bar_kind, person id, body id, record text)
SELECT count(*) AS n FROM impartiality_override
WHERE audit_id = $audit AND kind = $kind AND record = $record
  AND person_id IS NOT DISTINCT FROM $person AND body_id IS NOT DISTINCT FROM $body

-- name: impartiality_overrides(audit id, as_of date)
-- record: override
@overrides()
WHERE o.audit_id = $audit AND o.on_day <= $as_of
ORDER BY o.id

-- For the audits that the terms of a certificate rest on.
-- name: impartiality_overrides_of_certificate(certificate id, as_of date)
-- record: override
@overrides()
WHERE o.on_day <= $as_of
  AND o.audit_id IN (SELECT t.audit_id FROM certificate_term t
                     WHERE t.certificate_id = $certificate AND t.decided_on <= $as_of)
ORDER BY o.id LIMIT 1000

-- For audits of a holder and, where it is a cooperative, of its members on the day.
-- name: impartiality_overrides_of_holder(holder id, as_of date, edition id)
-- record: override
@overrides()
JOIN audit a ON a.id = o.audit_id
WHERE o.on_day <= $as_of
  AND @only(a.edition_id, $edition)
  AND @of_holder(a.holder_id, $holder, $as_of)
ORDER BY o.on_day DESC, o.id DESC
LIMIT 1000

-- name: impartiality_code(person id)
-- row: impartiality_code
SELECT code FROM person WHERE id = $person

-- name: impartiality_code_of_body(body id)
-- row: impartiality_code
SELECT code FROM body WHERE id = $body

-- name: impartiality_declare(person id, holder id, relation choice relation_kind, declared_on date, from_on date,
--                            until_on date, note text)
INSERT INTO declaration (id, person_id, holder_id, relation, declared_on, from_on, until_on, note)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM declaration), $person, $holder, $relation, $declared_on, $from_on,
        $until_on, $note)
RETURNING id

-- The same relation, declared and not over by the day.
-- name: impartiality_declared(person id, holder id, relation choice relation_kind, day date)
SELECT id FROM declaration
WHERE person_id = $person AND holder_id = $holder AND relation = $relation
  AND (until_on IS NULL OR until_on > $day) AND (withdrawn_on IS NULL OR withdrawn_on > $day)
ORDER BY id LIMIT 1

-- name: impartiality_withdraw(declaration id, withdrawn_on date, reason text)
UPDATE declaration SET withdrawn_on = $withdrawn_on, reason = $reason WHERE id = $declaration

-- name: impartiality_declaration(declaration id, as_of date)
-- record: relation
@relations_as_of($as_of)
WHERE d.id = $declaration

-- ended: those over by the day too.
-- name: impartiality_relations(of_holder id, as_of date, person id, ended bool, scope scope, after int, limit int)
-- record: relation
@relations_as_of($as_of)
WHERE d.id > $after AND d.declared_on <= $as_of
  AND ($ended = 1
       OR ((d.until_on IS NULL OR d.until_on > $as_of) AND (d.withdrawn_on IS NULL OR d.withdrawn_on > $as_of)))
  AND @only(d.person_id, $person)
  AND @of_holder(d.holder_id, $of_holder, $as_of)
  AND @scope(d.holder_id, $scope, $as_of)
ORDER BY d.id LIMIT $limit

-- Who audited, approved or decided, and what bars: assistance and internal audits by that day, their own or through a
-- body (the edition tells which and for how long: the caller compares), relations that held on it, and of who decides that it was on the team. Only what is dated by the day asked
-- about. An audit is external by its kind, a follow-up by its body. Inside a group only inspections of members count:
-- the cooperative's own people audit the cooperative. What was known of a decision when it was taken all the same is
-- named in the conditions that were not met.
-- name: impartiality_conflicts(edition id, of_holder id, as_of date, scope scope, today date)
WITH performed AS (
    SELECT a.id, a.holder_id, a.edition_id, a.body_id, a.performed_on,
           a.kind IN @set(audit_kind, external)
           OR (a.kind = 'follow_up' AND a.body_id IS NOT NULL) AS external
    FROM audit a
    WHERE a.performed_on <= $as_of AND a.kind <> 'self_assessment' AND NOT @known_void(a, $as_of)
      AND @only(a.edition_id, $edition)
      AND @of_holder(a.holder_id, $of_holder, $as_of)
      AND @scope(a.holder_id, $scope, $today)
), decided AS (
    SELECT t.audit_id AS id, c.id AS certificate_id, c.holder_id, c.edition_id, c.body_id, t.decided_by, t.decided_on,
           t.unmet
    FROM certificate c JOIN certificate_term t ON t.certificate_id = c.id
    WHERE t.decided_on <= $as_of
      AND @only(c.edition_id, $edition)
      AND @of_holder(c.holder_id, $of_holder, $as_of)
      AND @scope(c.holder_id, $scope, $today)
), acted AS (
    SELECT a.id, CAST(NULL AS BIGINT) AS certificate_id, a.holder_id, a.edition_id, x.person_id,
           a.performed_on AS on_day, CASE WHEN a.external THEN 'audit' ELSE 'inspect' END AS task,
           CAST(NULL AS TEXT) AS unmet
    FROM performed a JOIN audit_person x ON x.audit_id = a.id
    UNION ALL
    SELECT a.id, NULL, a.holder_id, a.edition_id, c.concluded_by, c.concluded_on, 'approve', NULL
    FROM performed a JOIN audit c ON c.id = a.id
    WHERE NOT a.external AND c.kind <> 'internal_audit' AND c.concluded_by IS NOT NULL AND c.concluded_on <= $as_of
    UNION ALL
    SELECT id, certificate_id, holder_id, edition_id, decided_by, decided_on, 'decide', unmet
    FROM decided WHERE decided_by IS NOT NULL
), served AS (
    SELECT id, CAST(NULL AS BIGINT) AS certificate_id, holder_id, edition_id, body_id, performed_on AS on_day,
           'audit' AS task, CAST(NULL AS TEXT) AS unmet
    FROM performed WHERE external
    UNION ALL
    SELECT id, certificate_id, holder_id, edition_id, body_id, decided_on, 'decide', unmet FROM decided
), certified AS (
    SELECT id, certificate_id, holder_id, edition_id, person_id, CAST(NULL AS BIGINT) AS body_id, on_day, task, unmet
    FROM acted WHERE task IN ('audit', 'decide')
    UNION ALL
    SELECT id, certificate_id, holder_id, edition_id, NULL, body_id, on_day, task, unmet
    FROM served WHERE body_id IS NOT NULL
), barred AS (
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'assistance' AS kind,
           a.person_id, a.body_id, t.id AS record_id, t.kind AS what, t.delivered_on AS since,
           CAST(NULL AS TEXT) AS until_on, CAST(NULL AS TEXT) AS through
    FROM certified a
    JOIN assistance t ON t.holder_id = a.holder_id AND (t.adviser_id = a.person_id OR t.provider_id = a.body_id)
    WHERE t.delivered_on <= a.on_day AND NOT @known_void(t, $as_of)
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'assistance',
           a.person_id, a.body_id, w.id, w.kind, w.on_day, CAST(NULL AS TEXT), min(b.code)
    FROM certified a
    JOIN @assistance_of_bodies($as_of) AS w ON w.holder_id = a.holder_id AND w.on_day <= a.on_day
    JOIN body b ON b.id = w.body_id
    WHERE (w.body_id = a.body_id AND w.provider_id IS DISTINCT FROM a.body_id)
       OR (w.adviser_id IS DISTINCT FROM a.person_id AND @belongs(a.person_id, w.body_id, w.on_day, a.on_day, $as_of))
    GROUP BY a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, a.person_id, a.body_id,
             w.id, w.kind, w.on_day
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'internal_audit',
           a.person_id, CAST(NULL AS BIGINT), i.id, i.kind, i.performed_on, CAST(NULL AS TEXT), CAST(NULL AS TEXT)
    FROM certified a JOIN audit_person x ON x.person_id = a.person_id JOIN audit i ON i.id = x.audit_id
    WHERE @internal_audit(i) AND i.performed_on <= a.on_day AND @audit_for(i, a.holder_id, $as_of)
      AND NOT @known_void(i, $as_of)
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'internal_audit',
           a.person_id, a.body_id, i.id, i.kind, i.performed_on, CAST(NULL AS TEXT), min(b.code)
    FROM certified a
    JOIN appointment r ON r.body_id = a.body_id
                       OR r.body_id IN (SELECT my.body_id FROM appointment my WHERE my.person_id = a.person_id)
    JOIN body b ON b.id = r.body_id
    JOIN audit_person x ON x.person_id = r.person_id
    JOIN audit i ON i.id = x.audit_id
    WHERE @internal_audit(i) AND i.performed_on <= a.on_day AND @audit_for(i, a.holder_id, $as_of)
      AND NOT @known_void(i, $as_of)
      AND @appointed_known(r, i.performed_on, $as_of)
      AND (r.body_id = a.body_id
           OR (NOT EXISTS (SELECT 1 FROM audit_person own WHERE own.audit_id = i.id AND own.person_id = a.person_id)
               AND @belongs(a.person_id, r.body_id, i.performed_on, a.on_day, $as_of)))
    GROUP BY a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, a.person_id, a.body_id,
             i.id, i.kind, i.performed_on
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'team', a.person_id,
           CAST(NULL AS BIGINT), a.id, NULL, a.on_day, CAST(NULL AS TEXT), CAST(NULL AS TEXT)
    FROM acted a
    WHERE a.task = 'decide' AND EXISTS (SELECT 1 FROM audit_person x
                                        WHERE x.audit_id = a.id AND x.person_id = a.person_id)
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'relation', a.person_id,
           CAST(NULL AS BIGINT), d.id, d.relation, d.from_on, @relation_until(d, $as_of),
           CASE WHEN d.holder_id <> a.holder_id THEN c.code END
    FROM acted a JOIN declaration d ON d.person_id = a.person_id JOIN holder c ON c.id = d.holder_id
    WHERE @relation_on(d, a.on_day, $as_of) AND @reaches(d.holder_id, a.holder_id, a.on_day, $as_of)
      AND (d.holder_id = a.holder_id OR a.task IN ('audit', 'decide'))
    UNION ALL
    SELECT a.id, a.certificate_id, a.unmet, a.holder_id, a.edition_id, a.on_day, a.task, 'appointment', a.person_id,
           CAST(NULL AS BIGINT), n.id, n.role, n.from_on, @role_until(n, $as_of), c.code
    FROM acted a JOIN appointment n ON n.person_id = a.person_id JOIN holder c ON c.id = n.cooperative_id
    WHERE a.task IN ('audit', 'decide') AND n.from_on <= a.on_day AND coalesce(n.appointed_on, n.from_on) <= $as_of
      AND (n.void_on IS NULL OR n.void_on > $as_of)
      AND @reaches(n.cooperative_id, a.holder_id, a.on_day, $as_of)
)
SELECT b.id AS audit_id, h.code AS holder, e.full_code AS edition, b.edition_id, b.on_day, b.task, b.kind,
       p.code AS person, o.code AS body, b.record_id, b.what, b.since, b.until_on, b.through, b.certificate_id, b.unmet,
       (SELECT count(*) FROM impartiality_override v
        WHERE b.task <> 'decide' AND v.audit_id = b.id AND v.kind = b.kind AND v.on_day <= $as_of
          AND v.person_id IS NOT DISTINCT FROM b.person_id AND v.body_id IS NOT DISTINCT FROM b.body_id
          AND v.record = CASE b.kind WHEN 'relation' THEN 'D' WHEN 'appointment' THEN 'N' WHEN 'assistance' THEN 'T' ELSE 'A' END
                         || CAST(b.record_id AS TEXT)) AS overridden
FROM barred b
JOIN holder h ON h.id = b.holder_id
JOIN edition e ON e.id = b.edition_id
LEFT JOIN person p ON p.id = b.person_id
LEFT JOIN body o ON o.id = b.body_id
WHERE b.task IN ('audit', 'decide') OR h.kind = 'enterprise'
ORDER BY b.on_day DESC, coalesce(b.id, 0) DESC, coalesce(b.certificate_id, 0) DESC, b.task, b.kind, b.record_id,
         p.code, o.code
