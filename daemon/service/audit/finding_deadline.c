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

const struct deadline_rule *finding_deadline_rule(const struct rules *rules, const struct finding_timing *t,
                                                  enum deadline_step step)
{
    const struct deadline_rule *strictest = NULL;
    for (size_t i = 0; rules != NULL && i < rules->n_deadlines; i++) {
        const struct deadline_rule *r = &rules->deadlines[i];
        if (applies(r, t, step) && (strictest == NULL || date_before(day_of(r, t), day_of(strictest, t))))
            strictest = r;
    }
    return strictest;
}

struct date finding_deadline_scheduled(const struct rules *rules, const struct finding_timing *t,
                                       enum deadline_step step)
{
    const struct deadline_rule *rule = finding_deadline_rule(rules, t, step);
    return rule != NULL ? day_of(rule, t) : (struct date){ 0 };
}

struct date finding_deadline_due(const struct rules *rules, const struct finding_timing *t, enum deadline_step step)
{
    return date_is_set(t->moved[step]) ? t->moved[step] : finding_deadline_scheduled(rules, t, step);
}

enum deadline_step finding_deadline_first(enum finding_state state)
{
    static const enum deadline_step first[finding_state_end_] = {
        [FINDING_OPEN] = STEP_PLAN,         [FINDING_PLANNED] = STEP_EVIDENCE, [FINDING_ACCEPTED] = STEP_EVIDENCE,
        [FINDING_IMPLEMENTED] = STEP_CLOSE, [FINDING_VERIFIED] = STEP_CLOSE,
    };
    return first[state];
}

struct finding_next finding_deadline_next(const struct rules *rules, const struct finding_timing *t,
                                          enum finding_state state)
{
    struct finding_next next = { 0 };
    enum deadline_step first = finding_deadline_first(state);
    for (enum deadline_step step = first; first != 0 && step < deadline_step_end_; step++) {
        struct date due_on = finding_deadline_due(rules, t, step);
        if (date_is_set(due_on) && (next.step == 0 || date_before(due_on, next.due_on)))
            next = (struct finding_next){ step, finding_deadline_scheduled(rules, t, step), due_on };
    }
    return next;
}
