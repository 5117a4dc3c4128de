-- SPDX-License-Identifier: Apache-2.0
-- Cooperatives and enterprises: what they share, then each.

-- name: holder_insert(kind choice holder_kind, code text, name text, activity choice activity, cluster id,
--       country text, region text, since_on date)
INSERT INTO holder (id, kind, code, name, activity, cluster_id, country, region, since_on)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM holder), $kind, $code, $name, $activity, $cluster, $country, $region,
        $since_on)
RETURNING id

-- name: holder_update(holder id, name text, activity choice activity, cluster id, country text, region text)
UPDATE holder
SET name = coalesce($name, name), activity = coalesce($activity, activity), cluster_id = coalesce($cluster, cluster_id),
    country = coalesce($country, country), region = coalesce($region, region)
WHERE id = $holder

-- name: holder_contact(holder id, contact text, phone text, email text)
INSERT INTO contact (holder_id, name, phone, email) VALUES ($holder, $contact, $phone, $email)
ON CONFLICT (holder_id) DO UPDATE
SET name = coalesce(excluded.name, contact.name), phone = coalesce(excluded.phone, contact.phone),
    email = coalesce(excluded.email, contact.email)

-- name: holder_end(holder id, day date, reason text)
UPDATE holder SET ended_on = $day, end_reason = $reason WHERE id = $holder

-- The last audit of a holder after a day.
-- name: holder_last_audit(holder id, day date)
SELECT id, performed_on FROM audit
WHERE holder_id = $holder AND performed_on > $day AND void_on IS NULL
ORDER BY performed_on DESC, id DESC LIMIT 1

-- name: holder_facts(holder id)
SELECT code, kind, ended_on FROM holder WHERE id = $holder

-- fragment: ended_by(h, day)
CASE WHEN $h.ended_on <= $day THEN $h.ended_on END

-- fragment: coop_record(day)
SELECT h.code AS cooperative, h.name, c.code AS cluster, h.country, h.region,
       (SELECT count(*) FROM membership m
        WHERE m.cooperative_id = h.id AND @member_on(m, $day)) AS members,
       @ended_by(h, $day) AS ended_on, k.name AS contact, k.phone, k.email
FROM holder h
LEFT JOIN cluster c ON c.id = h.cluster_id
LEFT JOIN contact k ON k.holder_id = h.id

-- name: coop_show(cooperative id, day date)
-- record: cooperative
@coop_record($day)
WHERE h.id = $cooperative

-- name: coop_list(day date, cluster id, scope scope, after text, limit int)
-- record: cooperative
@coop_record($day)
WHERE h.kind = 'cooperative' AND h.code > $after AND @known_since(h, $day)
  AND @only(h.cluster_id, $cluster)
  AND @scope_coop(h.id, $scope)
ORDER BY h.code LIMIT $limit

-- The cooperative that an enterprise joined first, of those in scope of which it is a member on the day.
-- fragment: first_cooperative(enterprise, day, scope)
(SELECT f.code FROM membership m JOIN holder f ON f.id = m.cooperative_id
 WHERE m.enterprise_id = $enterprise AND @member_on(m, $day) AND @scope_coop(f.id, $scope)
 ORDER BY m.joined_on, m.id LIMIT 1)

-- fragment: enterprise_columns(h, k, cooperative, day)
$h.code AS enterprise, $h.name, $h.activity, $cooperative AS cooperative, $h.country, $h.region,
       @ended_by($h, $day) AS ended_on, $k.name AS contact, $k.phone, $k.email

-- Whether an enterprise is a member of a cooperative in scope on the day.
-- fragment: member_in_scope(enterprise, day, scope)
(CAST($scope AS TEXT) IS NULL
 OR EXISTS (SELECT 1 FROM membership own
            WHERE own.enterprise_id = $enterprise AND @member_on(own, $day) AND @listed(own.cooperative_id, $scope)))

-- name: enterprise_show(enterprise id, day date, scope scope)
-- record: enterprise
SELECT @enterprise_columns(h, k, @first_cooperative(h.id, $day, $scope), $day)
FROM holder h
LEFT JOIN contact k ON k.holder_id = h.id
WHERE h.id = $enterprise

-- The contact is told of those that are in scope today.
-- name: enterprise_list(day date, scope scope, after text, limit int, today date)
-- record: enterprise
SELECT @enterprise_columns(h, k, @first_cooperative(h.id, $day, $scope), $day)
FROM holder h
LEFT JOIN contact k ON k.holder_id = h.id AND @member_in_scope(h.id, $today, $scope)
WHERE h.kind = 'enterprise' AND h.code > $after AND @known_since(h, $day) AND @member_in_scope(h.id, $day, $scope)
ORDER BY h.code LIMIT $limit

-- The same of the members of one cooperative, which are found by its index.
-- name: enterprise_list_of_cooperative(day date, cooperative id, after text, limit int, today date, scope scope)
-- record: enterprise
SELECT @enterprise_columns(h, k, c.code, $day)
FROM membership m
JOIN holder h ON h.id = m.enterprise_id
JOIN holder c ON c.id = m.cooperative_id
LEFT JOIN contact k ON k.holder_id = h.id AND @member_in_scope(h.id, $today, $scope)
WHERE m.cooperative_id = $cooperative AND @member_on(m, $day) AND h.code > $after
ORDER BY h.code LIMIT $limit
