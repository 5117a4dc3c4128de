/* SPDX-License-Identifier: Apache-2.0 */
/* When a step on a finding is due: by class, step and kind of audit, from the audit or from notice, moved or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/audit/finding_deadline.h"

#include <string.h>

#define RULE(c, s, n, f, k)                                                                                            \
    {                                                                                                                  \
        .class = CLASS_##c, .step = STEP_##s, .days = (n), .has_days = true, .from = (f), .kind = (k),                 \
        .source = "made up"                                                                                            \
    }

static struct deadline_rule deadlines[] = {
    RULE(MAJOR, PLAN, 14, DEADLINE_FROM_NOTICE, 0),
    RULE(MAJOR, EVIDENCE, 60, 0, 0),
    RULE(MAJOR, CLOSE, 90, 0, 0),
    RULE(MAJOR, CLOSE, 28, DEADLINE_FROM_AUDIT_END, AUDIT_EXTERNAL_INSPECTION),
    RULE(MINOR, EVIDENCE, 30, DEADLINE_FROM_NOTICE, 0),
    RULE(MINOR, EVIDENCE, 45, 0, 0),
    RULE(MINOR, CLOSE, 0, 0, 0),
};
static const struct rules rules = { .deadlines = deadlines, .n_deadlines = sizeof deadlines / sizeof deadlines[0] };

static struct date day(const char *text)
{
    struct date d = { 0 };
    if (text != NULL)
        assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static void test_scheduled(void **state)
{
    (void)state;
    static const struct {
        enum class class;
        enum audit_kind kind;
        const char *raised, *notified;
        enum deadline_step step;
        const char *expected; /* NULL: the edition asks nothing */
    } cases[] = {
        { CLASS_MAJOR, AUDIT_STAGE_2, "2026-03-01", NULL, STEP_PLAN, "2026-03-15" },
        { CLASS_MAJOR, AUDIT_STAGE_2, "2026-03-01", "2026-03-10", STEP_PLAN, "2026-03-24" },
        { CLASS_MAJOR, AUDIT_STAGE_2, "2026-03-01", "2026-03-10", STEP_EVIDENCE, "2026-04-30" },
        { CLASS_MAJOR, AUDIT_STAGE_2, "2026-03-01", NULL, STEP_CLOSE, "2026-05-30" },
        { CLASS_MAJOR, AUDIT_EXTERNAL_INSPECTION, "2026-03-01", NULL, STEP_CLOSE, "2026-03-29" },
        { CLASS_MAJOR, AUDIT_EXTERNAL_INSPECTION, "2024-02-10", NULL, STEP_CLOSE, "2024-03-09" },
        { CLASS_MAJOR, AUDIT_EXTERNAL_INSPECTION, "2023-02-10", NULL, STEP_CLOSE, "2023-03-10" },
        { CLASS_MAJOR, AUDIT_STAGE_2, "2026-12-20", NULL, STEP_PLAN, "2027-01-03" },
        /* The stricter of two counts: which one that is depends on the notice. */
        { CLASS_MINOR, AUDIT_STAGE_2, "2026-03-01", NULL, STEP_EVIDENCE, "2026-03-31" },
        { CLASS_MINOR, AUDIT_STAGE_2, "2026-03-01", "2026-03-16", STEP_EVIDENCE, "2026-04-15" },
        { CLASS_MINOR, AUDIT_STAGE_2, "2026-03-01", "2026-03-17", STEP_EVIDENCE, "2026-04-15" },
        { CLASS_MINOR, AUDIT_STAGE_2, "2026-03-01", NULL, STEP_CLOSE, "2026-03-01" },
        { CLASS_MINOR, AUDIT_STAGE_2, "2026-03-01", NULL, STEP_PLAN, NULL },
        { CLASS_OBSERVATION, AUDIT_STAGE_2, "2026-03-01", NULL, STEP_CLOSE, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct finding_timing t = { .class = cases[i].class,
                                    .kind = cases[i].kind,
                                    .raised_on = day(cases[i].raised),
                                    .notified_on = day(cases[i].notified) };
        struct date got = finding_deadline_by(finding_deadline_rule(&rules, &t, cases[i].step, false), &t);
        if (got.day != day(cases[i].expected).day) {
            char text[DATE_TEXT];
            fail_msg("case %zu: %s, not %s", i, date_format(got, text), cases[i].expected);
        }
        assert_null(finding_deadline_rule(NULL, &t, cases[i].step, false));
    }
}

