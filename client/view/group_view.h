/* SPDX-License-Identifier: Apache-2.0 */
/* A group for people: its verdict clause by clause and its blockers; the quality of its internal control. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

void group_view_put(struct out *o, const struct group_verdict *v, struct arena *a);
void group_view_put_reliability(struct out *o, const struct reliability *r, struct arena *a);
