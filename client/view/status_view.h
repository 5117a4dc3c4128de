/* SPDX-License-Identifier: Apache-2.0 */
/* Where a holder stands, for people: a header line, a table with bars, and what stands in the way. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

/* A cooperative or an enterprise. */
void status_view_put(struct out *o, const struct status *s, struct arena *a);
/* A table of cooperatives by edition, a row at a time; what the row points to may be gone after. */
void status_view_begin_groups(struct table *t, struct arena *a);
void status_view_add_group(struct table *t, const struct group_status *g, bool with_name, bool utf8);
