/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an edition for people: the pass rule and every other rule as a sentence, with its source, marked
 * unverified if nobody has checked it there. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* Lines end before column end. */
void rules_view_put_pass(struct out *o, const struct pass_clause *pass, size_t n, int end, struct arena *a);
/* For NULL only that there is no rule on impartiality. */
void rules_view_put(struct out *o, const struct rules *rules, int end, struct arena *a);
