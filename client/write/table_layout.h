/* SPDX-License-Identifier: Apache-2.0 */
/* The widths of a table's columns, so that it fits a terminal. In this order, until it fits: headings wrap between
 * words; text common to all rows is shown once, above; names and notes are cut; bars are dropped; headings are cut;
 * other texts are cut, the widest first. */
#pragma once

#include "client/write/table.h"

struct table_layout {
    int *widths;  /* of each column; 0: omitted from the rows */
    bool *lifted; /* shown above the table */
    bool wrapped; /* headings take several lines */
    bool bare;    /* shares without bars */
};

/* The drawn length of a cell in this column: without its bar if bars are dropped. */
size_t table_layout_length(const struct table_layout *l, const struct table_column *column, const char *cell);

/* columns: of the terminal; 0: nothing is fitted. In the table's arena. */
struct table_layout table_layout_of(const struct table *t, int columns);
