/* SPDX-License-Identifier: Apache-2.0 */
/* Every day of 400 years against the C library; the forms that are refused; the clock. */
#include "common/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void test_every_day_of_a_cycle(void **state)
{
    (void)state;
    for (time_t day = -365 * 200; day < 365 * 200; day++) {
        struct tm tm;
        time_t seconds = day * 86400;
        int y, m, d;
        gmtime_r(&seconds, &tm);
        struct date date = date_of_instant((struct instant){ seconds * 1000000 + 1 });
        date_parts(date, &y, &m, &d);
        assert_int_equal(y, tm.tm_year + 1900);
        assert_int_equal(m, tm.tm_mon + 1);
        assert_int_equal(d, tm.tm_mday);
        assert_int_equal(date_of(y, m, d).day, date.day);
    }
}

static void test_ends_of_the_calendar(void **state)
{
    (void)state;
    char text[DATE_TEXT];
    assert_int_equal(date_of(1, 1, 1).day, 1);
    assert_int_equal(date_of(0, 12, 31).day, 0);
    assert_int_equal(date_of(10000, 1, 1).day, 0);
    assert_string_equal(date_format(date_of(1, 1, 1), text), "0001-01-01");
    assert_string_equal(date_format(date_of(9999, 12, 31), text), "9999-12-31");
    assert_string_equal(date_format((struct date){ 0 }, text), "");
    assert_false(date_is_set(date_of_instant((struct instant){ INT64_MAX })));
    assert_false(date_is_set(date_of_instant((struct instant){ INT64_MIN + 1 })));
}

static struct date on(const char *text)
{
    struct date d = { 0 };
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static void test_months(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int months;
        const char *then, *last;
    } cases[] = {
        { "2026-01-10", 12, "2027-01-10", "2027-01-09" }, { "2026-01-10", 36, "2029-01-10", "2029-01-09" },
        { "2026-12-01", 1, "2027-01-01", "2026-12-31" },  { "2026-01-01", 12, "2027-01-01", "2026-12-31" },
        { "2024-01-31", 1, "2024-02-29", "2024-02-29" },  { "2025-01-31", 1, "2025-02-28", "2025-02-28" },
        { "2024-02-29", 12, "2025-02-28", "2025-02-28" }, { "2024-03-01", 12, "2025-03-01", "2025-02-28" },
        { "2024-02-29", 48, "2028-02-29", "2028-02-28" }, { "2026-08-31", 6, "2027-02-28", "2027-02-28" },
        { "2026-05-31", 1, "2026-06-30", "2026-06-30" },  { "2026-03-31", 1200, "2126-03-31", "2126-03-30" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(date_add_months(on(cases[i].from), cases[i].months).day, on(cases[i].then).day);
        assert_int_equal(date_last_of_months(on(cases[i].from), cases[i].months).day, on(cases[i].last).day);
    }
    assert_int_equal(date_add_months(on("2026-03-31"), -1).day, on("2026-02-28").day);
    assert_int_equal(date_add_months(on("2026-03-31"), -27).day, on("2023-12-31").day);
    assert_int_equal(date_add_months(on("0001-06-01"), -6).day, 0);
    assert_int_equal(date_add_months(on("9999-06-01"), 7).day, 0);
    assert_int_equal(date_add_months((struct date){ 0 }, 7).day, 0);
    assert_int_equal(date_last_of_months(on("9999-06-01"), 7).day, 0);
}

static void test_parse(void **state)
{
    (void)state;
    static const char *const bad[] = { "",           "2026-02-29", "2026-13-01",  "2026-00-01",
                                       "2026-01-00", "2026-04-31", "26-01-01",    "2026/01/01",
                                       "2026-1-1",   "2026-01-1",  "0000-01-01",  "+026-01-01",
                                       "2026-01-0x", "1900-02-29", "2026-01-011", " 026-01-01" };
    struct date d = { 42 };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(date_parse(bad[i], strlen(bad[i]), &d));
    assert_int_equal(d.day, 42);
    assert_true(date_parse("2000-02-29", 10, &d));
    assert_int_equal(d.day, date_of(2000, 2, 29).day);
    assert_true(date_before(date_of(2026, 11, 23), date_of(2026, 11, 24)));
}

static void test_instants(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t us;
    } good[] = {
        { "1970-01-01T00:00:01", 1000000 },
        { "2026-11-23T10:20:30.000001Z", INT64_C(1795429230000001) },
        { "2026-11-23T10:20:30.5", INT64_C(1795429230500000) },
        { "1969-12-31T23:59:59.999999Z", -1 },
    };
    static const char *const bad[] = {
        "2026-11-23",          "2026-11-23T24:00:00",   "2026-11-23T10:60:00",         "2026-11-23T10:00:60",
        "2026-11-23 10:00:00", "2026-11-23T10:00:00.",  "2026-11-23T10:00:00.1234567", "2026-11-23T10:00:00ZZ",
        "2026-02-30T10:00:00", "2026-11-23T10:00:00+01"
    };
    struct instant t = { 42 };
    char text[INSTANT_TEXT];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(instant_parse(bad[i], strlen(bad[i]), &t));
    assert_int_equal(t.us, 42);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct instant again;
        assert_true(instant_parse(good[i].text, strlen(good[i].text), &t));
        assert_int_equal(t.us, good[i].us);
        instant_format(t, text);
        assert_true(instant_parse(text, strlen(text), &again));
        assert_int_equal(again.us, t.us);
    }
    assert_string_equal(instant_format((struct instant){ INT64_MIN }, text), "");
}

static void test_clock_from_environment(void **state)
{
    (void)state;
    unsetenv("SME_CLOCK");
    assert_ptr_equal(clock_from_environment(), &clock_system);
    setenv("SME_CLOCK", "tomorrow", 1);
    assert_ptr_equal(clock_from_environment(), &clock_system);
    setenv("SME_CLOCK", "2031-05-06T07:08:09Z", 1);
    const struct clock *clock = clock_from_environment();
    assert_int_equal(date_of_instant(clock_now(clock)).day, date_of(2031, 5, 6).day);
    struct instant first = clock_now(clock);
    nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
    assert_true(clock_now(clock).us > first.us);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_a_cycle),
        cmocka_unit_test(test_ends_of_the_calendar),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_instants),
        cmocka_unit_test(test_clock_from_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
