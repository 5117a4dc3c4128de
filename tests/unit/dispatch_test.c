/* SPDX-License-Identifier: Apache-2.0 */
/* The way of a call without sockets and threads: found, decoded, routed by its kind, answered, counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/rpc/dispatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct answers {
    int n;
    uint32_t last_id;
    struct err err;
    size_t size;
};

struct fixture {
    char path[64];
    struct dispatch dispatch;
    struct caller caller;
    struct answers answers;
};

static int start(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct err e = { 0 };
    assert_non_null(f);
    snprintf(f->path, sizeof f->path, "/tmp/smed-dispatch-XXXXXX");
    int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    close(fd);
    f->caller = (struct caller){ .is_admin = true, .user = "ana" };
    struct dispatch_options options = { .database = f->path,
                                        .clock = &clock_system,
                                        .writes_waiting = 1,
                                        .longs_waiting = 1,
                                        .group = 1,
                                        .turn_reads = 2 };
    assert_int_equal(dispatch_start(&f->dispatch, NULL, &options, &e), OK);
    *state = f;
    return 0;
}

static int stop(void **state)
{
    struct fixture *f = *state;
    dispatch_stop(&f->dispatch);
    unlink(f->path);
    free(f);
    return 0;
}

static void on_reply(void *owner, uint32_t id, const struct err *error, const struct buf *result)
{
    struct answers *answers = owner;
    answers->n++;
    answers->last_id = id;
    answers->err = *error;
    answers->size = result == NULL ? 0 : result->size;
}

static void call(struct fixture *f, uint32_t id, const char *method)
{
    struct message m = { .kind = FRAME_REQUEST, .id = id, .method = method, .method_length = strlen(method) };
    dispatch_call(&f->dispatch, &m, &f->caller, on_reply, &f->answers);
}

static void test_reads_wait_for_the_turn(void **state)
{
    struct fixture *f = *state;
    for (uint32_t id = 1; id <= 3; id++)
        call(f, id, "system.ping");
    assert_int_equal(f->answers.n, 0);
    assert_int_equal(f->dispatch.in_flight, 3);
    dispatch_turn(&f->dispatch);
    assert_int_equal(f->answers.n, 2); /* as many as a turn may have */
    assert_true(dispatch_has_reads(&f->dispatch));
    dispatch_turn(&f->dispatch);
    assert_false(dispatch_has_reads(&f->dispatch));
    assert_int_equal(f->answers.n, 3);
    assert_int_equal(f->answers.last_id, 3);
    assert_int_equal(f->answers.err.code, OK);
    assert_true(f->answers.size > 0);
    assert_int_equal(f->dispatch.in_flight, 0);
    assert_int_equal(f->dispatch.metrics.methods[METHOD_system_ping].calls, 3);
}

static void test_unknown_method_is_answered_at_once(void **state)
{
    struct fixture *f = *state;
    call(f, 7, "system.pong");
    assert_int_equal(f->answers.n, 1);
    assert_int_equal(f->answers.last_id, 7);
    assert_int_equal(f->answers.err.code, ERR_NO_METHOD);
    assert_int_equal(f->dispatch.in_flight, 0);
    for (size_t shift = 0; shift < 4; shift++) { /* a long name is cut between two characters */
        char name[200] = "aaa";
        for (size_t i = shift; i + 4 < sizeof name; i += 4)
            memcpy(name + i, "\xf0\x9f\x90\x9d", 5);
        call(f, 8, name);
        assert_true(mp_text_is_valid(f->answers.err.message, strlen(f->answers.err.message)));
    }
}

static void test_what_cannot_be_decoded_never_waits(void **state)
{
    struct fixture *f = *state;
    call(f, 8, "cluster.create");
    assert_int_equal(f->answers.n, 1);
    assert_int_equal(f->answers.err.code, ERR_INVALID_PARAM);
    assert_int_equal(f->dispatch.in_flight, 0);
    assert_int_equal(f->dispatch.metrics.methods[METHOD_cluster_create].errors, 1);
}

static void test_long_reads_go_to_the_workers(void **state)
{
    struct fixture *f = *state;
    call(f, 9, "journal.verify");
    assert_false(dispatch_has_reads(&f->dispatch));
    assert_int_equal(f->answers.n, 1);
    assert_int_equal(f->answers.err.code, OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_reads_wait_for_the_turn, start, stop),
        cmocka_unit_test_setup_teardown(test_unknown_method_is_answered_at_once, start, stop),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_decoded_never_waits, start, stop),
        cmocka_unit_test_setup_teardown(test_long_reads_go_to_the_workers, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
