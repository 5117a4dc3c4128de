/* SPDX-License-Identifier: Apache-2.0 */
/* The register's calendar: today is that of its zone, before and after midnight there, and a change moves no day. */
#include "daemon/rpc/first.h"
#include "tests/support/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct desk desk;

static void start(const char *now, const char *zone)
{
    desk_start(&desk, now);
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = zone), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "otero", .name = "Otero"), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "f1", .name = "F1", .activity = ACTIVITY_FARM), OK);
}

static int join(const char *day)
{
    return DESK(&desk, member_join, NULL, .cooperative.text = "otero", .enterprise = "f1",
                .on = day != NULL ? desk_day(day) : (struct date){ 0 });
}

static const char *today(char day[DATE_TEXT])
{
    struct pong pong;
    assert_int_equal(desk_call(&desk, METHOD_system_ping, &(struct system_ping){ 0 }, &pong), OK);
    return date_format(pong.today, day);
}

/* Nine in the morning of the 11th. */
static void test_east(void **state)
{
    (void)state;
    char day[DATE_TEXT];
    start("2026-03-10T20:00:00Z", "Pacific/Auckland");
    assert_string_equal(today(day), "2026-03-11");
    assert_int_equal(join("2026-03-12"), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.message, "must not be in the future; today is 2026-03-11");
    assert_int_equal(join("2026-03-11"), OK);
    desk_stop(&desk);
}

/* The evening of the 10th: who joins without a day joins on the 10th. */
static void test_west(void **state)
{
    (void)state;
    struct page page;
    start("2026-03-11T02:30:00Z", "America/Guatemala");
    assert_int_equal(join("2026-03-11"), ERR_INVALID_PARAM);
    assert_int_equal(join(NULL), OK);
    assert_int_equal(DESK(&desk, member_list, &page, .cooperative.text = "otero"), OK);
    assert_int_equal(((const struct membership *)page.rows)->joined_on.day, desk_day("2026-03-10").day);
    desk_stop(&desk);
}

static void test_midnight(void **state)
{
    (void)state;
    static const struct {
        const char *zone, *before, *after, *day, *next;
    } rows[] = {
        { "Pacific/Auckland", "2026-04-04T10:59:59.9Z", "2026-04-04T11:00:00Z", "2026-04-04", "2026-04-05" },
        { "Pacific/Auckland", "2026-04-05T11:59:59.9Z", "2026-04-05T12:00:00Z", "2026-04-05", "2026-04-06" },
        { "Pacific/Auckland", "2026-09-27T10:59:59.9Z", "2026-09-27T11:00:00Z", "2026-09-27", "2026-09-28" },
        { "America/Guatemala", "2026-03-11T05:59:59.9Z", "2026-03-11T06:00:00Z", "2026-03-10", "2026-03-11" },
        { "Asia/Kathmandu", "2026-03-10T18:14:59.9Z", "2026-03-10T18:15:00Z", "2026-03-10", "2026-03-11" },
    };
    char day[DATE_TEXT];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        start(rows[i].before, rows[i].zone);
        assert_string_equal(today(day), rows[i].day);
        desk_set_today(&desk, rows[i].after);
        assert_string_equal(today(day), rows[i].next);
        desk_stop(&desk);
    }
}

