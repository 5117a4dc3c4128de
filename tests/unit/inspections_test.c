/* SPDX-License-Identifier: Apache-2.0 */
/* What a member owes of internal inspections: by calendar year and by any twelve months, late, missed, excused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/group/inspections.h"

#include <stdio.h>
#include <string.h>

enum { DAYS_MAX = 8 };

static struct date day(const char *text)
{
    struct date d;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

struct course {
    enum inspection_period period;
    int inspections;
    const char *start, *as_of, *days[DAYS_MAX], *excused[DAYS_MAX];
    const char *settled; /* the day due of each inspection, or - */
    const char *next;
    int missed;
};

static void expect(const struct course *c)
{
    const struct internal_rule rule = { .period = c->period, .inspections = c->inspections, .has_inspections = true };
    struct inspections owed;
    struct date excused[DAYS_MAX];
    char settled[128] = "", text[DATE_TEXT];
    size_t n = 0, at = 0;
    while (n < DAYS_MAX && c->excused[n] != NULL) {
        excused[n] = day(c->excused[n]);
        n++;
    }
    inspections_begin(&owed, &rule, day(c->start), excused, n);
    for (size_t i = 0; i < DAYS_MAX && c->days[i] != NULL; i++) {
        struct date due = inspections_take(&owed, day(c->days[i]));
        at += (size_t)snprintf(settled + at, sizeof settled - at, "%s%s", i > 0 ? " " : "",
                               date_is_set(due) ? date_format(due, text) : "-");
    }
    assert_string_equal(settled, c->settled);
    assert_string_equal(date_format(inspections_next(&owed), text), c->next);
    assert_int_equal(inspections_missed(&owed, day(c->as_of)), c->missed);
}

static void test_calendar_years(void **state)
{
    (void)state;
    static const struct course courses[] = {
        /* on the last day of the year it is due, not missed */
        { PERIOD_CALENDAR_YEAR, 1, "2026-03-01", "2026-12-31", { NULL }, { NULL }, "", "2026-12-31", 0 },
        { PERIOD_CALENDAR_YEAR, 1, "2026-03-01", "2027-01-01", { NULL }, { NULL }, "", "2026-12-31", 1 },
        { PERIOD_CALENDAR_YEAR, 1, "2026-03-01", "2029-06-01", { NULL }, { NULL }, "", "2026-12-31", 3 },
        /* who joins on the last day owes that year, too */
        { PERIOD_CALENDAR_YEAR, 1, "2026-12-31", "2027-01-01", { NULL }, { NULL }, "", "2026-12-31", 1 },
        /* one before the start counts for its year; a second one in a year does not count for the next */
        { PERIOD_CALENDAR_YEAR,
          1,
          "2026-03-01",
          "2027-06-01",
          { "2026-01-10", "2026-11-01" },
          { NULL },
          "2026-12-31 -",
          "2027-12-31",
          0 },
        /* each settles one, the oldest first */
        { PERIOD_CALENDAR_YEAR,
          1,
          "2026-03-01",
          "2028-06-01",
          { "2028-02-01" },
          { NULL },
          "2026-12-31",
          "2027-12-31",
          1 },
        { PERIOD_CALENDAR_YEAR,
          1,
          "2026-03-01",
          "2028-06-01",
          { "2028-02-01", "2028-02-01", "2028-03-01", "2028-04-01" },
          { NULL },
          "2026-12-31 2027-12-31 2028-12-31 -",
          "2029-12-31",
          0 },
        /* excused ones are left out, wherever they stand */
        { PERIOD_CALENDAR_YEAR,
          1,
          "2026-03-01",
          "2029-01-01",
          { NULL },
          { "2026-12-31", "2028-12-31" },
          "",
          "2027-12-31",
          1 },
        { PERIOD_CALENDAR_YEAR,
          1,
          "2026-03-01",
          "2029-01-01",
          { "2028-01-05" },
          { "2026-12-31" },
          "2027-12-31",
          "2028-12-31",
          1 },
        /* two a year */
        { PERIOD_CALENDAR_YEAR,
          2,
          "2026-03-01",
          "2027-02-01",
          { "2026-05-01", "2027-01-05" },
          { NULL },
          "2026-12-31 2026-12-31",
          "2027-12-31",
          0 },
        { PERIOD_CALENDAR_YEAR, 2, "2026-03-01", "2027-02-01", { NULL }, { "2026-12-31" }, "", "2027-12-31", 0 },
        { PERIOD_CALENDAR_YEAR,
          2,
          "2026-03-01",
          "2027-02-01",
          { "2026-05-01" },
          { NULL },
          "2026-12-31",
          "2026-12-31",
          1 },
    };
    for (size_t i = 0; i < sizeof courses / sizeof courses[0]; i++)
        expect(&courses[i]);
}

