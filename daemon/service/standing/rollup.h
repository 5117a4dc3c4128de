/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over the standings of a cooperative's members, updated incrementally. Writer thread. */
#pragma once

#include "daemon/service/call/call.h"

/* What one standing adds to a roll-up; verdict 0: no standing, adds nothing. */
struct rollup_share {
    enum verdict verdict; /* by any proof */
    enum grade grade;     /* the highest by which it is ready */
    int64_t major, minor;
};

/* A sum of shares, or a difference of sums. */
struct rollup_sum {
    int64_t assessed, by_verdict[verdict_end_], ready_by[grade_end_], major, minor;
};

/* Adds a share (sign 1) or takes it away (-1). */
void rollup_sum(struct rollup_sum *to, const struct rollup_share *share, int sign);
/* Replaces a holder's share in the roll-up of every cooperative of which it is a member today. */
int rollup_replace(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before,
                   const struct rollup_share *after);
/* sign 1 adds a share to one roll-up, -1 removes it. */
int rollup_add(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct rollup_share *share,
               int sign);
