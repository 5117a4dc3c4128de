/* SPDX-License-Identifier: Apache-2.0 */
/* The due list for people: under headings by urgency, one line per item, with similar items merged. Wrapped to the
 * terminal, or to 80 columns. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* Items in the order of due.list. within: the requested days. */
void due_view_put(struct out *o, const struct due_item *items, size_t n, int64_t within, struct arena *a);
/* How many items, from the first on, share a line: the same thing, on the same day, for several holders. */
size_t due_view_alike(const struct due_item *items, size_t n);
/* 'plan of correction, iso-14001:2015' */
const char *due_view_what(const struct due_item *item, struct arena *a);
/* 'GA01 Colmena (F12)' for one, codes for several, a count of the rest. */
const char *due_view_whom(const struct due_item *items, size_t n, struct arena *a);
/* How many of them are overdue. */
size_t due_view_overdue(const struct due_item *items, size_t n);
