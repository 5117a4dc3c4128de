/* SPDX-License-Identifier: Apache-2.0 */
/* Editions that may no longer be used, for those who still use them: after the edition's last valid day, or before the
 * day from which a newer one is obligatory. */
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

static struct date earlier(struct date a, struct date b)
{
    if (!date_is_set(a) || !date_is_set(b))
        return date_is_set(a) ? a : b;
    return date_before(a, b) ? a : b;
}

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    struct date superseded = stmt_date(q, DUE_EDITIONS_superseded_from);
    struct date before = { date_is_set(superseded) ? superseded.day - 1 : 0 };
    struct due_item item = { .kind = DUE_EDITION_END,
                             .edition.id = stmt_int(q, DUE_EDITIONS_edition_id),
                             .due_on = earlier(stmt_date(q, DUE_EDITIONS_valid_until), before) };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    const char *edition;
    code = due_edition_code(call, item.edition.id, &edition);
    if (code != OK)
        return code;
    item.holder.text = stmt_dup(q, DUE_EDITIONS_code, call->arena);
    item.name = stmt_dup(q, DUE_EDITIONS_name, call->arena);
    item.what = arena_printf(call->arena, "last day of %s; move to the newer edition", edition);
    return due_add(call, ask, &item, edition);
}

int due_edition_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = query_due_editions(call->store, ask->holder_id, ask->as_of, ask->scope, call->today,
                                        zone_day_end(call->zone, ask->as_of));
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
