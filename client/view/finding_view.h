/* SPDX-License-Identifier: Apache-2.0 */
/* A finding as it is read: what was seen, where it stands on its way to the closure, what is due, and the work on it.
 */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* as_of is never absent: days are counted from it. wide: also which user recorded each step. */
void finding_view_put(struct out *o, const struct finding_detail *d, struct date as_of, bool wide, struct arena *a);
