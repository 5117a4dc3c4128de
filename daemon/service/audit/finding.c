/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/finding.h"

#include "common/ref.h"
#include "daemon/service/audit/finding_deadline.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/late.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/register/audit_kind.h"
#include "daemon/service/standing/standing.h"
#include "daemon/store/row.h"
#include "query/finding.h"

int finding_facts(struct call *call, int64_t id, struct finding_facts *ret)
{
    struct stmt *q = query_finding_facts(call->store, id);
    if (!stmt_step(q))
        return answer_end(call, q, err_set(call->err, ERR_NOT_FOUND, "finding", "no finding F%lld", (long long)id));
    *ret = (struct finding_facts){ .id = id,
                                   .holder_id = stmt_int(q, FINDING_FACTS_holder_id),
                                   .edition_id = stmt_int(q, FINDING_FACTS_edition_id),
                                   .ordinal = (int32_t)stmt_int(q, FINDING_FACTS_ordinal),
                                   .audit_id = stmt_int(q, FINDING_FACTS_audit_id),
                                   .class = (enum class)stmt_choice(q, FINDING_FACTS_class, ENUM_class),
                                   .raised_on = stmt_date(q, FINDING_FACTS_raised_on),
                                   .closed_on = stmt_date(q, FINDING_FACTS_closed_on),
                                   .notified_on = stmt_date(q, FINDING_FACTS_notified_on),
                                   .void_on = stmt_date(q, FINDING_FACTS_void_on),
                                   .kind = (enum audit_kind)stmt_choice(q, FINDING_FACTS_kind, ENUM_audit_kind),
                                   .grade = (enum grade)stmt_choice(q, FINDING_FACTS_grade, ENUM_grade),
                                   .state = FINDING_OPEN,
                                   .verifier = stmt_dup(q, FINDING_FACTS_verifier, call->arena),
                                   .plan = stmt_int(q, FINDING_FACTS_plan) };
    ret->changed_on = ret->raised_on;
    if (!stmt_is_null(q, FINDING_FACTS_state)) {
        ret->state = (enum finding_state)stmt_choice(q, FINDING_FACTS_state, ENUM_finding_state);
        ret->changed_on = stmt_date(q, FINDING_FACTS_changed_on);
    }
    if (date_is_set(ret->closed_on))
        ret->state = FINDING_CLOSED;
    if (date_is_set(ret->void_on))
        ret->state = FINDING_VOID;
    return answer_end(call, q, OK);
}

int finding_state_on(struct call *call, int64_t id, struct date day, enum finding_state *ret)
{
    struct stmt *q = query_finding_state_on(call->store, id, day);
    enum finding_state state = FINDING_OPEN;
    if (stmt_step(q))
        state = (enum finding_state)stmt_choice(q, FINDING_STATE_ON_state, ENUM_finding_state);
    int code = answer_end(call, q, OK);
    if (code == OK)
        *ret = state;
    return code;
}

int finding_check_judge(struct call *call, const struct finding_facts *f)
{
    return audit_kind_check_recorded(call, f->holder_id, f->kind, f->grade, "finding");
}

static enum lifecycle life_of(const struct finding_facts *f)
{
    return f->class <= CLASS_MINOR ? LIFECYCLE_nonconformity : LIFECYCLE_observation;
}

int finding_check_day(struct call *call, const struct finding_facts *f, struct date on)
{
    char text[DATE_TEXT], which[REF_TEXT];
    if (date_before(on, f->raised_on))
        return err_set(call->err, ERR_INVALID_PARAM, "on", "must not be before the finding was raised, on %s",
                       date_format(f->raised_on, text));
    return lifecycle_order(life_of(f), ref_put(NOUN_finding, f->id, which), (int)f->state, f->changed_on, on,
                           call->err);
}

int finding_refuse_void(struct call *call, const struct finding_facts *f, const char *field)
{
    char day[DATE_TEXT];
    if (!date_is_set(f->void_on))
        return OK;
    return err_set(call->err, ERR_BAD_STATE, field, "F%lld is void since %s, with A%lld, which raised it",
                   (long long)f->id, date_format(f->void_on, day), (long long)f->audit_id);
}

