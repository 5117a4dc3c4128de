/* SPDX-License-Identifier: Apache-2.0 */
/* What the daemon says of itself and of its record: version, caller, journal, export, backup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/guest.h"
#include "tests/support/house.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITES = 3 };

static struct house h;
static struct guest g;

static int start(void **state)
{
    (void)state;
    house_open(&h);
    house_start(&h, "2026-11-23T12:00:00Z", NULL);
    guest_connect(&g, h.socket);
    for (int i = 0; i < WRITES; i++)
        assert_int_equal(guest_call(&g, NULL, "cluster.create", "{code: c%d, name: 'Cluster %d'}", i, i), OK);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    guest_close(&g);
    assert_int_equal(house_stop(&h), 0);
    house_close(&h);
    return 0;
}

static void test_version(void **state)
{
    struct version version = { 0 };
    (void)state;
    assert_int_equal(guest_call(&g, &version, "system.version", "{}"), OK);
    assert_string_equal(version.version, SMED_VERSION);
    assert_int_equal(version.api, API_VERSION);
    assert_int_equal(guest_call(&g, NULL, "system.version", "{verbose: true}"), ERR_INVALID_PARAM);
    assert_string_equal(g.err.field, "verbose");
}

static void test_whoami(void **state)
{
    struct whoami me = { 0 };
    (void)state;
    assert_int_equal(guest_call(&g, &me, "system.whoami", "{}"), OK);
    assert_int_equal(me.uid, getuid());
    assert_int_equal(me.n_grants, 1);
    assert_int_equal(me.grants[0].role, ROLE_ADMIN);
}

static void test_journal_pages(void **state)
{
    struct page page = { 0 };
    (void)state;
    assert_int_equal(guest_call(&g, &page, "journal.show", "{from: 2, limit: 2}"), OK);
    const struct journal_entry *first = page.rows;
    assert_int_equal(page.n, 2);
    assert_int_equal(first[0].seq, HOUSE_ENTRIES + 1);
    assert_string_equal(first[0].method, "cluster.create");
    assert_non_null(strstr(first[0].params, "Cluster 0"));

    struct page rest = { 0 };
    assert_non_null(page.next);
    assert_int_equal(guest_call(&g, &rest, "journal.show", "{from: 2, limit: 2, after: '%s'}", page.next), OK);
    const struct journal_entry *last = rest.rows;
    assert_int_equal(rest.n, WRITES - 2);
    assert_int_equal(last[rest.n - 1].seq, HOUSE_ENTRIES + WRITES);
    assert_null(rest.next);
}

static void test_export_from(void **state)
{
    struct page page = { 0 };
    (void)state;
    assert_int_equal(guest_call(&g, &page, "journal.export", "{from: 2}"), OK);
    const struct exported_entry *entries = page.rows;
    assert_int_equal(page.n, HOUSE_ENTRIES + WRITES - 1);
    assert_int_equal(entries[0].seq, 2);
    assert_int_equal(entries[0].hash.size, 32);
    assert_true(entries[0].params.size > 0);
}

static void test_backup(void **state)
{
    struct backup backup = { 0 };
    struct chain_head head = { 0 };
    struct stat file;
    (void)state;
    assert_int_equal(guest_call(&g, &head, "journal.head", "{}"), OK);
    assert_int_equal(guest_call(&g, &backup, "backup.create", "{keep: 1}"), OK);
    assert_int_equal(backup.seq, HOUSE_ENTRIES + WRITES);
    assert_string_equal(backup.head, head.hash);
    assert_int_equal(stat(backup.file, &file), 0);
    assert_int_equal(file.st_size, backup.bytes);

    struct backup next = { 0 };
    assert_int_equal(guest_call(&g, &next, "backup.create", "{keep: 1}"), OK);
    assert_int_equal(stat(next.file, &file), 0);
    assert_int_not_equal(strcmp(next.file, backup.file), 0);
    assert_int_not_equal(stat(backup.file, &file), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_version),     cmocka_unit_test(test_whoami), cmocka_unit_test(test_journal_pages),
        cmocka_unit_test(test_export_from), cmocka_unit_test(test_backup),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
