/* SPDX-License-Identifier: Apache-2.0 */
/* The schema steps: applied once and in order; what is newer, altered or foreign is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/inner.h"
#include "daemon/store/migrate.h"
#include "tests/support/expect.h"
#include "tests/support/fault_vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[40], path[80];
static struct err err;

enum { STEPS_MAX = 200 };

#define BEFORE ".before-" SMED_VERSION

static struct store *open_store(enum store_mode mode)
{
    struct store *s = NULL;
    must(&err, store_open(&s, path, mode, &clock_system, &err));
    return s;
}

static void refuses_to_open(enum store_mode mode, const char *why)
{
    struct store *s = NULL;
    assert_int_equal(store_open(&s, path, mode, &clock_system, &err), ERR_INTERNAL);
    assert_null(s);
    if (strstr(err.message, why) == NULL)
        fail_msg("expected '%s', it said: %s", why, err.message);
}

/* Behind the back of the store. */
static void meddle(const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static const char *newest(void)
{
    return sqlite_schema.steps[sqlite_schema.n - 1].name;
}

static void applies_once(void **state)
{
    (void)state;
    struct store *s = open_store(STORE_WRITER);
    assert_string_equal(store_schema(s), newest());
    store_close(s);
    s = open_store(STORE_WRITER);
    assert_int_equal(migrate_check(s, &sqlite_schema, &err), OK);
    store_close(s);
    s = open_store(STORE_READER);
    assert_string_equal(store_schema(s), newest());
    store_close(s);
}

/* The steps of this program and one more. */
struct more {
    struct schema schema;
    struct migration steps[STEPS_MAX];
};

/* Two more: the first works, and is undone with the second. */
static void of_several_steps_all_are_applied_or_none(void **state)
{
    (void)state;
    struct migration steps[STEPS_MAX];
    int n = sqlite_schema.n;
    memcpy(steps, sqlite_schema.steps, (size_t)n * sizeof *steps);
    steps[n] = (struct migration){ n + 1, "9998_more", "CREATE TABLE more (x INTEGER);" };
    steps[n + 1] = (struct migration){ n + 2, "9999_more", "INSERT INTO absent VALUES (1);" };
    struct schema schema = { sqlite_schema.table, steps, n + 2 };
    struct store *s = open_store(STORE_WRITER);
    assert_int_equal(migrate_up(s, &schema, &clock_system, NULL, &err), ERR_INTERNAL);
    assert_int_equal(migrate_check(s, &sqlite_schema, &err), OK);
    store_close(s);
}

static void with_step(const char *text, struct more *more)
{
    int n = sqlite_schema.n;
    assert_true(n < STEPS_MAX);
    memcpy(more->steps, sqlite_schema.steps, (size_t)n * sizeof *more->steps);
    more->steps[n] = (struct migration){ n + 1, "9999_more", text };
    more->schema = (struct schema){ sqlite_schema.table, more->steps, n + 1 };
}

static void a_step_is_whole_or_absent(void **state)
{
    (void)state;
    struct more more;
    struct store *s = open_store(STORE_WRITER);
    with_step("CREATE TABLE more (x INTEGER); CREATE TABLE more (y INTEGER);", &more);
    assert_int_equal(migrate_up(s, &more.schema, &clock_system, NULL, &err), ERR_INTERNAL);
    assert_non_null(strstr(err.message, "9999_more"));
    assert_int_equal(migrate_check(s, &sqlite_schema, &err), OK);
    with_step("CREATE TABLE more (x INTEGER);", &more);
    assert_int_equal(migrate_check(s, &more.schema, &err), ERR_INTERNAL);
    assert_non_null(strstr(err.message, "lacks step 9999_more"));
    assert_int_equal(migrate_up(s, &more.schema, &clock_system, NULL, &err), OK);
    assert_string_equal(store_schema(s), "9999_more");
    store_close(s);
    refuses_to_open(STORE_WRITER, "has step 9999_more, but this smed");
    refuses_to_open(STORE_READER, "has step 9999_more, but this smed");
}

static bool is_there(const char *suffix)
{
    char name[160];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

static void upgrade(struct store *s, const char *text, int expected)
{
    struct more more;
    with_step(text, &more);
    assert_int_equal(migrate_up(s, &more.schema, &clock_system, NULL, &err), expected);
}

/* What the earlier version left is there to go back to; the next upgrade replaces it. */
static void an_upgrade_leaves_a_copy(void **state)
{
    (void)state;
    char copy[160], other[160];
    struct store *s = open_store(STORE_WRITER);
    assert_false(is_there(BEFORE));
    snprintf(copy, sizeof copy, "%s" BEFORE, path);
    snprintf(other, sizeof other, "%s.before-0.0.1", path);
    assert_int_equal(symlink("nothing", other), 0);
    upgrade(s, "CREATE TABLE more (x INTEGER);", OK);
    assert_false(is_there(BEFORE ".part"));
    assert_int_equal(access(other, F_OK), -1);
    store_close(s);
    refuses_to_open(STORE_WRITER, "has step 9999_more, but this smed");
    assert_int_equal(rename(copy, path), 0);
    s = open_store(STORE_WRITER);
    assert_string_equal(store_schema(s), newest());
    store_close(s);
}

/* In the way of the copy is what cannot be written to, or the disk is full: the database stays as it was. */
static void without_a_copy_nothing_changes(void **state)
{
    (void)state;
    char part[160];
    struct store *s = open_store(STORE_WRITER);
    snprintf(part, sizeof part, "%s" BEFORE ".part", path);
    assert_int_equal(mkdir(part, 0700), 0);
    upgrade(s, "CREATE TABLE more (x INTEGER);", ERR_INTERNAL);
    assert_non_null(strstr(err.message, "so nothing was changed"));
    assert_int_equal(rmdir(part), 0);
    assert_int_equal(migrate_check(s, &sqlite_schema, &err), OK);
    store_close(s);
    fault_vfs_install();
    s = open_store(STORE_WRITER);
    fault_vfs_arm(FAULT_WRITE_FULL, 1, true);
    upgrade(s, "CREATE TABLE more (x INTEGER);", ERR_DISK_FULL);
    assert_true(fault_vfs_disarm());
    assert_non_null(strstr(err.message, "free 1 MiB in /tmp/migrate-"));
    assert_false(is_there(BEFORE ".part"));
    assert_int_equal(migrate_check(s, &sqlite_schema, &err), OK);
    store_close(s);
    fault_vfs_remove();
}

static void refuses_an_altered_step(void **state)
{
    (void)state;
    store_close(open_store(STORE_WRITER));
    meddle("UPDATE migration SET digest = 'c0ffee' WHERE number = 1");
    refuses_to_open(STORE_WRITER, "differs from that of this smed");
    refuses_to_open(STORE_READER, "differs from that of this smed");
}

static void refuses_a_foreign_database(void **state)
{
    (void)state;
    meddle("CREATE TABLE recipes (name TEXT)");
    refuses_to_open(STORE_WRITER, "is not a smed database");
}

static void refuses_a_file_that_is_no_database(void **state)
{
    (void)state;
    FILE *f = fopen(path, "w");
    for (int i = 0; i < 1000; i++)
        fputs("not a database\n", f);
    fclose(f);
    refuses_to_open(STORE_WRITER, "not a database");
}

static int prepare(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/migrate-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/smed.db", folder);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[80];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = { ON_DISK(applies_once),
                                        ON_DISK(a_step_is_whole_or_absent),
                                        ON_DISK(of_several_steps_all_are_applied_or_none),
                                        ON_DISK(an_upgrade_leaves_a_copy),
                                        ON_DISK(without_a_copy_nothing_changes),
                                        ON_DISK(refuses_an_altered_step),
                                        ON_DISK(refuses_a_foreign_database),
                                        ON_DISK(refuses_a_file_that_is_no_database) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
