/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver: connections and transactions.
 *
 * WAL with synchronous=FULL. Readers never checkpoint, not even when they close, and no second writer
 * may open the file: SQLite before 3.51.3 can lose pages when a checkpoint on one connection meets a
 * reset of the log by another. Only the writer checkpoints: as it opens, when asked to, and at its close. */
#include "daemon/store/sqlite/sqlite.h"
#include "common/scope.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

enum {
    APPLICATION_ID = 0x534d4544, /* "SMED" */
    BUSY_MS = 5000,
    /* The log is moved into the database between groups: when it has this many pages and nobody waits, or at the latest
     * when it is so big that readers slow down. Pages of 4 KiB. */
    CHECKPOINT_IDLE_PAGES = 1000,
    CHECKPOINT_PAGES = 4000,
};

static const char writer_settings[] = "PRAGMA synchronous = FULL;"
                                      "PRAGMA cache_size = -65536;"; /* KiB */
static const char reader_settings[] = "PRAGMA query_only = ON;"
                                      "PRAGMA cache_size = -16384;";
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA secure_delete = OFF;" /* Debian's default would write each freed page again */
                               "PRAGMA mmap_size = 0;"       /* an input error would be a SIGBUS */
                               "PRAGMA temp_store = MEMORY;" /* the service may have no writable /tmp */
                               "PRAGMA wal_autocheckpoint = 0;";

static int run_sql(struct driver_connection *c, const char *what, const char *sql, struct err *e)
{
    int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OK : sqlite_err(c, rc, what, e);
}

/* The first column of the first row, as text in ret ("" without a row). */
static int read_text(struct driver_connection *c, const char *sql, char *ret, size_t size, struct err *e)
{
    sqlite3_stmt *q;
    ret[0] = '\0';
    int rc = sqlite3_prepare_v2(c->db, sql, -1, &q, NULL);
    if (rc != SQLITE_OK)
        return sqlite_err(c, rc, sql, e);
    rc = sqlite3_step(q);
    if (rc == SQLITE_ROW && sqlite3_column_text(q, 0) != NULL)
        snprintf(ret, size, "%s", (const char *)sqlite3_column_text(q, 0));
    int code = rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : sqlite_err(c, rc, sql, e);
    sqlite3_finalize(q);
    return code;
}

/* One writer per file. The lock file is beside the database: closing a second descriptor of the database itself would
 * drop the locks that SQLite holds on it. */
static int take_lock(struct driver_connection *c, const char *path, struct err *e)
{
    char name[4096];
    if (snprintf(name, sizeof name, "%s-lock", path) >= (int)sizeof name)
        return err_set(e, ERR_INTERNAL, NULL, "the path of the database is too long");
    c->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (c->lock < 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s: %s", name, strerror(errno));
    if (flock(c->lock, LOCK_EX | LOCK_NB) != 0)
        return err_set(e, ERR_BUSY, NULL, "another smed is using %s; stop it first", path);
    return OK;
}

/* Contacts are private; SQLite gives its log the mode of the database. */
static void create_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
}

/* Memory statistics take a process-wide lock at every allocation. Too late if SQLite is already running, which costs
 * only time. */
static void leave_uncounted(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int open_file(struct driver_connection *c, const char *path, struct err *e)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, leave_uncounted);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int rc = sqlite3_open_v2(path, &c->db, flags, NULL);
    if (rc == SQLITE_NOMEM)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (rc != SQLITE_OK)
        return sqlite_err(c, rc, path, e);
    sqlite3_busy_timeout(c->db, BUSY_MS);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return run_sql(c, "settings", settings, e);
}

static int be_ours(struct driver_connection *c, const char *path, struct err *e)
{
    char id[16], objects[32], set[64];
    if (read_text(c, "PRAGMA application_id", id, sizeof id, e) != OK
        || read_text(c, "SELECT count(*) FROM sqlite_schema", objects, sizeof objects, e) != OK)
        return e->code;
    if (strcmp(id, "0") == 0 && strcmp(objects, "0") == 0) {
        snprintf(set, sizeof set, "PRAGMA application_id = %d", APPLICATION_ID);
        return run_sql(c, "application_id", set, e);
    }
    if (strtol(id, NULL, 10) != APPLICATION_ID)
        return err_set(e, ERR_INTERNAL, NULL, "%s is not a smed database", path);
    return OK;
}

