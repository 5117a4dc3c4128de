/* SPDX-License-Identifier: Apache-2.0 */
/* How good the internal control is: pairs of inspections, per inspector and all together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-11-24");
    sample_publish(&desk, "small", "1");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "MEL", .name = "Mel"), OK);
    for (int i = 1; i <= 3; i++) {
        char code[8];
        snprintf(code, sizeof code, "E%d", i);
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("MEL"), .joined_on = desk_day("2024-01-01")),
                         OK);
    }
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"), OK);
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "luis", .name = "Luis"), OK);
    return 0;
}

static void audit(const char *holder, enum audit_kind kind, const char *on, const char *by, const char *results)
{
    struct response rows[16];
    size_t n;
    const struct response *made = sample_responses(results, &n);
    memcpy(rows, made, n * sizeof *rows);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref(holder), .edition = desk_ref("small"),
                          .kind = kind, .on = desk_day(on), .auditor = desk_ref(by), .responses = rows,
                          .n_responses = n),
                     OK);
}

static void inside(const char *holder, const char *on, const char *by, const char *results)
{
    audit(holder, AUDIT_INTERNAL_INSPECTION, on, by, results);
}

static void outside(const char *holder, const char *on, const char *results)
{
    audit(holder, AUDIT_EXTERNAL_INSPECTION, on, NULL, results);
}

static struct reliability compare(int64_t months, const char *from, const char *as_of)
{
    struct reliability r;
    assert_int_equal(DESK(&desk, group_reliability, &r, .cooperative = desk_ref("MEL"), .edition = desk_ref("small"),
                          .months = months, .has_months = months > 0,
                          .from = from != NULL ? desk_day(from) : (struct date){ 0 },
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    return r;
}

static void is(const struct agreement *a, int64_t pairs, int64_t both, int64_t missed, int64_t internal_only,
               int64_t neither)
{
    assert_int_equal(a->pairs, pairs);
    assert_int_equal(a->both, both);
    assert_int_equal(a->missed, missed);
    assert_int_equal(a->internal_only, internal_only);
    assert_int_equal(a->neither, neither);
    assert_int_equal(a->compared, both + missed + internal_only + neither);
}

static void test_figures(void **state)
{
    (void)state;
    inside("E1", "2026-03-01", "ana", "1.1=M 1.2=c 1.3=m 2.1=c 2.2=n");
    outside("E1", "2026-05-01", "1.1=M 1.2=M 1.3=c 2.1=c 2.2=c 2.3=-");
    inside("E2", "2026-03-02", "luis", "1.1=c 1.2=c 2.1=m");
    outside("E2", "2026-05-02", "1.1=c 1.2=m 2.1=m 2.3=c");
    struct reliability r = compare(0, NULL, NULL);
    assert_int_equal(r.months, 12);
    is(r.overall, 2, 2, 2, 1, 2);
    assert_int_equal(r.overall->found, 500);
    assert_int_equal(r.overall->found_low, 68); /* 2 of 4 */
    assert_int_equal(r.overall->found_high, 932);
    assert_int_equal(r.overall->agreed, 571); /* 4 of 7 */
    assert_int_equal(r.overall->agreed_low, 184);
    assert_int_equal(r.overall->agreed_high, 901);
    assert_int_equal(r.overall->kappa, 160); /* (28 - 24) / (49 - 24) */
    assert_int_equal(r.n_inspectors, 2);
    assert_string_equal(r.inspectors[0].inspector.text, "ana");
    is(&r.inspectors[0], 1, 1, 1, 1, 1);
    assert_int_equal(r.inspectors[0].kappa, 0);
    assert_string_equal(r.inspectors[1].inspector.text, "luis");
    is(&r.inspectors[1], 1, 1, 1, 0, 1);
    assert_int_equal(r.inspectors[1].kappa, 400); /* (3*2 - 4) / (9 - 4) */
}

