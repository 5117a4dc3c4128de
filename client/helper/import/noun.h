/* SPDX-License-Identifier: Apache-2.0 */
/* What can be imported: records of the interface with their lists, flattened into columns named after the fields. */
#pragma once

#include "common/api/api.h"
#include "common/buf.h"

enum { NOUN_KEYS = 3, NOUN_LISTS = 3 };

struct noun_import {
    const char *name, *doc;
    enum method_id method; /* takes rows of the record, and dry_run */
    enum record_id record;
    const char *keys[NOUN_KEYS]; /* the fields that identify a row */
    bool grouped;                /* rows with the same key are one thing: each adds to its lists */
};

extern const struct noun_import noun_imports[];
extern const size_t noun_count;

/* NULL if there is none with that name. */
const struct noun_import *noun_find(const char *name);
/* The i-th list of the record, from 0; NULL past the last. */
const struct field *noun_list(const struct noun_import *noun, size_t i);
/* The field of that name: of the record itself (*ret_list -1), or of its list *ret_list. NULL if
 * there is none. */
const struct field *noun_field(const struct noun_import *noun, const char *name, int *ret_list);
/* The parameter of the noun's method; NULL if it has none of that name. */
const struct field *noun_param(const struct noun_import *noun, const char *name);
/* Appends the names a column may have: code, name, activity. */
void noun_names(const struct noun_import *noun, struct buf *b);
