/* SPDX-License-Identifier: Apache-2.0 */
/* A call that may use no more memory, at whatever point it is, ends with an error and changes nothing: every method
 * with every amount of memory up to what it needs. Parameters are made up by chance on a register that has lived for
 * some weeks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/life.h"

#include <string.h>

enum { DAYS = 40, TRIES = 12, SUCCESSES = 2, LEAST = 64, STEP = 48, FINE = 12 * 1024, MOST = 8 * 1024 * 1024 };

static struct life life;
static size_t points;

static int64_t last_entry(void)
{
    struct chain_head h;
    life.desk.memory = 0;
    assert_int_equal(desk_call(&life.desk, METHOD_journal_head, &(struct journal_head){ 0 }, &h), OK);
    return h.seq;
}

/* Whether memory was what the call lacked. */
static bool starve(enum method_id id, const void *params, size_t memory)
{
    int64_t before = last_entry();
    life.desk.memory = memory;
    int code = desk_call(&life.desk, id, params, NULL);
    struct err err = life.desk.err;
    if (code != OK && last_entry() != before)
        fail_msg("%s failed with %d and left an entry (%zu bytes)", api_methods[id].name, code, memory);
    life.desk.memory = 0;
    life.desk.err = err;
    points++;
    return code == ERR_TOO_BIG || code == ERR_INTERNAL;
}

/* Whether the call was done at last. */
static bool exhaust(enum method_id id)
{
    const void *params = pool_params(&life.pool, &api_methods[id]);
    size_t memory = LEAST;
    if (params == NULL)
        return false;
    while (memory < MOST && starve(id, params, memory))
        memory += memory < FINE ? STEP : memory / 8;
    if (memory >= MOST)
        fail_msg("%s fails with %zu bytes: %s", api_methods[id].name, memory, life.desk.err.message);
    return life.desk.err.code == OK;
}

static bool is_left_out(const struct method *m)
{
    return strcmp(m->name, "backup.create") == 0; /* writes files beside the register */
}

static void every_amount_of_memory(void **state)
{
    (void)state;
    struct standing_check standing;
    life_begin(&life, 7);
    for (int i = 0; i < DAYS; i++) {
        life_day(&life);
        life_set_day(&life, (struct date){ life.pool.today.day + 3 });
    }
    for (enum method_id id = 0; id < METHOD_COUNT; id++) {
        int done = 0;
        pool_stream(&life.pool, api_methods[id].name);
        for (int i = 0; i < TRIES && done < SUCCESSES && !is_left_out(&api_methods[id]); i++)
            done += exhaust(id);
    }
    assert_true(points > 1000);
    assert_int_equal(desk_call(&life.desk, METHOD_standing_verify, &(struct standing_verify){ 0 }, &standing), OK);
    assert_int_equal(standing.differing, 0);
    life_end(&life);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_amount_of_memory) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
