#include "client/table.h"

#include "client/utf8.h"
#include "client/xmalloc.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

enum { GAP = 2, NARROWEST = 8, BAR_CELLS = 10, EIGHTHS = 8 };

void table_init(struct table *t, struct arena *a, const struct table_column *columns, size_t n)
{
    *t = (struct table){ .arena = a, .columns = columns, .n_columns = n };
}

const char **table_row(struct table *t)
{
    if (t->n_rows == t->capacity) {
        size_t capacity = t->capacity > 0 ? 2 * t->capacity : 16;
        const char ***rows = xmalloc_array(t->arena, capacity, sizeof *rows);
        if (t->n_rows > 0)
            memcpy(rows, t->rows, t->n_rows * sizeof *rows);
        t->rows = rows;
        t->capacity = capacity;
    }
    return t->rows[t->n_rows++] = xmalloc_array(t->arena, t->n_columns, sizeof(char *));
}

static int cell_width(const char *cell)
{
    return cell != NULL ? utf8_width(cell, strlen(cell)) : 0;
}

/* The width each column would like; 0 for one that is left out. */
static void measure(const struct table *t, int *widths)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        int widest = 0;
        for (size_t r = 0; r < t->n_rows; r++) {
            int width = cell_width(t->rows[r][c]);
            widest = width > widest ? width : widest;
        }
        int head = (int)strlen(t->columns[c].head);
        widths[c] = widest == 0 && t->columns[c].optional ? 0 : head > widest ? head : widest;
    }
}

/* The widest text column that can give a character; the first, which names the row, gives last. */
static size_t widest_column(const struct table *t, const int *widths)
{
    size_t widest = t->n_columns;
    for (size_t c = 1; c < t->n_columns; c++)
        if (!t->columns[c].right && widths[c] > NARROWEST && (widest == t->n_columns || widths[c] > widths[widest]))
            widest = c;
    return widest == t->n_columns && widths[0] > NARROWEST ? 0 : widest;
}

static void fit(const struct table *t, int *widths, int columns)
{
    int total = t->indent - GAP;
    for (size_t c = 0; c < t->n_columns; c++)
        total += widths[c] > 0 ? widths[c] + GAP : 0;
    for (; total > columns; total--) {
        size_t c = widest_column(t, widths);
        if (c == t->n_columns)
            return;
        widths[c]--;
    }
}

static void put_spaces(struct buf *b, int n)
{
    static const char spaces[] = "                ";
    for (; n > 0; n -= (int)sizeof spaces - 1)
        buf_append(b, spaces, (size_t)(n < (int)sizeof spaces ? n : (int)sizeof spaces - 1));
}

/* A control character would move the cursor. */
static void put_visible(struct buf *b, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        buf_append(b, (unsigned char)text[i] < ' ' || text[i] == 0x7f ? " " : &text[i], 1);
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
    put_visible(&o->b, cell, length);
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
            put_spaces(&o->b, GAP);
        first = false;
        put_cell(o, cells[c] != NULL ? cells[c] : "", widths[c], t->columns[c].right, c == last);
    }
    buf_text(&o->b, "\n");
}

static const char *heading(struct arena *a, const char *name)
{
    char *head = xmalloc_text(a, name, strlen(name));
    for (char *p = head; *p != '\0'; p++)
        *p = *p == '_' ? ' ' : (char)toupper((unsigned char)*p);
    return head;
}

void table_draw(const struct table *t, struct out *o)
{
    if (t->n_rows == 0)
        return;
    int *widths = xmalloc_array(t->arena, t->n_columns, sizeof *widths);
    measure(t, widths);
    if (o->columns > 0)
        fit(t, widths, o->columns);
    const char **heads = xmalloc_array(t->arena, t->n_columns, sizeof *heads);
    for (size_t c = 0; c < t->n_columns; c++)
        heads[c] = heading(t->arena, t->columns[c].head);
    out_bold(o);
    put_line(t, o, widths, heads);
    out_plain(o);
    for (size_t r = 0; r < t->n_rows; r++)
        put_line(t, o, widths, t->rows[r]);
}

const char *table_bar(int64_t part, int64_t whole, bool utf8, struct arena *a)
{
    static const char *const partial[EIGHTHS] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    int64_t eighths = whole > 0 ? part * BAR_CELLS * EIGHTHS / whole : 0;
    int cells = (int)(eighths / EIGHTHS);
    char bar[BAR_CELLS * 3 + 4] = "";
    for (int i = 0; i < cells && i < BAR_CELLS; i++)
        strcat(bar, utf8 ? "█" : "#");
    if (utf8 && cells < BAR_CELLS)
        strcat(bar, partial[eighths % EIGHTHS]);
    int digits = 1;
    for (int64_t rest = whole; rest >= 10; rest /= 10)
        digits++;
    return xmalloc_printf(a, "%*" PRId64 "/%" PRId64 " %s", digits, part, whole, bar);
}
