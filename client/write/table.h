/* SPDX-License-Identifier: Apache-2.0 */
/* A table of text; table_draw.h draws it. Cells are borrowed until it is drawn. */
#pragma once

#include "client/write/out.h"
#include "common/arena.h"

struct table_column {
    const char *head; /* as given; drawn in capitals, '_' as space */
    unsigned how;
};

/* How a column is drawn. */
enum {
    TABLE_RIGHT = 1 << 0,    /* numbers */
    TABLE_OPTIONAL = 1 << 1, /* omitted if every cell is empty */
    TABLE_WHOLE = 1 << 2,    /* neither cut nor moved above; its bars are dropped before a heading is cut */
    TABLE_PROSE = 1 << 3,    /* names and notes: cut before codes and dates */
};

enum { TABLE_GAP = 2 };

struct table {
    struct arena *arena; /* its rows are kept here */
    const struct table_column *columns;
    size_t n_columns;
    const char ***rows; /* n_rows arrays of n_columns cells; NULL is an empty cell */
    size_t n_rows, capacity;
    int indent;
};

void table_init(struct table *t, struct arena *a, const struct table_column *columns, size_t n);
/* A new row of empty cells to fill. */
const char **table_row(struct table *t);

/* '31/48 ██████▌': a share with its bar; '#' if only ASCII can be shown. */
const char *table_bar(int64_t part, int64_t whole, bool utf8, struct arena *a);
