/* SPDX-License-Identifier: Apache-2.0 */
/* Where the text of a field comes from: a column, a piece of one, several of them, or a constant. */
#pragma once

#include "client/helper/import/sheet.h"
#include "client/helper/yaml/yaml.h"

enum { SOURCE_COLUMNS = 8 };

struct source_value {
    const char *from, *to;
};

struct source {
    const char *columns[SOURCE_COLUMNS];
    size_t index[SOURCE_COLUMNS]; /* of each in the header, by source_bind */
    size_t n;                     /* 0: a constant */
    bool join;                    /* all of them, with .with between; else the first that is not empty */
    const char *with;
    int from, length;                  /* characters of it, from 1; 0: all */
    const char *prefix;                /* before what is not empty, or NULL */
    const struct source_value *values; /* what becomes what, if any */
    size_t n_values;
    const char *otherwise; /* for what values do not name, and for nothing; NULL: no default */
    const char *constant;
};

/* From a map file: a column's name, or a map of column, any_of, join, with, from, length, prefix,
 * values, default. What is wrong becomes a complaint. */
void source_read(struct yaml *y, struct fy_node *node, struct source *ret);
/* Finds the columns in the header; false and a problem for one that is not there. */
bool source_bind(struct source *s, const struct sheet_row *header, struct problems *problems);
/* The text in this row, in the arena or the row; "" if there is none. NULL when values do not say
 * what to make of it; then *ret_given is what there is. */
const char *source_text(const struct source *s, const struct sheet_row *row, struct arena *a, const char **ret_given);
/* The first column's name, for messages; "" for a constant. */
const char *source_name(const struct source *s);
