/* SPDX-License-Identifier: Apache-2.0 */
#include "client/call/due_items.h"

#include "client/call/row.h"
#include "client/xmalloc.h"

#include <string.h>

struct keeping {
    struct due_items *kept;
    struct arena *arena;
};

static struct due_item *next_item(struct due_items *kept, struct arena *a)
{
    if (kept->n == kept->capacity) {
        size_t capacity = kept->capacity > 0 ? kept->capacity * 2 : 256;
        struct due_item *items = xmalloc_array(a, capacity, sizeof *items);
        if (kept->n > 0)
            memcpy(items, kept->items, kept->n * sizeof *items);
        kept->items = items;
        kept->capacity = capacity;
    }
    return &kept->items[kept->n++];
}

/* The rows are gone after the page. */
static int keep_page(void *context, const struct page *page, struct err *e)
{
    (void)e;
    struct keeping *k = context;
    const struct due_item *rows = page->rows;
    for (size_t i = 0; i < page->n; i++) {
        struct due_item *item = next_item(k->kept, k->arena);
        *item = rows[i];
        row_keep(RECORD_due_item, item, k->arena);
    }
    return OK;
}

int due_items_fetch(struct rpc *rpc, struct due_list *params, int64_t limit, struct arena *a, struct due_items *ret,
                    struct err *e)
{
    struct keeping keeping = { .kept = ret, .arena = a };
    *ret = (struct due_items){ 0 };
    if (!params->has_within) {
        params->within = DUE_ITEMS_WITHIN;
        params->has_within = true;
    }
    return rpc_each(rpc, &api_methods[METHOD_due_list], params, limit, keep_page, &keeping, e);
}
