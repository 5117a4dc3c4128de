/* SPDX-License-Identifier: Apache-2.0 */
/* Writes: grouped into one commit, apart in what becomes of them, done once, entered in the journal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/guest.h"
#include "tests/support/house.h"

#include <stdlib.h>
#include <string.h>

#define REQUEST "01890000-0000-7000-8000-000000000001"

enum { CLIENTS = 8, ROUNDS = 20 };

static struct guest guests[CLIENTS];

static int start(void **state)
{
    static struct house h;
    house_open(&h);
    house_start(&h, "2026-11-23T12:00:00Z", NULL);
    guest_connect(&guests[0], h.socket);
    *state = &h;
    return 0;
}

static int stop(void **state)
{
    struct house *h = *state;
    guest_close(&guests[0]);
    int status = house_stop(h);
    house_close(h);
    return status;
}

/* Those that the test made. */
static int64_t entries(void)
{
    struct chain_head head = { 0 };
    assert_int_equal(guest_call(&guests[0], &head, "journal.head", "{}"), OK);
    return head.seq - HOUSE_ENTRIES;
}

/* Every client has a write under way at any time. */
static void write_together(struct house *h)
{
    for (int c = 1; c < CLIENTS; c++)
        guest_connect(&guests[c], h->socket);
    for (int round = 0; round < ROUNDS; round++) {
        for (int c = 0; c < CLIENTS; c++)
            for (int i = 0; i < 4; i++)
                guest_ask(&guests[c], "cluster.create", "{code: c%d-%d-%d, name: Cluster}", c, round, i);
        for (int c = 0; c < CLIENTS; c++)
            for (int i = 0; i < 4; i++) {
                assert_true(guest_next(&guests[c], NULL, NULL));
                assert_int_equal(guests[c].err.code, OK);
            }
    }
    for (int c = 1; c < CLIENTS; c++)
        guest_close(&guests[c]);
}

static void test_writes_are_grouped(void **state)
{
    struct stats stats = { 0 };
    write_together(*state);
    assert_int_equal(guest_call(&guests[0], &stats, "system.stats", "{}"), OK);
    assert_int_equal(stats.writes, HOUSE_ENTRIES + CLIENTS * ROUNDS * 4);
    assert_int_equal(HOUSE_ENTRIES + entries(), stats.writes);
    assert_true(stats.groups < stats.writes);
}

static void test_groups_of_one_when_told(void **state)
{
    const char *const options[] = { "--group", "1", NULL };
    struct stats stats = { 0 };
    struct house *h = *state;
    guest_close(&guests[0]);
    assert_int_equal(house_stop(h), 0);
    house_start(h, NULL, options);
    guest_connect(&guests[0], h->socket);
    write_together(h);
    assert_int_equal(guest_call(&guests[0], &stats, "system.stats", "{}"), OK);
    assert_int_equal(stats.writes, CLIENTS * ROUNDS * 4);
    assert_int_equal(stats.groups, stats.writes);
}

static void test_failure_of_one_leaves_the_others(void **state)
{
    enum { CALLS = 30 };
    struct guest *g = &guests[0];
    (void)state;
    assert_int_equal(guest_call(g, NULL, "cluster.create", "{code: taken, name: Cluster}"), OK);
    uint32_t first = g->last_id + 1;
    for (int i = 0; i < CALLS; i++) /* every third one fails */
        guest_ask(g, "cluster.create", i % 3 == 0 ? "{code: taken, name: Cluster}" : "{code: c%d, name: Cluster}", i);
    for (int i = 0; i < CALLS; i++) {
        uint32_t id;
        assert_true(guest_next(g, &id, NULL));
        assert_int_equal(id, first + (uint32_t)i);
        assert_int_equal(g->err.code, i % 3 == 0 ? ERR_EXISTS : OK);
    }
    struct page page = { 0 };
    assert_int_equal(guest_call(g, &page, "cluster.list", "{}"), OK);
    assert_int_equal(page.n, 1 + CALLS / 3 * 2);
    assert_int_equal(entries(), 1 + CALLS / 3 * 2);
}

static void test_request_repeated_in_one_group_is_done_once(void **state)
{
    enum { CALLS = 10 };
    struct guest *g = &guests[0];
    struct cooperative coop = { 0 };
    (void)state;
    for (int i = 0; i < CALLS; i++)
        guest_ask(g, "coop.create", "{code: a, name: Alpha, contact: 'Ana', phone: '+34 1', request: " REQUEST "}");
    for (int i = 0; i < CALLS; i++) {
        memset(&coop, 0, sizeof coop);
        assert_true(guest_next(g, NULL, &coop));
        assert_int_equal(g->err.code, OK);
        assert_string_equal(coop.contact, "Ana");
    }
    assert_int_equal(entries(), 1);
}