/* An edition published in the evening of the 10th is there on the 10th, not only on the 11th, when it is in UTC. */
static void test_known_by_the_end_of_the_day(void **state)
{
    (void)state;
    struct page page;
    start("2026-03-11T02:30:00Z", "America/Guatemala");
    desk_publish(&desk, "made", "1");
    assert_int_equal(DESK(&desk, standard_list, &page, .as_of = desk_day("2026-03-10")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, standard_list, &page, .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(page.n, 0);
    desk_stop(&desk);
}

/* Guatemala is still on the 10th, while the register has entries of the 11th. */
static void test_no_day_becomes_future(void **state)
{
    (void)state;
    struct calendar calendar;
    char day[DATE_TEXT];
    start("2026-03-10T20:00:00Z", "Pacific/Auckland");
    assert_int_equal(join(NULL), OK);
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = "America/Guatemala"), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "zone");
    assert_string_equal(desk.err.message, "today would be 2026-03-10, before the day of the last entry of the journal, "
                                          "2026-03-11; set it once that day has begun there");
    assert_string_equal(today(day), "2026-03-11");
    /* Not by way of a zone between them either, which is on the 11th as well. */
    desk_set_today(&desk, "2026-03-10T20:10:00Z");
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = "Asia/Kathmandu"), OK);
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = "America/Guatemala"), ERR_CONFLICT);
    desk_set_today(&desk, "2026-03-11T06:00:00Z");
    assert_int_equal(DESK(&desk, zone_set, &calendar, .zone = "America/Guatemala"), OK);
    assert_string_equal(calendar.zone, "America/Guatemala");
    assert_string_equal(date_format(calendar.today, day), "2026-03-11");
    desk_reopen(&desk);
    assert_int_equal(desk_call(&desk, METHOD_zone_show, &(struct zone_show){ 0 }, &calendar), OK);
    assert_string_equal(calendar.zone, "America/Guatemala");
    assert_string_equal(calendar.set_by, "root");
    desk_stop(&desk);
}

static void test_unknown(void **state)
{
    (void)state;
    struct calendar calendar;
    struct version version;
    desk_start(&desk, "2026-03-10");
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = "Mars/Phobos"), ERR_INVALID_PARAM);
    assert_int_equal(desk_call(&desk, METHOD_zone_show, &(struct zone_show){ 0 }, &calendar), OK);
    assert_string_equal(calendar.zone, "Etc/UTC");
    assert_null(calendar.set_by);
    assert_int_equal(desk_call(&desk, METHOD_system_version, &(struct system_version){ 0 }, &version), OK);
    assert_string_equal(version.zone, "Etc/UTC");
    desk_stop(&desk);
}

/* The first start records the machine's zone, in the journal, once. */
static void test_first_start(void **state)
{
    (void)state;
    struct calendar calendar;
    struct page page;
    struct err e = { 0 };
    desk_start(&desk, "2026-03-10");
    setenv("TZ", "Asia/Kathmandu", 1);
    assert_int_equal(first_settle(&desk.run, &e), OK);
    setenv("TZ", "Pacific/Auckland", 1);
    assert_int_equal(first_settle(&desk.run, &e), OK);
    unsetenv("TZ");
    assert_int_equal(desk_call(&desk, METHOD_zone_show, &(struct zone_show){ 0 }, &calendar), OK);
    assert_string_equal(calendar.zone, "Asia/Kathmandu");
    assert_int_equal(desk_call(&desk, METHOD_journal_show, &(struct journal_show){ 0 }, &page), OK);
    assert_int_equal(page.n, 1);
    assert_string_equal(((const struct journal_entry *)page.rows)->method, "zone.set");
    desk_stop(&desk);
}

/* Until now its days were those of UTC. */
static void test_first_start_with_entries(void **state)
{
    (void)state;
    struct calendar calendar;
    struct err e = { 0 };
    desk_start(&desk, "2026-03-10");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "otero", .name = "Otero"), OK);
    setenv("TZ", "Asia/Kathmandu", 1);
    assert_int_equal(first_settle(&desk.run, &e), OK);
    unsetenv("TZ");
    assert_int_equal(desk_call(&desk, METHOD_zone_show, &(struct zone_show){ 0 }, &calendar), OK);
    assert_string_equal(calendar.zone, "Etc/UTC");
    assert_non_null(calendar.set_by);
    desk_stop(&desk);
}

/* Before anything is recorded, any zone will do, though today moves back. */
static void test_before_any_entry(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-11T02:30:00Z");
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = "Pacific/Auckland"), OK);
    assert_int_equal(DESK(&desk, zone_set, NULL, .zone = "America/Guatemala"), OK);
    desk_stop(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_east),
        cmocka_unit_test(test_west),
        cmocka_unit_test(test_midnight),
        cmocka_unit_test(test_known_by_the_end_of_the_day),
        cmocka_unit_test(test_no_day_becomes_future),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_first_start),
        cmocka_unit_test(test_first_start_with_entries),
        cmocka_unit_test(test_before_any_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
