/* SPDX-License-Identifier: Apache-2.0 */
/* Zones: days as the C library reckons them, midnights and changes of clocks by hand, and files that are none. */
#include "common/zone_file.h"
#include "common/zone_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct zone *load(const char *name)
{
    struct zone *z = NULL;
    struct err e = { 0 };
    if (zone_file_load(name, &z, &e) != OK)
        fail_msg("%s", e.message);
    return z;
}

static struct instant at(const char *text)
{
    struct instant t;
    assert_true(instant_parse(text, strlen(text), &t));
    return t;
}

struct midnight {
    const char *zone, *last, *day; /* the last microsecond of a day there, and that day */
};

static void test_midnights(void **state)
{
    (void)state;
    static const struct midnight rows[] = {
        /* 13 hours ahead in summer, 12 in winter; the clocks change on 5 April and 27 September 2026 */
        { "Pacific/Auckland", "2026-03-10T10:59:59.999999Z", "2026-03-10" },
        { "Pacific/Auckland", "2026-04-04T10:59:59.999999Z", "2026-04-04" },
        { "Pacific/Auckland", "2026-04-05T11:59:59.999999Z", "2026-04-05" },
        { "Pacific/Auckland", "2026-09-26T11:59:59.999999Z", "2026-09-26" },
        { "Pacific/Auckland", "2026-09-27T10:59:59.999999Z", "2026-09-27" },
        { "Pacific/Auckland", "2150-12-31T10:59:59.999999Z", "2150-12-31" }, /* by the rule alone */
        { "America/Guatemala", "2026-03-11T05:59:59.999999Z", "2026-03-10" },
        /* summer time from 30 April to 1 October 2006 */
        { "America/Guatemala", "2006-04-30T05:59:59.999999Z", "2006-04-29" },
        { "America/Guatemala", "2006-05-01T04:59:59.999999Z", "2006-04-30" },
        { "America/Guatemala", "2006-10-02T05:59:59.999999Z", "2006-10-01" },
        { "Asia/Kathmandu", "2026-03-10T18:14:59.999999Z", "2026-03-10" },
        { "Asia/Kathmandu", "1985-12-31T18:29:59.999999Z", "1985-12-31" }, /* 5:30 until then, 5:45 since */
        { "Asia/Kathmandu", "1986-01-01T18:14:59.999999Z", "1986-01-01" },
        { "Pacific/Apia", "2011-12-30T09:59:59.999999Z", "2011-12-29" }, /* there was no 30 December */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char day[DATE_TEXT], end[INSTANT_TEXT];
        struct zone *z = load(rows[i].zone);
        struct instant last = at(rows[i].last);
        assert_string_equal(date_format(zone_day(z, last), day), rows[i].day);
        assert_string_equal(instant_format(zone_day_end(z, zone_day(z, last)), end), rows[i].last);
        last.us++;
        assert_string_not_equal(date_format(zone_day(z, last), day), rows[i].day);
        zone_free(z);
    }
}

/* Every day ends, and the next begins a microsecond later; where clocks change at midnight, too. */
static void test_ends(void **state)
{
    (void)state;
    static const char *const zones[] = { "Pacific/Auckland", "America/Guatemala", "Asia/Kathmandu", "America/Santiago",
                                         "Asia/Beirut" };
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        struct zone *z = load(zones[i]);
        for (struct date d = date_of(2024, 1, 1); d.day < date_of(2028, 1, 1).day; d.day++) {
            struct instant end = zone_day_end(z, d);
            assert_int_equal(zone_day(z, end).day, d.day);
            assert_int_equal(zone_day(z, (struct instant){ end.us + 1 }).day, d.day + 1);
        }
        zone_free(z);
    }
}

static void compare(const struct zone *z, int64_t second)
{
    struct tm there;
    time_t t = (time_t)second;
    assert_non_null(localtime_r(&t, &there));
    if (there.tm_gmtoff != zone_offset(z, second))
        fail_msg("%s at %lld: %d seconds ahead, not %ld", zone_name(z), (long long)second, zone_offset(z, second),
                 there.tm_gmtoff);
}

static void test_like_libc(void **state)
{
    (void)state;
    static const char *const zones[] = { "Pacific/Auckland", "America/Guatemala", "Asia/Kathmandu",  "Europe/Dublin",
                                         "America/St_Johns", "Africa/Casablanca", "Pacific/Chatham", "America/Nuuk",
                                         "Pacific/Apia",     "Etc/UTC",           "Etc/GMT+5",       "Asia/Tehran" };
    static const int64_t from = -2208988800, until = 7289654400; /* the years 1900 to 2200 */
    unsigned seed = 20260615;
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        struct zone *z = load(zones[i]);
        setenv("TZ", zones[i], 1);
        tzset();
        for (int k = 0; k < 20000; k++) {
            seed = seed * 1664525 + 1013904223;
            compare(z, from + (int64_t)((double)(until - from) * (double)(seed >> 1) / (double)(1U << 31)));
        }
        zone_free(z);
    }
    unsetenv("TZ");
    tzset();
}

