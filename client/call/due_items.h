/* SPDX-License-Identifier: Apache-2.0 */
/* The complete due list: all pages of due.list joined. */
#pragma once

#include "client/call/rpc.h"

/* How far a list reaches by default. */
enum { DUE_ITEMS_WITHIN = 30 };

struct due_items {
    struct due_item *items; /* in the arena */
    size_t n, capacity;
};

/* limit: the most items in all, 0 for no limit. Sets params->within if not given. */
int due_items_fetch(struct rpc *rpc, struct due_list *params, int64_t limit, struct arena *a, struct due_items *ret,
                    struct err *e);
