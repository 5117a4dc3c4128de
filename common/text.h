/* SPDX-License-Identifier: Apache-2.0 */
/* Converts between fields and the text people read and write: options, CSV cells, table cells. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* Parses text into the member of *owner that f describes; the inverse of text_from_field. A LIST takes one row per call
 * and appends it: comma-separated in positional order, or name=value,... A BOOL takes yes, no, true, false. A CHOICE
 * takes a unique prefix. ERR_INVALID_PARAM names the field, what it takes, and the closest choice if there is one. */
int text_to_field(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e);
/* The member as text in the arena; NULL when it is not given. Lists become their count. */
const char *text_from_field(const struct field *f, const void *owner, struct arena *a);
/* How a person writes this field: DATE, N, role|role, HOURS, ... */
const char *text_placeholder(const struct field *f, struct arena *a);
