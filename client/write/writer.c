/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/writer.h"

#include "common/field.h"

static const struct writer_ops *const formats[] = {
    [WRITER_TABLE] = &writer_table_ops,
    [WRITER_JSON] = &writer_json_ops,
    [WRITER_JSONL] = &writer_jsonl_ops,
    [WRITER_CSV] = &writer_csv_ops,
};

void writer_init(struct writer *w, struct out *out, const struct writer_style *style, enum record_id record,
                 struct arena *a)
{
    *w = (struct writer){ .ops = formats[style->format],
                          .out = out,
                          .record = &api_records[record],
                          .arena = a,
                          .wide = style->wide,
                          .pretty = style->format == WRITER_JSON && out->lines > 0 };
}

void writer_begin(struct writer *w)
{
    w->ops->begin(w);
}

void writer_row(struct writer *w, const void *row)
{
    w->ops->row(w, row);
    w->n++;
    out_flush_some(w->out);
}

void writer_end(struct writer *w)
{
    w->ops->end(w);
}

void writer_one(struct writer *w, const void *record)
{
    w->ops->one(w, record);
}
