/* SPDX-License-Identifier: Apache-2.0 */
/* Writes records to standard output in one of the formats; columns and keys come from the record's table. A list:
 * begin, row for each, end. A single record: writer_one. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

struct writer;

enum writer_format { WRITER_TABLE, WRITER_JSON, WRITER_JSONL, WRITER_CSV };

/* The format the user wants. */
struct writer_style {
    enum writer_format format;
    bool wide; /* all columns of a table */
};

/* A format. row gets a struct of the record, which need not outlive the call. */
struct writer_ops {
    void (*begin)(struct writer *w);
    void (*row)(struct writer *w, const void *row);
    void (*end)(struct writer *w);
    void (*one)(struct writer *w, const void *record);
};

struct writer {
    const struct writer_ops *ops;
    struct out *out;
    const struct record_type *record;
    struct arena *arena; /* kept until the end */
    bool wide, pretty;
    size_t n; /* rows so far */
    struct table table;
};

extern const struct writer_ops writer_table_ops, writer_json_ops, writer_jsonl_ops, writer_csv_ops;

void writer_init(struct writer *w, struct out *out, const struct writer_style *style, enum record_id record,
                 struct arena *a);
void writer_begin(struct writer *w);
void writer_row(struct writer *w, const void *row);
void writer_end(struct writer *w);
void writer_one(struct writer *w, const void *record);
