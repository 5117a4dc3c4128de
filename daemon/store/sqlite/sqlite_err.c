/* SPDX-License-Identifier: Apache-2.0 */
/* From SQLite's result codes to ours. */
#include "daemon/store/sqlite/sqlite.h"

static int constraint_code(int rc)
{
    bool unique = rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY;
    return unique ? ERR_EXISTS : ERR_CONFLICT;
}

/* A reader's failure leaves nothing in doubt. */
static int io_code(const struct driver_connection *c, int rc)
{
    return rc == SQLITE_IOERR_NOMEM || c->mode == STORE_READER ? ERR_INTERNAL : ERR_OUTCOME_UNKNOWN;
}

static int code_of(const struct driver_connection *c, int rc)
{
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return ERR_DISK_FULL;
    case SQLITE_CONSTRAINT:
        return constraint_code(rc);
    case SQLITE_IOERR:
        return io_code(c, rc);
    case SQLITE_BUSY:
        return ERR_BUSY;
    default:
        return ERR_INTERNAL;
    }
}

int sqlite_err(struct driver_connection *c, int rc, const char *what, struct err *e)
{
    int code = code_of(c, rc);
    err_set(e, code, NULL, "%s: %s (SQLite %d)", what, sqlite3_errmsg(c->db), rc);
    if (code == ERR_OUTCOME_UNKNOWN)
        c->broken = true;
    if (c->in_transaction && c->lost == OK && sqlite3_get_autocommit(c->db))
        c->lost = code;
    return code;
}
