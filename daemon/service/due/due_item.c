/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by all sources: whether an item is wanted, and adding it. */
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "daemon/service/standard/catalogue.h"

int due_wants(struct call *call, const struct due_ask *ask, enum due_kind kind, int64_t edition_id, struct date due_on,
              bool *ret)
{
    const struct catalogue_edition *e = NULL;
    *ret = !date_before(ask->until, due_on) && (ask->kind == 0 || ask->kind == kind);
    if (!*ret || ask->standard_id == 0)
        return OK;
    int code = edition_id > 0 ? catalogue_edition(call, edition_id, &e) : OK;
    *ret = e != NULL && e->standard_id == ask->standard_id;
    return code;
}

int due_edition_code(struct call *call, int64_t edition_id, const char **ret)
{
    const struct catalogue_edition *e;
    int code = catalogue_edition(call, edition_id, &e);
    if (code == OK)
        *ret = e->code;
    return code;
}

int due_add(struct call *call, struct due_ask *ask, struct due_item *item, const char *subject)
{
    int code = item->edition.id > 0 ? due_edition_code(call, item->edition.id, &item->edition.text) : OK;
    if (code != OK)
        return code;
    item->days = item->due_on.day - ask->as_of.day;
    item->has_days = true;
    item->key = arena_printf(call->arena, "%s/%s/%s", api_choice_text(ENUM_due_kind, (int)item->kind),
                             item->holder.text != NULL ? item->holder.text : "", subject != NULL ? subject : "");
    if (item->key == NULL || item->holder.text == NULL || item->name == NULL || item->what == NULL || subject == NULL
        || !page_push(&ask->items, call->arena, item, sizeof *item))
        return answer_no_memory(call);
    return OK;
}
