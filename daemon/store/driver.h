/* SPDX-License-Identifier: Apache-2.0 */
/* What a database engine must provide to hold the register: one table of functions per engine.
 *
 * A connection belongs to one thread at a time. Functions return OK, or the code of *e: ERR_EXISTS for a broken
 * uniqueness, ERR_CONFLICT for a broken reference or check, ERR_DISK_FULL (nothing was done), ERR_OUTCOME_UNKNOWN if a
 * writer's I/O failed, ERR_INTERNAL for the rest. Query texts come from sqlgen: $1, $2, ... are numbered, in any order
 * in the text. */
#pragma once

#include "daemon/store/migrate.h"
#include "daemon/store/value.h"

/* Each engine defines these itself. */
struct driver_connection;
struct driver_statement;

enum driver_command {
    COMMAND_BEGIN_READ,  /* a snapshot, from the first read on */
    COMMAND_BEGIN_WRITE, /* takes the write lock at once */
    COMMAND_COMMIT,      /* durable when it returns OK */
    COMMAND_ROLLBACK,
    COMMAND_SAVEPOINT, /* one at a time, no nesting */
    COMMAND_RELEASE,
    COMMAND_ROLLBACK_TO, /* the savepoint remains */
    COMMAND_COUNT
};

enum driver_step { STEP_ERROR, STEP_ROW, STEP_DONE };

struct driver {
    const char *name;
    const struct schema *schema; /* its migrations */

    /* *ret is untouched on failure. A writer creates a missing database, but no schema. */
    int (*open)(const char *path, enum store_mode mode, struct driver_connection **ret, struct err *e);
    /* A writer that has not failed leaves nothing in its log. */
    void (*close)(struct driver_connection *c);
    /* If the engine has rolled back the transaction by itself, everything until COMMIT or ROLLBACK fails with the code
     * of the cause. */
    int (*command)(struct driver_connection *c, enum driver_command command, struct err *e);
    /* Statements without parameters or rows, one after the other; name is for messages. */
    int (*script)(struct driver_connection *c, const char *name, const char *text, struct err *e);
    int (*checkpoint)(struct driver_connection *c, struct err *e);
    /* A writer's maintenance of its file between groups of writes; waiting: how many calls wait for it to end. */
    int (*between)(struct driver_connection *c, size_t waiting, struct err *e);
    int (*copy_to)(struct driver_connection *c, const char *path, struct err *e);
    int (*check)(struct driver_connection *c, struct err *e);

    /* name is for messages; name and text outlive the statement. */
    int (*prepare)(struct driver_connection *c, const char *name, const char *text, int parameters,
                   struct driver_statement **ret, struct err *e);
    void (*finalize)(struct driver_statement *s); /* accepts NULL */
    /* Copies the value; number counts from 1. */
    int (*bind)(struct driver_statement *s, int number, const struct value *v, struct err *e);
    enum driver_step (*step)(struct driver_statement *s, struct err *e);
    /* Makes it ready to be bound again; returns an error met while reading a column. */
    int (*reset)(struct driver_statement *s, struct err *e);

    /* Of the current row; data lives until the next step. */
    enum value_type (*column_type)(const struct driver_statement *s, int i);
    int64_t (*column_int)(const struct driver_statement *s, int i);
    const char *(*column_text)(const struct driver_statement *s, int i, size_t *ret_size);
    struct bytes (*column_blob)(const struct driver_statement *s, int i);
};

extern const struct driver sqlite_driver;
