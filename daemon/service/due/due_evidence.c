/* Evidence that expires, or has, and that nothing newer replaces. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    struct due_item item = { .kind = DUE_EVIDENCE_EXPIRY, .due_on = stmt_date(q, DUE_EVIDENCE_expires_on) };
    int code = due_wants(call, ask, item.kind, 0, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    bool over = date_before(item.due_on, ask->as_of);
    item.holder.text = stmt_dup(q, DUE_EVIDENCE_code, call->arena);
    item.name = stmt_dup(q, DUE_EVIDENCE_name, call->arena);
    item.what = arena_printf(call->arena, "%s %s", stmt_text(q, DUE_EVIDENCE_title), over ? "has expired" : "expires");
    item.record = ref_text(call->arena, NOUN_evidence, stmt_int(q, DUE_EVIDENCE_id));
    return due_add(call, ask, &item, item.record);
}

int due_evidence_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = query_due_evidence(call->store, ask->holder_id, ask->as_of, ask->scope, call->today, ask->until);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
