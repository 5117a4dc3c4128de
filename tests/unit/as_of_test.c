/* SPDX-License-Identifier: Apache-2.0 */
/* Any day can be asked about: a register is lived through day by day with writes made up by chance, every view is kept
 * at the end of some days, and asked for again at the end of all days as of then. Methods and views are found in the
 * interface table, so that a new one is part of this on the day it is declared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/field.h"
#include "tests/support/life.h"
#include "tests/support/views.h"

#include <stdio.h>
#include <string.h>

enum { DAYS = 90, TAKEN = 8, SEEDS = 3 };

static struct life life;

static void live(uint64_t seed, size_t *all, size_t *differing)
{
    struct views taken[TAKEN];
    size_t n = 0;
    life_begin(&life, seed);
    for (int i = 0; i < DAYS; i++) {
        life_day(&life);
        if (i % (DAYS / TAKEN) == DAYS / TAKEN - 1 && n < TAKEN)
            views_take(&taken[n++], &life.pool, &life.desk);
        pool_stream(&life.pool, "the next day");
        life_set_day(&life, (struct date){ life.pool.today.day + 1 + (int32_t)pool_pick(&life.pool, 12) });
    }
    for (size_t i = 0; i < n; i++) {
        *differing += views_differing(&taken[i], &life.desk);
        *all += taken[i].n;
        views_fini(&taken[i]);
    }
    life_end(&life);
}

/* A write that chance never got done proves nothing of its views. */
static void tell_writes(void)
{
    int never = 0;
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        const struct method *m = &api_methods[id];
        if (m->kind != WRITE || life_left_out(m) != NULL || life.done[id] > 0)
            continue;
        fprintf(stderr, "%s never succeeded in %u tries; give it a hand in tests/support/life.c\n", m->name,
                life.tried[id]);
        never++;
    }
    assert_int_equal(never, 0);
}

static void every_view_of_every_day(void **state)
{
    (void)state;
    size_t differing = 0, all = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        live(seed, &all, &differing);
    assert_int_equal(differing, 0);
    assert_true(all > 1000);
    tell_writes();
}

/* A view without as_of is one that nobody thought of. */
static void every_view_takes_a_day(void **state)
{
    (void)state;
    int missing = 0;
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        const struct method *m = &api_methods[id];
        if (m->kind == WRITE || views_exempt(m) != NULL || field_find(m->params, m->n_params, "as_of", 5) != NULL)
            continue;
        fprintf(stderr, "%s takes no as_of\n", m->name);
        missing++;
    }
    assert_int_equal(missing, 0);
}

/* What is left out above must be there to be left out. */
static void what_is_left_out_is_there(void **state)
{
    (void)state;
    const char *const idle[] = { life_idle_row(), views_idle_row() };
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++)
        if (idle[i] != NULL)
            fail_msg("%s needs no exception any more", idle[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_out_is_there),
        cmocka_unit_test(every_view_takes_a_day),
        cmocka_unit_test(every_view_of_every_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