static void test_twelve_months(void **state)
{
    (void)state;
    static const struct course courses[] = {
        { PERIOD_TWELVE_MONTHS, 1, "2026-03-01", "2027-03-01", { NULL }, { NULL }, "", "2027-03-01", 0 },
        { PERIOD_TWELVE_MONTHS, 1, "2026-03-01", "2027-03-02", { NULL }, { NULL }, "", "2027-03-01", 1 },
        { PERIOD_TWELVE_MONTHS, 1, "2026-03-01", "2029-06-01", { NULL }, { NULL }, "", "2027-03-01", 3 },
        /* the next one within twelve months of the last, in time or late */
        { PERIOD_TWELVE_MONTHS,
          1,
          "2026-03-01",
          "2027-11-01",
          { "2026-12-01" },
          { NULL },
          "2027-03-01",
          "2027-12-01",
          0 },
        { PERIOD_TWELVE_MONTHS,
          1,
          "2026-03-01",
          "2027-11-01",
          { "2027-10-01" },
          { NULL },
          "2027-03-01",
          "2028-10-01",
          0 },
        /* what was missed since stays */
        { PERIOD_TWELVE_MONTHS,
          1,
          "2026-03-01",
          "2028-11-01",
          { "2028-10-01" },
          { NULL },
          "2027-03-01",
          "2028-03-01",
          1 },
        { PERIOD_TWELVE_MONTHS,
          1,
          "2026-03-01",
          "2028-11-01",
          { "2028-10-01", "2028-10-20" },
          { NULL },
          "2027-03-01 2028-03-01",
          "2029-10-20",
          0 },
        { PERIOD_TWELVE_MONTHS, 1, "2026-03-01", "2028-11-01", { NULL }, { "2027-03-01" }, "", "2028-03-01", 1 },
        /* two within any twelve months */
        { PERIOD_TWELVE_MONTHS,
          2,
          "2026-03-01",
          "2026-12-01",
          { "2026-05-01", "2026-11-01" },
          { NULL },
          "2027-03-01 2027-03-01",
          "2027-05-01",
          0 },
        { PERIOD_TWELVE_MONTHS, 1, "2028-02-29", "2028-03-01", { NULL }, { NULL }, "", "2029-02-28", 0 },
    };
    for (size_t i = 0; i < sizeof courses / sizeof courses[0]; i++)
        expect(&courses[i]);
}

static void test_first_day(void **state)
{
    (void)state;
    const struct internal_rule by_year = { .period = PERIOD_CALENDAR_YEAR, .inspections = 1 };
    const struct internal_rule rolling = { .period = PERIOD_TWELVE_MONTHS, .inspections = 1 };
    assert_int_equal(inspections_from(&by_year, day("2026-03-01")).day, day("2026-01-01").day);
    assert_int_equal(inspections_from(&rolling, day("2026-03-01")).day, day("2025-03-02").day);
}

/* Each day is told once, whatever is owed on it, and none that was excused. */
static void test_each_missed(void **state)
{
    (void)state;
    const struct internal_rule twice = { .period = PERIOD_TWELVE_MONTHS, .inspections = 2, .has_inspections = true };
    const struct date excused[] = { day("2028-03-01") };
    static const char *const expected[] = { "2027-03-01", "2027-07-01", "2028-07-01", "2029-03-01" };
    struct inspections owed;
    struct date at = { 0 }, as_of = day("2029-03-02");
    char text[DATE_TEXT];
    inspections_begin(&owed, &twice, day("2026-03-01"), excused, 1);
    inspections_take(&owed, day("2026-07-01"));
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        at = inspections_missed_after(&owed, at, as_of);
        assert_string_equal(date_format(at, text), expected[i]);
    }
    assert_false(date_is_set(inspections_missed_after(&owed, at, as_of)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar_years),
        cmocka_unit_test(test_twelve_months),
        cmocka_unit_test(test_first_day),
        cmocka_unit_test(test_each_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
