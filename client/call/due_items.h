/* SPDX-License-Identifier: Apache-2.0 */
/* What is due, fetched whole: the pages of due.list are put together and kept. */
#pragma once

#include "client/call/rpc.h"

/* What a list reaches to where nobody says how far. */
enum { DUE_ITEMS_WITHIN = 30 };

struct due_items {
    struct due_item *items; /* in the arena */
    size_t n, capacity;
};

/* limit: at most so many in all, 0 for no limit. Sets params->within where it is not given. */
int due_items_fetch(struct rpc *rpc, struct due_list *params, int64_t limit, struct arena *a, struct due_items *ret,
                    struct err *e);
