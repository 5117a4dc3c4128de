/* SPDX-License-Identifier: Apache-2.0 */
/* The store: transactions and statements, independent of the database behind it.
 *
 * A store is one connection and belongs to one thread at a time. Statements are those of schema/query, started by the
 * functions that sqlgen generates from it (#include "query/team.h"), prepared once and cached. A statement has a sticky
 * error: bind, step and read without checking, then call stmt_end() once. */
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
    enum record_id record; /* that its first columns fill; RECORD_NONE if not declared */
};

/* Hears what the store does while it opens, in words for people, and for how many seconds it may say nothing more. */
typedef void store_tell(const char *doing, int64_t seconds);

/* Opens path; the writer creates it and upgrades the schema, dated by clock, after leaving a copy of what
 * it was (fallback.h). ERR_INTERNAL if the database is newer than
 * this program or not a smed database, ERR_BUSY if another writer has it open. *ret is untouched on failure. */
int store_open(struct store **ret, const char *path, enum store_mode mode, const struct clock *clock, struct err *e);
/* The same for a writer; tell (may be NULL) hears of an upgrade. */
int store_open_telling(struct store **ret, const char *path, const struct clock *clock, store_tell *tell,
                       struct err *e);
void store_close(struct store *s); /* accepts NULL */
const char *store_path(const struct store *s);

int store_begin(struct store *s, struct err *e); /* a writer's takes the write lock at once */
/* ERR_OUTCOME_UNKNOWN: only reopening shows whether it was committed. Any other failure (ERR_DISK_FULL): nothing was
 * done. The transaction is over in any case. */
int store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);
int store_savepoint(struct store *s, struct err *e);
int store_release(struct store *s, struct err *e);
void store_rollback_to(struct store *s); /* and releases the savepoint */
/* Moves the contents of the log into the database file: writer only, outside a transaction. */
int store_checkpoint(struct store *s, struct err *e);
/* The same between two groups of writes, if the engine considers it due; waiting: how many calls wait. */
int store_between(struct store *s, size_t waiting, struct err *e);
/* A consistent, compact copy; fails if path exists. Any connection. */
int store_copy_to(struct store *s, const char *path, struct err *e);
/* The database's own check of its file; ERR_INTERNAL with its message. */
int store_check(struct store *s, struct err *e);
/* Rows that this connection's statements have stepped to so far: the cost of a call on any machine. */
int64_t store_rows_read(const struct store *s);
/* Number and name of the newest migration applied. */
const char *store_schema(const struct store *s);

struct value; /* value.h */
/* Called by the generated functions: binds copies of values to the parameters. Never NULL; without a query, a statement
 * that ends in ERR_INTERNAL. One use at a time: do not start a query that is still being stepped. */
struct stmt *store_query(struct store *s, const struct query *query, const struct value *values, size_t n);

bool stmt_step(struct stmt *q); /* true: a row; false: the end or an error */
/* Ends the use of the statement. OK, or the first error: ERR_EXISTS for a uniqueness violation, ERR_CONFLICT for a
 * violated reference or check, ERR_DISK_FULL, ERR_OUTCOME_UNKNOWN for I/O errors, ERR_INTERNAL. */
int stmt_end(struct stmt *q, struct err *e);
/* The same after work on its rows that may itself have failed: *first, if an error, takes precedence. */
int stmt_end_after(struct stmt *q, const struct err *first, struct err *e);
/* For a statement that returns nothing: step and end. */
int stmt_run(struct stmt *q, struct err *e);

/* Column i from 0, by its name: TEAM_LIST_person of the query team_list. Text and blobs are valid until the next step;
 * copy them into an arena. */
bool stmt_is_null(const struct stmt *q, int i);
int64_t stmt_int(const struct stmt *q, int i);
const char *stmt_text(const struct stmt *q, int i); /* NULL for null */
struct bytes stmt_blob(const struct stmt *q, int i);
struct date stmt_date(const struct stmt *q, int i);
int stmt_choice(const struct stmt *q, int i, enum enum_id set);
int stmt_columns(const struct stmt *q);
char *stmt_dup(const struct stmt *q, int i, struct arena *a); /* NULL for null or no memory */
