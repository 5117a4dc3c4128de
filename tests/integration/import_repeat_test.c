/* SPDX-License-Identifier: Apache-2.0 */
/* Imports repeated: a batch that an older client has sent is known by the id which that gave it. */
#include "client/helper/import/convert.h"
#include "client/helper/import/request.h"
#include "client/helper/import/send.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/guest.h"
#include "tests/support/house.h"

static const char csv[] = "code,name,activity\nsol,Finca Sol,farm\nluna,Finca Luna,dairy\n";

struct fixture {
    struct house house;
    struct guest guest;
    struct arena arena;
    struct map map;
    struct problems problems;
    struct gather gather;
    struct rpc rpc;
    struct send send;
    struct err e;
};

static int start(void **state)
{
    static struct fixture f;
    f = (struct fixture){ 0 };
    house_open(&f.house);
    house_start(&f.house, "2026-11-23T12:00:00Z", NULL);
    guest_connect(&f.guest, f.house.socket);
    arena_init(&f.arena, SIZE_MAX);
    problem_init(&f.problems, &f.arena);
    map_default(&f.map, &f.arena);
    gather_init(&f.gather, noun_find("enterprises"), &f.map, &f.problems, &f.arena);
    assert_true(convert_text(&f.gather, csv, strlen(csv)));
    rpc_init(&f.rpc);
    f.rpc.host = NULL;
    f.rpc.socket = f.house.socket;
    f.send = (struct send){ .rpc = &f.rpc, .gather = &f.gather, .problems = &f.problems, .batch_rows = 500 };
    send_plan(&f.send);
    assert_int_equal(f.send.n_batches, 1);
    *state = &f;
    return 0;
}

static int stop(void **state)
{
    struct fixture *f = *state;
    rpc_fini(&f->rpc);
    arena_reset(&f->arena);
    guest_close(&f->guest);
    int status = house_stop(&f->house);
    house_close(&f->house);
    return status;
}

/* Those that the test made. */
static int64_t entries(struct fixture *f)
{
    struct chain_head head = { 0 };
    assert_int_equal(guest_call(&f->guest, &head, "journal.head", "{}"), OK);
    return head.seq - HOUSE_ENTRIES;
}

/* The same rows as an older client sends them. */
static void send_as_older(struct fixture *f)
{
    const struct items *items = &f->gather.items;
    struct enterprise_row rows[] = { *(struct enterprise_row *)items->all[0].record,
                                     *(struct enterprise_row *)items->all[1].record };
    struct import_enterprises params = { .rows = rows, .n_rows = 2 };
    const struct method *m = &api_methods[METHOD_import_enterprises];
    struct import_report report = { 0 };
    assert_int_equal(request_name_older(m, &params, &f->arena, &f->e), OK);
    assert_int_equal(rpc_call(&f->rpc, m, &params, &f->arena, &report, &f->e), OK);
    assert_int_equal(report.created, 2);
    assert_true(report.applied);
}

static void test_a_new_batch_is_done_once(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(send_check(&f->send, &f->e), OK);
    assert_int_equal(f->send.created, 2);
    assert_false(f->send.batches[0].is_known);
    assert_int_equal(entries(f), 0);
    assert_int_equal(send_apply(&f->send, &f->e), OK);
    assert_int_equal(send_apply(&f->send, &f->e), OK);
    assert_int_equal(entries(f), 1);
    assert_int_equal(f->problems.n, 0);
}

/* An older client was faster, between the look at what is new and the sending: its answer is given again. */
static void test_a_batch_of_an_older_client_is_known(void **state)
{
    struct fixture *f = *state;
    send_as_older(f);
    assert_int_equal(send_check(&f->send, &f->e), OK);
    assert_true(f->send.batches[0].is_known);
    assert_int_equal(f->send.created, 0);
    assert_int_equal(f->send.unchanged, 2);
    f->send.batches[0].created = 2;
    assert_int_equal(send_apply(&f->send, &f->e), OK);
    assert_int_equal(f->send.applied, 2);
    assert_int_equal(entries(f), 1);
}

/* The id that asked is not used up by asking. */
static void test_an_older_client_may_still_come(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(send_check(&f->send, &f->e), OK);
    send_as_older(f);
    assert_int_equal(send_apply(&f->send, &f->e), OK);
    assert_int_equal(f->send.applied, 0);
    assert_int_equal(entries(f), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_new_batch_is_done_once),
        TEST(test_a_batch_of_an_older_client_is_known),
        TEST(test_an_older_client_may_still_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
