/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/utf8.h"

#include "client/write/table_draw.h"
#include "client/write/writer.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"

#include <stdlib.h>
#include <string.h>

enum { INDENT = 2, PROSE = 200 };

static bool is_number(const struct field *f)
{
    return f->type == FIELD_INT || f->type == FIELD_DURATION || f->type == FIELD_DECIMAL || f->type == FIELD_MONEY
           || field_is_list(f);
}

/* Of texts in several languages, the environment's, else English, else the first. */
static const char *best_title(const struct field *f, const void *owner)
{
    const char *lang = getenv("LANG");
    const char *best = NULL;
    int rank = -1;
    for (size_t i = 0; i < field_count(f, owner); i++) {
        const struct requirement_text *t = field_row(f, owner, i);
        int r = lang != NULL && strncmp(t->lang, lang, 2) == 0 ? 2 : strncmp(t->lang, "en", 2) == 0;
        if (r > rank)
            best = t->title;
        rank = r > rank ? r : rank;
    }
    return best;
}

static bool is_texts(const struct field *f)
{
    return field_is_list(f) && f->of == RECORD_requirement_text;
}

/* Names, titles and notes: longer than codes. */
static bool is_prose(const struct field *f)
{
    return is_texts(f) || (f->type == FIELD_TEXT && f->hi >= PROSE);
}

/* A default "no" is left empty, so that columns of them disappear. */
static const char *cell(const struct field *f, const void *owner, struct arena *a)
{
    if (is_texts(f))
        return best_title(f, owner);
    if (f->type == FIELD_BOOL && f->need != REQ && field_number(f, owner) == 0)
        return NULL;
    return text_from_field(f, owner, a);
}

static unsigned how_of(const struct field *f)
{
    return (is_number(f) && f->of == 0 ? TABLE_RIGHT : 0u) | (f->need != REQ ? TABLE_OPTIONAL : 0u)
           | (is_prose(f) ? TABLE_PROSE : 0u);
}

static void init_table(struct table *t, const struct record_type *r, struct arena *a)
{
    struct table_column *columns = xmalloc_array(a, r->n_fields, sizeof *columns);
    for (size_t i = 0; i < r->n_fields; i++)
        columns[i] = (struct table_column){ is_texts(&r->fields[i]) ? "title" : r->fields[i].name,
                                            how_of(&r->fields[i]) };
    table_init(t, a, columns, r->n_fields);
}

static void add_row(struct writer *w, struct table *t, const struct record_type *r, const void *row)
{
    const char **cells = table_row(t);
    for (size_t i = 0; i < r->n_fields; i++) {
        if (r->fields[i].need == WIDE && !w->wide)
            continue;
        const char *text = cell(&r->fields[i], row, w->arena);
        if (text != NULL)
            cells[i] = xmalloc_text(w->arena, text, strlen(text));
    }
}

static void begin(struct writer *w)
{
    init_table(&w->table, w->record, w->arena);
}

static void row(struct writer *w, const void *row)
{
    add_row(w, &w->table, w->record, row);
}

/* A terminal user is told that there is nothing; a program gets no rows. */
static void end(struct writer *w)
{
    if (w->table.n_rows == 0 && w->out->columns > 0)
        buf_text(&w->out->b, "Nothing to show.\n");
    table_draw(&w->table, w->out);
}

/* The longest name among those that have a value. */
static int widest_name(struct writer *w, const struct record_type *r, const void *record)
{
    int widest = 0;
    for (size_t i = 0; record != NULL && i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        int width = 0;
        if (f->type == FIELD_NEST)
            width = widest_name(w, &api_records[f->of], field_nested(f, record));
        else if (!field_is_list(f) && text_from_field(f, record, w->arena) != NULL)
            width = (int)strlen(f->name);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* The lines of a multi-line value are aligned, so that none looks like a field. */
static void put_value(struct buf *b, const char *name, const char *value, int width)
{
    for (const char *rest = value; rest != NULL;) {
        size_t length = strcspn(rest, "\n");
        buf_printf(b, "%-*s ", width + 1, rest == value ? name : "");
        out_visible(b, rest, length);
        buf_text(b, "\n");
        rest = rest[length] == '\n' ? rest + length + 1 : NULL;
    }
}

/* 'joined on: 2026-01-01', with aligned values; a nested record's members as its own. */
static void put_lines(struct writer *w, const struct record_type *r, const void *record, int width)
{
    for (size_t i = 0; record != NULL && i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (f->type == FIELD_NEST)
            put_lines(w, &api_records[f->of], field_nested(f, record), width);
        const char *value = field_is_list(f) || f->type == FIELD_NEST ? NULL : text_from_field(f, record, w->arena);
        if (value == NULL)
            continue;
        char *name = xmalloc_printf(w->arena, "%s:", f->name);
        for (char *p = name; *p != '\0'; p++)
            *p = *p == '_' ? ' ' : *p;
        put_value(&w->out->b, name, value, width);
    }
}

static void put_lists(struct writer *w, const struct record_type *r, const void *record)
{
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (!field_is_list(f) || field_count(f, record) == 0)
            continue;
        struct table t;
        init_table(&t, &api_records[f->of], w->arena);
        t.indent = INDENT;
        for (size_t n = 0; n < field_count(f, record); n++)
            add_row(w, &t, &api_records[f->of], field_row(f, record, n));
        buf_printf(&w->out->b, "%s:\n", f->name);
        table_draw(&t, w->out);
    }
}

static void one(struct writer *w, const void *record)
{
    put_lines(w, w->record, record, widest_name(w, w->record, record));
    put_lists(w, w->record, record);
}

const struct writer_ops writer_table_ops = { begin, row, end, one };
