/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/due/due.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"

#include <stdlib.h>
#include <string.h>

enum { DUE_WITHIN_DAYS = 30, LAST_DAY = 3652059 /* 9999-12-31 */ };

/* The kinds of duty.def. */
enum {
    DUTIES = 0
#define DUTY(kind, ...) | 1 << (kind)
#include "daemon/service/due/duty.def"
#undef DUTY
};

static const struct due_source sources[] = {
    { DUTIES, due_duty_gather },
    { 1U << DUE_INSPECTION | 1U << DUE_MEMBER_DECISION, due_inspection_gather },
    { 1U << DUE_PLAN | 1U << DUE_EVIDENCE | 1U << DUE_VERIFICATION, due_finding_gather },
    { 1U << DUE_SURVEILLANCE | 1U << DUE_RECERTIFICATION | 1U << DUE_CERTIFICATE_EXPIRY | 1U << DUE_RESTORATION
          | 1U << DUE_SUSPENSION_LIMIT | 1U << DUE_CERTIFICATE_REVIEW,
      due_cert_gather },
    { 1U << DUE_EDITION_END, due_edition_gather },
};

static int compare_places(struct date a, const char *key_a, struct date b, const char *key_b)
{
    return a.day != b.day ? (a.day > b.day) - (a.day < b.day) : strcmp(key_a, key_b);
}

static int compare_items(const void *a, const void *b)
{
    const struct due_item *x = a, *y = b;
    return compare_places(x->due_on, x->key, y->due_on, y->key);
}

int due_gather(struct call *call, struct due_ask *ask)
{
    int code = OK;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0] && code == OK; i++)
        if (ask->kind == 0 || (sources[i].kinds >> ask->kind & 1U) != 0)
            code = sources[i].gather(call, ask);
    if (code == OK)
        code = due_excused_apply(call, ask);
    if (code == OK && ask->items.n > 1)
        qsort(ask->items.rows, ask->items.n, sizeof(struct due_item), compare_items);
    return code;
}

/* The cursor is "DAY KEY" of the last row listed, which may no longer be due. */
static int skip_to(struct call *call, const struct page_options *options, struct page *items)
{
    const char *after = options->after;
    struct date day;
    if (after == NULL)
        return OK;
    if (strlen(after) < DATE_TEXT || after[DATE_TEXT - 1] != ' ' || !date_parse(after, DATE_TEXT - 1, &day))
        return err_set(call->err, ERR_INVALID_PARAM, "after", "must be the next value of the previous page");
    struct due_item *rows = items->rows;
    size_t at = 0;
    while (at < items->n && compare_places(rows[at].due_on, rows[at].key, day, after + DATE_TEXT) <= 0)
        at++;
    items->rows = rows + at;
    items->n -= at;
    return OK;
}

static int cut_page(struct call *call, const struct page_options *options, struct page *items)
{
    int code = skip_to(call, options, items);
    size_t limit = (size_t)answer_limit(options) - 1;
    if (code != OK || items->n <= limit)
        return code;
    const struct due_item *last = (const struct due_item *)items->rows + limit - 1;
    char day[DATE_TEXT];
    items->n = limit;
    items->next = arena_printf(call->arena, "%s %s", date_format(last->due_on, day), last->key);
    return items->next != NULL ? OK : answer_no_memory(call);
}

struct date due_until(struct date as_of, bool has_within, int64_t within)
{
    int64_t last = as_of.day + (has_within ? within : DUE_WITHIN_DAYS);
    return (struct date){ last < LAST_DAY ? (int32_t)last : LAST_DAY };
}

int due_list(struct call *call, const struct due_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    struct due_ask ask = { .holder_id = resolve_list_holder(call, p->holder.id),
                           .scope = resolve_scope_text(call),
                           .standard_id = p->standard.id,
                           .kind = p->kind,
                           .all = p->all,
                           .as_of = as_of,
                           .until = due_until(as_of, p->has_within, p->within) };
    int code = due_gather(call, &ask);
    if (code == OK)
        code = cut_page(call, &p->page, &ask.items);
    if (code == OK)
        *ret = ask.items;
    return code;
}
