/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/gather.h"

#include <string.h>

void gather_init(struct gather *g, const struct noun_import *noun, struct map *map, struct problems *problems,
                 struct arena *a)
{
    *g = (struct gather){ .noun = noun, .map = map, .problems = problems, .items = { .noun = noun, .arena = a } };
}

const char *gather_column(const struct gather *g, const char *field)
{
    for (size_t i = 0; i < g->map->n_fields; i++)
        if (strcmp(g->map->fields[i].field->name, field) == 0 && g->map->fields[i].source.n > 0)
            return source_name(&g->map->fields[i].source);
    return field;
}
