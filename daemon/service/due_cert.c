/* Certificates that expire. */
#include "daemon/service/answer.h"
#include "daemon/service/due.h"

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    struct due_item item = { .kind = DUE_CERTIFICATE_EXPIRY, .edition.id = stmt_int(q, 3), .due_on = stmt_date(q, 5) };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    bool over = date_before(item.due_on, ask->as_of);
    item.holder.text = stmt_dup(q, 1, call->arena);
    item.name = stmt_dup(q, 2, call->arena);
    item.what = arena_printf(call->arena, "certificate %s %s", stmt_text(q, 4), over ? "has expired" : "expires");
    item.record = arena_printf(call->arena, "C%lld", (long long)stmt_int(q, 0));
    return due_add(call, ask, &item, item.record);
}

int due_cert_gather(struct call *call, struct due_ask *ask)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_due_certificates, DUE_SEEN(call, ask));
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
