/* SPDX-License-Identifier: Apache-2.0 */
/* A finding for people: what was found, its state, what is due, and the work on it. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* as_of is always given: days are counted from it. wide: also which user recorded each step. */
void finding_view_put(struct out *o, const struct finding_detail *d, struct date as_of, bool wide, struct arena *a);
