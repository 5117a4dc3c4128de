-- SPDX-License-Identifier: Apache-2.0
-- Notices: who was told what is due, and when.

-- The record; the notice is n, its addressee a.
-- fragment: notices()
SELECT n.id AS notice, h.code AS holder, a.channel, a.name AS addressee, n.told_on, n.told_at, n.user, n.items,
       n.overdue, n.news
FROM notice n
JOIN holder h ON h.id = n.holder_id
JOIN addressee a ON a.id = n.addressee_id

-- name: notice_addressee(holder id, channel choice notice_channel, name text)
SELECT id FROM addressee WHERE holder_id = $holder AND channel = $channel AND name = $name

-- name: notice_addressee_insert(holder id, channel choice notice_channel, name text)
INSERT INTO addressee (id, holder_id, channel, name)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM addressee), $holder, $channel, $name)
RETURNING id

-- name: notice_insert(holder id, addressee id, told_on date, told_at instant, user text, items int, overdue int)
INSERT INTO notice (id, holder_id, addressee_id, told_on, told_at, user, items, overdue, news)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM notice), $holder, $addressee, $told_on, $told_at, $user, $items,
        $overdue, 0)
RETURNING id

-- name: notice_item_insert(addressee id, key text, due_on date, kind choice due_kind, record text, notice id)
INSERT INTO notice_item (addressee_id, key, due_on, kind, record, notice_id)
VALUES ($addressee, $key, $due_on, $kind, $record, $notice)
ON CONFLICT (addressee_id, key, due_on) DO NOTHING

-- name: notice_count_news(notice id)
UPDATE notice SET news = (SELECT count(*) FROM notice_item i WHERE i.notice_id = notice.id) WHERE id = $notice

-- name: notice_show(notice id)
-- record: notice
@notices()
WHERE n.id = $notice

-- Told by the day, before a notice; 0: from the newest on.
-- name: notice_list(holder id, as_of date, scope scope, today date, before int, channel choice notice_channel,
--                   limit int)
-- record: notice
@notices()
WHERE ($before = 0 OR n.id < $before) AND n.told_on <= $as_of
  AND @only(n.holder_id, $holder)
  AND @only_text(a.channel, $channel)
  AND @scope(n.holder_id, $scope, $today)
ORDER BY n.id DESC LIMIT $limit

-- Told of a holder's list by the day, after the item of a notice; only what was new in one notice, or of one record.
-- name: notice_told(holder id, as_of date, notice id, record text, after_notice int, after_key text, limit int)
-- record: told_item
SELECT i.notice_id AS notice, n.told_on, a.channel, a.name AS addressee, i.kind, i.due_on, i.record, i.key
FROM notice n
JOIN notice_item i ON i.notice_id = n.id
JOIN addressee a ON a.id = n.addressee_id
WHERE n.holder_id = $holder AND n.told_on <= $as_of
  AND @only(n.id, $notice)
  AND @only_text(i.record, $record)
  AND n.id >= $after_notice AND (n.id > $after_notice OR i.key > $after_key)
ORDER BY n.id, i.key LIMIT $limit
