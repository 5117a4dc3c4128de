/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that fails under the running daemon: what the clients of the group are told, how the daemon ends, and what
 * the same requests find out from the next one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/guest.h"
#include "tests/support/house.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CALLS = 8, WITHIN_MS = 10000, SKIPPED = 77 };

static struct house house;
static struct guest guest, watcher;

static void set_gate(const char *name, bool shut)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", house.directory, name);
    if (!shut) {
        unlink(path);
        return;
    }
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static void start_gated(void)
{
    setenv("LD_PRELOAD", SMED_SYNC_GATE, 1);
    setenv("SYNC_GATE", house.directory, 1);
    house_start(&house, NULL, NULL);
    unsetenv("LD_PRELOAD");
    unsetenv("SYNC_GATE");
}

static int start(void **state)
{
    (void)state;
    house_open(&house);
    start_gated();
    guest_connect(&guest, house.socket);
    guest_connect(&watcher, house.socket);
    return 0;
}

/* The gate is opened first: a daemon whose commit stands there would never stop, and a test that fails would hang. */
static int stop(void **state)
{
    (void)state;
    set_gate("hold", false);
    guest_close(&guest);
    guest_close(&watcher);
    int status = house.pid == 0 ? 0 : house_stop(&house);
    house_close(&house);
    return status;
}

static uint32_t ask(int i)
{
    return guest_ask(&guest, "cluster.create", "{code: c%d, name: Cluster, request: 01890000-0000-7000-8000-%012d}", i,
                     i);
}

/* Until the commit of a write stands at the gate. */
static void wait_until_held(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/held", house.directory);
    for (int ms = 0; access(path, F_OK) != 0; ms++) {
        assert_true(ms < WITHIN_MS);
        usleep(1000);
    }
}

/* Until so many writes wait behind it. */
static void wait_until_queued(int64_t wanted)
{
    struct stats stats = { 0 };
    for (int ms = 0; stats.queued != wanted; ms++) {
        assert_true(ms < WITHIN_MS);
        usleep(1000);
        assert_int_equal(guest_call(&watcher, &stats, "system.stats", "{}"), OK);
    }
}

/* Those that the test made. */
static int64_t entries(void)
{
    struct chain_head head = { 0 };
    assert_int_equal(guest_call(&watcher, &head, "journal.head", "{}"), OK);
    return head.seq - HOUSE_ENTRIES;
}

static void expect(uint32_t id, int code)
{
    uint32_t got;
    assert_true(guest_next(&guest, &got, NULL));
    assert_int_equal(got, id);
    assert_int_equal(guest.err.code, code);
}

/* A few small replies, after which a connection has all the calls in flight that it may have. */
static void settle_in(void)
{
    for (int i = 0; i < CALLS; i++)
        assert_int_equal(guest_call(&guest, NULL, "system.ping", "{}"), OK);
}

/* One write alone, whose commit waits until the others have gathered behind it to one group; the last of them names
 * what the first has made. */
static uint32_t ask_alone_and_together(void)
{
    settle_in();
    set_gate("hold", true);
    uint32_t first = ask(0);
    wait_until_held();
    for (int i = 1; i <= CALLS; i++)
        ask(i);
    guest_ask(&guest, "cluster.create", "{code: c0, name: Cluster}");
    wait_until_queued(CALLS + 1);
    return first;
}

static void start_anew(void)
{
    guest_close(&guest);
    guest_close(&watcher);
    set_gate("fail", false);
    set_gate("fail-next", false);
    house_start(&house, NULL, NULL);
    guest_connect(&guest, house.socket);
    guest_connect(&watcher, house.socket);
}

/* Each is done by now, once, and answers as if nothing had happened. */
static void repeat_all(void)
{
    struct journal_check check = { 0 };
    for (int round = 0; round < 2; round++)
        for (int i = 0; i <= CALLS; i++)
            expect(ask(i), OK);
    assert_int_equal(entries(), 1 + CALLS);
    assert_int_equal(guest_call(&watcher, &check, "journal.verify", "{}"), OK);
    assert_false(check.has_broken);
}

static void test_nobody_is_answered_before_the_disk(void **state)
{
    (void)state;
    uint32_t first = ask_alone_and_together();
    assert_false(guest_wait(&guest, 100));
    assert_int_equal(entries(), 0);
    set_gate("hold", false);
    for (uint32_t i = 0; i <= CALLS; i++)
        expect(first + i, OK);
    expect(first + CALLS + 1, ERR_EXISTS);
    assert_int_equal(entries(), 1 + CALLS);
}

static void test_failed_commit_is_of_unknown_outcome(void **state)
{
    (void)state;
    uint32_t first = ask_alone_and_together();
    set_gate("fail", true);
    set_gate("hold", false);
    expect(first, ERR_OUTCOME_UNKNOWN);
    for (uint32_t i = 1; i <= CALLS + 1; i++) /* the daemon is on its way down: surely not done */
        expect(first + i, ERR_BUSY);
    assert_false(guest_next(&guest, NULL, NULL));
    assert_int_equal(house_wait(&house), EXIT_FAILURE);
    start_anew();
    repeat_all();
}

/* Whoever was refused in the group too: what it was refused for is itself in doubt. */
static void test_whole_group_is_of_unknown_outcome(void **state)
{
    (void)state;
    uint32_t first = ask_alone_and_together();
    set_gate("fail-next", true);
    set_gate("hold", false);
    expect(first, OK);
    for (uint32_t i = 1; i <= CALLS + 1; i++)
        expect(first + i, ERR_OUTCOME_UNKNOWN);
    assert_false(guest_next(&guest, NULL, NULL));
    assert_int_equal(house_wait(&house), EXIT_FAILURE);
    start_anew();
    repeat_all();
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    if (SMED_SYNC_GATE[0] == '\0') {
        fputs("sync_test: skipped: nothing can be put before libc in a daemon with sanitizers\n", stderr);
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        TEST(test_nobody_is_answered_before_the_disk),
        TEST(test_failed_commit_is_of_unknown_outcome),
        TEST(test_whole_group_is_of_unknown_outcome),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
