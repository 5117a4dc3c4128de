#include "client/helper/import/bind.h"

#include "client/helper/import/response.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/scope.h"

#include <string.h>

static bool check_unique(struct convert *c, const struct sheet_row *header)
{
    size_t before = c->problems->n;
    for (size_t i = 0; i < header->n; i++)
        for (size_t j = i + 1; *header->cells[i] != '\0' && j < header->n; j++)
            if (strcmp(header->cells[i], header->cells[j]) == 0)
                problem_add(c->problems, header->line, header->cells[i], "two columns have this name (%zu and %zu)",
                            i + 1, j + 1);
    return c->problems->n == before;
}

static bool has_column(const struct sheet_row *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcmp(header->cells[i], name) == 0)
            return true;
    return false;
}

static void unknown_column(struct convert *c, const struct sheet_row *header, const char *name)
{
    SCOPED(buf_fini) struct buf names;
    buf_init(&names, 4096);
    noun_names(c->noun, &names);
    buf_append(&names, "", 1);
    xmalloc_check(&names);
    problem_add(c->problems, header->line, name,
                "it is not a field of %s; rename the column, leave it out, or map the columns with --map (fields: %s)",
                c->noun->name, (const char *)names.data);
}

static bool is_set_already(const struct map *map, const struct field *f)
{
    for (size_t i = 0; i < map->n_fields; i++)
        if (map->fields[i].field == f)
            return true;
    return false;
}

/* Without a map of columns: a column is the field of its name; in audits without a column for the
 * requirement, every other column is a requirement. */
static void bind_by_name(struct convert *c, const struct sheet_row *header)
{
    struct arena *a = c->items.arena;
    bool wide = response_are_of(c->noun) && !has_column(header, "requirement") && c->map->n_requirements == 0;
    for (size_t i = 0; i < header->n; i++) {
        int list;
        const char *name = xmalloc_text(a, header->cells[i], strlen(header->cells[i]));
        const struct field *f = noun_field(c->noun, name, &list);
        if (f != NULL && !is_set_already(c->map, f))
            *map_source(c->map, f, list, a) = (struct source){ .columns = { name }, .n = 1, .with = "" };
        else if (f == NULL && wide && *name != '\0')
            map_add_requirement(c->map, name, name, a);
        else if (f == NULL && *name != '\0' && c->map->n_requirements == 0)
            unknown_column(c, header, name);
    }
}

static size_t column_at(struct convert *c, const struct sheet_row *header, const char *name)
{
    for (size_t i = 0; i < header->n; i++)
        if (strcmp(header->cells[i], name) == 0)
            return i;
    problem_add(c->problems, header->line, name, "there is no such column in the file");
    return 0;
}

static void bind_columns(struct convert *c, const struct sheet_row *header)
{
    struct map *map = c->map;
    for (size_t i = 0; i < map->n_fields; i++)
        source_bind(&map->fields[i].source, header, c->problems);
    for (size_t i = 0; i < map->n_requirements; i++)
        map->requirements[i].index = column_at(c, header, map->requirements[i].column);
    c->skip_index = xmalloc_array(c->items.arena, map->n_skip + 1, sizeof *c->skip_index);
    for (size_t i = 0; i < map->n_skip; i++)
        c->skip_index[i] = column_at(c, header, map->skip_if_empty[i]);
}

/* What no row could do without. */
static void check_required(struct convert *c, const struct sheet_row *header)
{
    const struct record_type *record = &api_records[c->noun->record];
    for (size_t i = 1; i < record->n_fields; i++) {
        const struct field *f = &record->fields[i];
        if (field_is_required(f) && !field_is_list(f) && !is_set_already(c->map, f))
            problem_add(c->problems, header->line, NULL, "no column gives '%s': %s", f->name, f->doc);
    }
    if (response_are_of(c->noun))
        response_check_header(c, header->line);
}

bool bind_header(struct convert *c, const struct sheet_row *header)
{
    size_t before = c->problems->n;
    if (!check_unique(c, header))
        return false;
    if (!c->map->has_columns)
        bind_by_name(c, header);
    bind_columns(c, header);
    check_required(c, header);
    return c->problems->n == before;
}
