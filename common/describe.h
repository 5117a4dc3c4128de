/* SPDX-License-Identifier: Apache-2.0 */
/* The interface as data: the answer of system.describe, read from the tables of api.h. Any thread. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* Fills *ret, its rows in the arena. ERR_TOO_BIG without memory. */
int describe_build(struct arena *a, struct description *ret, struct err *e);

/* The type of a field, in one word: text, date, choice, list, ... */
const char *describe_type(const struct field *f);
/* The enumeration, record or noun that the type refers to; NULL if none. */
const char *describe_of(const struct field *f);
/* Whether lo and hi apply to this type. */
bool describe_has_bounds(const struct field *f);
const char *describe_kind(enum method_kind kind);
/* The roles that may call a method: "anyone", or "admin, manager"; NULL without memory. */
const char *describe_roles(const struct method *m, struct arena *a);
