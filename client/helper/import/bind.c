/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/bind.h"

#include "client/helper/import/response.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/scope.h"

#include <string.h>

static bool check_unique(struct gather *g, const struct sheet_row *header)
{
    size_t before = g->problems->n;
    for (size_t i = 0; i < header->n; i++)
        for (size_t j = i + 1; *header->cells[i] != '\0' && j < header->n; j++)
            if (strcmp(header->cells[i], header->cells[j]) == 0)
                problem_add(g->problems, header->line, header->cells[i], "duplicate column (%zu and %zu)", i + 1,
                            j + 1);
    return g->problems->n == before;
}

static bool has_column(const struct sheet_row *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcmp(header->cells[i], name) == 0)
            return true;
    return false;
}

static void unknown_column(struct gather *g, const struct sheet_row *header, const char *name)
{
    SCOPED(buf_fini) struct buf names;
    buf_init(&names, 4096);
    noun_names(g->noun, &names);
    buf_append(&names, "", 1);
    xmalloc_check(&names);
    problem_add(g->problems, header->line, name,
                "not a field of %s; rename or remove the column, or use --map (fields: %s)", g->noun->name,
                (const char *)names.data);
}

static bool is_set_already(const struct map *map, const struct field *f)
{
    for (size_t i = 0; i < map->n_fields; i++)
        if (map->fields[i].field == f)
            return true;
    return false;
}

/* Without a map of columns, a column is the field with its name; in audits without a requirement column, every other
 * column is a requirement. */
static void bind_by_name(struct gather *g, const struct sheet_row *header)
{
    struct arena *a = g->items.arena;
    bool wide = response_are_of(g->noun) && !has_column(header, "requirement") && g->map->n_requirements == 0;
    for (size_t i = 0; i < header->n; i++) {
        int list;
        const char *name = xmalloc_text(a, header->cells[i], strlen(header->cells[i]));
        const struct field *f = noun_field(g->noun, name, &list);
        if (f != NULL && !is_set_already(g->map, f))
            *map_source(g->map, f, list, a) = (struct source){ .columns = { name }, .n = 1, .with = "" };
        else if (f == NULL && wide && *name != '\0')
            map_add_requirement(g->map, name, name, a);
        else if (f == NULL && *name != '\0' && g->map->n_requirements == 0)
            unknown_column(g, header, name);
    }
}

static size_t column_at(struct gather *g, const struct sheet_row *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcmp(header->cells[i], name) == 0)
            return i;
    problem_add(g->problems, header->line, name, "no such column in the file");
    return 0;
}

static void bind_columns(struct gather *g, const struct sheet_row *header)
{
    struct map *map = g->map;
    for (size_t i = 0; i < map->n_fields; i++)
        source_bind(&map->fields[i].source, header, g->problems);
    for (size_t i = 0; i < map->n_requirements; i++)
        map->requirements[i].index = column_at(g, header, map->requirements[i].column);
    g->skip_index = xmalloc_array(g->items.arena, map->n_skip + 1, sizeof *g->skip_index);
    for (size_t i = 0; i < map->n_skip; i++)
        g->skip_index[i] = column_at(g, header, map->skip_if_empty[i]);
}

/* Fields that every row needs. */
static void check_required(struct gather *g, const struct sheet_row *header)
{
    const struct record_type *record = &api_records[g->noun->record];
    for (size_t i = 1; i < record->n_fields; i++) {
        const struct field *f = &record->fields[i];
        if (field_is_required(f) && !field_is_list(f) && !is_set_already(g->map, f))
            problem_add(g->problems, header->line, NULL, "no column for '%s': %s", f->name, f->doc);
    }
    if (response_are_of(g->noun))
        response_check_header(g, header->line);
}

bool bind_header(struct gather *g, const struct sheet_row *header)
{
    size_t before = g->problems->n;
    if (!check_unique(g, header))
        return false;
    if (!g->map->has_columns)
        bind_by_name(g, header);
    bind_columns(g, header);
    check_required(g, header);
    return g->problems->n == before;
}
