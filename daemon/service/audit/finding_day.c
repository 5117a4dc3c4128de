/* SPDX-License-Identifier: Apache-2.0 */
/* The days of a finding that are set by hand: when the holder was notified, and moved deadlines. */
#include "daemon/service/audit/finding.h"
#include "daemon/service/audit/finding_deadline.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "query/finding.h"

static int refuse_closed(struct call *call, const struct finding_facts *f)
{
    char day[DATE_TEXT];
    if (f->state != FINDING_CLOSED)
        return finding_refuse_void(call, f, "finding");
    return err_set(call->err, ERR_BAD_STATE, "finding", "F%lld was closed on %s, and that is final", (long long)f->id,
                   date_format(f->closed_on, day));
}

static int check_from_raised(struct call *call, const struct finding_facts *f, const char *field, struct date day)
{
    char raised[DATE_TEXT];
    if (!date_before(day, f->raised_on))
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, field, "must not be before the finding was raised, on %s",
                   date_format(f->raised_on, raised));
}

int finding_notify(struct call *call, const struct finding_notify *p, struct finding *ret)
{
    struct finding_facts f;
    struct date on = check_or_today(call, p->on);
    char day[DATE_TEXT];
    int code = finding_facts(call, p->finding.id, &f);
    if (code == OK)
        code = finding_check_judge(call, &f);
    if (code == OK && date_is_set(f.notified_on))
        code = err_set(call->err, ERR_EXISTS, "finding", "the holder was already notified of %s on %s", p->finding.text,
                       date_format(f.notified_on, day));
    if (code == OK)
        code = refuse_closed(call, &f);
    if (code == OK)
        code = check_from_raised(call, &f, "on", on);
    if (code == OK)
        code = stmt_run(query_finding_notify(call->store, f.id, on), call->err);
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}

/* Moves are in the order of their days, like steps. */
static int refuse_earlier(struct call *call, const struct finding_facts *f, enum deadline_step step, struct date on)
{
    char day[DATE_TEXT];
    struct stmt *q = query_finding_due_last(call->store, f->id, call->today, step);
    struct date last = stmt_step(q) ? stmt_date(q, FINDING_DUE_LAST_on_day) : (struct date){ 0 };
    int code = answer_end(call, q, OK);
    if (code == OK && date_before(on, last))
        code = err_set(call->err, ERR_CONFLICT, "on", "last moved on %s; use that day or a later one",
                       date_format(last, day));
    return code;
}

static int check_move(struct call *call, const struct finding_facts *f, const struct finding_move *p, struct date on)
{
    const struct catalogue_edition *edition = NULL;
    const struct finding_timing t = {
        .class = f->class, .kind = f->kind, .raised_on = f->raised_on, .notified_on = f->notified_on
    };
    int code = finding_check_judge(call, f);
    if (code == OK)
        code = refuse_closed(call, f);
    if (code == OK)
        code = catalogue_edition(call, f->edition_id, &edition);
    if (code == OK && !finding_deadline_is_pending(edition->rules, &t, p->step, f->state))
        code = err_set(call->err, ERR_BAD_STATE, "step", "F%lld is %s; its %s is no longer due", (long long)f->id,
                       api_choice_text(ENUM_finding_state, (int)f->state),
                       api_choice_text(ENUM_deadline_step, (int)p->step));
    if (code == OK)
        code = check_from_raised(call, f, "on", on);
    if (code == OK)
        code = check_from_raised(call, f, "due_on", p->due_on);
    return code == OK ? refuse_earlier(call, f, p->step, on) : code;
}

int finding_move(struct call *call, const struct finding_move *p, struct finding *ret)
{
    struct finding_facts f;
    struct date on = check_or_today(call, p->on);
    int code = finding_facts(call, p->finding.id, &f);
    if (code == OK)
        code = check_move(call, &f, p, on);
    if (code == OK)
        code = stmt_run(
            query_finding_due_insert(call->store, f.id, p->step, p->due_on, on, call->caller->user, p->reason),
            call->err);
    if (code == OK)
        code = stmt_run(query_finding_due_mark(call->store, f.id), call->err);
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}
