/* SPDX-License-Identifier: Apache-2.0 */
/* Audits that correct others, in any order of their numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/sample.h"

#include <string.h>

static struct desk desk;

static int start(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "one", "1");
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "x", .activity = ACTIVITY_FARM), OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void record(const char *on, const char *results, const char *planned, const char *corrects)
{
    size_t n;
    const struct response *rows = sample_responses(results, &n);
    struct response copy[16];
    memcpy(copy, rows, n * sizeof *rows);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("one"),
                          .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day(on), .planned = { .text = planned },
                          .corrects = { .text = corrects }, .responses = copy, .n_responses = n),
                     OK);
}

static void plan(void)
{
    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("one"),
                          .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-03-10")),
                     OK);
}

static void conclude(const char *audit)
{
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref(audit), .conclusion = "so be it"), OK);
}

static void counts(const char *as_of, int64_t audits, int64_t conforming, int64_t nonconforming)
{
    struct status status;
    struct standing_check check;
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1"),
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    assert_int_equal(status.standings[0].audits, audits);
    assert_int_equal(status.standings[0].conforming, conforming);
    assert_int_equal(status.standings[0].nonconforming, nonconforming);
    assert_int_equal(status.standings[0].major, nonconforming);
    assert_int_equal(DESK(&desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 0);
}

/* A1 is corrected by A3, and A3 by A2, both planned before: the numbers do not tell what corrects what. Corrections act
 * from the day they were recorded: until then nothing of them counts, and what they correct does. */
static void test_a_chain_of_planned_corrections(void **state)
{
    (void)state;
    record("2026-01-10", "1.1=M", NULL, NULL);
    conclude("A1");
    plan();
    plan();
    record("2026-03-01", "1.1=c", "A3", "A1");
    conclude("A3");
    record("2026-02-01", "1.3=c", "A2", "A3");
    counts("2026-02-15", 1, 0, 1);
    counts("2026-03-09", 1, 0, 1);
    counts(NULL, 1, 1, 0);
}

/* The last of the chain goes first; then each counts again as if nothing had corrected it. */
static void test_void_from_the_end(void **state)
{
    (void)state;
    record("2026-01-10", "1.1=M", NULL, NULL);
    conclude("A1");
    record("2026-01-10", "1.1=c 1.2=M", NULL, "A1");
    conclude("A2");
    record("2026-01-10", "1.1=c", NULL, "A2");
    static const struct {
        const char *audit;
        int code;
        int64_t audits, conforming, nonconforming;
    } steps[] = {
        { "A1", ERR_CONFLICT, 1, 1, 0 },                                  /* A2 corrects it */
        { "A2", ERR_CONFLICT, 1, 1, 0 },                                  /* A3 corrects it */
        { "A3", OK, 1, 1, 1 },           { "A3", ERR_CONFLICT, 1, 1, 1 }, /* is void */
        { "A2", OK, 1, 0, 1 },
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        assert_int_equal(DESK(&desk, audit_void, NULL, .audit = desk_ref(steps[i].audit), .reason = "of another farm"),
                         steps[i].code);
        counts(NULL, steps[i].audits, steps[i].conforming, steps[i].nonconforming);
    }
    /* What is not corrected any more can be corrected again. */
    record("2026-01-10", "1.1=c", NULL, "A1");
    counts(NULL, 1, 1, 0);
}

/* The correction does not say that what the corrected audit closed is mended. */
static void test_what_it_closed_is_open_again(void **state)
{
    (void)state;
    record("2026-01-10", "1.1=M", NULL, NULL);
    conclude("A1");
    record("2026-02-01", "1.1=c", NULL, NULL);
    conclude("A2");
    assert_int_equal(
        DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .audit = desk_ref("A2"), .reason = "seen"), OK);
    counts(NULL, 2, 1, 0);
    record("2026-02-01", "1.3=c", NULL, "A2");
    counts(NULL, 2, 1, 1);
    struct finding_detail detail;
    assert_int_equal(DESK(&desk, finding_show, &detail, .finding = desk_ref("F1")), OK);
    assert_int_equal(detail.finding->state, FINDING_OPEN);
    assert_string_equal(detail.steps[detail.n_steps - 1].reason, "A2, which closed it, was corrected by A3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_chain_of_planned_corrections, start, stop),
        cmocka_unit_test_setup_teardown(test_void_from_the_end, start, stop),
        cmocka_unit_test_setup_teardown(test_what_it_closed_is_open_again, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
