/* SPDX-License-Identifier: Apache-2.0 */
/* What is gathered from a file, by a map: its items, and the problems that its rows have. */
#pragma once

#include "client/helper/import/item.h"
#include "client/helper/import/map.h"

struct gather {
    const struct noun_import *noun;
    struct map *map;
    struct problems *problems;
    struct items items;
    int64_t rows, skipped; /* rows of the file, and of these left aside by skip_if_empty */
    size_t *skip_index;    /* columns that skip a row when empty */
};

void gather_init(struct gather *g, const struct noun_import *noun, struct map *map, struct problems *problems,
                 struct arena *a);
/* The column that gives the field, as the file calls it; its own name where none does. */
const char *gather_column(const struct gather *g, const char *field);
