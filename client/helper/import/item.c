/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/item.h"

#include "client/xmalloc.h"
#include "common/field.h"

#include <string.h>

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
    field_set_number(&api_records[items->noun->record].fields[0], item->record, line);
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

size_t item_parts(const struct items *items, const struct item *item, int list)
{
    return field_count(noun_list(items->noun, (size_t)list), item->record);
}

/* The list's first row. All pointers to structs have one form. */
static char *rows_of(const struct field *list, const struct item *item)
{
    char *rows;
    memcpy(&rows, field_in(list, item->record), sizeof(void *));
    return rows;
}

void *item_part(const struct items *items, const struct item *item, int list, size_t i)
{
    const struct field *f = noun_list(items->noun, (size_t)list);
    return rows_of(f, item) + i * api_records[f->of].size;
}

void *item_add_part(struct items *items, struct item *item, int list, struct item_part part)
{
    const struct field *f = noun_list(items->noun, (size_t)list);
    size_t size = api_records[f->of].size, n = field_count(f, item->record), more = n + 1;
    char *rows = grow_array(items->arena, rows_of(f, item), n, size);
    item->parts[list] = grow_array(items->arena, item->parts[list], n, sizeof part);
    item->parts[list][n] = part;
    memcpy(field_at(f, item->record), &rows, sizeof(void *));
    memcpy((char *)item->record + f->extra, &more, sizeof more);
    return memset(rows + n * size, 0, size);
}
