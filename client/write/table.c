/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/table.h"

#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

enum { BAR_CELLS = 10, EIGHTHS = 8 };

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
