-- Certificates and what happened to them. The state on a day is that of the last event by that day;
-- a certificate that was not withdrawn expires after its last day.

-- name: cert_insert
INSERT INTO certificate (id, number, holder_id, edition_id, body_id, audit_id, scope, decided_on, valid_from,
                         valid_until)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM certificate), $1, $2, $3, $4, $5, $6, $7, $8, $9)
RETURNING id

-- name: cert_event
INSERT INTO certificate_event (certificate_id, number, state, on_day, reason)
VALUES ($1, (SELECT coalesce(max(number), 0) + 1 FROM certificate_event WHERE certificate_id = $1), $2, $3, $4)

-- name: cert_last_event
SELECT state, on_day FROM certificate_event WHERE certificate_id = $1 ORDER BY number DESC LIMIT 1

-- name: cert_of_body
SELECT id FROM certificate WHERE body_id = $1 AND number = $2

-- One of the same holder, edition and body, not withdrawn, that shares a day with [$4, $5].
-- name: cert_overlap
SELECT c.id, c.number, c.valid_until FROM certificate c
WHERE c.holder_id = $1 AND c.edition_id = $2 AND c.body_id = $3 AND c.valid_from <= $5 AND c.valid_until >= $4
  AND NOT EXISTS (SELECT 1 FROM certificate_event v WHERE v.certificate_id = c.id AND v.state = 'withdrawn')
ORDER BY c.valid_until DESC LIMIT 1

-- name: cert_audit
SELECT holder_id, edition_id, state, performed_on FROM audit WHERE id = $1

-- Of those begun by the day $3 one in force, else one suspended, else one that is over; of several the newest.
-- Bodies may have granted one each: what one of them withdraws ends nothing of the others.
-- name: cert_newest
SELECT state, valid_until
FROM (SELECT coalesce((SELECT v.state FROM certificate_event v
                       WHERE v.certificate_id = c.id AND v.on_day <= $3
                       ORDER BY v.on_day DESC, v.number DESC LIMIT 1), 'active') AS state,
             c.valid_until, c.valid_from, c.id
      FROM certificate c
      WHERE c.holder_id = $1 AND c.edition_id = $2 AND c.valid_from <= $3) AS held
ORDER BY CASE WHEN valid_until < $3 OR state = 'withdrawn' THEN 2 WHEN state = 'suspended' THEN 1 ELSE 0 END,
         valid_from DESC, id DESC
LIMIT 1

-- name: cert_show
SELECT c.id AS certificate, c.number, h.code AS holder, e.full_code AS edition, b.code AS body,
       coalesce((SELECT v.state FROM certificate_event v
                 WHERE v.certificate_id = c.id AND v.on_day <= $2
                 ORDER BY v.on_day DESC, v.number DESC LIMIT 1), 'active') AS state,
       c.scope, c.audit_id AS audit, c.decided_on, c.valid_from, c.valid_until
FROM certificate c
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
JOIN body b ON b.id = c.body_id
WHERE c.id = $1

-- name: cert_events
SELECT state, on_day AS "on", reason FROM certificate_event
WHERE certificate_id = $1 AND on_day <= $2 ORDER BY number LIMIT 1000

-- $1: this holder or its members on the day $2; $3: scope; $4: edition; $5: after; $6: limit. Those decided by $2.
-- name: cert_list
SELECT c.id AS certificate, c.number, h.code AS holder, e.full_code AS edition, b.code AS body,
       coalesce((SELECT v.state FROM certificate_event v
                 WHERE v.certificate_id = c.id AND v.on_day <= $2
                 ORDER BY v.on_day DESC, v.number DESC LIMIT 1), 'active') AS state,
       c.scope, c.audit_id AS audit, c.decided_on, c.valid_from, c.valid_until
FROM certificate c
JOIN holder h ON h.id = c.holder_id
JOIN edition e ON e.id = c.edition_id
JOIN body b ON b.id = c.body_id
WHERE c.id > $5 AND c.decided_on <= $2
  AND (CAST($4 AS BIGINT) IS NULL OR c.edition_id = $4)
  AND (CAST($1 AS BIGINT) IS NULL OR c.holder_id = $1
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = c.holder_id AND m.cooperative_id = $1
                    AND m.joined_on <= $2 AND (m.left_on IS NULL OR m.left_on > $2)))
  AND (CAST($3 AS TEXT) IS NULL OR $3 LIKE '%,' || CAST(c.holder_id AS TEXT) || ',%'
       OR EXISTS (SELECT 1 FROM membership m
                  WHERE m.enterprise_id = c.holder_id AND m.joined_on <= $2 AND (m.left_on IS NULL OR m.left_on > $2)
                    AND $3 LIKE '%,' || CAST(m.cooperative_id AS TEXT) || ',%'))
ORDER BY c.id LIMIT $6
