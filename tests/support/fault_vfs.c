/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/fault_vfs.h"

#include <sqlite3.h>
#include <stddef.h>

/* The system's file follows in the same memory. */
struct file {
    sqlite3_file base;
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static struct {
    enum fault_class class;
    int at, seen;
    bool sticky, fired;
} armed;

static const char *const names[FAULT_CLASSES] = {
    [FAULT_NONE] = "none",
    [FAULT_OPEN] = "open",
    [FAULT_READ] = "read",
    [FAULT_WRITE] = "write",
    [FAULT_WRITE_HALF] = "half write",
    [FAULT_WRITE_FULL] = "full disk",
    [FAULT_SYNC] = "sync",
    [FAULT_TRUNCATE] = "truncate",
    [FAULT_DELETE] = "delete",
    [FAULT_SHM_MAP] = "shm map",
    [FAULT_SHM_LOCK] = "shm lock",
};

const char *fault_vfs_name(enum fault_class class)
{
    return names[class];
}

void fault_vfs_arm(enum fault_class class, int at, bool sticky)
{
    armed.class = class;
    armed.at = at;
    armed.seen = 0;
    armed.sticky = sticky;
    armed.fired = false;
}

bool fault_vfs_disarm(void)
{
    armed.class = FAULT_NONE;
    return armed.fired;
}

static bool fails(enum fault_class class)
{
    if (class != armed.class)
        return false;
    armed.seen++;
    bool now = armed.sticky ? armed.seen >= armed.at : armed.seen == armed.at;
    armed.fired = armed.fired || now;
    return now;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct file *)(void *)f)->real;
}

static int file_close(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

static int file_read(sqlite3_file *f, void *data, int size, sqlite3_int64 at)
{
    return fails(FAULT_READ) ? SQLITE_IOERR_READ : real_of(f)->pMethods->xRead(real_of(f), data, size, at);
}

static int file_write(sqlite3_file *f, const void *data, int size, sqlite3_int64 at)
{
    if (fails(FAULT_WRITE))
        return SQLITE_IOERR_WRITE;
    if (fails(FAULT_WRITE_FULL))
        return SQLITE_FULL;
    if (!fails(FAULT_WRITE_HALF))
        return real_of(f)->pMethods->xWrite(real_of(f), data, size, at);
    real_of(f)->pMethods->xWrite(real_of(f), data, size / 2, at);
    return SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    return fails(FAULT_TRUNCATE) ? SQLITE_IOERR_TRUNCATE : real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static int file_sync(sqlite3_file *f, int flags)
{
    return fails(FAULT_SYNC) ? SQLITE_IOERR_FSYNC : real_of(f)->pMethods->xSync(real_of(f), flags);
}

static int file_size(sqlite3_file *f, sqlite3_int64 *ret)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), ret);
}

static int file_lock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int file_check_reserved(sqlite3_file *f, int *ret)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), ret);
}

static int file_control(sqlite3_file *f, int operation, void *argument)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), operation, argument);
}

static int file_sector(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int file_traits(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
    return fails(FAULT_SHM_MAP) ? SQLITE_IOERR_SHMMAP
                                : real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, ret);
}

/* Unlocking cannot fail: SQLite does not look. */
static int file_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    if ((flags & SQLITE_SHM_LOCK) != 0 && fails(FAULT_SHM_LOCK))
        return SQLITE_IOERR_SHMLOCK;
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int file_shm_unmap(sqlite3_file *f, int delete)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

/* Version 2: with shared memory, hence with a write-ahead log; without mapped pages. */
static const sqlite3_io_methods methods = { .iVersion = 2,
                                            .xClose = file_close,
                                            .xRead = file_read,
                                            .xWrite = file_write,
                                            .xTruncate = file_truncate,
                                            .xSync = file_sync,
                                            .xFileSize = file_size,
                                            .xLock = file_lock,
                                            .xUnlock = file_unlock,
                                            .xCheckReservedLock = file_check_reserved,
                                            .xFileControl = file_control,
                                            .xSectorSize = file_sector,
                                            .xDeviceCharacteristics = file_traits,
                                            .xShmMap = file_shm_map,
                                            .xShmLock = file_shm_lock,
                                            .xShmBarrier = file_shm_barrier,
                                            .xShmUnmap = file_shm_unmap };

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret_flags)
{
    (void)vfs;
    struct file *file = (struct file *)(void *)f;
    file->base.pMethods = NULL;
    if (fails(FAULT_OPEN))
        return SQLITE_CANTOPEN;
    file->real = (sqlite3_file *)(void *)(file + 1);
    int rc = real_vfs->xOpen(real_vfs, name, file->real, flags, ret_flags);
    if (rc == SQLITE_OK)
        file->base.pMethods = &methods;
    return rc;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    return fails(FAULT_DELETE) ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, sync);
}

static sqlite3_vfs fault_vfs;

void fault_vfs_install(void)
{
    real_vfs = sqlite3_vfs_find(NULL);
    fault_vfs = *real_vfs;
    fault_vfs.zName = "fault";
    fault_vfs.szOsFile = (int)sizeof(struct file) + real_vfs->szOsFile;
    fault_vfs.pNext = NULL;
    fault_vfs.xOpen = vfs_open;
    fault_vfs.xDelete = vfs_delete;
    sqlite3_vfs_register(&fault_vfs, 1);
}

void fault_vfs_remove(void)
{
    sqlite3_vfs_unregister(&fault_vfs);
    sqlite3_vfs_register(real_vfs, 1);
}
