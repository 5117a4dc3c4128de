#include "daemon/service/audit/audit.h"

#include "daemon/service/call/answer.h"

#include <string.h>

static int dup_bytes(struct call *call, struct bytes from, struct bytes *ret)
{
    uint8_t *copy = arena_alloc(call->arena, from.size);
    if (copy == NULL)
        return answer_no_memory(call);
    if (from.size > 0)
        memcpy(copy, from.data, from.size);
    *ret = (struct bytes){ copy, from.size };
    return OK;
}

int audit_facts(struct call *call, int64_t id, struct audit_facts *ret)
{
    *ret = (struct audit_facts){ 0 };
    struct stmt *q = STORE_QUERY(call->store, QUERY_audit_facts, v_int(id));
    if (!stmt_step(q))
        return answer_end(call, q,
                          err_set(call->err, ERR_NOT_FOUND, "audit", "there is no audit A%lld", (long long)id));
    *ret = (struct audit_facts){
        .holder_id = stmt_int(q, 0),
        .edition_id = stmt_int(q, 1),
        .kind = (enum audit_kind)stmt_choice(q, 2, ENUM_audit_kind),
        .state = (enum audit_state)stmt_choice(q, 3, ENUM_audit_state),
        .performed_on = stmt_date(q, 4),
        .body_id = stmt_int(q, 5),
        .auditor_id = stmt_int(q, 6),
        .corrected_by = stmt_int(q, 8),
    };
    return answer_end(call, q, dup_bytes(call, stmt_blob(q, 7), &ret->responses));
}

int audit_load(struct call *call, int64_t id, struct audit *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_audit_record, v_int(id)), RECORD_audit, ret);
}
