/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/writer.h"

#include "common/field.h"
#include "common/json.h"
#include "common/text.h"
#include "common/text_unit.h"

#include <inttypes.h>
#include <string.h>

static void put_record(struct writer *w, const struct record_type *r, const void *row, int depth);

/* A new line with indentation, for people. */
static void put_break(struct writer *w, int depth)
{
    if (!w->pretty)
        return;
    buf_text(&w->out->b, "\n");
    for (int i = 0; i < depth; i++)
        buf_text(&w->out->b, "  ");
}

static void put_list(struct writer *w, const struct field *f, const void *owner, int depth)
{
    size_t n = field_count(f, owner);
    buf_text(&w->out->b, "[");
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_text(&w->out->b, ",");
        put_break(w, depth + 1);
        put_record(w, &api_records[f->of], field_row(f, owner, i), depth + 1);
    }
    if (n > 0)
        put_break(w, depth);
    buf_text(&w->out->b, "]");
}

/* Numbers are numbers, as are durations (minutes); all else is the text people write. */
static void put_value(struct writer *w, const struct field *f, const void *owner, int depth)
{
    const void *member = field_in(f, owner);
    struct buf *b = &w->out->b;
    struct arena a = { 0 };
    char decimal[TEXT_DECIMAL];
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DURATION:
        buf_printf(b, "%" PRId64, *(const int64_t *)member);
        break;
    case FIELD_DECIMAL:
        buf_text(b, text_put_decimal(*(const int64_t *)member, decimal));
        break;
    case FIELD_BOOL:
        buf_text(b, *(const bool *)member ? "true" : "false");
        break;
    case FIELD_NEST:
        put_record(w, &api_records[f->of], field_nested(f, owner), depth);
        break;
    case FIELD_LIST:
    case FIELD_DETACHED:
        put_list(w, f, owner, depth);
        break;
    default:
        arena_init(&a, SIZE_MAX);
        const char *text = text_from_field(f, owner, &a);
        json_text(text, strlen(text), b);
        arena_reset(&a);
    }
}

static void put_record(struct writer *w, const struct record_type *r, const void *row, int depth)
{
    bool first = true;
    buf_text(&w->out->b, "{");
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (!field_is_list(f) && !field_is_set(f, row))
            continue;
        if (!first)
            buf_text(&w->out->b, ",");
        first = false;
        put_break(w, depth + 1);
        buf_printf(&w->out->b, "\"%s\":%s", f->name, w->pretty ? " " : "");
        put_value(w, f, row, depth + 1);
    }
    if (!first)
        put_break(w, depth);
    buf_text(&w->out->b, "}");
}

static void begin(struct writer *w)
{
    buf_text(&w->out->b, "[");
}

static void row(struct writer *w, const void *row)
{
    if (w->n > 0)
        buf_text(&w->out->b, ",");
    put_break(w, 1);
    put_record(w, w->record, row, 1);
}

static void end(struct writer *w)
{
    if (w->n > 0)
        put_break(w, 0);
    buf_text(&w->out->b, "]\n");
}

static void one(struct writer *w, const void *record)
{
    put_record(w, w->record, record, 0);
    buf_text(&w->out->b, "\n");
}

const struct writer_ops writer_json_ops = { begin, row, end, one };

static void begin_nothing(struct writer *w)
{
    (void)w;
}

const struct writer_ops writer_jsonl_ops = { begin_nothing, one, begin_nothing, one };
