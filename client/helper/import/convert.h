/* The rows of a file into items, by a map: every problem is told with its line and column, and the
 * rest goes on. */
#pragma once

#include "client/helper/import/item.h"
#include "client/helper/import/map.h"

struct convert {
    const struct noun_import *noun;
    struct map *map;
    struct problems *problems;
    struct items items;
    int64_t rows, skipped; /* rows of the file, and of these left aside by skip_if_empty */
    size_t *skip_index;    /* columns that skip a row when empty */
};

void convert_init(struct convert *c, const struct noun_import *noun, struct map *map, struct problems *problems,
                  struct arena *a);
/* False when the file could not be read to its end; whatever else is wrong is in the problems. */
bool convert_file(struct convert *c, const char *file);
bool convert_text(struct convert *c, const char *data, size_t size);
/* The column that gives the field, as the file calls it; its own name where none does. */
const char *convert_column(const struct convert *c, const char *field);
