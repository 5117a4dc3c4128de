/* Sanctions whose deadline comes, or has passed: nothing is lifted by time, somebody decides. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    struct due_item item = { .kind = DUE_SANCTION,
                             .edition.id = stmt_int(q, DUE_SANCTIONS_edition_id),
                             .due_on = stmt_date(q, DUE_SANCTIONS_deadline_on) };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    item.holder.text = stmt_dup(q, DUE_SANCTIONS_code, call->arena);
    item.name = stmt_dup(q, DUE_SANCTIONS_name, call->arena);
    item.what = arena_printf(call->arena, "deadline of a %s", stmt_text(q, DUE_SANCTIONS_kind));
    item.record = ref_text(call->arena, NOUN_sanction, stmt_int(q, DUE_SANCTIONS_id));
    return due_add(call, ask, &item, item.record);
}

int due_sanction_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = query_due_sanctions(call->store, ask->holder_id, ask->as_of, ask->scope, ask->until);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
