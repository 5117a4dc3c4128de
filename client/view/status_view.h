/* SPDX-License-Identifier: Apache-2.0 */
/* The status of a holder for people: a header line, a table with bars, and the blockers. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

/* A cooperative or an enterprise. */
void status_view_put(struct out *o, const struct status *s, struct arena *a);
/* A table of cooperatives by edition, row by row; the row's pointers need not outlive the call. */
void status_view_begin_groups(struct table *t, struct arena *a);
void status_view_add_group(struct table *t, const struct group_status *g, bool with_name, bool utf8);
