/* SPDX-License-Identifier: Apache-2.0 */
/* What is due, for people: under headings by how near it is, a line for each thing, and those that are alike on one
 * line. Wrapped to the terminal, or to 80 columns. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* Items in the order of due.list. within: the days that were asked for. */
void due_view_put(struct out *o, const struct due_item *items, size_t n, int64_t within, struct arena *a);
/* How many items from the first on are told on one line: the same thing, on the same day, of several holders. */
size_t due_view_alike(const struct due_item *items, size_t n);
/* 'plan of correction, iso-14001:2015' */
const char *due_view_what(const struct due_item *item, struct arena *a);
/* 'GA01 Colmena (F12)' for one, codes for several, the rest counted. */
const char *due_view_whom(const struct due_item *items, size_t n, struct arena *a);
/* How many of them are overdue. */
size_t due_view_overdue(const struct due_item *items, size_t n);
