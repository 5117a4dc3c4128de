/* SPDX-License-Identifier: Apache-2.0 */
/* Imports: all rows or none, each bad row told, the same import twice changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"

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
    desk_start(&desk, "2026-03-10");
    return 0;
}

static struct import_report report;

static int enterprises(struct enterprise_row *rows, size_t n, bool dry_run)
{
    return DESK(&desk, import_enterprises, &report, .rows = rows, .n_rows = n, .dry_run = dry_run,
                .has_dry_run = dry_run);
}

static int members(struct member_row *rows, size_t n)
{
    return DESK(&desk, import_members, &report, .rows = rows, .n_rows = n);
}

static void reported(int64_t created, int64_t unchanged, bool applied, size_t errors)
{
    assert_int_equal(report.created, created);
    assert_int_equal(report.unchanged, unchanged);
    assert_int_equal(report.applied, applied);
    assert_int_equal(report.failed, errors);
    assert_int_equal(report.n_errors, errors < 1000 ? errors : 1000);
}

static void wrong(size_t i, int64_t row, const char *field)
{
    assert_int_equal(report.errors[i].row, row);
    assert_string_equal(report.errors[i].field, field);
}

static struct enterprise_row farm(int64_t row, const char *code, const char *name)
{
    return (
        struct enterprise_row){ .row = row, .has_row = true, .code = code, .name = name, .activity = ACTIVITY_FARM };
}

static void test_enterprises(void **state)
{
    (void)state;
    struct page page;
    struct enterprise_row rows[] = { farm(2, "E1", "One"), farm(3, "E2", "Two") };
    rows[1].contact = "Ana";
    assert_int_equal(enterprises(rows, 2, true), OK);
    reported(2, 0, false, 0);
    assert_int_equal(DESK(&desk, enterprise_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(enterprises(rows, 2, false), OK);
    reported(2, 0, true, 0);
    assert_int_equal(enterprises(rows, 2, false), OK);
    reported(0, 2, false, 0);
}

static void test_bad_rows_stop_all(void **state)
{
    (void)state;
    struct page page;
    struct enterprise_row rows[] = { farm(2, "E1", "One"), farm(3, "E 2", "Two"), farm(4, "E3", "Three"),
                                     farm(5, "E4", "Four") };
    rows[2].country = "xx";
    rows[3].cooperative = "NONE";
    assert_int_equal(enterprises(rows, 4, false), OK);
    reported(1, 0, false, 3);
    wrong(0, 3, "code");
    wrong(1, 4, "country");
    wrong(2, 5, "cooperative");
    assert_int_equal(DESK(&desk, enterprise_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
}

static void test_rows_that_say_otherwise(void **state)
{
    (void)state;
    struct enterprise_row rows[] = { farm(2, "E1", "One"), farm(3, "E1", "One"), farm(4, "E1", "Uno") };
    assert_int_equal(enterprises(rows, 2, false), OK); /* twice the same is once */
    reported(1, 1, true, 0);
    assert_int_equal(enterprises(rows, 3, false), OK);
    reported(0, 2, false, 1);
    wrong(0, 4, "name");
    assert_string_equal(report.errors[0].message, "the file has 'Uno', the register has 'One'");
    rows[0].activity = ACTIVITY_DAIRY;
    rows[1].phone = "1";
    assert_int_equal(enterprises(rows, 2, false), OK);
    wrong(0, 2, "activity");
    wrong(1, 3, "phone");
    assert_null(strstr(report.errors[1].message, "1"));
}