static void test_next(void **state)
{
    (void)state;
    static const struct {
        enum class class;
        enum finding_state state;
        const char *plan, *evidence, *close; /* moved to */
        enum deadline_step step;
        const char *scheduled, *due;
    } cases[] = {
        { CLASS_MAJOR, FINDING_OPEN, NULL, NULL, NULL, STEP_PLAN, "2026-03-15", "2026-03-15" },
        { CLASS_MAJOR, FINDING_OPEN, "2026-04-01", NULL, NULL, STEP_PLAN, "2026-03-15", "2026-04-01" },
        { CLASS_MAJOR, FINDING_OPEN, "2026-05-01", NULL, NULL, STEP_EVIDENCE, "2026-04-30", "2026-04-30" },
        { CLASS_MAJOR, FINDING_OPEN, "2026-04-30", NULL, NULL, STEP_PLAN, "2026-03-15", "2026-04-30" },
        { CLASS_MAJOR, FINDING_OPEN, NULL, NULL, "2026-03-02", STEP_CLOSE, "2026-05-30", "2026-03-02" },
        { CLASS_MAJOR, FINDING_PLANNED, NULL, NULL, NULL, STEP_EVIDENCE, "2026-04-30", "2026-04-30" },
        { CLASS_MAJOR, FINDING_ACCEPTED, NULL, NULL, NULL, STEP_EVIDENCE, "2026-04-30", "2026-04-30" },
        { CLASS_MAJOR, FINDING_IMPLEMENTED, NULL, "2026-03-02", NULL, STEP_CLOSE, "2026-05-30", "2026-05-30" },
        { CLASS_MAJOR, FINDING_VERIFIED, NULL, NULL, "2026-06-01", STEP_CLOSE, "2026-05-30", "2026-06-01" },
        { CLASS_MAJOR, FINDING_CLOSED, NULL, NULL, "2026-06-01", 0, NULL, NULL },
        { CLASS_OBSERVATION, FINDING_OPEN, NULL, NULL, NULL, 0, NULL, NULL },
        /* A day set where the edition asks nothing. */
        { CLASS_OBSERVATION, FINDING_OPEN, NULL, NULL, "2026-06-01", STEP_CLOSE, NULL, "2026-06-01" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct finding_timing t = { .class = cases[i].class,
                                    .kind = AUDIT_STAGE_2,
                                    .raised_on = day("2026-03-01"),
                                    .moved = { [STEP_PLAN] = day(cases[i].plan),
                                               [STEP_EVIDENCE] = day(cases[i].evidence),
                                               [STEP_CLOSE] = day(cases[i].close) } };
        struct finding_next next = finding_deadline_next(&rules, &t, cases[i].state);
        if (next.step != cases[i].step || next.due_on.day != day(cases[i].due).day
            || next.scheduled_on.day != day(cases[i].scheduled).day)
            fail_msg("case %zu: step %d", i, (int)next.step);
    }
}

/* What the body must approve is still due while it has not, beside what only is submitted. */
static void test_approved(void **state)
{
    (void)state;
    static struct deadline_rule two[] = {
        { .class = CLASS_MINOR, .step = STEP_PLAN, .days = 14, .has_days = true, .source = "made up" },
        { .class = CLASS_MINOR,
          .step = STEP_PLAN,
          .days = 28,
          .has_days = true,
          .source = "made up",
          .approved = true },
        { .class = CLASS_MINOR, .step = STEP_EVIDENCE, .days = 60, .has_days = true, .source = "", .approved = true },
    };
    static const struct {
        enum finding_state state;
        enum deadline_step step;
        const char *due;
    } cases[] = {
        { FINDING_OPEN, STEP_PLAN, "2026-03-15" },
        { FINDING_PLANNED, STEP_PLAN, "2026-03-29" },
        { FINDING_ACCEPTED, STEP_EVIDENCE, "2026-04-30" },
        { FINDING_IMPLEMENTED, STEP_EVIDENCE, "2026-04-30" },
        { FINDING_VERIFIED, 0, NULL },
        { FINDING_CLOSED, 0, NULL },
    };
    const struct rules approving = { .deadlines = two, .n_deadlines = 3 };
    const struct finding_timing t = { .class = CLASS_MINOR, .kind = AUDIT_STAGE_2, .raised_on = day("2026-03-01") };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct finding_next next = finding_deadline_next(&approving, &t, cases[i].state);
        assert_int_equal(next.step, cases[i].step);
        assert_int_equal(next.due_on.day, day(cases[i].due).day);
    }
    assert_int_equal(finding_deadline_done_at(&two[0], STEP_PLAN), FINDING_PLANNED);
    assert_int_equal(finding_deadline_done_at(&two[1], STEP_PLAN), FINDING_ACCEPTED);
    assert_int_equal(finding_deadline_done_at(&two[2], STEP_EVIDENCE), FINDING_VERIFIED);
    assert_true(finding_deadline_is_pending(&approving, &t, STEP_PLAN, FINDING_PLANNED));
    assert_false(finding_deadline_is_pending(&approving, &t, STEP_PLAN, FINDING_ACCEPTED));
    assert_true(finding_deadline_is_pending(&approving, &t, STEP_CLOSE, FINDING_VERIFIED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scheduled),
        cmocka_unit_test(test_next),
        cmocka_unit_test(test_approved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
