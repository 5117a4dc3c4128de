/* SPDX-License-Identifier: Apache-2.0 */
/* The handler backup_create: a copy of the database, checked before it counts as one.
 *
 * <folder of the database>/backup/smed-<instant>-<seq>.db; while it is made and checked its name ends in .part, so that
 * a crash leaves nothing that looks like a backup. One at a time: the folder is locked. */
#include "common/scope.h"
#include "daemon/journal/chain.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

enum { BACKUP_KEEP = 30 };

static const char prefix[] = "smed-", suffix[] = ".db", unfinished[] = ".part";

static int failed(struct call *call, const char *what)
{
    int code = errno == ENOSPC || errno == EDQUOT ? ERR_DISK_FULL : ERR_INTERNAL;
    return err_set(call->err, code, NULL, "%s: %s", what, strerror(errno));
}

/* Opens and locks the folder; *ret_fd is the caller's to close. */
static int open_folder(struct call *call, const char **ret_path, int *ret_fd)
{
    const char *database = store_path(call->store), *slash = strrchr(database, '/');
    int length = slash == NULL ? 1 : (int)(slash - database);
    const char *path = arena_printf(call->arena, "%.*s/backup", length, slash == NULL ? "." : database);
    if (path == NULL)
        return answer_no_memory(call);
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return failed(call, path);
    *ret_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*ret_fd < 0)
        return failed(call, path);
    if (flock(*ret_fd, LOCK_EX | LOCK_NB) != 0)
        return err_set(call->err, ERR_BUSY, NULL, "another backup is running; try again later");
    *ret_path = path;
    return OK;
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && strcmp(name + n - m, end) == 0;
}

static int is_backup(const struct dirent *d)
{
    return strncmp(d->d_name, prefix, sizeof prefix - 1) == 0 && ends_with(d->d_name, suffix);
}

/* What a crash left: the copy, and what a reader opened beside it. */
static int is_unfinished(const struct dirent *d)
{
    return strncmp(d->d_name, prefix, sizeof prefix - 1) == 0 && strstr(d->d_name, unfinished) != NULL;
}

/* Removes all but the newest keep of the entries that match; their names sort by age. */
static int prune(struct call *call, int folder, int64_t keep, int (*matches)(const struct dirent *))
{
    struct dirent **list;
    int n = scandirat(folder, ".", &list, matches, alphasort);
    if (n < 0)
        return failed(call, "reading the directory of backups");
    int code = OK;
    for (int i = 0; i < n; i++) {
        if (code == OK && i < n - keep && unlinkat(folder, list[i]->d_name, 0) != 0 && errno != ENOENT)
            code = failed(call, list[i]->d_name);
        free(list[i]);
    }
    free(list);
    return code;
}

/* Checks integrity, references, and the chain with every value it refers to. */
static int check_copy(struct call *call, struct store *copy, struct chain_report *ret)
{
    struct chain_pin none = { 0 };
    if (store_check(copy, call->err) != OK || chain_verify(copy, &none, ret, call->err) != OK)
        return call->err->code;
    if (ret->broken != 0)
        return err_set(call->err, ERR_INTERNAL, NULL, "copy discarded: journal entry %lld: %s", (long long)ret->broken,
                       ret->why);
    return OK;
}

static int verify_copy(struct call *call, const char *path, struct chain_report *ret)
{
    struct store *copy;
    if (store_open(&copy, path, STORE_READER, NULL, call->err) != OK)
        return err_wrap(call->err, "cannot open the copy: ");
    int code = check_copy(call, copy, ret);
    store_close(copy);
    return code;
}

static int sync_file(struct call *call, const char *path, int64_t *ret_bytes)
{
    struct stat st;
    int fd SCOPED(scope_close) = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fchmod(fd, 0600) != 0 || fsync(fd) != 0 || fstat(fd, &st) != 0)
        return failed(call, path);
    *ret_bytes = st.st_size;
    return OK;
}

/* YYYYMMDDTHHMMSSuuuuuuZ, which sorts by age. */
static char *compact_instant(struct call *call)
{
    char text[INSTANT_TEXT];
    char *compact = arena_dup(call->arena, instant_format(call->now, text));
    size_t n = 0;
    for (size_t i = 0; compact != NULL && compact[i] != '\0'; i++)
        if (strchr("-:.", compact[i]) == NULL)
            compact[n++] = compact[i];
    if (compact != NULL)
        compact[n] = '\0';
    return compact;
}

static int make_copy(struct call *call, const char *folder, const char *stem, struct backup *ret)
{
    struct chain_report report;
    char hex[ENTRY_HEX];
    const char *part = arena_printf(call->arena, "%s/%s%s%s%s", folder, prefix, stem, suffix, unfinished);
    if (part == NULL)
        return answer_no_memory(call);
    if (store_copy_to(call->store, part, call->err) != OK || verify_copy(call, part, &report) != OK
        || sync_file(call, part, &ret->bytes) != OK)
        return call->err->code;
    ret->seq = report.entries;
    ret->has_bytes = ret->has_seq = true;
    ret->head = arena_dup(call->arena, entry_hex(report.head, hex));
    ret->file = arena_printf(call->arena, "%s/%s%s-%lld%s", folder, prefix, stem, (long long)ret->seq, suffix);
    if (ret->head == NULL || ret->file == NULL)
        return answer_no_memory(call);
    return rename(part, ret->file) == 0 ? OK : failed(call, ret->file);
}

int backup_create(struct call *call, const struct backup_create *p, struct backup *ret)
{
    int folder SCOPED(scope_close) = -1;
    const char *path = NULL, *stem = compact_instant(call);
    if (stem == NULL)
        return answer_no_memory(call);
    if (open_folder(call, &path, &folder) != OK || prune(call, folder, 0, is_unfinished) != OK)
        return call->err->code;
    int code = make_copy(call, path, stem, ret);
    if (code != OK) {
        struct err first = *call->err;
        prune(call, folder, 0, is_unfinished);
        *call->err = first;
        return code;
    }
    if (fsync(folder) != 0)
        return failed(call, path);
    return prune(call, folder, p->has_keep ? p->keep : BACKUP_KEEP, is_backup);
}
