/* SPDX-License-Identifier: Apache-2.0 */
/* Every bound of the transport, met by a client that does not behave, while others are served. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/guest.h"
#include "tests/support/house.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct guest g, other;

static void start(struct house *h, struct limits limits)
{
    house_open(h);
    house_start_inside(h, &limits, DAEMON_GROUP);
}

static void stop(struct house *h)
{
    assert_int_equal(house_stop_inside(h), OK);
    house_close(h);
}

static struct limits quick(void)
{
    struct limits limits = limits_default();
    limits.sweep_ms = 20;
    return limits;
}

static struct stats stats_of(struct guest *admin)
{
    struct stats stats = { 0 };
    assert_int_equal(guest_call(admin, &stats, "system.stats", "{}"), OK);
    return stats;
}

static int64_t calls_of(struct guest *admin, const char *method)
{
    struct stats stats = stats_of(admin);
    for (size_t i = 0; i < stats.n_methods; i++)
        if (strcmp(stats.methods[i].method, method) == 0)
            return stats.methods[i].calls;
    return 0;
}

/* Sends without waiting until the daemon takes no more, or enough was sent. */
static size_t flood(struct guest *from, const struct buf *message, size_t enough)
{
    size_t sent = 0;
    while (sent < enough) {
        ssize_t n = send(from->fd, message->data, message->size, MSG_DONTWAIT | MSG_NOSIGNAL);
        struct pollfd p = { .fd = from->fd, .events = POLLOUT };
        if (n > 0)
            sent += (size_t)n;
        else if (poll(&p, 1, 300) == 0)
            break;
    }
    return sent;
}

/* Once no more of these calls are answered. */
static int64_t settled_calls_of(struct guest *admin, const char *method)
{
    int64_t before = -1, now = calls_of(admin, method);
    while (now != before) {
        usleep(300 * 1000);
        before = now;
        now = calls_of(admin, method);
    }
    return now;
}

static void test_client_that_never_reads_is_stopped(void **state)
{
    enum { ENOUGH = 1024 * 1024, RESIDENT_KIB = 16 * 1024, LARGE_REPLIES = 12 };
    struct house h;
    struct buf calls;
    (void)state;
    start(&h, limits_default());
    buf_init(&calls, SIZE_MAX);
    for (int i = 0; i < 64; i++)
        frame_put_request(&calls, 1, "system.describe", NULL);
    guest_connect(&g, h.socket);
    guest_connect(&other, h.socket);
    long before = house_resident(0);
    assert_true(flood(&g, &calls, ENOUGH) < ENOUGH);
    /* A few that were in flight when the mark was reached, and what the sockets hold; not all that may be in
     * flight, for their replies are large. */
    assert_true(settled_calls_of(&other, "system.describe") < LARGE_REPLIES);
    assert_true(house_resident(0) - before < RESIDENT_KIB);
    buf_fini(&calls);
    guest_close(&g);
    guest_close(&other);
    stop(&h);
}

static void test_client_that_never_reads_is_closed(void **state)
{
    struct house h;
    struct limits limits = quick();
    limits.drain_ms = 100;
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    guest_connect(&other, h.socket);
    for (int i = 0; i < 16; i++)
        guest_ask(&g, "system.describe", "{}");
    for (int i = 0; i < 500 && stats_of(&other).connections == 2; i++)
        usleep(20 * 1000);
    assert_int_equal(stats_of(&other).connections, 1);
    guest_close(&g);
    guest_close(&other);
    stop(&h);
}

static void test_half_close_gets_all_answers(void **state)
{
    enum { CALLS = 200 }; /* what the socket holds while nobody reads, at one message a buffer of the kernel */
    struct house h;
    (void)state;
    start(&h, limits_default());
    guest_connect(&g, h.socket);
    for (int i = 0; i < CALLS; i++)
        guest_ask(&g, i % 50 == 0 ? "system.describe" : "system.ping", "{}");
    guest_shut(&g);
    int answers = 0;
    while (guest_next(&g, NULL, NULL))
        answers += g.err.code == OK;
    assert_int_equal(answers, CALLS);
    guest_close(&g);
    stop(&h);
}

