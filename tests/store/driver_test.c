/* SPDX-License-Identifier: Apache-2.0 */
/* What every engine must do, asked through store.h. SME_TEST_STORE: the address of an empty store to
 * test instead of a file in a temporary folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/inner.h"
#include "query/journal.h"
#include "tests/support/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[40], path[200];
static struct store *store;
static struct err err;

/* Of a literal, without the NUL at its end. */
#define BYTES(literal) ((struct bytes){ (const uint8_t *)(literal), sizeof(literal) - 1 })

/* A row of the journal: what the query texts offer that stands alone. */
static struct stmt *insert(int64_t seq)
{
    uint8_t request[16] = { (uint8_t)seq, (uint8_t)(seq >> 8) };
    char text[DATE_TEXT];
    return query_journal_insert(store, seq, -seq, INT64_MAX, "añb", date_format(date_of(2026, 11, 23), text),
                                (struct bytes){ request, 16 }, BYTES(""), BYTES("\0x"), BYTES("r"));
}

static int64_t next_in(struct store *s)
{
    struct stmt *q = query_journal_next(s);
    assert_true(stmt_step(q));
    int64_t next = stmt_int(q, JOURNAL_NEXT_seq);
    assert_false(stmt_step(q));
    assert_false(stmt_step(q));
    must(&err, stmt_end(q, &err));
    return next;
}

static void values_come_back(void **state)
{
    (void)state;
    must(&err, store_begin(store, &err));
    must(&err, stmt_run(insert(1), &err));
    must(&err, store_commit(store, &err));
    struct stmt *q = query_journal_range(store, 1, 1, 9);
    assert_true(stmt_step(q));
    assert_int_equal(stmt_columns(q), 8);
    assert_int_equal(stmt_int(q, JOURNAL_RANGE_at), -1);
    assert_true(stmt_int(q, JOURNAL_RANGE_uid) == INT64_MAX);
    assert_string_equal(stmt_text(q, JOURNAL_RANGE_user), "añb");
    assert_int_equal(stmt_date(q, JOURNAL_RANGE_method).day, date_of(2026, 11, 23).day);
    assert_int_equal(stmt_blob(q, JOURNAL_RANGE_request).size, 16);
    assert_int_equal(stmt_blob(q, JOURNAL_RANGE_params).size, 0);
    assert_false(stmt_is_null(q, JOURNAL_RANGE_params));
    assert_int_equal(stmt_type(q, JOURNAL_RANGE_params), VALUE_BLOB);
    assert_memory_equal(stmt_blob(q, JOURNAL_RANGE_hash).data, "\0x", 2);
    assert_false(stmt_step(q));
    must(&err, stmt_end(q, &err));
}

/* Parameters are numbered, whatever their order in the text. */
static void parameters_are_numbered(void **state)
{
    (void)state;
    const struct driver *d = store->driver;
    struct driver_statement *s;
    must(&err, d->prepare(store->connection, "order", "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)", 2,
                          &s, &err));
    struct value first = v_text("first"), second = v_text("second");
    must(&err, d->bind(s, 1, &first, &err));
    must(&err, d->bind(s, 2, &second, &err));
    assert_int_equal(d->step(s, &err), STEP_ROW);
    size_t size;
    assert_string_equal(d->column_text(s, 0, &size), "second");
    assert_string_equal(d->column_text(s, 1, &size), "first");
    assert_int_equal(size, 5);
    assert_int_equal(d->step(s, &err), STEP_DONE);
    must(&err, d->reset(s, &err));
    d->finalize(s);
    assert_int_not_equal(d->prepare(store->connection, "bad", "SELECT nothing FROM nowhere", 0, &s, &err), OK);
    assert_non_null(strstr(err.message, "bad"));
}

static void transactions_end_as_told(void **state)
{
    (void)state;
    must(&err, store_begin(store, &err));
    must(&err, stmt_run(insert(1), &err));
    store_rollback(store);
    assert_int_equal(next_in(store), 1);
    must(&err, store_begin(store, &err));
    must(&err, stmt_run(insert(1), &err));
    must(&err, store_commit(store, &err));
    assert_int_equal(next_in(store), 2);
    assert_int_not_equal(store_commit(store, &err), OK);
}

static void savepoints_undo_one_call(void **state)
{
    (void)state;
    must(&err, store_begin(store, &err));
    must(&err, store_savepoint(store, &err));
    must(&err, stmt_run(insert(1), &err));
    must(&err, store_release(store, &err));
    must(&err, store_savepoint(store, &err));
    must(&err, stmt_run(insert(2), &err));
    assert_int_equal(stmt_run(insert(2), &err), ERR_EXISTS);
    store_rollback_to(store);
    must(&err, store_savepoint(store, &err));
    must(&err, stmt_run(insert(2), &err));
    must(&err, store_release(store, &err));
    must(&err, store_commit(store, &err));
    assert_int_equal(next_in(store), 3);
}

static void errors_have_their_codes(void **state)
{
    (void)state;
    must(&err, stmt_run(insert(1), &err));
    assert_int_equal(stmt_run(insert(1), &err), ERR_EXISTS);
    assert_non_null(strstr(err.message, "journal_insert"));
    assert_int_equal(stmt_run(query_journal_salt_insert(store, 99, BYTES("s")), &err), ERR_CONFLICT);
    assert_int_equal(stmt_run(query_journal_salt_insert(store, 1, (struct bytes){ 0 }), &err), ERR_CONFLICT);
    assert_int_equal(stmt_run(store_query(store, &QUERY_journal_find, NULL, 0), &err), ERR_INTERNAL);
    assert_non_null(strstr(err.message, "takes 1 values"));
    must(&err, stmt_run(query_journal_salt_insert(store, 1, BYTES("s")), &err));
}

