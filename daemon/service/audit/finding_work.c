/* SPDX-License-Identifier: Apache-2.0 */
/* The work on a finding: plan, acceptance, actions, verification, and rejection. */
#include "daemon/service/audit/evidence.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/ended.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "query/finding.h"

/* Loads the finding and checks that it may go to the state on the day. */
static int begin(struct call *call, const struct ref *which, enum finding_state to, struct date on,
                 struct finding_facts *ret)
{
    int code = finding_facts(call, which->id, ret);
    return code == OK ? finding_check_step(call, ret, to, on) : code;
}

static int check_owner(struct call *call, const struct planned_action *row, struct date on, int64_t *ret_id)
{
    struct ref owner = { .text = row->owner };
    int code = resolve_ref(call, NOUN_person, "owner", &owner);
    if (code == OK)
        code = ended_check(call, NOUN_person, "owner", owner.id, on);
    *ret_id = owner.id;
    return code;
}

static int save_action(struct call *call, const struct finding_facts *f, const struct planned_action *row,
                       struct date on)
{
    int64_t owner_id;
    int code = check_owner(call, row, on, &owner_id);
    if (code == OK && date_before(row->due_on, f->raised_on))
        code = err_set(call->err, ERR_INVALID_PARAM, "due_on", "must not be before the finding was raised");
    if (code != OK)
        return code;
    return stmt_run(query_finding_action_insert(call->store, f->id, f->plan + 1, row->kind, row->text, owner_id,
                                                row->due_on, row->cost),
                    call->err);
}

static int save_plan(struct call *call, const struct finding_facts *f, const struct finding_plan *p, struct date on)
{
    int code = stmt_run(query_finding_plan_insert(call->store, f->id, f->plan + 1, on, call->caller->user,
                                                  p->correction, p->root_cause, p->method),
                        call->err);
    for (size_t i = 0; i < p->n_actions && code == OK; i++)
        if (save_action(call, f, &p->actions[i], on) != OK)
            code = err_within(call->err, "actions[%zu].", i);
    return code;
}

int finding_plan(struct call *call, const struct finding_plan *p, struct finding *ret)
{
    struct finding_facts f;
    struct date on = check_or_today(call, p->on);
    if (p->n_actions == 0)
        return err_set(call->err, ERR_INVALID_PARAM, "actions", "a plan needs at least one action");
    int code = begin(call, &p->finding, FINDING_PLANNED, on, &f);
    if (code == OK)
        code = save_plan(call, &f, p, on);
    if (code == OK)
        code = finding_step_add(call, &f,
                                &(struct finding_step_draft){ .to = FINDING_PLANNED, .on = on, .plan = f.plan + 1 });
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}

int finding_accept(struct call *call, const struct finding_accept *p, struct finding *ret)
{
    struct finding_facts f;
    struct date on = check_or_today(call, p->on);
    int code = begin(call, &p->finding, FINDING_ACCEPTED, on, &f);
    if (code == OK)
        code = finding_check_judge(call, &f);
    if (code == OK)
        code = finding_step_add(
            call, &f,
            &(struct finding_step_draft){ .to = FINDING_ACCEPTED, .on = on, .plan = f.plan, .reason = p->reason });
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}

static int check_action(struct call *call, const struct finding_facts *f, int64_t number)
{
    char day[DATE_TEXT];
    struct stmt *q = query_finding_action(call->store, f->id, number);
    bool found = stmt_step(q);
    int64_t plan = found ? stmt_int(q, FINDING_ACTION_plan) : 0;
    struct date done_on = found ? stmt_date(q, FINDING_ACTION_done_on) : (struct date){ 0 };
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    if (!found)
        return err_set(call->err, ERR_NOT_FOUND, "action", "F%lld has no action %lld; see sme-ctl finding show F%lld",
                       (long long)f->id, (long long)number, (long long)f->id);
    if (plan != f->plan)
        return err_set(call->err, ERR_CONFLICT, "action",
                       "action %lld belongs to plan %lld, but the current plan is %lld", (long long)number,
                       (long long)plan, (long long)f->plan);
    if (date_is_set(done_on))
        return err_set(call->err, ERR_BAD_STATE, "action", "action %lld was already done on %s", (long long)number,
                       date_format(done_on, day));
    return OK;
}

