/* SPDX-License-Identifier: Apache-2.0 */
/* By when the steps on a finding are due: the rules of the edition and the days that were moved, as calendar
 * arithmetic. Pure; any thread.
 *
 * A rule counts calendar days from the last day of the audit, or from notice to the holder (from the last day of the
 * audit while there was none); of several that apply the strictest counts (the scheme's own rules say so; each rule of
 * the edition tells its source). A step is due on its day at the latest: it is overdue from the day after. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* What deadlines depend on. moved: by step, the day that was set for it; not set where none was. */
struct finding_timing {
    enum class class;
    enum audit_kind kind;
    struct date raised_on, notified_on;
    struct date moved[deadline_step_end_];
};

/* The rule that sets the step's day; NULL where the edition asks nothing. rules may be NULL. */
const struct deadline_rule *finding_deadline_rule(const struct rules *rules, const struct finding_timing *t,
                                                  enum deadline_step step);
/* The day that the rule sets; not set without a rule. */
struct date finding_deadline_scheduled(const struct rules *rules, const struct finding_timing *t,
                                       enum deadline_step step);
/* The day it is due: as moved, else as scheduled. */
struct date finding_deadline_due(const struct rules *rules, const struct finding_timing *t, enum deadline_step step);
/* The first step that is still to be done in this state; 0 when closed. */
enum deadline_step finding_deadline_first(enum finding_state state);

struct finding_next {
    enum deadline_step step; /* 0: nothing is due by any rule or move */
    struct date scheduled_on, due_on;
};
/* Of the steps still to be done the one due first; on the same day the earlier step. */
struct finding_next finding_deadline_next(const struct rules *rules, const struct finding_timing *t,
                                          enum finding_state state);
