/* SPDX-License-Identifier: Apache-2.0 */
/* A day that has passed knows nothing of what came later. A register lives for some weeks, and all that it may be about
 * comes to it bit by bit. Then every view is asked about days before the first write, about the days it lived and those
 * between them: what it tells must have been there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/existing.h"
#include "tests/support/expect.h"
#include "tests/support/life.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

enum { DAYS = 28, GAP = 3, TAKEN = 7, NEWS_EACH = 7, TOLD = 20 };

/* Where a view tells of what came later, and why it still may. One that is not needed any more fails the test. */
static const char by_name[] = "what is named is shown, of whatever day: who asks by name knows of it";
static struct exception {
    const char *method;
    enum noun noun;
    const char *why;
    size_t n;
} exceptions[] = {
    { "coop.show", NOUN_cooperative, by_name, 0 },         { "coop.show", NOUN_cluster, by_name, 0 },
    { "enterprise.show", NOUN_enterprise, by_name, 0 },    { "person.show", NOUN_person, by_name, 0 },
    { "standard.show", NOUN_edition, by_name, 0 },         { "status.show", NOUN_holder, by_name, 0 },
    { "group.show", NOUN_cooperative, by_name, 0 },        { "group.show", NOUN_edition, by_name, 0 },
    { "group.reliability", NOUN_cooperative, by_name, 0 }, { "group.reliability", NOUN_edition, by_name, 0 },
};

static struct life life;
static struct existing taken[TAKEN];
static size_t unknown;

/* All that chance leaves alone, since nothing of it is dated but that it is there. */
static void bring_news(int i)
{
    struct desk *desk = &life.desk;
    char *code = arena_printf(&life.pool.memory, "NEW%d", i);
    must(&desk->err, DESK(desk, cluster_create, NULL, .code = code, .name = code));
    must(&desk->err, DESK(desk, coop_create, NULL, .code = code, .name = code, .cluster = desk_ref(code)));
    must(&desk->err, DESK(desk, person_create, NULL, .code = code, .name = code));
    must(&desk->err, DESK(desk, body_create, NULL, .code = code, .name = code, .kind = BODY_LABORATORY));
    code = arena_printf(&life.pool.memory, "LATE%d", i);
    must(&desk->err, DESK(desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("ALFA"), .joined_on = life.pool.today));
    must(&desk->err, DESK(desk, enterprise_create, NULL, .code = arena_printf(&life.pool.memory, "FREE%d", i),
                          .name = code, .activity = ACTIVITY_FARM));
    sample_publish(desk, arena_printf(&life.pool.memory, "later%d", i), "1");
}

static int start(void **state)
{
    (void)state;
    life_begin(&life, 5);
    for (int i = 0; i < DAYS; i++) {
        if (i % NEWS_EACH == NEWS_EACH - 1)
            bring_news(i);
        life_day(&life);
        if (i % (DAYS / TAKEN) == 0)
            existing_take(&taken[i / (DAYS / TAKEN)], &life.pool);
        life_set_day(&life, (struct date){ life.pool.today.day + GAP });
    }
    return 0;
}

static int stop(void **state)
{
    (void)state;
    life_end(&life);
    return 0;
}

static void tell(void *context, enum method_id method, enum noun noun, const char *text)
{
    const struct date *day = context;
    const char *name = api_methods[method].name;
    char as_of[DATE_TEXT];
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
        if (noun == exceptions[i].noun && strcmp(name, exceptions[i].method) == 0) {
            exceptions[i].n++;
            return;
        }
    if (unknown++ < TOLD)
        fprintf(stderr, "%s as of %s tells of the %s %s, which came later\n", name, date_format(*day, as_of),
                api_nouns[noun].doc, text);
}

/* How many views there are of the day. */
static size_t ask(const struct existing *e, struct date day)
{
    static struct pool thin;
    struct existing on = *e;
    struct views views;
    on.day = day;
    existing_thin(&on, &life.pool, &thin);
    views_take(&views, &thin, &life.desk);
    life.pool.memory = thin.memory;
    for (size_t i = 0; i < views.n; i++) {
        assert_int_not_equal(views.rows[i].code, ERR_INTERNAL);
        existing_check(&on, &life.pool, &views.rows[i], tell, &day);
    }
    size_t n = views.n;
    views_fini(&views);
    return n;
}

static void nothing_came_before_the_first_write(void **state)
{
    (void)state;
    const struct existing nothing = { 0 };
    static const char *const days[] = { "2025-03-09", "2024-12-31", "1999-01-01" };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        assert_true(ask(&nothing, desk_day(days[i])) > 100);
    assert_int_equal(unknown, 0);
}

static void nothing_came_before_its_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < TAKEN; i++)
        for (int32_t later = 0; later < GAP; later++)
            assert_true(ask(&taken[i], (struct date){ taken[i].day.day + later }) > 100);
    assert_int_equal(unknown, 0);
}

static void every_exception_is_needed(void **state)
{
    (void)state;
    size_t idle = 0;
    for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
        if (exceptions[i].n == 0) {
            fprintf(stderr, "%s tells of no later %s any more (%s): take it off the exceptions\n", exceptions[i].method,
                    api_nouns[exceptions[i].noun].doc, exceptions[i].why);
            idle++;
        }
    assert_int_equal(idle, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_came_before_the_first_write),
        cmocka_unit_test(nothing_came_before_its_day),
        cmocka_unit_test(every_exception_is_needed),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
