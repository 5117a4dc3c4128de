/* SPDX-License-Identifier: Apache-2.0 */
/* What is made up for a method is its own: the same, whatever was made up for others before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/codec.h"
#include "tests/support/pool.h"

static struct pool pool;

static void make_up(enum method_id id, struct buf *ret)
{
    const struct method *m = &api_methods[id];
    struct err e = { 0 };
    pool_stream(&pool, m->name);
    void *params = pool_params(&pool, m);
    assert_non_null(params);
    if (m->kind == WRITE)
        ((struct write_options *)params)->request = "00000000-0000-4000-8000-000000000000";
    buf_init(ret, MP_MESSAGE_MAX);
    assert_int_equal(codec_encode_params(m, params, ret, &e), OK);
}

static int start(void **state)
{
    (void)state;
    pool_init(&pool, 1);
    pool.today = desk_day("2026-06-01");
    for (int noun = 1; noun < NOUN_COUNT; noun++)
        for (size_t i = 0; i < 9; i++)
            pool.refs[noun][pool.n[noun]++] = arena_printf(&pool.memory, "%s%zu", api_nouns[noun].name, i);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    pool_fini(&pool);
    return 0;
}

static void no_method_changes_another(void **state)
{
    (void)state;
    static struct buf alone[METHOD_COUNT];
    for (enum method_id id = 0; id < METHOD_COUNT; id++)
        make_up(id, &alone[id]);
    for (enum method_id id = METHOD_COUNT; id-- > 0;) {
        struct buf again;
        make_up(id, &again);
        assert_int_equal(again.size, alone[id].size);
        assert_memory_equal(again.data, alone[id].data, again.size);
        buf_fini(&again);
        buf_fini(&alone[id]);
    }
}

static void another_day_is_another_chance(void **state)
{
    (void)state;
    pool_stream(&pool, "coop.create");
    uint32_t today = pool_pick(&pool, UINT32_MAX);
    pool.today.day++;
    pool_stream(&pool, "coop.create");
    assert_int_not_equal(pool_pick(&pool, UINT32_MAX), today);
    pool_stream(&pool, "coop.update");
    assert_int_not_equal(pool_pick(&pool, UINT32_MAX), today);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_method_changes_another),
        cmocka_unit_test(another_day_is_another_chance),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