static void test_members(void **state)
{
    (void)state;
    struct cooperative coop;
    struct enterprise_row farms[] = { farm(2, "E1", "One"), farm(3, "E2", "Two") };
    assert_int_equal(enterprises(farms, 2, false), OK);
    struct member_row rows[] = {
        { .row = 2,
          .has_row = true,
          .cooperative = "ALFA",
          .name = "Alfa",
          .enterprise = "E1",
          .joined_on = desk_day("2020-01-01") },
        { .row = 3,
          .has_row = true,
          .cooperative = "ALFA",
          .name = "Alfa",
          .enterprise = "E2",
          .joined_on = desk_day("2020-01-01"),
          .left_on = desk_day("2021-01-01") },
        { .row = 4, .has_row = true, .cooperative = "BETA", .name = "Beta" },
    };
    assert_int_equal(members(rows, 3), OK);
    reported(3, 0, true, 0);
    assert_int_equal(members(rows, 3), OK);
    reported(0, 3, false, 0);
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALFA")), OK);
    assert_int_equal(coop.members, 1);
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALFA"), .as_of = desk_day("2020-06-01")),
                     OK);
    assert_int_equal(coop.members, 2);

    rows[0].joined_on = desk_day("2019-01-01"); /* overlaps what is recorded */
    rows[1].left_on = desk_day("2022-01-01");
    rows[2].enterprise = "E9";
    assert_int_equal(members(rows, 3), OK);
    reported(0, 0, false, 3);
    wrong(0, 2, "joined_on");
    wrong(1, 3, "left_on");
    wrong(2, 4, "enterprise");
}

static void test_undated_members(void **state)
{
    (void)state;
    struct enterprise_row farms[] = { farm(2, "E1", "One") };
    assert_int_equal(enterprises(farms, 1, false), OK);
    struct member_row rows[] = { { .row = 2, .has_row = true, .cooperative = "ALFA", .enterprise = "E1" } };
    assert_int_equal(members(rows, 1), OK);
    reported(0, 0, false, 1);
    wrong(0, 2, "cooperative"); /* new, and has no name */
    rows[0].name = "Alfa";
    assert_int_equal(members(rows, 1), OK);
    reported(1, 0, true, 0);
    desk_set_today(&desk, "2026-04-01");
    assert_int_equal(members(rows, 1), OK);
    reported(0, 1, false, 0);
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1")),
                     OK);
    assert_int_equal(members(rows, 1), OK);
    wrong(0, 2, "joined_on");
}

static struct assist_row lesson(int64_t row, const char *source, struct participation *who, size_t n)
{
    return (struct assist_row){ .row = row,
                                .has_row = true,
                                .source = source,
                                .title = "Lesson",
                                .kind = TA_TRAINING,
                                .delivered_on = desk_day("2026-02-01"),
                                .participations = who,
                                .n_participations = n };
}

static void test_assists(void **state)
{
    (void)state;
    struct enterprise_row farms[] = { farm(2, "E1", "One"), farm(3, "E2", "Two") };
    assert_int_equal(enterprises(farms, 2, false), OK);
    struct participation who[] = { { .enterprise = "E2", .attended = 60, .has_attended = true },
                                   { .enterprise = "E1" } };
    struct assist_row rows[] = { lesson(2, "T-1", who, 2), lesson(3, "T-2", who, 1) };
    assert_int_equal(DESK(&desk, import_assists, &report, .rows = rows, .n_rows = 2), OK);
    reported(2, 0, true, 0);
    assert_int_equal(DESK(&desk, import_assists, &report, .rows = rows, .n_rows = 2), OK);
    reported(0, 2, false, 0);
    who[0].attended = 90;
    rows[1].title = "Another";
    assert_int_equal(DESK(&desk, import_assists, &report, .rows = rows, .n_rows = 2), OK);
    reported(0, 0, false, 2);
    wrong(0, 2, "participations[0].attended");
    wrong(1, 3, "title");
    rows[0].source = "T-3";
    rows[0].provider = "NOBODY";
    rows[1] = lesson(3, "T-4", who, 1);
    rows[1].delivered_on = desk_day("2026-03-11");
    assert_int_equal(DESK(&desk, import_assists, &report, .rows = rows, .n_rows = 2), OK);
    reported(0, 0, false, 2);
    wrong(0, 2, "provider");
    wrong(1, 3, "delivered_on");
}

static void test_many_errors_are_counted(void **state)
{
    (void)state;
    enum { ROWS = 1500 };
    static struct enterprise_row rows[ROWS];
    for (int i = 0; i < ROWS; i++)
        rows[i] = farm(i, "-", "x");
    assert_int_equal(enterprises(rows, ROWS, false), OK);
    reported(0, 0, false, ROWS);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_enterprises),
        TEST(test_bad_rows_stop_all),
        TEST(test_rows_that_say_otherwise),
        TEST(test_members),
        TEST(test_undated_members),
        TEST(test_assists),
        TEST(test_many_errors_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
