/* Comma-separated values in, strictly: RFC 4180, or with ';' or TAB where the first line has more of
 * them; a BOM is skipped. For the short forms that sme-ctl itself reads; no line may be longer than
 * memory. Cells are borrowed from the text, which is changed in place. */
#pragma once

#include "common/err.h"

enum { CSV_READ_CELLS = 64 };

struct csv_read {
    char *at, *end;
    char separator;
    int line; /* of the row read last, from 1 */
    int next_line;
    int n_cells;
    char *cells[CSV_READ_CELLS];
};

/* text has a byte more than size, for the last terminator. */
void csv_read_init(struct csv_read *c, char *text, size_t size);
/* 1: a row is in cells; 0: the end; negative: *e says what is wrong in which line. */
int csv_read_row(struct csv_read *c, struct err *e);
/* The column of this name in the row just read, in any case of letters; -1 if it has none. */
int csv_read_column(const struct csv_read *c, const char *name);
