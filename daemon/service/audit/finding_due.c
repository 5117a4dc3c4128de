#include "daemon/service/audit/finding_due.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"

static int read_row(struct call *call, const struct stmt *q, struct finding_due *ret)
{
    const struct catalogue_edition *edition;
    *ret = (struct finding_due){ .id = stmt_int(q, 0),
                                 .holder_id = stmt_int(q, 1),
                                 .edition_id = stmt_int(q, 2),
                                 .ordinal = (int32_t)stmt_int(q, 3),
                                 .class = (enum class)stmt_choice(q, 4, ENUM_class),
                                 .kind = (enum audit_kind)stmt_choice(q, 5, ENUM_audit_kind),
                                 .raised_on = stmt_date(q, 6),
                                 .notified_on = stmt_date(q, 7),
                                 .state = (enum finding_state)stmt_choice(q, 8, ENUM_finding_state) };
    struct finding_timing t = {
        .class = ret->class, .kind = ret->kind, .raised_on = ret->raised_on, .notified_on = ret->notified_on
    };
    for (int step = STEP_PLAN; step < deadline_step_end_; step++)
        t.moved[step] = stmt_date(q, 8 + step);
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
    struct stmt *q = holder_id > 0 ? STORE_QUERY(call->store, QUERY_finding_pending_of_holder, v_int(holder_id),
                                                 V_DATE(as_of), v_id(edition_id))
                                   : STORE_QUERY(call->store, QUERY_finding_pending, v_text(resolve_scope_text(call)),
                                                 V_DATE(as_of), v_id(edition_id));
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
