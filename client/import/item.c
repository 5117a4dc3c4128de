#include "client/import/item.h"

#include "client/xmalloc.h"

#include <string.h>

static void number(const struct items *items, void *record, int line)
{
    const struct field *row = &api_records[items->noun->record].fields[0];
    int64_t value = line;
    bool given = true;
    memcpy((char *)record + row->offset, &value, sizeof value);
    memcpy((char *)record + row->extra, &given, sizeof given);
}

struct item *item_put(struct items *items, const char *key, int line, bool *ret_new)
{
    items->keys.arena = items->arena;
    size_t i = grow_index_put(&items->keys, key, items->n, ret_new);
    if (!*ret_new)
        return &items->all[i];
    items->all = grow_array(items->arena, items->all, items->n, sizeof *items->all);
    struct item *item = &items->all[items->n++];
    *item = (struct item){ .line = line };
    item->record = xmalloc_zero(items->arena, api_records[items->noun->record].size);
    number(items, item->record, line);
    return item;
}

struct item *item_at(const struct items *items, int64_t line)
{
    size_t from = 0, to = items->n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (items->all[middle].line < line)
            from = middle + 1;
        else
            to = middle;
    }
    return from < items->n && items->all[from].line == line ? &items->all[from] : NULL;
}

/* The members of a list: its rows and their number. All pointers to structs have one form. */
static char *rows_of(const struct item *item, const struct field *list, size_t *ret_n)
{
    char *rows;
    memcpy(&rows, (char *)item->record + list->offset, sizeof(void *));
    memcpy(ret_n, (char *)item->record + list->extra, sizeof *ret_n);
    return rows;
}

size_t item_parts(const struct items *items, const struct item *item, int list)
{
    size_t n;
    rows_of(item, noun_list(items->noun, (size_t)list), &n);
    return n;
}

void *item_part(const struct items *items, const struct item *item, int list, size_t i)
{
    size_t n;
    const struct field *f = noun_list(items->noun, (size_t)list);
    return rows_of(item, f, &n) + i * api_records[f->of].size;
}

void *item_add_part(struct items *items, struct item *item, int list, struct item_part part)
{
    size_t n;
    const struct field *f = noun_list(items->noun, (size_t)list);
    size_t size = api_records[f->of].size;
    char *rows = rows_of(item, f, &n);
    rows = grow_array(items->arena, rows, n, size);
    item->parts[list] = grow_array(items->arena, item->parts[list], n, sizeof part);
    item->parts[list][n] = part;
    size_t more = n + 1;
    memcpy((char *)item->record + f->offset, &rows, sizeof(void *));
    memcpy((char *)item->record + f->extra, &more, sizeof more);
    return memset(rows + n * size, 0, size);
}