static void test_utc(void **state)
{
    (void)state;
    assert_string_equal(zone_name(NULL), "Etc/UTC");
    assert_int_equal(zone_offset(NULL, 0), 0);
    assert_int_equal(zone_day_end(NULL, date_of(2026, 1, 1)).us, date_end(date_of(2026, 1, 1)).us);
    assert_false(date_is_set(zone_day(NULL, (struct instant){ INT64_MAX })));
}

static void test_rules(void **state)
{
    (void)state;
    static const char *const good[] = { "UTC0",
                                        "<+0545>-5:45",
                                        "NZST-12NZDT,M9.5.0,M4.1.0/3",
                                        "IST-1GMT0,M10.5.0,M3.5.0/1",
                                        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
                                        "EST5EDT,J60/0,300/24:30:10",
                                        "XXX3EDT4,0/0,J365/23" };
    static const char *const bad[] = { "",
                                       "UT0",
                                       "UTC",
                                       "UTC0,",
                                       "UTC0x",
                                       "UTC25",
                                       "UTC0:60",
                                       "<+05-5",
                                       "NZST-12NZDT",
                                       "NZST-12NZDT,M9.5.0",
                                       "A0B",
                                       "AAA0BBB,M13.1.0,M1.1.0",
                                       "AAA0BBB,M1.6.0,M1.1.0",
                                       "AAA0BBB,M1.1.7,M1.1.0",
                                       "AAA0BBB,J0,J1",
                                       "AAA0BBB,366,J1",
                                       "AAA0BBB,M1.1.0/168,M1.1.0",
                                       "AAA0BBB,M1.1.0,M1.1.0 " };
    struct zone_rule rule;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!zone_rule_parse(good[i], strlen(good[i]), &rule))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (zone_rule_parse(bad[i], strlen(bad[i]), &rule))
            fail_msg("%s", bad[i]);
    assert_true(zone_rule_parse("EST5EDT,J60/0,J300", 18, &rule)); /* from 1 March, leap year or not */
    assert_int_equal(zone_rule_offset(&rule, at("2024-03-01T04:59:59Z").us / 1000000), -5 * 3600);
    assert_int_equal(zone_rule_offset(&rule, at("2024-03-01T05:00:00Z").us / 1000000), -4 * 3600);
    assert_int_equal(zone_rule_offset(&rule, at("2023-03-01T05:00:00Z").us / 1000000), -4 * 3600);
}

/* No part of a file is a zone, nor is one with any byte of its heads changed taken without harm. */
static void test_broken_files(void **state)
{
    (void)state;
    static uint8_t bytes[ZONE_FILE_MAX], copy[ZONE_FILE_MAX];
    FILE *f = fopen("/usr/share/zoneinfo/Pacific/Auckland", "rb");
    assert_non_null(f);
    size_t size = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    struct zone *z = zone_parse("Pacific/Auckland", bytes, size);
    assert_non_null(z);
    zone_free(z);
    for (size_t n = 0; n < size; n++)
        assert_null(zone_parse("part", bytes, n));
    for (size_t i = 0; i < 300 && i < size; i++) {
        memcpy(copy, bytes, size);
        copy[i] ^= 0xff;
        zone_free(zone_parse("changed", copy, size));
    }
}

static void test_names(void **state)
{
    (void)state;
    static const char *const bad[] = { "",        "Mars/Phobos", "../zoneinfo/Etc/UTC", "/etc/localtime",
                                       "America", "zone.tab",    "America/Guatemala\n", "Etc/UTC;x" };
    char own[ZONE_NAME];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct zone *z = NULL;
        struct err e = { 0 };
        assert_int_equal(zone_file_load(bad[i], &z, &e), ERR_INVALID_PARAM);
        assert_string_equal(e.field, "zone");
        assert_null(z);
    }
    setenv("TZ", "Asia/Kathmandu", 1);
    assert_string_equal(zone_file_own(own), "Asia/Kathmandu");
    setenv("TZ", ":/usr/share/zoneinfo/Pacific/Auckland", 1);
    assert_string_equal(zone_file_own(own), "Pacific/Auckland");
    setenv("TZ", "CST6CDT4,nothing", 1); /* no name: the machine's */
    struct zone *z = load(zone_file_own(own));
    zone_free(z);
    unsetenv("TZ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_midnights), cmocka_unit_test(test_ends),  cmocka_unit_test(test_like_libc),
        cmocka_unit_test(test_utc),       cmocka_unit_test(test_rules), cmocka_unit_test(test_broken_files),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
