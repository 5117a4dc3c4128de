/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/table_draw.h"

#include "client/write/table_layout.h"
#include "client/write/utf8.h"
#include "client/xmalloc.h"

#include <ctype.h>
#include <string.h>

static void put_spaces(struct buf *b, int n)
{
    static const char spaces[] = "                ";
    for (; n > 0; n -= (int)sizeof spaces - 1)
        buf_append(b, spaces, (size_t)(n < (int)sizeof spaces ? n : (int)sizeof spaces - 1));
}

static void put_cell(struct out *o, const char *cell, int width, bool right, bool last)
{
    size_t length = strlen(cell);
    int taken = utf8_width(cell, length);
    bool cut = taken > width;
    if (cut) {
        length = utf8_fit(cell, length, width - 1);
        taken = utf8_width(cell, length) + 1;
    }
    if (right)
        put_spaces(&o->b, width - taken);
    out_visible(&o->b, cell, length);
    if (cut)
        buf_text(&o->b, o->utf8 ? "…" : "~");
    if (!right && !last)
        put_spaces(&o->b, width - taken);
}

static void put_line(const struct table *t, struct out *o, const int *widths, const char *const *cells)
{
    size_t last = 0;
    for (size_t c = 0; c < t->n_columns; c++)
        if (widths[c] > 0 && cells[c] != NULL && *cells[c] != '\0')
            last = c;
    put_spaces(&o->b, t->indent);
    bool first = true;
    for (size_t c = 0; c <= last; c++) {
        if (widths[c] == 0)
            continue;
        if (!first)
            put_spaces(&o->b, TABLE_GAP);
        first = false;
        put_cell(o, cells[c] != NULL ? cells[c] : "", widths[c], t->columns[c].how & TABLE_RIGHT, c == last);
    }
    buf_text(&o->b, "\n");
}

static char *heading(struct arena *a, const char *name)
{
    char *head = xmalloc_text(a, name, strlen(name));
    for (char *p = head; *p != '\0'; p++)
        *p = *p == '_' ? ' ' : (char)toupper((unsigned char)*p);
    return head;
}

/* Takes the words that fit the width from the front of *rest. */
static const char *take_line(struct arena *a, const char **rest, int width)
{
    size_t taken = 0, end = strlen(*rest);
    for (size_t at = 0; at < end;) {
        at += strcspn(*rest + at, " ");
        if (taken > 0 && (int)at > width)
            break;
        taken = at;
        at += at < end;
    }
    const char *line = xmalloc_text(a, *rest, taken);
    *rest += taken + ((*rest)[taken] == ' ');
    return line;
}

static void put_heads(const struct table *t, struct out *o, const struct table_layout *l)
{
    const char **rest = xmalloc_array(t->arena, t->n_columns, sizeof *rest);
    const char **line = xmalloc_array(t->arena, t->n_columns, sizeof *line);
    for (size_t c = 0; c < t->n_columns; c++)
        rest[c] = heading(t->arena, t->columns[c].head);
    for (bool more = true; more;) {
        more = false;
        for (size_t c = 0; c < t->n_columns; c++) {
            line[c] = l->wrapped ? take_line(t->arena, &rest[c], l->widths[c]) : rest[c];
            more = more || (l->wrapped && l->widths[c] > 0 && *rest[c] != '\0');
        }
        put_line(t, o, l->widths, line);
    }
}

/* What all rows have in common: 'EDITION iso-14001:2015'. */
static void put_lifted(const struct table *t, struct out *o, const struct table_layout *l)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        if (!l->lifted[c])
            continue;
        out_bold(o);
        put_spaces(&o->b, t->indent);
        buf_printf(&o->b, "%s ", heading(t->arena, t->columns[c].head));
        out_plain(o);
        out_visible(&o->b, t->rows[0][c], strlen(t->rows[0][c]));
        buf_text(&o->b, "\n");
    }
}

/* Shares without their bars. */
static void bare_row(const struct table *t, const struct table_layout *l, const char **cells)
{
    for (size_t c = 0; c < t->n_columns; c++)
        if (t->columns[c].how & TABLE_WHOLE && cells[c] != NULL)
            cells[c] = xmalloc_text(t->arena, cells[c], table_layout_length(l, &t->columns[c], cells[c]));
}

void table_draw(const struct table *t, struct out *o)
{
    if (t->n_rows == 0)
        return;
    struct table_layout layout = table_layout_of(t, o->columns);
    put_lifted(t, o, &layout);
    out_bold(o);
    put_heads(t, o, &layout);
    out_plain(o);
    for (size_t r = 0; r < t->n_rows; r++) {
        if (layout.bare)
            bare_row(t, &layout, t->rows[r]);
        put_line(t, o, layout.widths, t->rows[r]);
    }
}