/* An action may be done before the plan is accepted, but not before the finding was raised. */
static int check_implement(struct call *call, const struct finding_facts *f, const struct finding_implement *p,
                           struct date done_on)
{
    char raised[DATE_TEXT];
    int code = finding_check_step(call, f, FINDING_IMPLEMENTED, call->today);
    if (code == OK && date_before(done_on, f->raised_on))
        code = err_set(call->err, ERR_INVALID_PARAM, "done_on", "must not be before the finding was raised, on %s",
                       date_format(f->raised_on, raised));
    return code == OK ? check_action(call, f, p->action) : code;
}

/* The last action completes the plan: on the day of the latest one, but not before acceptance. */
static int step_if_done(struct call *call, const struct finding_facts *f)
{
    struct stmt *q = query_finding_actions_left(call->store, f->id, f->plan);
    bool done = stmt_step(q) && stmt_int(q, FINDING_ACTIONS_LEFT_missing) == 0;
    struct date last = stmt_date(q, FINDING_ACTIONS_LEFT_last);
    int code = answer_end(call, q, OK);
    if (code != OK || !done)
        return code;
    struct date on = date_before(last, f->changed_on) ? f->changed_on : last;
    return finding_step_add(call, f,
                            &(struct finding_step_draft){ .to = FINDING_IMPLEMENTED, .on = on, .plan = f->plan });
}

int finding_implement(struct call *call, const struct finding_implement *p, struct finding *ret)
{
    struct finding_facts f;
    struct date done_on = check_or_today(call, p->done_on);
    int code = finding_facts(call, p->finding.id, &f);
    if (code == OK)
        code = check_implement(call, &f, p, done_on);
    if (code == OK)
        code = stmt_run(query_finding_action_done(call->store, f.id, p->action, done_on, p->cost), call->err);
    if (code == OK && p->evidence.id > 0)
        code = evidence_link_finding(call, &p->evidence, &p->finding, p->action);
    if (code == OK)
        code = step_if_done(call, &f);
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}

/* The verifier must not own an action (ISO/IEC 17021-1 9.4.10; separation of doing and checking). */
static int refuse_owner(struct call *call, const struct finding_facts *f, const struct ref *by)
{
    int64_t action = 0;
    int code = answer_number(call, query_finding_action_owned(call->store, f->id, f->plan, by->id), &action);
    if (code == OK && action > 0)
        return err_set(call->err, ERR_CONFLICT, "by",
                       "%s is responsible for action %lld of F%lld; someone else must verify it", by->text,
                       (long long)action, (long long)f->id);
    return code;
}

int finding_verify(struct call *call, const struct finding_verify *p, struct finding *ret)
{
    struct finding_facts f;
    struct finding_step_draft step = { .to = p->ineffective ? FINDING_OPEN : FINDING_VERIFIED,
                                       .on = check_or_today(call, p->on),
                                       .person_id = p->by.id,
                                       .reason = p->reason };
    int code = begin(call, &p->finding, FINDING_VERIFIED, step.on, &f);
    if (code == OK)
        code = finding_check_judge(call, &f);
    if (code == OK)
        code = refuse_owner(call, &f, &p->by);
    step.plan = f.plan;
    if (code == OK)
        code = finding_step_add(call, &f, &step);
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}

int finding_reject(struct call *call, const struct finding_reject *p, struct finding *ret)
{
    struct finding_facts f;
    struct finding_step_draft step = { .to = FINDING_OPEN, .on = check_or_today(call, p->on), .reason = p->reason };
    int code = finding_facts(call, p->finding.id, &f);
    if (code == OK && f.state == FINDING_OPEN)
        code = err_set(call->err, ERR_BAD_STATE, "finding", "%s is open; there is nothing to reject", p->finding.text);
    if (code == OK)
        code = finding_check_step(call, &f, FINDING_OPEN, step.on);
    if (code == OK)
        code = finding_check_judge(call, &f);
    step.plan = f.plan;
    if (code == OK)
        code = finding_step_add(call, &f, &step);
    return code == OK ? finding_load(call, f.id, call->today, ret) : code;
}
