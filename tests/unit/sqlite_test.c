/* SPDX-License-Identifier: Apache-2.0 */
/* What only SQLite does: giving up a transaction by itself, and the settings that durability and safety
 * rest on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/inner.h"
#include "daemon/store/sqlite/sqlite.h"
#include "query/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[40], path[80];
static struct store *writer, *reader;
static struct err err;

static int insert(int64_t seq)
{
    const uint8_t request[16] = { (uint8_t)seq };
    const struct bytes empty = { request, 0 };
    return stmt_run(
        query_journal_insert(writer, seq, 1, 1, "u", "m", (struct bytes){ request, 16 }, empty, empty, empty), &err);
}

static int interrupt(void *context)
{
    (void)context;
    return 1;
}

/* Interrupts an insert in the middle, which makes SQLite roll back all of the transaction. */
static void lose_transaction(void)
{
    assert_int_equal(store_begin(writer, &err), OK);
    assert_int_equal(store_savepoint(writer, &err), OK);
    assert_int_equal(insert(1), OK);
    assert_int_equal(store_release(writer, &err), OK);
    sqlite3_progress_handler(writer->connection->db, 1, interrupt, NULL);
    assert_int_equal(insert(2), ERR_INTERNAL);
    sqlite3_progress_handler(writer->connection->db, 0, NULL, NULL);
}

/* Otherwise each later statement would be a transaction of its own, and the earlier ones missing. */
static void nothing_follows_a_lost_transaction(void **state)
{
    (void)state;
    lose_transaction();
    assert_int_equal(store_savepoint(writer, &err), ERR_INTERNAL);
    assert_non_null(strstr(err.message, "rolled back"));
    assert_int_equal(insert(3), ERR_INTERNAL);
    assert_int_equal(store_release(writer, &err), ERR_INTERNAL);
    store_rollback_to(writer);
    assert_int_equal(store_commit(writer, &err), ERR_INTERNAL);
}

static void work_goes_on_after_it(void **state)
{
    (void)state;
    lose_transaction();
    store_rollback(writer);
    assert_int_equal(store_begin(writer, &err), OK);
    assert_int_equal(insert(1), OK);
    assert_int_equal(store_commit(writer, &err), OK);
    struct stmt *q = query_journal_next(reader);
    assert_true(stmt_step(q));
    assert_int_equal(stmt_int(q, JOURNAL_NEXT_seq), 2);
    assert_int_equal(stmt_end(q, &err), OK);
}

static void has_setting(const struct store *s, const char *name, const char *value)
{
    char sql[80];
    sqlite3_stmt *q;
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    assert_int_equal(sqlite3_prepare_v2(s->connection->db, sql, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(q, 0), value);
    sqlite3_finalize(q);
}

static void settings(void **state)
{
    (void)state;
    const struct store *both[] = { writer, reader };
    for (int i = 0; i < 2; i++) {
        has_setting(both[i], "journal_mode", "wal");
        has_setting(both[i], "foreign_keys", "1");
        has_setting(both[i], "trusted_schema", "0");
        has_setting(both[i], "cell_size_check", "1");
        has_setting(both[i], "mmap_size", "0");
        has_setting(both[i], "wal_autocheckpoint", "0");
        int on = -1;
        sqlite3_db_config(both[i]->connection->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
        assert_int_equal(on, 1);
        sqlite3_db_config(both[i]->connection->db, SQLITE_DBCONFIG_DQS_DML, -1, &on);
        assert_int_equal(on, 0);
        sqlite3_db_config(both[i]->connection->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &on);
        assert_int_equal(on, 1);
    }
    has_setting(writer, "synchronous", "2");
    has_setting(writer, "cache_size", "-65536");
    has_setting(reader, "cache_size", "-16384");
    has_setting(reader, "query_only", "1");
}

static void a_clean_close_leaves_one_file(void **state)
{
    (void)state;
    char log[96];
    snprintf(log, sizeof log, "%s-wal", path);
    assert_int_equal(insert(1), OK);
    assert_int_equal(access(log, F_OK), 0);
    store_close(reader);
    reader = NULL;
    store_close(writer);
    writer = NULL;
    assert_int_not_equal(access(log, F_OK), 0);
}

static int prepare(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/sqlite-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/smed.db", folder);
    assert_int_equal(store_open(&writer, path, STORE_WRITER, &clock_system, &err), OK);
    assert_int_equal(store_open(&reader, path, STORE_READER, &clock_system, &err), OK);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[80];
    store_close(reader);
    store_close(writer);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#define WITH_STORES(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_STORES(nothing_follows_a_lost_transaction),
                                        WITH_STORES(work_goes_on_after_it), WITH_STORES(settings),
                                        WITH_STORES(a_clean_close_leaves_one_file) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
