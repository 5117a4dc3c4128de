/* SPDX-License-Identifier: Apache-2.0 */
/* A group for people: its verdict clause by clause and what stands in the way; how good its internal control is. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"

void group_view_put(struct out *o, const struct group_verdict *v, struct arena *a);
void group_view_put_reliability(struct out *o, const struct reliability *r, struct arena *a);