static void test_request_of_another_call_is_refused(void **state)
{
    struct guest *g = &guests[0];
    (void)state;
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, contact: Ana, request: " REQUEST "}"),
                     OK);
    /* Another person, though the journal holds only the digest of the name. */
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, contact: Eva, request: " REQUEST "}"),
                     ERR_CONFLICT);
    assert_string_equal(g->err.field, "request");
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, request: " REQUEST "}"), ERR_CONFLICT);
    assert_int_equal(guest_call(g, NULL, "coop.update", "{cooperative: a, name: Alpha, request: " REQUEST "}"),
                     ERR_CONFLICT);
    assert_int_equal(entries(), 1);
}

/* What a handler wrote before it failed, or found that it must not, is taken back. */
static void test_half_done_is_undone(void **state)
{
    struct guest *g = &guests[0];
    struct import_report report = { 0 };
    struct page page = { 0 };
    (void)state;
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha}"), OK);
    assert_int_equal(guest_call(g, NULL, "enterprise.create",
                                "{code: e, name: E, activity: farm, cooperative: a, joined_on: 2099-01-01}"),
                     ERR_INVALID_PARAM);
    assert_int_equal(guest_call(g, &report, "import.enterprises",
                                "{rows: [{row: 1, code: f, name: F, activity: farm},"
                                "{row: 2, code: g, name: G, activity: farm, cooperative: none}]}"),
                     OK);
    assert_int_equal(report.failed, 1);
    assert_false(report.applied);
    assert_int_equal(guest_call(g, &page, "enterprise.list", "{}"), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(entries(), 1);
}

/* A call that failed did nothing, so that its request may be used again, mended. */
static void test_request_of_a_failed_call_is_free(void **state)
{
    struct guest *g = &guests[0];
    (void)state;
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, cluster: none, request: " REQUEST "}"),
                     ERR_NOT_FOUND);
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, request: " REQUEST "}"), OK);
}

static void test_what_is_no_call_changes_nothing(void **state)
{
    struct guest *g = &guests[0];
    (void)state;
    assert_int_equal(guest_call(g, NULL, "coop.destroy", "{code: a}"), ERR_NO_METHOD);
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a}"), ERR_INVALID_PARAM);
    assert_string_equal(g->err.field, "name");
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, colour: red}"), ERR_INVALID_PARAM);
    assert_string_equal(g->err.field, "colour");
    assert_int_equal(guest_call(g, NULL, "coop.create", "{code: a, name: Alpha, request: yesterday}"),
                     ERR_INVALID_PARAM);
    assert_string_equal(g->err.field, "request");
    assert_int_equal(guest_call(g, NULL, "coop.show", "[1, 2]"), ERR_INVALID_PARAM);
    assert_string_equal(g->err.field, "");
    assert_int_equal(entries(), 0);
}

static void test_notification_is_done_without_a_reply(void **state)
{
    struct guest *g = &guests[0];
    struct cooperative coop = { 0 };
    struct buf out;
    msgpack_packer pk;
    (void)state;
    buf_init(&out, SIZE_MAX);
    mp_packer_init(&pk, &out);
    msgpack_pack_array(&pk, 3);
    msgpack_pack_int(&pk, FRAME_NOTIFY);
    mp_put_text(&pk, "coop.create");
    msgpack_pack_array(&pk, 1);
    msgpack_pack_map(&pk, 3);
    const char *const texts[] = { "request", REQUEST, "code", "a", "name", "Alpha" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        mp_put_text(&pk, texts[i]);
    guest_send(g, out.data, out.size);
    buf_fini(&out);
    /* The next write of the connection is behind it. */
    assert_int_equal(guest_call(g, &coop, "coop.create", "{code: a, name: Alpha, request: " REQUEST "}"), OK);
    assert_int_equal(entries(), 1);
}

static void test_stats_count_calls_and_errors(void **state)
{
    struct guest *g = &guests[0];
    struct stats stats = { 0 };
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(guest_call(g, NULL, "coop.show", "{cooperative: none}"), ERR_NOT_FOUND);
    assert_int_equal(guest_call(g, &stats, "system.stats", "{}"), OK);
    bool found = false;
    for (size_t i = 0; i < stats.n_methods; i++) {
        const struct latency *l = &stats.methods[i];
        if (strcmp(l->method, "coop.show") != 0)
            continue;
        found = true;
        assert_int_equal(l->calls, 10);
        assert_int_equal(l->errors, 10);
        assert_true(l->p50_us > 0 && l->p50_us <= l->p99_us);
    }
    assert_true(found);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_writes_are_grouped),
        TEST(test_groups_of_one_when_told),
        TEST(test_failure_of_one_leaves_the_others),
        TEST(test_request_repeated_in_one_group_is_done_once),
        TEST(test_request_of_another_call_is_refused),
        TEST(test_half_done_is_undone),
        TEST(test_request_of_a_failed_call_is_free),
        TEST(test_what_is_no_call_changes_nothing),
        TEST(test_notification_is_done_without_a_reply),
        TEST(test_stats_count_calls_and_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
