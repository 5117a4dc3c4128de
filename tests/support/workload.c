/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/workload.h"

#include "daemon/journal/chain.h"
#include "daemon/journal/journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROUPS = 6, GROUP = 2 };

__attribute__((format(printf, 1, 2), noreturn)) static void die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    abort();
}

static void must(int code, const struct err *e)
{
    if (code != OK)
        die("%s", e->message);
}

static const char *const beside[] = { "", "-wal", "-shm", "-journal", "-lock" };

static void copy(const char *from, const char *to)
{
    struct stat st;
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (in < 0 || out < 0 || fstat(in, &st) != 0 || sendfile(out, in, NULL, (size_t)st.st_size) != st.st_size)
        die("%s cannot be copied", from);
    close(in);
    close(out);
}

void workload_prepare(struct workload *w)
{
    struct store *s;
    struct err e = { 0 };
    bool memory = access("/dev/shm", W_OK) == 0;
    snprintf(w->folder, sizeof w->folder, "%s/smed-fault-XXXXXX", memory ? "/dev/shm" : "/tmp");
    if (mkdtemp(w->folder) == NULL)
        die("%s cannot be made", w->folder);
    snprintf(w->template, sizeof w->template, "%s/template", w->folder);
    snprintf(w->path, sizeof w->path, "%s/smed.db", w->folder);
    must(store_open(&s, w->template, STORE_WRITER, &clock_system, &e), &e);
    store_close(s);
}

static void remove_database(const char *path)
{
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", path, beside[i]);
        unlink(name);
    }
}

void workload_clean(struct workload *w)
{
    remove_database(w->template);
    remove_database(w->path);
    if (rmdir(w->folder) != 0)
        die("%s: something was left there", w->folder);
}

void workload_reset(struct workload *w)
{
    remove_database(w->path);
    copy(w->template, w->path);
    w->acknowledged = 0;
    w->last_code = OK;
}

static int append(struct store *s, struct err *e)
{
    uint8_t salt[ENTRY_SALT] = { 0 };
    struct entry entry = {
        .at = { 1 }, .user = "ana", .method = "coop.create", .params = (uint8_t[]){ 0x80 }, .params_size = 1
    };
    struct buf result = { .data = (uint8_t[]){ 0x80 }, .size = 1 };
    if (journal_next(s, &entry.seq, e) != OK || store_savepoint(s, e) != OK)
        return e->code;
    entry.request[0] = (uint8_t)entry.seq;
    if (journal_append(s, &entry, salt, &result, e) != OK) {
        struct err first = *e;
        store_rollback_to(s);
        *e = first;
        return e->code;
    }
    return store_release(s, e);
}

/* Appends one group; *acknowledged counts its entries once committed. */
static int run_group(struct store *s, int *acknowledged, struct err *e)
{
    int done = 0;
    if (store_begin(s, e) != OK)
        return e->code;
    for (int i = 0; i < GROUP; i++) {
        int code = append(s, e);
        if (code == ERR_DISK_FULL || code == ERR_OUTCOME_UNKNOWN) {
            store_rollback(s);
            e->code = code;
            return code;
        }
        done += code == OK;
    }
    if (store_commit(s, e) != OK)
        return e->code;
    *acknowledged += done;
    return OK;
}

void workload_run(struct workload *w)
{
    struct store *s = NULL;
    struct err e = { 0 };
    w->last_code = store_open(&s, w->path, STORE_WRITER, &clock_system, &e);
    for (int i = 0; i < GROUPS && s != NULL && w->last_code != ERR_OUTCOME_UNKNOWN; i++) {
        w->last_code = run_group(s, &w->acknowledged, &e);
        if (i == GROUPS / 2 && w->last_code == OK)
            w->last_code = store_checkpoint(s, &e);
    }
    store_close(s);
}

void workload_check(struct workload *w)
{
    struct store *s;
    struct err e = { 0 };
    struct chain_report r;
    must(store_open(&s, w->path, STORE_WRITER, &clock_system, &e), &e);
    must(store_check(s, &e), &e);
    must(chain_verify(s, &(struct chain_pin){ 0 }, &r, &e), &e);
    if (r.broken != 0)
        die("entry %lld: %s", (long long)r.broken, r.why);
    if (r.entries < w->acknowledged)
        die("%d entries were acknowledged, %lld are there", w->acknowledged, (long long)r.entries);
    store_close(s);
}
