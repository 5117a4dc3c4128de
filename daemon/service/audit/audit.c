/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/audit.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/late.h"
#include "query/audit.h"

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
    struct stmt *q = query_audit_facts(call->store, id);
    if (!stmt_step(q))
        return answer_end(call, q, err_set(call->err, ERR_NOT_FOUND, "audit", "no audit A%lld", (long long)id));
    *ret = (struct audit_facts){
        .holder_id = stmt_int(q, AUDIT_FACTS_holder_id),
        .edition_id = stmt_int(q, AUDIT_FACTS_edition_id),
        .kind = (enum audit_kind)stmt_choice(q, AUDIT_FACTS_kind, ENUM_audit_kind),
        .grade = (enum grade)stmt_choice(q, AUDIT_FACTS_grade, ENUM_grade),
        .state = (enum audit_state)stmt_choice(q, AUDIT_FACTS_state, ENUM_audit_state),
        .outcome = (enum outcome)stmt_choice(q, AUDIT_FACTS_outcome, ENUM_outcome),
        .performed_on = stmt_date(q, AUDIT_FACTS_performed_on),
        .concluded_on = stmt_date(q, AUDIT_FACTS_concluded_on),
        .body_id = stmt_int(q, AUDIT_FACTS_body_id),
        .auditor_id = stmt_int(q, AUDIT_FACTS_auditor_id),
        .corrects_id = stmt_int(q, AUDIT_FACTS_corrects_id),
        .corrected_by = stmt_int(q, AUDIT_FACTS_corrected_by),
        .migration_id = stmt_int(q, AUDIT_FACTS_migration_id),
        .nonconformity = stmt_int(q, AUDIT_FACTS_nonconformity),
        .planned_on = stmt_date(q, AUDIT_FACTS_planned_on),
        .recorded_on = stmt_date(q, AUDIT_FACTS_recorded_on),
        .void_on = stmt_date(q, AUDIT_FACTS_void_on),
    };
    return answer_end(call, q, dup_bytes(call, stmt_blob(q, AUDIT_FACTS_responses), &ret->responses));
}

int audit_load(struct call *call, int64_t id, struct audit *ret)
{
    int code = answer_record(call, query_audit_record(call->store, id, call->today), RECORD_audit, ret);
    if (code == OK)
        audit_tell_late(ret, call->today);
    return code;
}

void audit_tell_late(struct audit *a, struct date as_of)
{
    a->has_late = a->state != AUDIT_CANCELLED && a->state != AUDIT_VOID
                  && late_days(a->planned_on, a->performed_on, as_of, &a->late);
}
