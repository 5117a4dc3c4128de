/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/audit/finding_deadline.h"

static struct date day_after(struct date from, int64_t days)
{
    return (struct date){ from.day + (int32_t)days };
}

static struct date day_of(const struct deadline_rule *r, const struct finding_timing *t)
{
    bool by_notice = r->from == DEADLINE_FROM_NOTICE && date_is_set(t->notified_on);
    return day_after(by_notice ? t->notified_on : t->raised_on, r->days);
}

static bool applies(const struct deadline_rule *r, const struct finding_timing *t, enum deadline_step step)
{
    return r->class == t->class && r->step == step && (r->kind == 0 || r->kind == t->kind);
}

enum finding_state finding_deadline_done_at(const struct deadline_rule *rule, enum deadline_step step)
{
    bool approved = rule != NULL && rule->approved;
    if (step == STEP_PLAN)
        return approved ? FINDING_ACCEPTED : FINDING_PLANNED;
    if (step == STEP_EVIDENCE)
        return approved ? FINDING_VERIFIED : FINDING_IMPLEMENTED;
    return FINDING_CLOSED;
}

/* In the order of the work: closed last. */
static int progress(enum finding_state state)
{
    return state == FINDING_OPEN                              ? 0
           : state == FINDING_CLOSED || state == FINDING_VOID ? (int)finding_state_end_
                                                              : (int)state;
}

static bool is_done(const struct deadline_rule *rule, enum deadline_step step, enum finding_state state)
{
    return progress(state) >= progress(finding_deadline_done_at(rule, step));
}

static const struct deadline_rule *stricter(const struct deadline_rule *a, const struct deadline_rule *b,
                                            const struct finding_timing *t)
{
    return b == NULL || date_before(day_of(a, t), day_of(b, t)) ? a : b;
}

const struct deadline_rule *finding_deadline_rule(const struct rules *rules, const struct finding_timing *t,
                                                  enum deadline_step step, bool approved)
{
    const struct deadline_rule *strictest = NULL;
    for (size_t i = 0; rules != NULL && i < rules->n_deadlines; i++)
        if (applies(&rules->deadlines[i], t, step) && rules->deadlines[i].approved == approved)
            strictest = stricter(&rules->deadlines[i], strictest, t);
    return strictest;
}

struct date finding_deadline_by(const struct deadline_rule *rule, const struct finding_timing *t)
{
    return rule != NULL ? day_of(rule, t) : (struct date){ 0 };
}

/* Of the rules for the step that are not met in the state. */
static const struct deadline_rule *pending_rule(const struct rules *rules, const struct finding_timing *t,
                                                enum deadline_step step, enum finding_state state)
{
    const struct deadline_rule *strictest = NULL;
    for (int approved = 0; approved < 2; approved++) {
        const struct deadline_rule *rule = finding_deadline_rule(rules, t, step, approved == 1);
        if (rule != NULL && !is_done(rule, step, state))
            strictest = stricter(rule, strictest, t);
    }
    return strictest;
}

bool finding_deadline_is_pending(const struct rules *rules, const struct finding_timing *t, enum deadline_step step,
                                 enum finding_state state)
{
    return !is_done(NULL, step, state) || pending_rule(rules, t, step, state) != NULL;
}

struct finding_next finding_deadline_next(const struct rules *rules, const struct finding_timing *t,
                                          enum finding_state state)
{
    struct finding_next next = { 0 };
    for (enum deadline_step step = STEP_PLAN; step < deadline_step_end_; step++) {
        struct date scheduled = finding_deadline_by(pending_rule(rules, t, step, state), t);
        struct date due_on = date_is_set(t->moved[step]) ? t->moved[step] : scheduled;
        if (!date_is_set(due_on) || !finding_deadline_is_pending(rules, t, step, state))
            continue;
        if (next.step == 0 || date_before(due_on, next.due_on))
            next = (struct finding_next){ step, scheduled, due_on };
    }
    return next;
}
