/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/table_layout.h"

#include "client/write/utf8.h"
#include "client/xmalloc.h"

#include <string.h>

enum { NARROWEST = 8, NARROWEST_HEAD = 4 };

/* What separates a share from its bar: a space, and the first of the blocks that table_bar draws. */
static const char utf8_blocks[] = " \xE2\x96", ascii_blocks[] = " #";

size_t table_layout_length(const struct table_layout *l, const struct table_column *column, const char *cell)
{
    const char *bar = strstr(cell, utf8_blocks) != NULL ? strstr(cell, utf8_blocks) : strstr(cell, ascii_blocks);
    return l->bare && column->how & TABLE_WHOLE && bar != NULL ? (size_t)(bar - cell) : strlen(cell);
}

static int widest_cell(const struct table *t, const struct table_layout *l, size_t c)
{
    int widest = 0;
    for (size_t r = 0; r < t->n_rows; r++) {
        const char *cell = t->rows[r][c];
        int width = cell != NULL ? utf8_width(cell, table_layout_length(l, &t->columns[c], cell)) : 0;
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* The longest word of a heading, or all of it. */
static int head_width(const char *head, bool wrapped)
{
    int longest = 0;
    for (const char *word = head; wrapped && *word != '\0';) {
        int length = (int)strcspn(word, "_ ");
        longest = length > longest ? length : longest;
        word += length + (word[length] != '\0');
    }
    return wrapped ? longest : (int)strlen(head);
}

static void measure(const struct table *t, struct table_layout *l)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        int cells = widest_cell(t, l, c), head = head_width(t->columns[c].head, l->wrapped);
        bool out = l->lifted[c] || (cells == 0 && t->columns[c].how & TABLE_OPTIONAL);
        l->widths[c] = out ? 0 : cells > head ? cells : head;
    }
}

static int total_width(const struct table *t, const struct table_layout *l)
{
    int total = t->indent - TABLE_GAP;
    for (size_t c = 0; c < t->n_columns; c++)
        total += l->widths[c] > 0 ? l->widths[c] + TABLE_GAP : 0;
    return total;
}

/* A text common to all rows. */
static bool is_common(const struct table *t, size_t c)
{
    const char *first = t->rows[0][c];
    if (t->n_rows == 0 || t->columns[c].how & (TABLE_RIGHT | TABLE_WHOLE) || first == NULL || *first == '\0')
        return false;
    for (size_t r = 1; r < t->n_rows; r++)
        if (t->rows[r][c] == NULL || strcmp(t->rows[r][c], first) != 0)
            return false;
    return true;
}

/* Moves the widest common text above the table. */
static bool lift_one(const struct table *t, struct table_layout *l)
{
    size_t widest = t->n_columns;
    for (size_t c = 0; c < t->n_columns; c++)
        if (l->widths[c] > 0 && is_common(t, c) && (widest == t->n_columns || l->widths[c] > l->widths[widest]))
            widest = c;
    if (widest == t->n_columns)
        return false;
    return l->lifted[widest] = true;
}

static size_t widest_prose(const struct table *t, const struct table_layout *l)
{
    size_t widest = t->n_columns;
    for (size_t c = 0; c < t->n_columns; c++)
        if (t->columns[c].how & TABLE_PROSE && l->widths[c] > NARROWEST
            && (widest == t->n_columns || l->widths[c] > l->widths[widest]))
            widest = c;
    return widest;
}

/* The widest text that can lose a character; the first column is last. */
static size_t widest_text(const struct table *t, const struct table_layout *l)
{
    size_t widest = t->n_columns;
    for (size_t c = 1; c < t->n_columns; c++)
        if (!(t->columns[c].how & (TABLE_RIGHT | TABLE_WHOLE)) && l->widths[c] > NARROWEST
            && (widest == t->n_columns || l->widths[c] > l->widths[widest]))
            widest = c;
    return widest == t->n_columns && l->widths[0] > NARROWEST ? 0 : widest;
}

/* The widest column that is wider than its cells need. */
static size_t widest_heading(const struct table *t, const struct table_layout *l)
{
    size_t widest = t->n_columns;
    for (size_t c = 0; c < t->n_columns; c++) {
        int needed = widest_cell(t, l, c);
        if (l->widths[c] > (needed > NARROWEST_HEAD ? needed : NARROWEST_HEAD)
            && (widest == t->n_columns || l->widths[c] > l->widths[widest]))
            widest = c;
    }
    return widest;
}

static void narrow(const struct table *t, struct table_layout *l, int columns,
                   size_t (*choose)(const struct table *, const struct table_layout *))
{
    for (int total = total_width(t, l); total > columns; total--) {
        size_t c = choose(t, l);
        if (c == t->n_columns)
            return;
        l->widths[c]--;
    }
}

static void bare_bars(const struct table *t, struct table_layout *l)
{
    l->bare = true;
    for (size_t c = 0; c < t->n_columns; c++) {
        int cells = widest_cell(t, l, c), head = head_width(t->columns[c].head, l->wrapped);
        if (t->columns[c].how & TABLE_WHOLE && l->widths[c] > 0)
            l->widths[c] = cells > head ? cells : head;
    }
}

struct table_layout table_layout_of(const struct table *t, int columns)
{
    struct table_layout l = { .widths = xmalloc_array(t->arena, t->n_columns, sizeof *l.widths),
                              .lifted = xmalloc_array(t->arena, t->n_columns, sizeof *l.lifted) };
    measure(t, &l);
    if (columns == 0 || total_width(t, &l) <= columns)
        return l;
    l.wrapped = true;
    measure(t, &l);
    while (total_width(t, &l) > columns && lift_one(t, &l))
        measure(t, &l);
    narrow(t, &l, columns, widest_prose);
    if (total_width(t, &l) > columns)
        bare_bars(t, &l);
    narrow(t, &l, columns, widest_heading);
    narrow(t, &l, columns, widest_text);
    return l;
}
