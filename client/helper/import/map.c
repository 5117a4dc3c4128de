/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/map.h"

#include "client/helper/import/grow.h"
#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"
#include "common/scope.h"

#include <stdlib.h>
#include <string.h>

static const char *const keys[] = { "columns", "constants",    "date",     "years_from",    "results",
                                    "counts",  "requirements", "repeated", "skip_if_empty", NULL };

void map_default(struct map *ret, struct arena *a)
{
    *ret = (struct map){ .date = { .text = DAY_ISO } };
    result_default(&ret->results, a);
}

struct source *map_source(struct map *map, const struct field *field, int list, struct arena *a)
{
    for (size_t i = 0; i < map->n_fields; i++)
        if (map->fields[i].field == field)
            return &map->fields[i].source;
    map->fields = grow_array(a, map->fields, map->n_fields, sizeof *map->fields);
    map->fields[map->n_fields++] = (struct map_field){ .field = field, .list = list };
    return &map->fields[map->n_fields - 1].source;
}

void map_constant(struct map *map, const struct field *field, int list, const char *text, struct arena *a)
{
    *map_source(map, field, list, a) = (struct source){ .constant = text };
}

void map_add_requirement(struct map *map, const char *column, const char *code, struct arena *a)
{
    map->requirements = grow_array(a, map->requirements, map->n_requirements, sizeof *map->requirements);
    map->requirements[map->n_requirements++] = (struct map_requirement){ column, code, 0 };
}

static void unknown_field(struct yaml *y, const struct noun_import *noun, const struct yaml_pair *pair)
{
    SCOPED(buf_fini) struct buf names;
    buf_init(&names, 4096);
    noun_names(noun, &names);
    buf_append(&names, "", 1);
    xmalloc_check(&names);
    yaml_complain(y, pair->key, "'%s' is not a field of %s (fields: %s)", pair->name, noun->name,
                  (const char *)names.data);
}

static void take_fields(struct yaml *y, struct fy_node *node, const struct noun_import *noun, bool constant,
                        struct map *ret)
{
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, node, constant ? "constants" : "columns", &at, &pair);) {
        int list;
        struct fy_node *value = pair.value != NULL ? pair.value : pair.key;
        const struct field *f = noun_field(noun, pair.name, &list);
        if (f == NULL)
            unknown_field(y, noun, &pair);
        else if (constant)
            map_constant(ret, f, list, yaml_text(y, value), y->arena);
        else
            source_read(y, value, map_source(ret, f, list, y->arena));
    }
}

static void take_requirements(struct yaml *y, struct fy_node *node, struct map *ret)
{
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, node, "requirements", &at, &pair);) {
        const char *code = yaml_text(y, pair.value != NULL ? pair.value : pair.key);
        map_add_requirement(ret, pair.name, code, y->arena);
    }
}

static void take_skips(struct yaml *y, struct fy_node *node, struct map *ret)
{
    void *at = NULL;
    for (struct fy_node *item; (item = yaml_next_item(y, node, "skip_if_empty", &at)) != NULL;) {
        ret->skip_if_empty = grow_array(y->arena, ret->skip_if_empty, ret->n_skip, sizeof *ret->skip_if_empty);
        ret->skip_if_empty[ret->n_skip++] = yaml_text(y, item);
    }
}

static void take_repeated(struct yaml *y, struct fy_node *node, struct map *ret)
{
    static const char *const words[] = { [MAP_REFUSE] = "refuse", [MAP_FIRST] = "first", [MAP_COUNT] = "count" };
    const char *text = yaml_text(y, node);
    for (size_t i = 0; text != NULL && i < sizeof words / sizeof words[0]; i++)
        if (strcmp(text, words[i]) == 0) {
            ret->repeated = (enum map_repeated)i;
            return;
        }
    if (text != NULL)
        yaml_complain(y, node, "repeated: must be refuse, first or count, not '%s'", text);
}

static void take_date(struct yaml *y, struct fy_node *node, struct map *ret)
{
    const char *text = yaml_text(y, node);
    if (text != NULL && !day_form_is_valid(text))
        yaml_complain(
            y, node, "date: must contain %%Y (or %%y), %%m and %%d once each, such as \"%%m/%%d/%%Y\", not '%s'", text);
    else if (text != NULL)
        ret->date.text = text;
}

static void take_years_from(struct yaml *y, struct fy_node *node, struct map *ret)
{
    char *end = NULL;
    const char *text = yaml_text(y, node);
    long year = text != NULL ? strtol(text, &end, 10) : 0;
    if (text != NULL && (strlen(text) != 4 || *end != '\0' || !day_years_from_is_valid((int)year)))
        yaml_complain(y, node, "years_from: must be a year from 1900 to 2101, not '%s'", text);
    else
        ret->date.years_from = (int)year;
}

/* 16 is 1916 as well as 2016: the map says which, or the file is refused. */
static void check_date(struct yaml *y, const struct map *map)
{
    bool two = day_form_has_two_digits(map->date.text);
    if (two && map->date.years_from == 0)
        yaml_complain(y, yaml_root(y),
                      "date: years of two digits (%%y) need the key years_from: with 1950 they are those from 1950 to "
                      "2049");
    else if (!two && map->date.years_from != 0)
        yaml_complain(y, yaml_root(y), "years_from: is only for years of two digits (%%y) in the key date");
}

static void take_key(struct yaml *y, const struct yaml_pair *pair, const struct noun_import *noun, struct map *ret)
{
    static const struct yaml_keys none = { .more = keys };
    struct fy_node *value = pair->value != NULL ? pair->value : pair->key;
    if (strcmp(pair->name, "columns") == 0)
        ret->has_columns = true, take_fields(y, value, noun, false, ret);
    else if (strcmp(pair->name, "constants") == 0)
        take_fields(y, value, noun, true, ret);
    else if (strcmp(pair->name, "date") == 0)
        take_date(y, value, ret);
    else if (strcmp(pair->name, "years_from") == 0)
        take_years_from(y, value, ret);
    else if (strcmp(pair->name, "results") == 0)
        result_read(y, value, &ret->results);
    else if (strcmp(pair->name, "counts") == 0)
        result_read_counts(y, value, &ret->results);
    else if (strcmp(pair->name, "requirements") == 0)
        take_requirements(y, value, ret);
    else if (strcmp(pair->name, "repeated") == 0)
        take_repeated(y, value, ret);
    else if (strcmp(pair->name, "skip_if_empty") == 0)
        take_skips(y, value, ret);
    else
        yaml_record_unknown(y, &none, pair);
}

bool map_read(struct yaml *y, const struct noun_import *noun, struct map *ret)
{
    struct yaml_pair pair;
    map_default(ret, y->arena);
    for (void *at = NULL; yaml_next_pair(y, yaml_root(y), "a mapping", &at, &pair);)
        take_key(y, &pair, noun, ret);
    if (y->n_problems == 0)
        check_date(y, ret);
    return y->n_problems == 0;
}
