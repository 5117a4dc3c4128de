/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/finding_due.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "query/finding.h"

static int read_row(struct call *call, const struct stmt *q, struct finding_due *ret)
{
    const struct catalogue_edition *edition;
    *ret = (struct finding_due){ .id = stmt_int(q, FINDING_PENDING_id),
                                 .holder_id = stmt_int(q, FINDING_PENDING_holder_id),
                                 .edition_id = stmt_int(q, FINDING_PENDING_edition_id),
                                 .ordinal = (int32_t)stmt_int(q, FINDING_PENDING_ordinal),
                                 .class = (enum class)stmt_choice(q, FINDING_PENDING_class, ENUM_class),
                                 .kind = (enum audit_kind)stmt_choice(q, FINDING_PENDING_kind, ENUM_audit_kind),
                                 .raised_on = stmt_date(q, FINDING_PENDING_raised_on),
                                 .notified_on = stmt_date(q, FINDING_PENDING_notified_on),
                                 .state = (enum finding_state)stmt_choice(q, FINDING_PENDING_state,
                                                                          ENUM_finding_state) };
    struct finding_timing t = { .class = ret->class,
                                .kind = ret->kind,
                                .raised_on = ret->raised_on,
                                .notified_on = ret->notified_on,
                                .moved = { [STEP_PLAN] = stmt_date(q, FINDING_PENDING_plan_moved),
                                           [STEP_EVIDENCE] = stmt_date(q, FINDING_PENDING_evidence_moved),
                                           [STEP_CLOSE] = stmt_date(q, FINDING_PENDING_close_moved) } };
    int code = catalogue_edition(call, ret->edition_id, &edition);
    if (code == OK)
        ret->next = finding_deadline_next(edition->rules, &t, ret->state);
    return code;
}

int finding_due_list(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                     struct finding_due **ret, size_t *ret_n)
{
    struct page rows = { 0 };
    int code = OK;
    struct stmt *q = holder_id > 0 ? query_finding_pending_of_holder(call->store, holder_id, as_of, edition_id)
                                   : query_finding_pending(call->store, resolve_scope_text(call), as_of, edition_id);
    while (code == OK && stmt_step(q)) {
        struct finding_due row;
        code = read_row(call, q, &row);
        if (code == OK && !page_push(&rows, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    code = answer_end(call, q, code);
    *ret = rows.rows;
    *ret_n = rows.n;
    return code;
}
