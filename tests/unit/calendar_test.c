/* SPDX-License-Identifier: Apache-2.0 */
/* The calendar of what is due, read back by the library as a calendar program would. */
#include "client/helper/due/calendar.h"
#include "common/scope.h"

#include <libical/ical.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 4 << 20 };

static struct date day(const char *text)
{
    struct date d;
    assert_true(date_parse(text, strlen(text), &d));
    return d;
}

static struct instant noon(void)
{
    struct instant t;
    assert_true(instant_parse("2026-11-25T12:00:00Z", 20, &t));
    return t;
}

static struct due_item item(const char *key, const char *due_on)
{
    return (struct due_item){ .key = key,
                              .due_on = day(due_on),
                              .days = day(due_on).day - day("2026-11-25").day,
                              .has_days = true,
                              .kind = DUE_INSPECTION,
                              .holder.text = "GA01",
                              .name = "Finca 1",
                              .what = "internal inspection",
                              .edition.text = "iso:1" };
}

/* RFC 5545 3.6.1: an event has one UID, one DTSTAMP and, here, one DTSTART. The library does not ask for a DTSTAMP. */
static bool is_valid(icalcomponent *calendar)
{
    icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; e != NULL; e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
        if (icalcomponent_count_properties(e, ICAL_UID_PROPERTY) != 1
            || icalcomponent_count_properties(e, ICAL_DTSTAMP_PROPERTY) != 1
            || icalcomponent_count_properties(e, ICAL_DTSTART_PROPERTY) != 1)
            return false;
    return icalrestriction_check(calendar) != 0;
}

static icalcomponent *read_back(const char *text)
{
    assert_non_null(text);
    icalcomponent *calendar = icalparser_parse_string(text);
    assert_non_null(calendar);
    assert_true(is_valid(calendar));
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    return calendar;
}

static icalcomponent *event(icalcomponent *calendar, int n)
{
    icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    while (n-- > 0)
        e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_non_null(e);
    return e;
}

static void test_events(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, ARENA);
    struct due_item items[] = { item("inspection/GA01/iso:1/2026", "2026-12-31"), item("plan/GA01/F1", "2026-11-01"),
                                item("plan/GA01/F2", "2027-02-28") };
    icalcomponent *calendar = read_back(calendar_write(items, 3, noon(), &a));
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 3);
    static const char *const uids[] = { "inspection/GA01/iso:1/2026@smed", "plan/GA01/F1@smed", "plan/GA01/F2@smed" };
    for (int i = 0; i < 3; i++) {
        icalcomponent *e = event(calendar, i);
        struct icaltimetype start = icalcomponent_get_dtstart(e), stamp = icalcomponent_get_dtstamp(e);
        assert_true(start.is_date);
        assert_int_equal(date_of(start.year, start.month, start.day).day, items[i].due_on.day);
        assert_string_equal(icalcomponent_get_uid(e), uids[i]);
        assert_int_equal(stamp.year * 10000 + stamp.month * 100 + stamp.day, 20261125);
        assert_int_equal(stamp.hour, 12);
        assert_true(icaltime_is_utc(stamp));
        /* Nobody is woken for what is past. */
        assert_int_equal(icalcomponent_count_components(e, ICAL_VALARM_COMPONENT), i == 1 ? 0 : 1);
    }
    icalcomponent *alarm = icalcomponent_get_first_component(event(calendar, 0), ICAL_VALARM_COMPONENT);
    icalproperty *trigger = icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY);
    assert_int_equal(icaldurationtype_as_int(icalproperty_get_trigger(trigger).duration), -7 * 86400);
    icalcomponent_free(calendar);
}

/* Without a DTSTAMP the check above must not hold. */
static void test_the_check_can_fail(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, ARENA);
    struct due_item one = item("k", "2026-12-31");
    icalcomponent *calendar = read_back(calendar_write(&one, 1, noon(), &a));
    icalcomponent *e = event(calendar, 0);
    icalproperty *stamp = icalcomponent_get_first_property(e, ICAL_DTSTAMP_PROPERTY);
    assert_non_null(stamp);
    icalcomponent_remove_property(e, stamp);
    icalproperty_free(stamp);
    assert_false(is_valid(calendar));
    icalcomponent_free(calendar);
}

/* A later file names the same things the same, whatever day they moved to. */
static void test_stable(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, ARENA);
    struct due_item before = item("plan/GA01/F1", "2026-12-01"), after = item("plan/GA01/F1", "2026-12-15");
    icalcomponent *first = read_back(calendar_write(&before, 1, noon(), &a));
    icalcomponent *second = read_back(calendar_write(&after, 1, (struct instant){ noon().us + 86400000000 }, &a));
    assert_string_equal(icalcomponent_get_uid(event(first, 0)), icalcomponent_get_uid(event(second, 0)));
    assert_int_not_equal(icalcomponent_get_dtstart(event(first, 0)).day,
                         icalcomponent_get_dtstart(event(second, 0)).day);
    icalcomponent_free(first);
    icalcomponent_free(second);
}

static void test_text(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, ARENA);
    struct due_item one = item("k", "2026-12-31");
    one.name = "A; B, C\\D\nEND:VEVENT\r\nÑandú \x01 and a name that is so long that its line must be folded somewhere";
    one.record = "F12";
    const char *text = calendar_write(&one, 1, noon(), &a);
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\r\n");
        assert_true(length <= 75);
        line += length;
        assert_memory_equal(line, "\r\n", 2);
        line += 2;
    }
    icalcomponent *calendar = read_back(text);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 1);
    assert_string_equal(icalcomponent_get_summary(event(calendar, 0)),
                        "internal inspection: A; B, C\\D END:VEVENT  Ñandú   and a name that is so long that its line "
                        "must be folded somewhere F12");
    icalcomponent_free(calendar);
}

static void test_empty(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, ARENA);
    const char *text = calendar_write(NULL, 0, noon(), &a);
    icalcomponent *calendar = icalparser_parse_string(text);
    assert_non_null(calendar);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT), 0);
    icalcomponent_free(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events), cmocka_unit_test(test_the_check_can_fail),
        cmocka_unit_test(test_stable), cmocka_unit_test(test_text),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
