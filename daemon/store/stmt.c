/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/inner.h"

#include <string.h>

static int stmt_prepare(struct stmt *q)
{
    if (q->handle != NULL)
        return OK;
    const struct query *query = q->query;
    return q->store->driver->prepare(q->store->connection, query->name, query->text, query->parameters, &q->handle,
                                     &q->err);
}

static int stmt_bind(struct stmt *q, const struct value *values, size_t n)
{
    if (n != (size_t)q->query->parameters)
        return err_set(&q->err, ERR_INTERNAL, NULL, "query %s takes %d values, not %zu", q->query->name,
                       q->query->parameters, n);
    for (size_t i = 0; i < n; i++)
        if (q->store->driver->bind(q->handle, (int)i + 1, &values[i], &q->err) != OK)
            return q->err.code;
    return OK;
}

/* Stands for the query that a look-up has no row for. */
static struct stmt *no_query(struct store *s)
{
    static const struct query none = { .name = "none" };
    struct stmt *q = &s->statements[0];
    *q = (struct stmt){ .store = s, .query = &none };
    err_set(&q->err, ERR_INTERNAL, NULL, "no such query");
    return q;
}

struct stmt *store_query(struct store *s, const struct query *query, const struct value *values, size_t n)
{
    if (query == NULL)
        return no_query(s);
    struct stmt *q = &s->statements[query->index];
    q->store = s;
    q->query = query;
    q->done = false;
    if (q->in_use) {
        err_set(&q->err, ERR_INTERNAL, NULL, "query %s is already running", query->name);
        return q;
    }
    q->in_use = true;
    q->err.code = OK;
    if (stmt_prepare(q) == OK)
        stmt_bind(q, values, n);
    return q;
}

bool stmt_step(struct stmt *q)
{
    if (q->err.code != OK || q->done)
        return false;
    enum driver_step step = q->store->driver->step(q->handle, &q->err);
    q->done = step != STEP_ROW;
    q->store->rows += !q->done;
    return step == STEP_ROW;
}

int stmt_end(struct stmt *q, struct err *e)
{
    struct err late = { 0 };
    if (q->handle != NULL && q->store->driver->reset(q->handle, &late) != OK && q->err.code == OK)
        q->err = late;
    q->in_use = false;
    if (q->err.code != OK)
        *e = q->err;
    return q->err.code;
}

int stmt_end_after(struct stmt *q, const struct err *first, struct err *e)
{
    struct err late = { 0 };
    stmt_end(q, &late);
    const struct err *told = first->code != OK ? first : &late;
    if (told->code != OK)
        *e = *told;
    return told->code;
}

int stmt_run(struct stmt *q, struct err *e)
{
    while (stmt_step(q))
        ;
    return stmt_end(q, e);
}

int stmt_columns(const struct stmt *q)
{
    return q->query->columns;
}

/* A statement that could not be prepared has no columns: all read as null, and stmt_end returns the error. */
enum value_type stmt_type(const struct stmt *q, int i)
{
    return q->handle == NULL ? VALUE_NULL : q->store->driver->column_type(q->handle, i);
}

bool stmt_is_null(const struct stmt *q, int i)
{
    return stmt_type(q, i) == VALUE_NULL;
}

int64_t stmt_int(const struct stmt *q, int i)
{
    return q->handle == NULL ? 0 : q->store->driver->column_int(q->handle, i);
}

static const char *column_text(const struct stmt *q, int i, size_t *ret_size)
{
    return q->handle == NULL ? NULL : q->store->driver->column_text(q->handle, i, ret_size);
}

const char *stmt_text(const struct stmt *q, int i)
{
    size_t size;
    return column_text(q, i, &size);
}

struct bytes stmt_blob(const struct stmt *q, int i)
{
    return q->handle == NULL ? (struct bytes){ 0 } : q->store->driver->column_blob(q->handle, i);
}

struct date stmt_date(const struct stmt *q, int i)
{
    struct date day = { 0 };
    size_t size;
    const char *text = column_text(q, i, &size);
    if (text != NULL)
        date_parse(text, size, &day);
    return day;
}

int stmt_choice(const struct stmt *q, int i, enum enum_id set)
{
    size_t size;
    const char *text = column_text(q, i, &size);
    return text == NULL ? 0 : api_choice_by_text(set, text, size);
}

char *stmt_dup(const struct stmt *q, int i, struct arena *a)
{
    size_t size;
    const char *text = column_text(q, i, &size);
    return text == NULL ? NULL : arena_text(a, text, size);
}
