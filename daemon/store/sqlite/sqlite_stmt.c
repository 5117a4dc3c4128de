/* SPDX-License-Identifier: Apache-2.0 */
/* Prepared statements of SQLite. */
#include "daemon/store/sqlite/sqlite.h"

#include <stdlib.h>

struct driver_statement {
    struct driver_connection *c;
    sqlite3_stmt *handle;
    const char *name;
    bool told;   /* the failure of the current use has been reported by step */
    int place[]; /* where $number stands: SQLite numbers parameters by their first appearance */
};

static void find_parameters(struct driver_statement *s, int parameters)
{
    for (int i = 0; i < parameters; i++) {
        char text[16];
        sqlite3_snprintf(sizeof text, text, "$%d", i + 1);
        s->place[i] = sqlite3_bind_parameter_index(s->handle, text);
    }
}

int sqlite_stmt_prepare(struct driver_connection *c, const char *name, const char *text, int parameters,
                        struct driver_statement **ret, struct err *e)
{
    struct driver_statement *s = calloc(1, sizeof *s + (size_t)parameters * sizeof s->place[0]);
    if (s == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "%s: out of memory", name);
    s->c = c;
    s->name = name;
    int rc = sqlite3_prepare_v3(c->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s->handle, NULL);
    if (rc != SQLITE_OK) {
        free(s);
        return sqlite_err(c, rc, name, e);
    }
    find_parameters(s, parameters);
    *ret = s;
    return OK;
}

void sqlite_stmt_finalize(struct driver_statement *s)
{
    if (s == NULL)
        return;
    sqlite3_finalize(s->handle);
    free(s);
}

static int bind_value(sqlite3_stmt *handle, int place, const struct value *v)
{
    switch (v->type) {
    case VALUE_INT:
        return sqlite3_bind_int64(handle, place, v->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(handle, place, v->data, v->size, SQLITE_TRANSIENT, SQLITE_UTF8);
    case VALUE_BLOB: /* a blob without bytes is still not null */
        return sqlite3_bind_blob64(handle, place, v->size == 0 ? "" : v->data, v->size, SQLITE_TRANSIENT);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(handle, place);
}

int sqlite_stmt_bind(struct driver_statement *s, int number, const struct value *v, struct err *e)
{
    int rc = bind_value(s->handle, s->place[number - 1], v);
    return rc == SQLITE_OK ? OK : sqlite_err(s->c, rc, s->name, e);
}

enum driver_step sqlite_stmt_step(struct driver_statement *s, struct err *e)
{
    if (s->c->lost != OK) {
        err_set(e, s->c->lost, NULL, "%s: the transaction was rolled back; repeat the call", s->name);
        return STEP_ERROR;
    }
    int rc = sqlite3_step(s->handle);
    if (rc == SQLITE_ROW)
        return STEP_ROW;
    if (rc == SQLITE_DONE)
        return STEP_DONE;
    s->told = true;
    sqlite_err(s->c, rc, s->name, e);
    return STEP_ERROR;
}

int sqlite_stmt_reset(struct driver_statement *s, struct err *e)
{
    int rc = sqlite3_reset(s->handle);
    bool told = s->told;
    s->told = false;
    return rc == SQLITE_OK || told ? OK : sqlite_err(s->c, rc, s->name, e);
}

enum value_type sqlite_stmt_column_type(const struct driver_statement *s, int i)
{
    switch (sqlite3_column_type(s->handle, i)) {
    case SQLITE_INTEGER:
        return VALUE_INT;
    case SQLITE_NULL:
        return VALUE_NULL;
    case SQLITE_TEXT:
        return VALUE_TEXT;
    default:
        return VALUE_BLOB;
    }
}

int64_t sqlite_stmt_column_int(const struct driver_statement *s, int i)
{
    return sqlite3_column_int64(s->handle, i);
}

const char *sqlite_stmt_column_text(const struct driver_statement *s, int i, size_t *ret_size)
{
    const unsigned char *text = sqlite3_column_text(s->handle, i);
    *ret_size = (size_t)sqlite3_column_bytes(s->handle, i);
    return (const char *)text;
}

struct bytes sqlite_stmt_column_blob(const struct driver_statement *s, int i)
{
    const void *data = sqlite3_column_blob(s->handle, i);
    return (struct bytes){ .data = data, .size = (size_t)sqlite3_column_bytes(s->handle, i) };
}
