/* SPDX-License-Identifier: Apache-2.0 */
/* Notices of what is due. A notice stores how many items its list had, and by key those new to the addressee: an item
 * notified before with the same day gets no second row, however often it is repeated. */
#include "query/notice.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/due/due.h"

#include <string.h>

static int check_channel(struct call *call, const struct due_notify *p)
{
    bool is_admin = (call->scope.roles & 1U << ROLE_ADMIN) != 0;
    if (p->channel != NOTICE_SHOWN && !is_admin)
        return err_set(call->err, ERR_DENIED, "channel",
                       "only the digest, as an administrator, records log and mail; use the channel shown");
    if (p->channel == NOTICE_MAIL && p->address == NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "address", "mail needs --address");
    if (p->channel != NOTICE_MAIL && p->address != NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "address", "--address is only for mail");
    return OK;
}

static const char *addressee_of(const struct call *call, const struct due_notify *p)
{
    switch (p->channel) {
    case NOTICE_MAIL:
        return p->address;
    case NOTICE_SHOWN:
        return call->caller->user;
    default:
        return "log";
    }
}

static int find_addressee(struct call *call, const struct due_notify *p, int64_t *ret_id)
{
    const char *name = addressee_of(call, p);
    int code = answer_number(call, query_notice_addressee(call->store, p->holder.id, p->channel, name), ret_id);
    if (code != OK || *ret_id > 0)
        return code;
    return answer_number(call, query_notice_addressee_insert(call->store, p->holder.id, p->channel, name), ret_id);
}

/* The list as it is now, which must be the one that was sent. */
static int gather(struct call *call, const struct due_notify *p, struct due_ask *ask)
{
    *ask = (struct due_ask){ .holder_id = p->holder.id,
                             .scope = resolve_scope_text(call),
                             .standard_id = p->standard.id,
                             .kind = p->kind,
                             .as_of = call->today,
                             .until = due_until(call->today, p->has_within, p->within) };
    int code = due_gather(call, ask);
    if (code == OK && p->has_items && p->items != (int64_t)ask->items.n)
        code = err_set(call->err, ERR_CONFLICT, "items",
                       "%zu items are due now, not %lld: the list has changed; fetch the list again", ask->items.n,
                       (long long)p->items);
    return code;
}

static int64_t count_overdue(const struct page *items)
{
    const struct due_item *rows = items->rows;
    int64_t n = 0;
    for (size_t i = 0; i < items->n; i++)
        n += rows[i].days < 0;
    return n;
}

static int insert_items(struct call *call, int64_t notice_id, int64_t addressee_id, const struct page *items)
{
    const struct due_item *rows = items->rows;
    int code = OK;
    for (size_t i = 0; i < items->n && code == OK; i++)
        code = stmt_run(query_notice_item_insert(call->store, addressee_id, rows[i].key, rows[i].due_on, rows[i].kind,
                                                 rows[i].record, notice_id),
                        call->err);
    return code == OK ? stmt_run(query_notice_count_news(call->store, notice_id), call->err) : code;
}

int due_notify(struct call *call, const struct due_notify *p, struct notice *ret)
{
    struct due_ask ask;
    int64_t addressee_id, id;
    int code = check_channel(call, p);
    if (code == OK)
        code = gather(call, p, &ask);
    if (code == OK)
        code = find_addressee(call, p, &addressee_id);
    if (code == OK)
        code = answer_number(call,
                             query_notice_insert(call->store, p->holder.id, addressee_id, call->today, call->now,
                                                 call->caller->user, (int64_t)ask.items.n, count_overdue(&ask.items)),
                             &id);
    if (code == OK)
        code = insert_items(call, id, addressee_id, &ask.items);
    if (code != OK)
        return code;
    return answer_record(call, query_notice_show(call->store, id), RECORD_notice, ret);
}

int due_notices(struct call *call, const struct due_notices *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t before;
    int code = answer_after(call, &p->page, NOUN_notice, &before);
    if (code != OK)
        return code;
    struct stmt *q = query_notice_list(call->store, p->holder.id, as_of, resolve_scope_text(call), call->today, before,
                                       p->channel, answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}

/* The cursor is "B12 KEY". */
static int split_after(struct call *call, const struct page_options *options, int64_t *ret_notice, const char **ret_key)
{
    *ret_notice = 0;
    *ret_key = "";
    if (options->after == NULL)
        return OK;
    const char *space = strchr(options->after, ' ');
    const char *number = space != NULL ? arena_text(call->arena, options->after, (size_t)(space - options->after)) : "";
    if (number == NULL)
        return answer_no_memory(call);
    if (space == NULL || !ref_number(NOUN_notice, number, ret_notice))
        return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
    *ret_key = space + 1;
    return OK;
}

int due_told(struct call *call, const struct due_told *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    const char *key;
    int64_t notice;
    int code = split_after(call, &p->page, &notice, &key);
    if (code != OK)
        return code;
    struct stmt *q = query_notice_told(call->store, p->holder.id, as_of, p->notice.id, p->record, notice, key,
                                       answer_limit(&p->page));
    code = answer_page(call, q, &p->page, ret);
    if (code != OK || ret->next == NULL)
        return code;
    const struct told_item *last = (const struct told_item *)ret->rows + ret->n - 1;
    ret->next = arena_printf(call->arena, "%s %s", last->notice.text, last->key);
    return ret->next != NULL ? OK : answer_no_memory(call);
}
