-- SPDX-License-Identifier: Apache-2.0
-- Bodies: certification bodies, laboratories, providers of assistance, funders, public institutions.

-- name: body_insert(code text, name text, kind choice body_kind, country text, accreditation text)
INSERT INTO body (id, code, name, kind, country, accreditation)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM body), $code, $name, $kind, $country, $accreditation)
RETURNING id

-- name: body_update(body id, name text, country text, accreditation text, ended_on date)
UPDATE body
SET name = coalesce($name, name), country = coalesce($country, country),
    accreditation = coalesce($accreditation, accreditation), ended_on = coalesce($ended_on, ended_on)
WHERE id = $body

-- fragment: body_record()
SELECT code AS body, name, kind, country, accreditation, ended_on FROM body

-- name: body_show(body id)
-- record: body
@body_record() WHERE id = $body

-- name: body_list(kind choice body_kind, after text, limit int)
-- record: body
@body_record()
WHERE code > $after AND @only_text(kind, $kind)
ORDER BY code LIMIT $limit
