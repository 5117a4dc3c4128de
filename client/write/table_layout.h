/* SPDX-License-Identifier: Apache-2.0 */
/* How wide the columns of a table are drawn, so that it fits a terminal. In this order, until it fits:
 * headings break at their words; a text that every row has in common is told once, above; names and notes are cut;
 * bars are left out; headings are cut; other texts are cut, the widest first. */
#pragma once

#include "client/write/table.h"

struct table_layout {
    int *widths;  /* of each column; 0: left out of the rows */
    bool *lifted; /* told above the table */
    bool wrapped; /* headings take several lines */
    bool bare;    /* shares stand without their bars */
};

/* How long a cell is that is drawn in this column: a share without its bar, where they are bare. */
size_t table_layout_length(const struct table_layout *l, const struct table_column *column, const char *cell);

/* columns: of the terminal; 0: nothing is fitted. In the table's arena. */
struct table_layout table_layout_of(const struct table *t, int columns);
