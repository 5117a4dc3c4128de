-- Notices: who was told what is due, and when.

-- name: notice_addressee
SELECT id FROM addressee WHERE holder_id = $1 AND channel = $2 AND name = $3

-- name: notice_addressee_insert
INSERT INTO addressee (id, holder_id, channel, name)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM addressee), $1, $2, $3)
RETURNING id

-- name: notice_insert
INSERT INTO notice (id, holder_id, addressee_id, told_on, told_at, user, items, overdue, news)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM notice), $1, $2, $3, $4, $5, $6, $7, 0)
RETURNING id

-- name: notice_item_insert
INSERT INTO notice_item (addressee_id, key, due_on, kind, record, notice_id) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (addressee_id, key, due_on) DO NOTHING

-- name: notice_count_news
UPDATE notice SET news = (SELECT count(*) FROM notice_item i WHERE i.notice_id = notice.id) WHERE id = $1

-- name: notice_show
SELECT n.id AS notice, h.code AS holder, a.channel, a.name AS addressee, n.told_on, n.told_at, n.user, n.items, n.overdue,
       n.news
FROM notice n
JOIN holder h ON h.id = n.holder_id
JOIN addressee a ON a.id = n.addressee_id
WHERE n.id = $1

-- name: notice_list
-- Before notice $5 (0: from the newest on), told by the day $2. $1: of this holder's list; $3: scope, on the day $4;
-- $6: channel; $7: limit.
SELECT n.id AS notice, h.code AS holder, a.channel, a.name AS addressee, n.told_on, n.told_at, n.user, n.items, n.overdue,
       n.news
FROM notice n
JOIN holder h ON h.id = n.holder_id
JOIN addressee a ON a.id = n.addressee_id
WHERE ($5 = 0 OR n.id < $5) AND n.told_on <= $2
  AND @only(n.holder_id, $1)
  AND @only_text(a.channel, $6)
  AND @scope(n.holder_id, $3, $4)
ORDER BY n.id DESC LIMIT $7

-- name: notice_told
-- Told of holder $1's list by the day $2, after the item $6 of notice $5. $3: only new in this notice; $4: of this record.
SELECT i.notice_id AS notice, n.told_on, a.channel, a.name AS addressee, i.kind, i.due_on, i.record, i.key
FROM notice n
JOIN notice_item i ON i.notice_id = n.id
JOIN addressee a ON a.id = n.addressee_id
WHERE n.holder_id = $1 AND n.told_on <= $2
  AND @only(n.id, $3)
  AND @only_text(i.record, $4)
  AND n.id >= $5 AND (n.id > $5 OR i.key > $6)
ORDER BY n.id, i.key LIMIT $7
