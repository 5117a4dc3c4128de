/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that work and give back on the loop; and the same without threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/work/crew.h"

#include <uv.h>

enum { ITEMS = 1000 };

struct item {
    struct work work;
    int runs, returns;
};

struct tally {
    struct crew *crew;
    uv_thread_t loop;
    int returned, groups, gaps;
};

static void run(void *member, struct work **items, size_t n)
{
    struct tally *t = member;
    t->groups++;
    for (size_t i = 0; i < n; i++)
        ((struct item *)items[i])->runs++;
}

static void between(void *member, size_t waiting)
{
    (void)waiting;
    ((struct tally *)member)->gaps++;
}

static void done(void *context, struct work *work)
{
    struct tally *t = context;
    uv_thread_t self = uv_thread_self();
    assert_true(uv_thread_equal(&self, &t->loop));
    ((struct item *)work)->returns++;
    t->returned++;
}

static struct crew_options options_of(struct tally *t, int threads)
{
    return (struct crew_options){ .name = "crew",
                                  .threads = threads,
                                  .queue = ITEMS,
                                  .group = 16,
                                  .group_bytes = SIZE_MAX,
                                  .run = run,
                                  .between = threads > 0 ? between : NULL,
                                  .members = { t },
                                  .done = done,
                                  .context = t };
}

static void push_all(struct crew *c, struct item *items)
{
    for (int i = 0; i < ITEMS; i++)
        assert_true(crew_push(c, &items[i].work));
}

static void assert_each_once(const struct item *items)
{
    for (int i = 0; i < ITEMS; i++) {
        assert_int_equal(items[i].runs, 1);
        assert_int_equal(items[i].returns, 1);
    }
}

static void test_everything_comes_back_once_on_the_loop(void **state)
{
    static struct item items[ITEMS];
    struct tally t = { .loop = uv_thread_self() };
    struct crew_options options = options_of(&t, 1);
    uv_loop_t loop;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    t.crew = crew_new(&loop, &options);
    assert_non_null(t.crew);
    push_all(t.crew, items);
    while (t.returned < ITEMS / 2)
        uv_run(&loop, UV_RUN_ONCE);
    crew_stop(t.crew); /* hands back the rest */
    assert_int_equal(t.returned, ITEMS);
    assert_each_once(items);
    assert_true(t.groups >= ITEMS / 16);
    assert_int_equal(t.gaps, t.groups);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}

static void test_without_threads_the_push_does_the_work(void **state)
{
    static struct item items[ITEMS];
    struct tally t = { .loop = uv_thread_self() };
    struct crew_options options = options_of(&t, 0);
    (void)state;
    t.crew = crew_new(NULL, &options);
    assert_non_null(t.crew);
    push_all(t.crew, items);
    assert_each_once(items);
    assert_true(crew_has_answered(t.crew));
    crew_stop(t.crew);
}

static void test_waiting_thread_gives_a_sign_of_life(void **state)
{
    struct tally t = { .loop = uv_thread_self() };
    struct crew_options options = options_of(&t, 1);
    uv_loop_t loop;
    (void)state;
    assert_int_equal(uv_loop_init(&loop), 0);
    t.crew = crew_new(&loop, &options);
    assert_non_null(t.crew);
    crew_ask(t.crew);
    for (int i = 0; i < 1000 && !crew_has_answered(t.crew); i++)
        uv_sleep(5);
    assert_true(crew_has_answered(t.crew));
    crew_stop(t.crew);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everything_comes_back_once_on_the_loop),
        cmocka_unit_test(test_without_threads_the_push_does_the_work),
        cmocka_unit_test(test_waiting_thread_gives_a_sign_of_life),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
