/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of the SQLite driver; no other file includes this or sqlite3.h. */
#pragma once

#include "daemon/store/driver.h"

#include <sqlite3.h>

struct driver_connection {
    sqlite3 *db;
    enum store_mode mode;
    int lock;            /* descriptor of the lock file; -1 for a reader */
    int log_pages;       /* of the write-ahead log since its last restart */
    bool in_transaction; /* from BEGIN to COMMIT or ROLLBACK, as the caller sees it */
    int lost;            /* why SQLite rolled the transaction back by itself; OK if it did not */
    bool broken;         /* I/O failed: leave the log to the next start */
    sqlite3_stmt *commands[COMMAND_COUNT];
};

/* Sets *e from a failure on c (rc: its result code; what: the query or step) and notes its effect on the transaction.
 * Returns the code. */
int sqlite_err(struct driver_connection *c, int rc, const char *what, struct err *e);

int sqlite_stmt_prepare(struct driver_connection *c, const char *name, const char *text, int parameters,
                        struct driver_statement **ret, struct err *e);
void sqlite_stmt_finalize(struct driver_statement *s);
int sqlite_stmt_bind(struct driver_statement *s, int number, const struct value *v, struct err *e);
enum driver_step sqlite_stmt_step(struct driver_statement *s, struct err *e);
int sqlite_stmt_reset(struct driver_statement *s, struct err *e);
enum value_type sqlite_stmt_column_type(const struct driver_statement *s, int i);
int64_t sqlite_stmt_column_int(const struct driver_statement *s, int i);
const char *sqlite_stmt_column_text(const struct driver_statement *s, int i, size_t *ret_size);
struct bytes sqlite_stmt_column_blob(const struct driver_statement *s, int i);
