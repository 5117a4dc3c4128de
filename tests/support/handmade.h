/* SPDX-License-Identifier: Apache-2.0 */
/* A standing made by hand: against an edition of two sections, a and e, with the requirements b (major, a gate), c, d
 * (minor, autofail), f (minor), g and h (30 and 10 points). Codes ascend, so that they are their own index. */
#pragma once

#include "daemon/service/standing/readiness.h"

enum { HANDMADE_REQUIREMENTS = 8 };

struct handmade {
    struct catalogue_edition edition;
    struct standing_state state;
    uint8_t results[HANDMADE_REQUIREMENTS];
    int32_t days[GRADES][HANDMADE_REQUIREMENTS];
    struct standing_finding findings[8];
};

/* results: a letter per requirement, x for a section; findings: code and class,
 * "bM ci". */
void handmade_init(struct handmade *w, const struct pass_clause *clauses, size_t n, const char *results,
                   const char *findings);

#define SHARE(p, q) .at_least = (p), .has_at_least = true, .out_of = (q), .has_out_of = true
