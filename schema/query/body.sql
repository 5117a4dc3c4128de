-- Bodies: certification bodies, laboratories, providers of assistance, funders, public institutions.

-- name: body_insert
INSERT INTO body (id, code, name, kind, country, accreditation)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM body), $1, $2, $3, $4, $5)
RETURNING id

-- name: body_update
UPDATE body
SET name = coalesce($2, name), country = coalesce($3, country), accreditation = coalesce($4, accreditation),
    ended_on = coalesce($5, ended_on)
WHERE id = $1

-- name: body_show
SELECT code AS body, name, kind, country, accreditation, ended_on FROM body WHERE id = $1

-- name: body_list
SELECT code AS body, name, kind, country, accreditation, ended_on FROM body
WHERE code > $2 AND @only_text(kind, $1)
ORDER BY code LIMIT $3
