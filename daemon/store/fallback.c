/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/fallback.h"

#include "common/log.h"
#include "common/scope.h"
#include "daemon/store/inner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
    NAME_SIZE = 4096,
    MIB = 1024 * 1024,
    /* For copying, checking and upgrading: a slow disk, read and written several times. */
    PATIENCE_S = 60,
    PATIENCE_S_PER_MIB = 1,
};

static const char mark[] = ".before-", unfinished[] = ".part";

struct fallback {
    struct store *store;
    char path[NAME_SIZE], part[NAME_SIZE], folder[NAME_SIZE];
};

static int failed(const char *path, struct err *e)
{
    int code = errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_INTERNAL;
    return err_set(e, code, NULL, "%s: %s", path, strerror(errno));
}

static int name_files(struct fallback *f, struct err *e)
{
    const char *database = store_path(f->store), *slash = strrchr(database, '/');
    int length = slash == NULL ? 1 : slash == database ? 1 : (int)(slash - database);
    snprintf(f->path, sizeof f->path, "%s%s%s", database, mark, SMED_VERSION);
    snprintf(f->folder, sizeof f->folder, "%.*s", length, slash == NULL ? "." : database);
    if (snprintf(f->part, sizeof f->part, "%s%s%s%s", database, mark, SMED_VERSION, unfinished) >= NAME_SIZE)
        return err_set(e, ERR_INTERNAL, NULL, "the path of the database is too long");
    return OK;
}

/* The database and its log, rounded up. */
static int64_t size_mib(const struct store *s)
{
    char log[NAME_SIZE];
    struct stat st;
    snprintf(log, sizeof log, "%s-wal", store_path(s));
    int64_t bytes = stat(store_path(s), &st) == 0 ? st.st_size : 0;
    bytes += stat(log, &st) == 0 ? st.st_size : 0;
    return bytes / MIB + 1;
}

/* On a connection of its own, as whoever goes back to it would open it. */
static int check_copy(const struct fallback *f, struct err *e)
{
    const struct driver *driver = f->store->driver;
    struct driver_connection *copy;
    if (driver->open(f->part, STORE_READER, &copy, e) != OK)
        return e->code;
    int code = driver->check(copy, e);
    driver->close(copy);
    return code;
}

/* Created empty, so that nobody else ever reads it. */
static int make_part(const struct fallback *f, struct err *e)
{
    int fd SCOPED(scope_close) = open(f->part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return failed(f->part, e);
    if (store_copy_to(f->store, f->part, e) != OK || check_copy(f, e) != OK)
        return e->code;
    return fsync(fd) == 0 ? OK : failed(f->part, e);
}

/* The copies of earlier upgrades, and what was left unfinished. */
static void remove_others(const struct fallback *f)
{
    const char *slash = strrchr(f->path, '/'), *kept = slash == NULL ? f->path : slash + 1;
    size_t length = (size_t)(strstr(kept, mark) - kept) + sizeof mark - 1;
    DIR *folder = opendir(f->folder);
    for (const struct dirent *d; folder != NULL && (d = readdir(folder)) != NULL;)
        if (strncmp(d->d_name, kept, length) == 0 && strcmp(d->d_name, kept) != 0)
            unlinkat(dirfd(folder), d->d_name, 0);
    if (folder != NULL)
        closedir(folder);
}

static int put_in_place(const struct fallback *f, struct err *e)
{
    int folder SCOPED(scope_close) = open(f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || rename(f->part, f->path) != 0 || fsync(folder) != 0)
        return failed(f->path, e);
    remove_others(f);
    return OK;
}

static int refuse(const struct fallback *f, struct err *e)
{
    struct err why = *e;
    unlink(f->part);
    if (why.code == ERR_DISK_FULL)
        return err_set(e, ERR_DISK_FULL, NULL,
                       "no room to copy the database before its upgrade, so nothing was changed; free %lld MiB in %s, "
                       "then start smed again",
                       (long long)size_mib(f->store), f->folder);
    return err_set(e, why.code, NULL, "cannot copy the database before its upgrade, so nothing was changed: %s",
                   why.message);
}

int fallback_make(struct store *s, store_tell *tell, struct err *e)
{
    struct fallback f = { .store = s };
    if (name_files(&f, e) != OK)
        return e->code;
    if (tell != NULL)
        tell("Upgrading the register: copying it first", PATIENCE_S + PATIENCE_S_PER_MIB * size_mib(s));
    if (make_part(&f, e) != OK || put_in_place(&f, e) != OK)
        return refuse(&f, e);
    log_write(LOG_NOTICE, "upgrading copy=\"%s\" mib=%lld", f.path, (long long)size_mib(s));
    return OK;
}
