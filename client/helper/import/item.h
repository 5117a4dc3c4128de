/* SPDX-License-Identifier: Apache-2.0 */
/* The records gathered from a file, before sending: each with its line and the line of every list entry, to locate the
 * daemon's errors in the file. */
#pragma once

#include "client/helper/import/grow.h"
#include "client/helper/import/noun.h"

struct item_part {
    int line;
    const char *column; /* "" if it has a row of its own */
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

/* The item with that key, created with that line if there was none. Valid until the next call. */
struct item *item_put(struct items *items, const char *key, int line, bool *ret_new);
/* NULL if no item starts on that line. */
struct item *item_at(const struct items *items, int64_t line);
size_t item_parts(const struct items *items, const struct item *item, int list);
void *item_part(const struct items *items, const struct item *item, int list, size_t i);
/* Appends a zeroed entry. */
void *item_add_part(struct items *items, struct item *item, int list, struct item_part part);