/* As a look-up without a row would ask for it. */
static void no_query_is_an_error(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct stmt *q = store_query(store, NULL, NULL, 0);
        assert_false(stmt_step(q));
        assert_int_equal(stmt_int(q, JOURNAL_NEXT_seq), 0);
        assert_int_equal(stmt_end(q, &err), ERR_INTERNAL);
        assert_string_equal(err.message, "no such query");
    }
}

static void a_statement_is_used_once_at_a_time(void **state)
{
    (void)state;
    struct stmt *q = query_journal_next(store);
    assert_true(stmt_step(q));
    query_journal_next(store);
    assert_false(stmt_step(q));
    assert_int_equal(stmt_end(q, &err), ERR_INTERNAL);
    assert_int_equal(next_in(store), 1);
}

static void readers_see_what_is_committed(void **state)
{
    (void)state;
    struct store *reader;
    must(&err, store_open(&reader, path, STORE_READER, &clock_system, &err));
    must(&err, store_begin(store, &err));
    must(&err, stmt_run(insert(1), &err));
    assert_int_equal(next_in(reader), 1);
    must(&err, store_begin(reader, &err));
    assert_int_equal(next_in(reader), 1);
    must(&err, store_commit(store, &err));
    assert_int_equal(next_in(reader), 1);
    store_rollback(reader);
    assert_int_equal(next_in(reader), 2);
    assert_int_not_equal(stmt_run(query_journal_salt_insert(reader, 1, BYTES("s")), &err), OK);
    store_close(reader);
}

static void one_writer_only(void **state)
{
    (void)state;
    struct store *second = NULL;
    assert_int_equal(store_open(&second, path, STORE_WRITER, &clock_system, &err), ERR_BUSY);
    assert_null(second);
}

static void what_is_committed_stays(void **state)
{
    (void)state;
    must(&err, store_begin(store, &err));
    must(&err, stmt_run(insert(1), &err));
    must(&err, store_commit(store, &err));
    must(&err, store_between(store, 0, &err));
    must(&err, store_checkpoint(store, &err));
    must(&err, store_begin(store, &err));
    must(&err, stmt_run(insert(2), &err));
    store_close(store);
    must(&err, store_open(&store, path, STORE_WRITER, &clock_system, &err));
    assert_int_equal(next_in(store), 2);
    must(&err, store_check(store, &err));
}

static off_t log_size(void)
{
    char name[240];
    struct stat st;
    snprintf(name, sizeof name, "%s-wal", path);
    return stat(name, &st) == 0 ? st.st_size : 0;
}

static void commit_and_vanish(void)
{
    bool done = store_open(&store, path, STORE_WRITER, &clock_system, &err) == OK && store_begin(store, &err) == OK
                && stmt_run(insert(1), &err) == OK && store_commit(store, &err) == OK;
    _exit(done ? 0 : 1);
}

/* A repeat is answered from what a killed daemon left: that must have reached the disk by then. */
static void what_the_killed_left_is_made_durable(void **state)
{
    (void)state;
    int status;
    if (getenv("SME_TEST_STORE") != NULL)
        skip();
    store_close(store);
    pid_t child = fork();
    if (child == 0)
        commit_and_vanish();
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(log_size() > 0);
    must(&err, store_open(&store, path, STORE_WRITER, &clock_system, &err));
    assert_int_equal(log_size(), 0);
    assert_int_equal(next_in(store), 2);
}

static void copies_are_whole(void **state)
{
    (void)state;
    char copy[240];
    struct store *copied;
    snprintf(copy, sizeof copy, "%s/copy", folder);
    must(&err, stmt_run(insert(1), &err));
    must(&err, store_begin(store, &err));
    assert_int_equal(next_in(store), 2);
    must(&err, store_copy_to(store, copy, &err));
    assert_int_not_equal(store_copy_to(store, copy, &err), OK);
    store_rollback(store);
    must(&err, store_open(&copied, copy, STORE_READER, &clock_system, &err));
    must(&err, store_check(copied, &err));
    assert_int_equal(next_in(copied), 2);
    store_close(copied);
}

static int prepare(void **state)
{
    (void)state;
    const char *given = getenv("SME_TEST_STORE");
    strcpy(folder, "/tmp/driver-XXXXXX");
    assert_non_null(mkdtemp(folder));
    if (given != NULL)
        snprintf(path, sizeof path, "%s", given);
    else
        snprintf(path, sizeof path, "%s/smed.db", folder);
    must(&err, store_open(&store, path, STORE_WRITER, &clock_system, &err));
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[80];
    store_close(store);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STORE(values_come_back),
        WITH_STORE(parameters_are_numbered),
        WITH_STORE(transactions_end_as_told),
        WITH_STORE(savepoints_undo_one_call),
        WITH_STORE(errors_have_their_codes),
        WITH_STORE(no_query_is_an_error),
        WITH_STORE(a_statement_is_used_once_at_a_time),
        WITH_STORE(readers_see_what_is_committed),
        WITH_STORE(one_writer_only),
        WITH_STORE(what_is_committed_stays),
        WITH_STORE(what_the_killed_left_is_made_durable),
        WITH_STORE(copies_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
