/* SPDX-License-Identifier: Apache-2.0 */
/* The store: transactions and statements, without a word of the database behind it.
 *
 * A store is one connection and belongs to one thread at a time. Statements are those of schema/query,
 * started by the functions that sqlgen makes of it (#include "query/team.h"), prepared once and kept.
 * A statement has a sticky error: bind, step and read straight through, then stmt_end() once. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

enum store_mode { STORE_WRITER, STORE_READER };

struct store;
struct stmt;

/* A query of schema/query, as sqlgen found it. */
struct query {
    size_t index; /* of its statement in every store, from 1 */
    const char *name, *text;
    int parameters, columns;
    enum record_id record; /* that its first columns fill; RECORD_NONE if it does not say */
};

/* Opens path; the writer creates it and brings the schema up to date, at the time of clock. ERR_INTERNAL when the
 * database is newer than this program or not of smed, ERR_BUSY when another writer has it open. *ret is untouched on
 * failure. */
int store_open(struct store **ret, const char *path, enum store_mode mode, const struct clock *clock, struct err *e);
void store_close(struct store *s); /* accepts NULL */
const char *store_path(const struct store *s);

int store_begin(struct store *s, struct err *e); /* a writer's takes the write lock at once */
/* ERR_OUTCOME_UNKNOWN: only a reopening tells what became of it. Any other failure (ERR_DISK_FULL):
 * nothing was done. The transaction is over in every case. */
int store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);
int store_savepoint(struct store *s, struct err *e);
int store_release(struct store *s, struct err *e);
void store_rollback_to(struct store *s); /* and releases the savepoint */
/* Moves what the log has gathered into the database file: writer only, outside a transaction. */
int store_checkpoint(struct store *s, struct err *e);
/* The same between two groups of writes, where the engine finds that it is time to; waiting: how many calls wait. */
int store_between(struct store *s, size_t waiting, struct err *e);
/* A consistent, compact copy; fails if path exists. Any connection. */
int store_copy_to(struct store *s, const char *path, struct err *e);
/* The database's own check of its file; ERR_INTERNAL with its words. */
int store_check(struct store *s, struct err *e);
/* Rows that the statements of this connection have come to so far: what a call costs, whatever the machine. */
int64_t store_rows_read(const struct store *s);
/* Number and name of the newest migration applied. */
const char *store_schema(const struct store *s);

struct value; /* value.h */
/* Called by the generated functions: values bind the parameters and are copied. Never NULL; without a query, a
 * statement that ends in ERR_INTERNAL. One use of a statement at a time: a query that is still being stepped must not
 * be started again. */
struct stmt *store_query(struct store *s, const struct query *query, const struct value *values, size_t n);

bool stmt_step(struct stmt *q); /* true: a row; false: the end or an error */
/* Ends the use of the statement. OK, or the first error: ERR_EXISTS for a broken uniqueness,
 * ERR_CONFLICT for a broken reference or check, ERR_DISK_FULL, ERR_OUTCOME_UNKNOWN for input and
 * output errors, ERR_INTERNAL. */
int stmt_end(struct stmt *q, struct err *e);
/* The same after work on its rows that may have failed by itself: *first, if it is an error, wins. */
int stmt_end_after(struct stmt *q, const struct err *first, struct err *e);
/* For a statement that returns nothing: step and end. */
int stmt_run(struct stmt *q, struct err *e);

/* Column i from 0, by its name: TEAM_LIST_person of the query team_list. Text and blobs live until the next step; copy
 * them into an arena. */
bool stmt_is_null(const struct stmt *q, int i);
int64_t stmt_int(const struct stmt *q, int i);
const char *stmt_text(const struct stmt *q, int i); /* NULL for null */
struct bytes stmt_blob(const struct stmt *q, int i);
struct date stmt_date(const struct stmt *q, int i);
int stmt_choice(const struct stmt *q, int i, enum enum_id set);
int stmt_columns(const struct stmt *q);
char *stmt_dup(const struct stmt *q, int i, struct arena *a); /* NULL for null or no memory */
