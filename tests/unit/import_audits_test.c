/* SPDX-License-Identifier: Apache-2.0 */
/* The import of audits: all or none, every bad row told, repeated without effect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;
static struct import_report report;

enum { ANA = 1001 };

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "sample", "1");
    static const char *const codes[] = { "E1", "E2", "E3" }, *const where[] = { "ALFA", "ALFA", "BETA" };
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = codes[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref(where[i])),
                         OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct response good[] = {
    { .requirement = "1.1", .result = RESULT_CONFORMING },
    { .requirement = "1.3", .result = RESULT_NONCONFORMING, .class = CLASS_MINOR, .count = 2, .has_count = true }
};
static struct response bad[] = { { .requirement = "9.9", .result = RESULT_CONFORMING } };

static struct audit_row row(int64_t number, const char *holder, const char *source, const char *on)
{
    return (struct audit_row){ .row = number,
                               .has_row = true,
                               .holder = holder,
                               .source = source,
                               .kind = AUDIT_EXTERNAL_INSPECTION,
                               .on = desk_day(on),
                               .responses = good,
                               .n_responses = 2 };
}

static int import(struct audit_row *rows, size_t n, const char *cooperative, bool dry_run)
{
    return DESK(&desk, import_audits, &report, .edition = desk_ref("sample"),
                .cooperative = (struct ref){ .text = cooperative }, .rows = rows, .n_rows = n, .dry_run = dry_run,
                .has_dry_run = dry_run);
}

static size_t count_audits(void)
{
    struct page page;
    struct standing_check check;
    assert_int_equal(DESK(&desk, audit_list, &page, .page = { 0 }), OK);
    assert_int_equal(DESK(&desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 0);
    return page.n;
}

static void test_imported_and_repeated(void **state)
{
    (void)state;
    struct journal_check check;
    struct audit_row rows[] = { row(2, "E1", "V-2", "2026-03-02"), row(3, "E1", "V-1", "2026-03-01"),
                                row(4, "E3", "V-1", "2026-03-01"), row(5, "ALFA", "V-9", "2026-03-01") };
    assert_int_equal(import(rows, 3, NULL, false), OK);
    assert_int_equal(report.created, 3);
    assert_true(report.applied);
    assert_int_equal(count_audits(), 3);
    assert_int_equal(import(rows, 3, NULL, false), OK);
    assert_int_equal(report.unchanged, 3);
    assert_false(report.applied);
    assert_int_equal(import(rows, 4, NULL, false), OK);
    assert_int_equal(report.unchanged, 3);
    assert_int_equal(report.created, 1);
    assert_int_equal(count_audits(), 4);
    assert_int_equal(DESK(&desk, journal_verify, &check, .hash = NULL), OK);
    assert_false(check.has_broken);
}

static void test_dry_run_changes_nothing(void **state)
{
    (void)state;
    struct audit_row rows[] = { row(2, "E1", "V-1", "2026-03-02") };
    assert_int_equal(import(rows, 1, NULL, true), OK);
    assert_int_equal(report.created, 1);
    assert_false(report.applied);
    assert_int_equal(count_audits(), 0);
}

static void wrong(size_t i, int64_t number, const char *field)
{
    assert_int_equal(report.errors[i].row, number);
    assert_string_equal(report.errors[i].field, field);
}

static void test_every_bad_row_is_told(void **state)
{
    (void)state;
    struct audit_row rows[] = { row(2, "E1", "V-1", "2026-03-02"), row(3, "E9", "V-1", "2026-03-02"),
                                row(4, "E2", "V-1", "2026-03-11"), row(5, "E2", "V-2", "2026-03-02"),
                                row(6, "E1", "V-1", "2026-03-03") };
    rows[3].responses = bad;
    rows[3].n_responses = 1;
    assert_int_equal(import(rows, 5, NULL, false), OK);
    assert_int_equal(report.n_errors, 4);
    wrong(0, 3, "holder");
    wrong(1, 4, "on");
    wrong(2, 5, "responses[0].requirement");
    wrong(3, 6, "on");
    assert_false(report.applied);
    assert_int_equal(count_audits(), 0);
}

static void test_a_source_says_one_thing(void **state)
{
    (void)state;
    struct audit_row rows[] = { row(2, "E1", "V-1", "2026-03-02") };
    assert_int_equal(import(rows, 1, NULL, false), OK);
    rows[0].n_responses = 1;
    assert_int_equal(import(rows, 1, NULL, false), OK);
    wrong(0, 2, "responses");
    rows[0].n_responses = 2;
    rows[0].kind = AUDIT_STAGE_1;
    assert_int_equal(import(rows, 1, NULL, false), OK);
    wrong(0, 2, "kind");
}

static void test_bound_to_a_cooperative(void **state)
{
    (void)state;
    struct audit_row rows[] = { row(2, "E1", "V-1", "2026-03-02"), row(3, "E3", "V-1", "2026-03-02") };
    assert_int_equal(
        DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_AUDITOR, .cooperative = desk_ref("ALFA")), OK);
    desk_as_user(&desk, "ana", ANA);
    assert_int_equal(import(rows, 1, NULL, false), ERR_DENIED);
    assert_string_equal(desk.err.field, "cooperative");
    assert_int_equal(import(rows, 1, "BETA", false), ERR_NOT_FOUND);
    assert_int_equal(import(rows, 2, "ALFA", false), OK);
    assert_int_equal(report.n_errors, 1);
    wrong(0, 3, "holder");
    char hidden[ERR_MESSAGE];
    snprintf(hidden, sizeof hidden, "%s", report.errors[0].message);
    hidden[strcspn(hidden, "3")] = '9'; /* what lies outside reads like what does not exist */
    rows[1].holder = "E9";
    assert_int_equal(import(rows, 2, "ALFA", false), OK);
    assert_string_equal(report.errors[0].message, hidden);
    rows[0].kind = AUDIT_INTERNAL_INSPECTION;
    assert_int_equal(import(rows, 1, "ALFA", false), OK);
    wrong(0, 2, "kind");
    rows[0].kind = AUDIT_SURVEILLANCE;
    assert_int_equal(import(rows, 1, "ALFA", false), OK);
    assert_true(report.applied);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_imported_and_repeated),   TEST(test_dry_run_changes_nothing), TEST(test_every_bad_row_is_told),
        TEST(test_a_source_says_one_thing), TEST(test_bound_to_a_cooperative),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