static int note_log(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    ((struct driver_connection *)context)->log_pages = pages;
    return SQLITE_OK;
}

/* The log of a killed daemon may have reached the kernel but not the disk, yet repeated requests are answered from it
 * without a commit of their own. So it is made durable before anyone is answered. A full disk does not stop that: the
 * log itself is synchronized first. */
static int settle_log(struct driver_connection *c, struct err *e)
{
    int rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return rc == SQLITE_OK || rc == SQLITE_FULL ? OK : sqlite_err(c, rc, "checkpoint", e);
}

static int open_writer(struct driver_connection *c, const char *path, struct err *e)
{
    char mode[16];
    if (take_lock(c, path, e) != OK)
        return e->code;
    create_private(path);
    if (open_file(c, path, e) != OK || be_ours(c, path, e) != OK
        || read_text(c, "PRAGMA journal_mode = WAL", mode, sizeof mode, e) != OK)
        return e->code;
    if (strcmp(mode, "wal") != 0)
        return err_set(e, ERR_INTERNAL, NULL, "%s: the file system does not support a write-ahead log", path);
    sqlite3_wal_hook(c->db, note_log, c);
    return run_sql(c, "settings", writer_settings, e) == OK ? settle_log(c, e) : e->code;
}

static int open_reader(struct driver_connection *c, const char *path, struct err *e)
{
    if (open_file(c, path, e) != OK)
        return e->code;
    return run_sql(c, "settings", reader_settings, e);
}

static int prepare_commands(struct driver_connection *c, struct err *e)
{
    static const char *const texts[COMMAND_COUNT] = {
        [COMMAND_BEGIN_READ] = "BEGIN",
        [COMMAND_BEGIN_WRITE] = "BEGIN IMMEDIATE",
        [COMMAND_COMMIT] = "COMMIT",
        [COMMAND_ROLLBACK] = "ROLLBACK",
        [COMMAND_SAVEPOINT] = "SAVEPOINT call",
        [COMMAND_RELEASE] = "RELEASE call",
        [COMMAND_ROLLBACK_TO] = "ROLLBACK TO call",
    };
    for (int i = 0; i < COMMAND_COUNT; i++) {
        int rc = sqlite3_prepare_v3(c->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, &c->commands[i], NULL);
        if (rc != SQLITE_OK)
            return sqlite_err(c, rc, texts[i], e);
    }
    return OK;
}

static void close_connection(struct driver_connection *c)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        sqlite3_finalize(c->commands[i]);
    if (c->mode == STORE_WRITER && c->db != NULL && !c->broken) {
        sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        sqlite3_db_config(c->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL); /* the last one removes the log */
    }
    sqlite3_close(c->db);
    if (c->lock >= 0)
        close(c->lock);
    free(c);
}

