/* What is due, fetched whole: the pages of due.list are put together and kept. */
#pragma once

#include "client/cli/command.h"

/* What a list reaches to where nobody says how far. */
enum { DUE_ITEMS_WITHIN = 30 };

struct due_items {
    struct due_item *items; /* in the client's arena */
    size_t n, capacity;
};

int due_items_fetch(struct client *c, struct due_list *params, struct due_items *ret, struct err *e);
