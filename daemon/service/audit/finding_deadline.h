/* SPDX-License-Identifier: Apache-2.0 */
/* Deadlines of the steps on a finding: calendar arithmetic over the edition's rules and moved deadlines. Pure; any
 * thread.
 *
 * A rule counts calendar days from the last day of the audit, or from notice to the holder (until there is notice, from
 * the last day of the audit); if several apply, the strictest counts (as the schemes say; each rule of the edition
 * names its source). A step is overdue from the day after its deadline. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* What deadlines depend on. moved: the deadline set for each step by hand, or not set. */
struct finding_timing {
    enum class class;
    enum audit_kind kind;
    struct date raised_on, notified_on;
    struct date moved[deadline_step_end_];
};

/* The rule that sets the step's deadline, of those with or without approval; NULL if the edition has none. rules may be
 * NULL. */
const struct deadline_rule *finding_deadline_rule(const struct rules *rules, const struct finding_timing *t,
                                                  enum deadline_step step, bool approved);
/* The deadline by a rule; not set for NULL. */
struct date finding_deadline_by(const struct deadline_rule *rule, const struct finding_timing *t);
/* The state from which a step is done by a rule, which may be NULL: where the rule asks for approval, the body's. */
enum finding_state finding_deadline_done_at(const struct deadline_rule *rule, enum deadline_step step);
/* Whether a step is still to do in this state, by itself or by a rule that applies. */
bool finding_deadline_is_pending(const struct rules *rules, const struct finding_timing *t, enum deadline_step step,
                                 enum finding_state state);

struct finding_next {
    enum deadline_step step; /* 0: nothing is due by any rule or move */
    struct date scheduled_on, due_on;
};
/* The step due first of those still to do; on the same day, the earlier step. */
struct finding_next finding_deadline_next(const struct rules *rules, const struct finding_timing *t,
                                          enum finding_state state);
