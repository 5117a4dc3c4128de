/* SPDX-License-Identifier: Apache-2.0 */
/* What a map gathers from a file: its items, and the problems of its rows. */
#pragma once

#include "client/helper/import/item.h"
#include "client/helper/import/map.h"

struct gather {
    const struct noun_import *noun;
    struct map *map;
    struct problems *problems;
    struct items items;
    int64_t rows, skipped; /* rows of the file, and how many of them skip_if_empty skipped */
    size_t *skip_index;    /* columns that skip a row if empty */
};

void gather_init(struct gather *g, const struct noun_import *noun, struct map *map, struct problems *problems,
                 struct arena *a);
/* The column that provides the field, by its name in the file; the field's own name if none does. */
const char *gather_column(const struct gather *g, const char *field);
