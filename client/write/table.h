/* A table of text fitted to the terminal (table_layout.h): numbers to the right, what is too wide cut
 * with an ellipsis. Cells are borrowed until it is drawn. */
#pragma once

#include "client/write/out.h"
#include "common/arena.h"

struct table_column {
    const char *head; /* as given; drawn in capitals, '_' as a space */
    bool right;       /* numbers */
    bool optional;    /* left out when every cell is empty */
    bool whole;       /* not cut, and not told above; a bar in it is left out before a heading is cut */
    bool prose;       /* names and notes: cut before codes and dates are */
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
/* A new row of empty cells, to be filled. */
const char **table_row(struct table *t);
/* Draws the head and the rows; nothing at all where there is no row. */
void table_draw(const struct table *t, struct out *o);

/* '31/48 ██████▌': a share with its bar; '#' where only ASCII can be shown. */
const char *table_bar(int64_t part, int64_t whole, bool utf8, struct arena *a);