int finding_check_step(struct call *call, const struct finding_facts *f, enum finding_state to, struct date on)
{
    int code = finding_refuse_void(call, f, "finding");
    if (code != OK)
        return code;
    code = lifecycle_move(life_of(f), (int)f->state, (int)to, "finding", call->err);
    return code == OK ? finding_check_day(call, f, on) : code;
}

int finding_step_add(struct call *call, const struct finding_facts *f, const struct finding_step_draft *step)
{
    return stmt_run(query_finding_step_insert(call->store, f->id, step->to, step->on, call->caller->user,
                                              step->person_id, step->audit_id, step->plan, step->reason),
                    call->err);
}

int finding_close_corrected(struct call *call, int64_t audit_id, int64_t corrected_by, struct date on)
{
    const char *reason = arena_printf(call->arena, "corrected by A%lld", (long long)corrected_by);
    if (reason == NULL)
        return answer_no_memory(call);
    int code = stmt_run(query_finding_step_corrected(call->store, audit_id, on, corrected_by, reason), call->err);
    if (code != OK)
        return code;
    return stmt_run(query_finding_close_corrected(call->store, audit_id, on, reason), call->err);
}

int finding_is_left_open(struct call *call, const struct rules *rules, int64_t id, enum class class, struct date day,
                         bool *ret)
{
    const struct left_open_rule *rule = rules != NULL ? rules->left_open : NULL;
    int64_t audits = 0;
    *ret = false;
    if (rule == NULL || class != CLASS_MINOR)
        return OK;
    int code = answer_number(call, query_finding_audits_since(call->store, id, day), &audits);
    *ret = audits >= rule->audits;
    return code;
}

static int add_class(struct call *call, const struct catalogue_edition *edition, struct date day, struct finding *ret)
{
    bool left_open = false;
    int64_t id = 0;
    if (ret->state == FINDING_CLOSED || ret->state == FINDING_VOID || !ref_number(NOUN_finding, ret->finding.text, &id))
        return OK;
    int code = finding_is_left_open(call, edition->rules, id, ret->class, day, &left_open);
    ret->counts_as = left_open ? CLASS_MAJOR : 0;
    return code;
}

/* The next deadline, from the columns beyond the record's: edition, kind of audit, moved deadlines. */
static int add_next(struct call *call, const struct stmt *q, struct date day, struct finding *ret)
{
    const struct catalogue_edition *edition;
    struct finding_timing t = { .class = ret->class,
                                .kind = (enum audit_kind)stmt_choice(q, FINDING_ROW_kind, ENUM_audit_kind),
                                .raised_on = ret->raised_on,
                                .notified_on = ret->notified_on,
                                .moved = { [STEP_PLAN] = stmt_date(q, FINDING_ROW_plan_moved),
                                           [STEP_EVIDENCE] = stmt_date(q, FINDING_ROW_evidence_moved),
                                           [STEP_CLOSE] = stmt_date(q, FINDING_ROW_close_moved) } };
    int code = catalogue_edition(call, stmt_int(q, FINDING_ROW_edition_id), &edition);
    if (code != OK)
        return code;
    struct finding_next next = finding_deadline_next(edition->rules, &t, ret->state);
    ret->next_step = next.step;
    ret->scheduled_on = next.scheduled_on;
    ret->due_on = next.due_on;
    ret->has_overdue = next.step != 0;
    ret->overdue = next.step != 0 && date_before(next.due_on, day);
    const struct deadline_rule *closing = finding_deadline_rule(edition->rules, &t, STEP_CLOSE, false);
    ret->close_by = date_is_set(t.moved[STEP_CLOSE]) ? t.moved[STEP_CLOSE] : finding_deadline_by(closing, &t);
    ret->has_late = !date_is_set(ret->void_on) && late_days(ret->close_by, ret->closed_on, day, &ret->late);
    return add_class(call, edition, day, ret);
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
    int code = finding_rows(call, query_finding_record(call->store, id, day), day, &rows, &n);
    if (code == OK && n == 0)
        return err_set(call->err, ERR_INTERNAL, NULL, "the finding that was just resolved is not there");
    if (code == OK)
        *ret = rows[0];
    return code;
}
