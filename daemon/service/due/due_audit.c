/* Audits that are planned, and not yet performed or called off. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"

/* internal_inspection as people say it. */
static char *words(struct call *call, const char *name)
{
    char *text = arena_dup(call->arena, name);
    for (char *c = text; c != NULL && *c != '\0'; c++)
        *c = *c == '_' ? ' ' : *c;
    return text;
}

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    struct due_item item = { .kind = DUE_PLANNED_AUDIT, .edition.id = stmt_int(q, 3), .due_on = stmt_date(q, 5) };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    const char *kind = words(call, stmt_text(q, 4));
    item.holder.text = stmt_dup(q, 1, call->arena);
    item.name = stmt_dup(q, 2, call->arena);
    item.what = kind != NULL ? arena_printf(call->arena, "planned %s", kind) : NULL;
    item.record = ref_text(call->arena, NOUN_audit, stmt_int(q, 0));
    item.owner = stmt_is_null(q, 6) ? stmt_dup(q, 7, call->arena) : stmt_dup(q, 6, call->arena);
    return due_add(call, ask, &item, item.record);
}

int due_audit_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_due_planned_audits, DUE_SEEN(call, ask), V_DATE(ask->until));
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
