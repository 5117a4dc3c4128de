/* Audits that are planned, and not yet performed or called off. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

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
    struct due_item item = { .kind = DUE_PLANNED_AUDIT,
                             .edition.id = stmt_int(q, DUE_PLANNED_AUDITS_edition_id),
                             .due_on = stmt_date(q, DUE_PLANNED_AUDITS_planned_on) };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    const char *kind = words(call, stmt_text(q, DUE_PLANNED_AUDITS_kind));
    item.holder.text = stmt_dup(q, DUE_PLANNED_AUDITS_code, call->arena);
    item.name = stmt_dup(q, DUE_PLANNED_AUDITS_name, call->arena);
    item.what = kind != NULL ? arena_printf(call->arena, "planned %s", kind) : NULL;
    item.record = ref_text(call->arena, NOUN_audit, stmt_int(q, DUE_PLANNED_AUDITS_id));
    item.owner = stmt_is_null(q, DUE_PLANNED_AUDITS_auditor) ? stmt_dup(q, DUE_PLANNED_AUDITS_body, call->arena)
                                                             : stmt_dup(q, DUE_PLANNED_AUDITS_auditor, call->arena);
    return due_add(call, ask, &item, item.record);
}

int due_audit_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = query_due_planned_audits(call->store, ask->holder_id, ask->as_of, ask->scope, call->today,
                                              ask->until);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
