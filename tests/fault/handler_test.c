/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of every method fails once: the call ends with an error and changes nothing, or is done. Parameters
 * are made up by chance on a register that has lived for some weeks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/fault/failing_malloc.h"
#include "tests/support/life.h"

#include <stdio.h>
#include <string.h>

#if SANITIZED

static void skipped(void **state)
{
    (void)state;
    print_message("skipped: a sanitizer has taken malloc\n");
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(skipped) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

enum { DAYS = 40, TRIES = 12, SUCCESSES = 2, POINTS_MAX = 40000 };

static struct life life;
static int wanted; /* the allocation that is to fail */
static size_t points;

static void arm(bool begins)
{
    armed.seen = 0;
    armed.fired = armed.fired && !begins;
    armed.at = begins ? wanted : 0;
}

static struct chain_head head(void)
{
    struct chain_head h;
    life.desk.around = NULL;
    assert_int_equal(desk_call(&life.desk, METHOD_journal_head, &(struct journal_head){ 0 }, &h), OK);
    life.desk.around = arm;
    return h;
}

/* false once the call does not ask for memory that often. */
static bool fail_at(int at, enum method_id id, const void *params)
{
    struct chain_head before = head();
    wanted = at;
    int code = desk_call(&life.desk, id, params, NULL);
    bool fired = armed.fired;
    wanted = 0;
    if (life.desk.run.failed)
        desk_reopen(&life.desk);
    struct chain_head after = head();
    if (code != OK && code != ERR_OUTCOME_UNKNOWN && before.seq != after.seq)
        fail_msg("%s failed with %d and left an entry (allocation %d)", api_methods[id].name, code, at);
    points += fired;
    return fired && code != OK;
}

static bool is_left_out(const struct method *m)
{
    return strcmp(m->name, "backup.create") == 0; /* writes files beside the register */
}

/* Whether the call was done at last, without a failure. */
static bool exhaust(enum method_id id)
{
    const void *params = pool_params(&life.pool, &api_methods[id]);
    if (params == NULL)
        return false;
    int at = 1;
    while (at < POINTS_MAX && fail_at(at, id, params))
        at++;
    if (at == POINTS_MAX)
        fail_msg("%s asks for memory %d times and more", api_methods[id].name, at);
    return life.desk.err.code == OK;
}

static void every_allocation_of_every_method(void **state)
{
    (void)state;
    struct journal_check journal;
    struct standing_check standing;
    life_begin(&life, 7);
    for (int i = 0; i < DAYS; i++) {
        life_day(&life);
        life_set_day(&life, (struct date){ life.pool.today.day + 3 });
    }
    life.desk.around = arm;
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        int done = 0;
        pool_stream(&life.pool, api_methods[id].name);
        for (int i = 0; i < TRIES && done < SUCCESSES && !is_left_out(&api_methods[id]); i++)
            done += exhaust(id);
    }
    life.desk.around = NULL;
    print_message("%zu points\n", points);
    assert_true(points > 1000);
    assert_int_equal(desk_call(&life.desk, METHOD_journal_verify, &(struct journal_verify){ 0 }, &journal), OK);
    assert_false(journal.has_broken);
    assert_int_equal(desk_call(&life.desk, METHOD_standing_verify, &(struct standing_verify){ 0 }, &standing), OK);
    assert_int_equal(standing.differing, 0);
    life_end(&life);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_allocation_of_every_method) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