static int open_connection(const char *path, enum store_mode mode, struct driver_connection **ret, struct err *e)
{
    struct driver_connection *c = calloc(1, sizeof *c);
    if (c == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    c->mode = mode;
    c->lock = -1;
    if ((mode == STORE_WRITER ? open_writer(c, path, e) : open_reader(c, path, e)) != OK
        || prepare_commands(c, e) != OK) {
        close_connection(c);
        return e->code;
    }
    *ret = c;
    return OK;
}

static bool ends_transaction(enum driver_command command)
{
    return command == COMMAND_COMMIT || command == COMMAND_ROLLBACK;
}

/* An input or output error at COMMIT leaves the outcome open; so does any other error there except a full disk or lack
 * of memory, after which the whole transaction is rolled back. */
static int commit_err(struct driver_connection *c, int rc, struct err *e)
{
    int code = sqlite_err(c, rc, "COMMIT", e);
    if (c->mode == STORE_WRITER && code != ERR_DISK_FULL && (rc & 0xff) != SQLITE_NOMEM) {
        c->broken = true;
        e->code = ERR_OUTCOME_UNKNOWN;
    }
    return e->code;
}

static int refuse_lost(struct driver_connection *c, enum driver_command command, struct err *e)
{
    int lost = c->lost;
    if (ends_transaction(command)) {
        c->in_transaction = false;
        c->lost = OK;
    }
    if (command == COMMAND_ROLLBACK)
        return OK;
    return err_set(e, lost, NULL, "the transaction was rolled back; repeat the call");
}

static int run_command(struct driver_connection *c, enum driver_command command, struct err *e)
{
    if (c->lost != OK)
        return refuse_lost(c, command, e);
    sqlite3_stmt *q = c->commands[command];
    int rc = sqlite3_step(q);
    sqlite3_reset(q);
    if (rc != SQLITE_DONE)
        return command == COMMAND_COMMIT ? commit_err(c, rc, e) : sqlite_err(c, rc, sqlite3_sql(q), e);
    if (command == COMMAND_BEGIN_READ || command == COMMAND_BEGIN_WRITE)
        c->in_transaction = true;
    else if (ends_transaction(command))
        c->in_transaction = false;
    return OK;
}

static int checkpoint(struct driver_connection *c, struct err *e)
{
    int in_log, moved;
    int rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &moved);
    if (rc == SQLITE_BUSY)
        return OK; /* a reader is blocking; the next one moves the rest */
    if (rc != SQLITE_OK)
        return sqlite_err(c, rc, "checkpoint", e);
    c->log_pages = in_log - moved;
    return OK;
}

static int between(struct driver_connection *c, size_t waiting, struct err *e)
{
    if (c->log_pages < (waiting == 0 ? CHECKPOINT_IDLE_PAGES : CHECKPOINT_PAGES))
        return OK;
    return checkpoint(c, e);
}

/* On a connection of its own: VACUUM does not run inside the transaction that a caller may be in. */
static int copy_to(struct driver_connection *c, const char *path, struct err *e)
{
    struct driver_connection copier = { .mode = STORE_READER, .lock = -1 };
    sqlite3_stmt *q = NULL;
    int code = open_file(&copier, sqlite3_db_filename(c->db, "main"), e);
    int rc = code != OK ? SQLITE_ABORT : sqlite3_prepare_v2(copier.db, "VACUUM INTO ?1", -1, &q, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(q, 1, path, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(q);
    if (code == OK && rc != SQLITE_DONE)
        code = sqlite_err(&copier, rc, "copy", e);
    sqlite3_finalize(q);
    sqlite3_close(copier.db);
    return code;
}

static int check(struct driver_connection *c, struct err *e)
{
    char said[300];
    if (read_text(c, "PRAGMA integrity_check(1)", said, sizeof said, e) != OK)
        return e->code;
    if (strcmp(said, "ok") != 0)
        return err_set(e, ERR_INTERNAL, NULL, "the database is damaged: %s", said);
    if (read_text(c, "PRAGMA foreign_key_check", said, sizeof said, e) != OK)
        return e->code;
    if (said[0] != '\0')
        return err_set(e, ERR_INTERNAL, NULL, "the database is damaged: broken reference in a row of %s", said);
    return OK;
}

const struct driver sqlite_driver = {
    .name = "sqlite",
    .schema = &sqlite_schema,
    .open = open_connection,
    .close = close_connection,
    .command = run_command,
    .script = run_sql,
    .checkpoint = checkpoint,
    .between = between,
    .copy_to = copy_to,
    .check = check,
    .prepare = sqlite_stmt_prepare,
    .finalize = sqlite_stmt_finalize,
    .bind = sqlite_stmt_bind,
    .step = sqlite_stmt_step,
    .reset = sqlite_stmt_reset,
    .column_type = sqlite_stmt_column_type,
    .column_int = sqlite_stmt_column_int,
    .column_text = sqlite_stmt_column_text,
    .column_blob = sqlite_stmt_column_blob,
};
