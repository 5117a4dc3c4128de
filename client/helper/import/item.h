/* SPDX-License-Identifier: Apache-2.0 */
/* The records gathered from a file, before they are sent: each with its line, and the line of every
 * entry of its lists, so that what the daemon says of one finds its place. */
#pragma once

#include "client/helper/import/grow.h"
#include "client/helper/import/noun.h"

struct item_part {
    int line;
    const char *column; /* "" where it has a row of its own */
    const char *text;   /* its cells, to tell it from another */
};

struct item {
    void *record;       /* struct of the noun's record */
    const char **texts; /* of its own fields, in the map's order */
    struct item_part *parts[NOUN_LISTS];
    int line;
    bool bad; /* has a problem: not sent */
};

struct items {
    const struct noun_import *noun;
    struct arena *arena;
    struct item *all; /* by line */
    size_t n;
    struct grow_index keys;
};

/* The item of that key, new with that line if there was none. Valid until the next. */
struct item *item_put(struct items *items, const char *key, int line, bool *ret_new);
/* NULL if no item begins on that line. */
struct item *item_at(const struct items *items, int64_t line);
size_t item_parts(const struct items *items, const struct item *item, int list);
void *item_part(const struct items *items, const struct item *item, int list, size_t i);
/* A zeroed entry more. */
void *item_add_part(struct items *items, struct item *item, int list, struct item_part part);
