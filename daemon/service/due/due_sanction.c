/* Sanctions whose deadline comes, or has passed: nothing is lifted by time, somebody decides. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    struct due_item item = { .kind = DUE_SANCTION, .edition.id = stmt_int(q, 3), .due_on = stmt_date(q, 5) };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    item.holder.text = stmt_dup(q, 1, call->arena);
    item.name = stmt_dup(q, 2, call->arena);
    item.what = arena_printf(call->arena, "deadline of a %s", stmt_text(q, 4));
    item.record = ref_text(call->arena, NOUN_sanction, stmt_int(q, 0));
    return due_add(call, ask, &item, item.record);
}

int due_sanction_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_due_sanctions, v_id(ask->holder_id), V_DATE(ask->as_of),
                                 v_text(ask->scope), V_DATE(ask->until));
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
