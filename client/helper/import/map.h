/* SPDX-License-Identifier: Apache-2.0 */
/* A mapping file: how a foreign file's columns, dates and codes become ours. */
#pragma once

#include "client/helper/import/day.h"
#include "client/helper/import/noun.h"
#include "client/helper/import/result.h"
#include "client/helper/import/source.h"

/* What to do with a row that repeats a thing, or a requirement of an audit, with other values. */
enum map_repeated { MAP_REFUSE, MAP_FIRST, MAP_COUNT };

struct map_field {
    const struct field *field;
    int list; /* of the noun; -1: of the record itself */
    struct source source;
};

/* A column that holds the results of one requirement. */
struct map_requirement {
    const char *column, *code;
    size_t index; /* in the header, once bound */
};

struct map {
    struct map_field *fields;
    size_t n_fields;
    bool has_columns; /* whether the map names columns; else the header has the fields' names */
    struct day_form date;
    struct result_codes results;
    struct map_requirement *requirements;
    size_t n_requirements;
    const char **skip_if_empty;
    size_t n_skip;
    enum map_repeated repeated;
};

/* The default if no map is given. */
void map_default(struct map *ret, struct arena *a);
/* False if the file is wrong; the problems of y say where. ret lives in y's arena. */
bool map_read(struct yaml *y, const struct noun_import *noun, struct map *ret);
/* The field's source, created empty if it has none yet. */
struct source *map_source(struct map *map, const struct field *field, int list, struct arena *a);
/* A text that is the same in every row; it takes precedence over a column. */
void map_constant(struct map *map, const struct field *field, int list, const char *text, struct arena *a);
/* A column that holds the results of the requirement code. */
void map_add_requirement(struct map *map, const char *column, const char *code, struct arena *a);
