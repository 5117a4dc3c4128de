/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/life_rules.h"

#include "tests/support/sampling.h"

enum { PURPOSES = sample_purpose_end_ - 1, STEPS = deadline_step_end_ - 1, DEADLINES = 2 * STEPS };

static const char source[] = "made up";

struct rules life_rules_sampling(void)
{
    static struct sampling_rule rows[PURPOSES];
    for (int i = 0; i < PURPOSES; i++)
        rows[i] = sampling_strata((enum sample_purpose)(i + 1), 4, 5);
    return (struct rules){ .sampling = rows, .n_sampling = PURPOSES };
}

/* Each step on a finding of either class, ten days apart. */
static struct deadline_rule *deadlines(void)
{
    static struct deadline_rule rows[DEADLINES];
    for (int i = 0; i < DEADLINES; i++)
        rows[i] = (struct deadline_rule){ .class = i < STEPS ? CLASS_MAJOR : CLASS_MINOR,
                                          .step = (enum deadline_step)(i % STEPS + 1),
                                          .days = 10 * (i % STEPS + 1),
                                          .has_days = true,
                                          .source = source };
    return rows;
}

struct rules life_rules_all(void)
{
    static struct cycle_rule cycle = { .validity_months = 6,
                                       .has_validity_months = true,
                                       .first_surveillance_months = 2,
                                       .has_first_surveillance_months = true,
                                       .surveillance_each_year = true,
                                       .has_surveillance_each_year = true,
                                       .renewal_months = 2,
                                       .has_renewal_months = true,
                                       .restoration_months = 3,
                                       .has_restoration_months = true,
                                       .suspension_months = 2,
                                       .has_suspension_months = true,
                                       .source = source };
    static struct decision_rule decision = { .minor_plans_accepted = true,
                                             .has_minor_plans_accepted = true,
                                             .audit_months = 6,
                                             .has_audit_months = true,
                                             .source = source };
    static struct escalation_rule escalation = { .minors = 3, .has_minors = true, .source = source };
    static struct impartiality_rule impartiality = { .cooling_off_months = 1,
                                                     .has_cooling_off_months = true,
                                                     .internal_months = 1,
                                                     .has_internal_months = true,
                                                     .through_body = true,
                                                     .has_through_body = true,
                                                     .source = source };
    static struct left_open_rule left_open = { .audits = 1, .has_audits = true, .source = source };
    static struct internal_rule internal = {
        .inspections = 1, .has_inspections = true, .approved = true, .has_approved = true, .source = source
    };
    static struct group_rule group = { .ready = 1,
                                       .has_ready = true,
                                       .ready_of = 2,
                                       .has_ready_of = true,
                                       .newcomers = 1,
                                       .has_newcomers = true,
                                       .newcomers_of = 2,
                                       .has_newcomers_of = true,
                                       .structural = 1,
                                       .has_structural = true,
                                       .structural_of = 2,
                                       .has_structural_of = true,
                                       .source = source };
    struct rules rules = life_rules_sampling();
    rules.cycle = &cycle;
    rules.decision = &decision;
    rules.deadlines = deadlines();
    rules.n_deadlines = DEADLINES;
    rules.escalation = &escalation;
    rules.impartiality = &impartiality;
    rules.left_open = &left_open;
    rules.internal = &internal;
    rules.group = &group;
    return rules;
}