static void test_what_is_not_known_is_absent(void **state)
{
    (void)state;
    struct reliability r = compare(0, NULL, NULL);
    is(r.overall, 0, 0, 0, 0, 0);
    assert_int_equal(r.unpaired, 0);
    assert_false(r.overall->has_found || r.overall->has_found_low || r.overall->has_agreed || r.overall->has_kappa);
    inside("E1", "2026-03-01", NULL, "1.1=c 1.2=c");
    outside("E1", "2026-05-01", "1.1=c 1.2=c");
    r = compare(0, NULL, NULL);
    is(r.overall, 1, 0, 0, 0, 2);
    assert_false(r.overall->has_found || r.overall->has_kappa);
    assert_int_equal(r.overall->agreed, 1000);
    assert_int_equal(r.overall->agreed_low, 158);
    assert_int_equal(r.n_inspectors, 1);
    assert_null(r.inspectors[0].inspector.text);
}

/* The last internal inspection before an external one, if no other external one came between. */
static void test_pairs(void **state)
{
    (void)state;
    inside("E1", "2025-01-01", "ana", "1.1=M");
    inside("E1", "2025-03-01", "luis", "1.1=c");
    audit("E1", AUDIT_FOLLOW_UP, "2025-03-15", NULL, "1.1=c");
    audit("E1", AUDIT_STAGE_1, "2025-03-16", NULL, "1.1=c");
    outside("E1", "2025-04-01", "1.1=M");                         /* with luis */
    audit("E1", AUDIT_SURVEILLANCE, "2025-05-01", NULL, "1.1=M"); /* with none: that one is paired */
    inside("E1", "2025-06-01", "ana", "1.1=M");
    outside("E1", "2026-06-01", "1.1=M"); /* with ana, twelve months later */
    inside("E2", "2025-06-01", "ana", "1.1=M");
    outside("E2", "2025-06-01", "1.1=M"); /* on the same day: none before */
    struct reliability r = compare(0, NULL, NULL);
    is(r.overall, 2, 1, 1, 0, 0);
    assert_int_equal(r.unpaired, 2);
    is(&r.inspectors[0], 1, 1, 0, 0, 0);
    is(&r.inspectors[1], 1, 0, 1, 0, 0);
    r = compare(11, NULL, NULL);
    is(r.overall, 1, 0, 1, 0, 0);
    assert_int_equal(r.unpaired, 3);
    r = compare(0, "2025-05-01", NULL);
    is(r.overall, 1, 1, 0, 0, 0);
    assert_int_equal(r.unpaired, 2);
    r = compare(0, NULL, "2025-04-30");
    is(r.overall, 1, 0, 1, 0, 0);
    assert_int_equal(r.unpaired, 0);
}

/* Only of members on the day of the external inspection, and without what was corrected by the day. */
static void test_members_and_corrections(void **state)
{
    (void)state;
    struct response bad[] = { { .requirement = "1.1", .result = RESULT_NONCONFORMING, .class = CLASS_MAJOR } };
    inside("E1", "2026-01-01", "ana", "1.1=c");
    outside("E1", "2026-03-01", "1.1=M");
    inside("E2", "2026-01-01", "ana", "1.1=c");
    outside("E2", "2026-03-01", "1.1=M");
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("MEL"), .enterprise = desk_ref("E2"),
                          .on = desk_day("2026-03-01")),
                     OK);
    is(compare(0, NULL, NULL).overall, 1, 0, 1, 0, 0);
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "x"), OK);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("small"),
                          .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-02-01"), .auditor = desk_ref("ana"),
                          .corrects = desk_ref("A1"), .responses = bad, .n_responses = 1),
                     OK);
    is(compare(0, NULL, NULL).overall, 1, 1, 0, 0, 0);
}

static void test_refusals(void **state)
{
    (void)state;
    const struct ref mel = desk_ref("MEL"), small = desk_ref("small");
    assert_int_equal(
        DESK(&desk, group_reliability, NULL, .cooperative = mel, .edition = small, .as_of = desk_day("2026-11-25")),
        ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "as_of");
    assert_int_equal(DESK(&desk, group_reliability, NULL, .cooperative = mel, .edition = small,
                          .until = desk_day("2026-05-02"), .as_of = desk_day("2026-05-01")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "until");
    assert_int_equal(DESK(&desk, group_reliability, NULL, .cooperative = mel, .edition = small,
                          .from = desk_day("2026-05-02"), .until = desk_day("2026-05-01")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "from");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_figures),  TEST(test_what_is_not_known_is_absent),
        TEST(test_pairs),    TEST(test_members_and_corrections),
        TEST(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
