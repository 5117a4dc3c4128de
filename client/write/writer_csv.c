/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/writer_csv.h"

#include "client/write/writer.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"

#include <string.h>

static bool is_formula(const char *text)
{
    return strchr("=+-@\t\r", *text) != NULL && *text != '\0';
}

void writer_csv_put_cell(struct buf *b, const char *text, bool is_number)
{
    if (text == NULL)
        return;
    const char *guard = !is_number && is_formula(text) ? "'" : "";
    if (strpbrk(text, ",\"\r\n") == NULL) {
        buf_printf(b, "%s%s", guard, text);
        return;
    }
    buf_printf(b, "\"%s", guard);
    for (; *text != '\0'; text++)
        buf_append(b, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    buf_text(b, "\"");
}

static void put_separator(struct buf *b, bool *first)
{
    if (!*first)
        buf_text(b, ",");
    *first = false;
}

/* The members of a nested record are columns, too, as audit.holder. */
static void put_names(struct buf *b, const struct record_type *r, const char *prefix, bool *first, struct arena *a)
{
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        const char *name = xmalloc_printf(a, "%s%s", prefix, f->name);
        if (f->type == FIELD_NEST) {
            put_names(b, &api_records[f->of], xmalloc_printf(a, "%s.", name), first, a);
            continue;
        }
        put_separator(b, first);
        writer_csv_put_cell(b, name, false);
    }
}

/* row is NULL if a nested record is not given: its cells are empty. */
static void put_cells(struct buf *b, const struct record_type *r, const void *row, bool *first, struct arena *a)
{
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (f->type == FIELD_NEST) {
            put_cells(b, &api_records[f->of], row != NULL ? field_nested(f, row) : NULL, first, a);
            continue;
        }
        put_separator(b, first);
        bool is_number = f->type == FIELD_INT || field_is_list(f);
        writer_csv_put_cell(b, row != NULL ? text_from_field(f, row, a) : NULL, is_number);
    }
}

static void begin(struct writer *w)
{
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    bool first = true;
    put_names(&w->out->b, w->record, "", &first, &a);
    buf_text(&w->out->b, "\n");
    arena_reset(&a);
}

static void row(struct writer *w, const void *row)
{
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    bool first = true;
    put_cells(&w->out->b, w->record, row, &first, &a);
    buf_text(&w->out->b, "\n");
    arena_reset(&a);
}

static void end(struct writer *w)
{
    (void)w;
}

static void one(struct writer *w, const void *record)
{
    begin(w);
    row(w, record);
}

const struct writer_ops writer_csv_ops = { begin, row, end, one };
