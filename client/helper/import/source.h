/* SPDX-License-Identifier: Apache-2.0 */
/* Where the text of a field comes from: a column, part of one, several columns, or a constant. */
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
    bool join;                    /* all of them, joined by .with; else the first nonempty one */
    const char *with;
    int from, length;                  /* characters of it, from 1; 0: all */
    const char *prefix;                /* prefix of nonempty text, or NULL */
    const struct source_value *values; /* replacements, if any */
    size_t n_values;
    const char *otherwise; /* for text not in values, and for empty text; NULL: no default */
    const char *constant;
};

/* From a map file: a column's name, or a map of column, any_of, join, with, from, length, prefix, values, default.
 * Errors become complaints. */
void source_read(struct yaml *y, struct fy_node *node, struct source *ret);
/* Finds the columns in the header; false and a problem if one is missing. */
bool source_bind(struct source *s, const struct sheet_row *header, struct problems *problems);
/* The text in this row, in the arena or the row; "" if there is none. NULL if values has no entry for it; then
 * *ret_given is the text found. */
const char *source_text(const struct source *s, const struct sheet_row *row, struct arena *a, const char **ret_given);
/* The first column's name, for messages; "" for a constant. */
const char *source_name(const struct source *s);
