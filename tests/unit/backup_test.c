/* SPDX-License-Identifier: Apache-2.0 */
/* Backups: whole, checked, named by their end, and no more of them than asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/journal/chain.h"
#include "daemon/journal/journal.h"
#include "daemon/service/call/handlers.h"
#include "tests/support/expect.h"

#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[40], path[80], backups[80];
static struct store *store;
static struct arena arena;
static struct err err;
static struct call call;

static void append(void)
{
    struct entry entry = { .user = "ana", .method = "coop.create", .params = (uint8_t[]){ 0x80 }, .params_size = 1 };
    struct buf result = { .data = (uint8_t[]){ 0x80 }, .size = 1 };
    must(&err, store_begin(store, &err));
    must(&err, journal_next(store, &entry.seq, &err));
    entry.request[0] = (uint8_t)entry.seq;
    must(&err, journal_append(store, &entry, NULL, &result, &err));
    must(&err, store_commit(store, &err));
}

/* In a read transaction, as the daemon calls it. */
static int back_up(int64_t keep, struct backup *ret)
{
    *ret = (struct backup){ 0 };
    call.now.us += 1000000;
    must(&err, store_begin(store, &err));
    int code = backup_create(&call, &(struct backup_create){ .keep = keep, .has_keep = keep > 0 }, ret);
    store_rollback(store);
    return code;
}

static int count_files(void)
{
    int n = 0;
    DIR *d = opendir(backups);
    for (const struct dirent *e = d == NULL ? NULL : readdir(d); e != NULL; e = readdir(d))
        n += e->d_name[0] != '.';
    if (d != NULL)
        closedir(d);
    return n;
}

static void is_whole(void **state)
{
    (void)state;
    struct backup b;
    struct stat st;
    struct store *copy;
    int64_t seq;
    uint8_t hash[ENTRY_HASH];
    char hex[ENTRY_HEX];
    append();
    append();
    must(&err, back_up(0, &b));
    assert_int_equal(b.seq, 2);
    assert_non_null(strstr(b.file, "/backup/smed-20261123T080001123456Z-2.db"));
    assert_int_equal(stat(b.file, &st), 0);
    assert_int_equal(st.st_size, b.bytes);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(count_files(), 1);
    must(&err, store_open(&copy, b.file, STORE_WRITER, &clock_system, &err));
    must(&err, chain_last(copy, &seq, hash, &err));
    assert_int_equal(seq, 2);
    assert_string_equal(entry_hex(hash, hex), b.head);
    store_close(copy);
}

static void keeps_the_newest(void **state)
{
    (void)state;
    struct backup first, b;
    must(&err, back_up(0, &first));
    for (int i = 0; i < 4; i++)
        must(&err, back_up(3, &b));
    assert_int_equal(count_files(), 3);
    assert_int_equal(access(b.file, F_OK), 0);
    assert_int_not_equal(access(first.file, F_OK), 0);
}

static void refuses_a_broken_chain(void **state)
{
    (void)state;
    struct backup b;
    sqlite3 *db;
    append();
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DROP TRIGGER journal_is_append_only_update; UPDATE journal SET user = 'eve'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(back_up(0, &b), ERR_INTERNAL);
    assert_non_null(strstr(err.message, "entry 1"));
    assert_int_equal(count_files(), 0);
}

static void removes_what_a_crash_left(void **state)
{
    (void)state;
    struct backup b;
    char left[120];
    snprintf(left, sizeof left, "%s/smed-20260101T000000000000Z.db.part", backups);
    assert_int_equal(mkdir(backups, 0700), 0);
    close(open(left, O_CREAT | O_WRONLY, 0600));
    must(&err, back_up(0, &b));
    assert_int_not_equal(access(left, F_OK), 0);
    assert_int_equal(count_files(), 1);
}

static void one_at_a_time(void **state)
{
    (void)state;
    struct backup b;
    assert_int_equal(mkdir(backups, 0700), 0);
    int fd = open(backups, O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    assert_int_equal(back_up(0, &b), ERR_BUSY);
    close(fd);
    must(&err, back_up(0, &b));
}

static int prepare(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/backup-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/smed.db", folder);
    snprintf(backups, sizeof backups, "%s/backup", folder);
    must(&err, store_open(&store, path, STORE_WRITER, &clock_system, &err));
    arena_init(&arena, 1 << 20);
    call = (struct call){ .store = store, .arena = &arena, .err = &err };
    const char now[] = "2026-11-23T08:00:00.123456Z";
    assert_true(instant_parse(now, strlen(now), &call.now));
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[80];
    arena_reset(&arena);
    store_close(store);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = { WITH_STORE(is_whole), WITH_STORE(keeps_the_newest),
                                        WITH_STORE(refuses_a_broken_chain), WITH_STORE(removes_what_a_crash_left),
                                        WITH_STORE(one_at_a_time) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
