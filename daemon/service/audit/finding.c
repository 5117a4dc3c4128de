#include "daemon/service/audit/finding.h"

#include "daemon/service/audit/finding_deadline.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/register/audit_kind.h"
#include "daemon/service/standing/standing.h"
#include "daemon/store/row.h"

int finding_facts(struct call *call, int64_t id, struct finding_facts *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_finding_facts, v_int(id));
    if (!stmt_step(q))
        return answer_end(call, q,
                          err_set(call->err, ERR_NOT_FOUND, "finding", "there is no finding F%lld", (long long)id));
    *ret = (struct finding_facts){ .id = id,
                                   .holder_id = stmt_int(q, 0),
                                   .edition_id = stmt_int(q, 1),
                                   .ordinal = (int32_t)stmt_int(q, 2),
                                   .audit_id = stmt_int(q, 3),
                                   .class = (enum class)stmt_choice(q, 4, ENUM_class),
                                   .raised_on = stmt_date(q, 5),
                                   .closed_on = stmt_date(q, 6),
                                   .notified_on = stmt_date(q, 7),
                                   .kind = (enum audit_kind)stmt_choice(q, 8, ENUM_audit_kind),
                                   .body_id = stmt_int(q, 9),
                                   .state = FINDING_OPEN,
                                   .verifier = stmt_dup(q, 12, call->arena),
                                   .plan = stmt_int(q, 13) };
    ret->changed_on = ret->raised_on;
    if (!stmt_is_null(q, 10)) {
        ret->state = (enum finding_state)stmt_choice(q, 10, ENUM_finding_state);
        ret->changed_on = stmt_date(q, 11);
    }
    if (date_is_set(ret->closed_on))
        ret->state = FINDING_CLOSED;
    return answer_end(call, q, OK);
}

int finding_state_on(struct call *call, int64_t id, struct date day, enum finding_state *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_finding_state_on, v_int(id), V_DATE(day));
    enum finding_state state = stmt_step(q) ? (enum finding_state)stmt_choice(q, 0, ENUM_finding_state) : FINDING_OPEN;
    int code = answer_end(call, q, OK);
    if (code == OK)
        *ret = state;
    return code;
}

int finding_check_judge(struct call *call, const struct finding_facts *f)
{
    return audit_kind_check(call, f->holder_id, f->kind, "finding");
}

int finding_check_day(struct call *call, const struct finding_facts *f, const char *field, struct date on)
{
    char text[DATE_TEXT];
    if (!date_before(on, f->changed_on))
        return OK;
    if (date_before(on, f->raised_on))
        return err_set(call->err, ERR_INVALID_PARAM, field, "must not be before the finding was raised, on %s",
                       date_format(f->raised_on, text));
    return err_set(call->err, ERR_CONFLICT, field, "F%lld is %s since %s; give that day or a later one",
                   (long long)f->id, api_choice_text(ENUM_finding_state, (int)f->state),
                   date_format(f->changed_on, text));
}

int finding_check_step(struct call *call, const struct finding_facts *f, enum finding_state to, struct date on)
{
    enum lifecycle life = f->class <= CLASS_MINOR ? LIFECYCLE_nonconformity : LIFECYCLE_observation;
    int code = lifecycle_move(life, (int)f->state, (int)to, "finding", call->err);
    return code == OK ? finding_check_day(call, f, "on", on) : code;
}

int finding_step_add(struct call *call, const struct finding_facts *f, const struct finding_step_draft *step)
{
    return stmt_run(STORE_QUERY(call->store, QUERY_finding_step_insert, v_int(f->id),
                                v_choice(ENUM_finding_state, (int)step->to), V_DATE(step->on),
                                v_text(call->caller->user), v_id(step->person_id), v_id(step->audit_id),
                                v_id(step->plan), v_text(step->reason)),
                    call->err);
}

int finding_close_corrected(struct call *call, int64_t audit_id, int64_t corrected_by, struct date on)
{
    const char *reason = arena_printf(call->arena, "corrected by A%lld", (long long)corrected_by);
    if (reason == NULL)
        return answer_no_memory(call);
    int code = stmt_run(STORE_QUERY(call->store, QUERY_finding_step_corrected, v_int(audit_id), V_DATE(on),
                                    v_int(corrected_by), v_text(reason)),
                        call->err);
    if (code != OK)
        return code;
    return stmt_run(
        STORE_QUERY(call->store, QUERY_finding_close_corrected, v_int(audit_id), V_DATE(on), v_text(reason)),
        call->err);
}

/* What is due next, from the columns beyond the record's: edition, kind of audit, and the moved days. */
static int add_next(struct call *call, const struct stmt *q, struct date day, struct finding *ret)
{
    const struct catalogue_edition *edition;
    int at = row_columns(RECORD_finding);
    struct finding_timing t = { .class = ret->class,
                                .kind = (enum audit_kind)stmt_choice(q, at + 1, ENUM_audit_kind),
                                .raised_on = ret->raised_on,
                                .notified_on = ret->notified_on };
    for (int step = STEP_PLAN; step < deadline_step_end_; step++)
        t.moved[step] = stmt_date(q, at + 1 + step);
    int code = catalogue_edition(call, stmt_int(q, at), &edition);
    if (code != OK)
        return code;
    struct finding_next next = finding_deadline_next(edition->rules, &t, ret->state);
    ret->next_step = next.step;
    ret->scheduled_on = next.scheduled_on;
    ret->due_on = next.due_on;
    ret->has_overdue = next.step != 0;
    ret->overdue = next.step != 0 && date_before(next.due_on, day);
    return OK;
}

int finding_rows(struct call *call, struct stmt *q, struct date day, struct finding **ret, size_t *ret_n)
{
    struct page rows = { 0 };
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct finding row = { 0 };
        code = row_to_record(q, RECORD_finding, call->arena, &row, call->err);
        if (code == OK)
            code = add_next(call, q, day, &row);
        if (code == OK && !page_push(&rows, call->arena, &row, sizeof row))
            code = answer_no_memory(call);
    }
    code = answer_end(call, q, code);
    *ret = rows.rows;
    *ret_n = rows.n;
    return code;
}

int finding_load(struct call *call, int64_t id, struct date day, struct finding *ret)
{
    struct finding *rows = NULL;
    size_t n = 0;
    int code = finding_rows(call, STORE_QUERY(call->store, QUERY_finding_record, v_int(id), V_DATE(day)), day, &rows,
                            &n);
    if (code == OK && n == 0)
        return err_set(call->err, ERR_INTERNAL, NULL, "the finding that was just resolved is not there");
    if (code == OK)
        *ret = rows[0];
    return code;
}