static void test_half_close_waits_for_writes(void **state)
{
    enum { CALLS = 100 };
    struct house h;
    (void)state;
    start(&h, limits_default());
    guest_connect(&g, h.socket);
    for (int i = 0; i < CALLS; i++)
        guest_ask(&g, "cluster.create", "{code: c%d, name: 'Cluster %d'}", i, i);
    guest_shut(&g);
    uint32_t id, last = 0;
    int answers = 0;
    while (guest_next(&g, &id, NULL)) {
        assert_int_equal(g.err.code, OK);
        assert_true(id > last); /* writes of one connection stay in order */
        last = id;
        answers++;
    }
    assert_int_equal(answers, CALLS);
    guest_close(&g);
    stop(&h);
}

static void test_slow_message_is_refused(void **state)
{
    struct house h;
    struct limits limits = quick();
    limits.frame_ms = 100;
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    guest_connect(&other, h.socket);
    assert_true(guest_send(&g, "\x94\x00", 2));
    assert_true(guest_next(&g, NULL, NULL));
    assert_int_equal(g.err.code, ERR_MALFORMED);
    assert_false(guest_next(&g, NULL, NULL));
    /* Whoever has sent nothing is not slow. */
    assert_int_equal(guest_call(&other, NULL, "system.ping", "{}"), OK);
    guest_close(&g);
    guest_close(&other);
    stop(&h);
}

static void test_idle_client_is_closed(void **state)
{
    struct house h;
    struct limits limits = quick();
    limits.idle_ms = 100;
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, NULL, "system.ping", "{}"), OK);
    assert_true(guest_wait(&g, 5000));
    assert_false(guest_next(&g, NULL, NULL));
    guest_close(&g);
    stop(&h);
}

static void assert_turned_away(struct house *h, struct guest *guest, const char *why)
{
    guest_connect(guest, h->socket);
    assert_true(guest_next(guest, NULL, NULL));
    assert_int_equal(guest->err.code, ERR_BUSY);
    assert_non_null(strstr(guest->err.message, why));
    assert_false(guest_next(guest, NULL, NULL));
    guest_close(guest);
}

static void test_too_many_connections_of_one_user(void **state)
{
    struct house h;
    struct limits limits = quick();
    limits.connections_user = limits.connections_admin = 2; /* whoever runs the test is an administrator */
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    guest_connect(&other, h.socket);
    assert_int_equal(guest_call(&g, NULL, "system.ping", "{}"), OK);
    assert_int_equal(guest_call(&other, NULL, "system.ping", "{}"), OK);
    static struct guest third;
    assert_turned_away(&h, &third, "for one user (limit: 2)");
    struct stats stats = stats_of(&other);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(stats.connections, 2);
    guest_close(&g);
    guest_close(&other);
    stop(&h);
}

static void test_too_many_connections_in_all(void **state)
{
    struct house h;
    struct limits limits = quick();
    limits.connections = 1;
    limits.connections_admin = 1000;
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    assert_int_equal(guest_call(&g, NULL, "system.ping", "{}"), OK);
    assert_turned_away(&h, &other, "to the daemon (limit: 1)");
    assert_int_equal(guest_call(&g, NULL, "system.ping", "{}"), OK);
    guest_close(&g);
    stop(&h);
}

static void assert_stream_refused(struct house *h, const void *bytes, size_t size, int code)
{
    guest_connect(&g, h->socket);
    /* The calls before it are answered first. */
    uint32_t id = guest_ask(&g, "system.ping", "{}"), got;
    guest_send(&g, bytes, size);
    assert_true(guest_next(&g, &got, NULL));
    if (got != id || g.err.code != OK) { /* the refusal may overtake the read */
        assert_int_equal(g.err.code, code);
        assert_true(guest_next(&g, &got, NULL));
        assert_int_equal(g.err.code, OK);
    } else {
        assert_true(guest_next(&g, &got, NULL));
        assert_int_equal(g.err.code, code);
    }
    assert_false(guest_next(&g, NULL, NULL));
    guest_close(&g);
}

static void test_malformed_and_oversized_messages_end_the_stream(void **state)
{
    struct house h;
    struct limits limits = limits_default();
    limits.message = 1000;
    (void)state;
    start(&h, limits);
    assert_stream_refused(&h, "\xc1", 1, ERR_MALFORMED);
    assert_stream_refused(&h, "GET / HTTP/1.0\r\n\r\n", 18, ERR_MALFORMED);
    assert_stream_refused(&h, "\xdd\xff\xff\xff\xff", 5, ERR_TOO_BIG);
    assert_stream_refused(&h, "\x94\x00\x07\xdb\x00\x10\x00\x00", 8, ERR_TOO_BIG);
    assert_stream_refused(&h, "\x94\x01\x07\xc0\xc0", 5, ERR_MALFORMED); /* a response to nothing */
    stop(&h);
}

