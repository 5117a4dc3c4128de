/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <sqlite3.h>
#include <string.h>

static sqlite3 *open_migrated(void)
{
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK)
        fail((struct place){ "sqlgen", 0 }, "SQLite does not open");
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    for (size_t i = 0; i < all.n_migrations; i++)
        if (sqlite3_exec(db, all.migrations[i].text, NULL, NULL, NULL) != SQLITE_OK)
            fail(all.migrations[i].at, "%s", sqlite3_errmsg(db));
    return db;
}

static bool is_name(const char *column)
{
    for (const char *p = column; *p != '\0'; p++)
        if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
            return false;
    return islower((unsigned char)*column);
}

static void name_columns(struct query *q, sqlite3_stmt *s)
{
    q->n_columns = (size_t)sqlite3_column_count(s);
    const char **columns = keep(arena_array(&arena, q->n_columns + 1, sizeof *columns));
    for (size_t i = 0; i < q->n_columns; i++) {
        const char *name = sqlite3_column_name(s, (int)i);
        columns[i] = text_copy(name, strlen(name));
        if (!is_name(columns[i]))
            fail(q->at, "%s: column %zu needs a name, AS something: %s", q->name, i + 1, columns[i]);
        for (size_t k = 0; k < i; k++)
            if (strcmp(columns[k], columns[i]) == 0)
                fail(q->at, "%s: two columns are called %s", q->name, columns[i]);
    }
    q->columns = columns;
}

static void check_column(const struct query *q, size_t *place, const char *field, const char *end)
{
    struct text wanted = { 0 };
    text_print(&wanted, "%s%s", field, end);
    const char *found = *place < q->n_columns ? q->columns[*place] : "missing";
    if (strcmp(found, wanted.chars) != 0)
        fail(q->at, "%s: column %zu is to fill the field %s of the record %s, but is %s", q->name, *place + 1,
             wanted.chars, api_records[q->record].name, found);
    ++*place;
}

/* As daemon/store/row.c fills it: column i is field i; money takes two, what holds others none. */
static void check_record(const struct query *q)
{
    const struct record_type *r = &api_records[q->record];
    size_t place = 0;
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (f->type == FIELD_NEST || f->type == FIELD_LIST || f->type == FIELD_DETACHED)
            continue;
        check_column(q, &place, f->name, "");
        if (f->type == FIELD_MONEY)
            check_column(q, &place, f->name, "_currency");
    }
}

/* Queries with one row name must have the same columns, so that C can read them alike. */
static void check_row(const struct query *q)
{
    const struct query *first = all.queries;
    while (first->row == NULL || strcmp(first->row, q->row) != 0)
        first++;
    if (strcmp(first->at.file, q->at.file) != 0)
        fail(q->at, "%s: the row %s is one of %s:%d; a row is one of one file", q->name, q->row, first->at.file,
             first->at.line);
    bool same = q->n_columns == first->n_columns;
    for (size_t i = 0; same && i < q->n_columns; i++)
        same = strcmp(q->columns[i], first->columns[i]) == 0;
    if (!same)
        fail(q->at, "%s: its columns are not those of %s at line %d, though both are %s", q->name, first->name,
             first->at.line, q->row);
}

void engine_check(void)
{
    sqlite3 *db = open_migrated();
    for (size_t i = 0; i < all.n_queries; i++) {
        struct query *q = &all.queries[i];
        sqlite3_stmt *s;
        if (sqlite3_prepare_v2(db, q->text, -1, &s, NULL) != SQLITE_OK)
            fail(q->at, "%s: %s", q->name, sqlite3_errmsg(db));
        name_columns(q, s);
        sqlite3_finalize(s);
        if (q->record != RECORD_NONE)
            check_record(q);
        if (q->row != NULL)
            check_row(q);
    }
    sqlite3_close(db);
}