static int64_t groups_of_one_connection(int in_flight, int calls)
{
    struct house h;
    struct limits limits = limits_default();
    limits.in_flight = in_flight;
    start(&h, limits);
    guest_connect(&g, h.socket);
    for (int i = 0; i < calls; i++)
        guest_ask(&g, "cluster.create", "{code: c%d, name: Cluster}", i);
    for (int i = 0; i < calls; i++)
        assert_true(guest_next(&g, NULL, NULL));
    int64_t groups = stats_of(&g).groups;
    guest_close(&g);
    stop(&h);
    return groups;
}

/* Seen by the groups: what is not in flight cannot be committed together. */
static void test_one_connection_has_few_calls_in_flight(void **state)
{
    enum { CALLS = 100 };
    (void)state;
    assert_int_equal(groups_of_one_connection(1, CALLS), HOUSE_ENTRIES + CALLS);
    assert_true(groups_of_one_connection(LIMITS_IN_FLIGHT, CALLS) < CALLS);
}

static void test_full_queue_is_busy(void **state)
{
    enum { CALLS = 32 };
    struct house h;
    struct limits limits = limits_default();
    limits.writes_waiting = 1;
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    for (int i = 0; i < CALLS; i++)
        guest_ask(&g, "cluster.create", "{code: c%d, name: 'Cluster'}", i);
    int done = 0, busy = 0;
    for (int i = 0; i < CALLS; i++) {
        assert_true(guest_next(&g, NULL, NULL));
        done += g.err.code == OK;
        busy += g.err.code == ERR_BUSY;
    }
    assert_int_equal(done + busy, CALLS);
    assert_true(done >= 1);
    assert_true(busy >= 1);
    struct page page = { 0 };
    assert_int_equal(guest_call(&g, &page, "cluster.list", "{}"), OK);
    assert_int_equal(page.n, done);
    guest_close(&g);
    stop(&h);
}

static void test_turn_of_many_reads_is_cut(void **state)
{
    enum { CALLS = 100 };
    struct house h;
    struct limits limits = limits_default();
    limits.turn_reads = 3;
    (void)state;
    start(&h, limits);
    guest_connect(&g, h.socket);
    for (int i = 0; i < CALLS; i++)
        guest_ask(&g, "system.ping", "{}");
    for (int i = 0; i < CALLS; i++)
        assert_true(guest_next(&g, NULL, NULL));
    guest_close(&g);
    stop(&h);
}

static void test_idle_connections_are_small(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    (void)state;
    print_message("skipped: the shadow memory of a sanitizer would be measured\n");
    skip();
#else
    enum { CLIENTS = 1000 };
    static int fds[CLIENTS];
    static struct guest one;
    struct house h;
    long before = 0;
    (void)state;
    house_open(&h);
    house_start(&h, NULL, NULL);
    for (int i = 0; i < CLIENTS; i++) {
        if (i < CLIENTS / 10) { /* whatever is allocated once, if only for a large answer on its way, has been there */
            long now = house_resident(h.pid);
            before = now > before ? now : before;
        }
        guest_connect(&one, h.socket);
        assert_int_equal(guest_call(&one, NULL, "system.describe", "{}"), OK);
        fds[i] = dup(one.fd);
        guest_close(&one);
    }
    assert_true((house_resident(h.pid) - before) * 1024 <= CLIENTS / 10 * 9 * 1024L);
    for (int i = 0; i < CLIENTS; i++)
        close(fds[i]);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_client_that_never_reads_is_stopped),
        cmocka_unit_test(test_client_that_never_reads_is_closed),
        cmocka_unit_test(test_half_close_gets_all_answers),
        cmocka_unit_test(test_half_close_waits_for_writes),
        cmocka_unit_test(test_slow_message_is_refused),
        cmocka_unit_test(test_idle_client_is_closed),
        cmocka_unit_test(test_too_many_connections_of_one_user),
        cmocka_unit_test(test_too_many_connections_in_all),
        cmocka_unit_test(test_malformed_and_oversized_messages_end_the_stream),
        cmocka_unit_test(test_one_connection_has_few_calls_in_flight),
        cmocka_unit_test(test_full_queue_is_busy),
        cmocka_unit_test(test_turn_of_many_reads_is_cut),
        cmocka_unit_test(test_idle_connections_are_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
