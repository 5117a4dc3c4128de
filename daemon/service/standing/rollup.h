/* SPDX-License-Identifier: Apache-2.0 */
/* The sums of the standings of a cooperative's members, kept by the difference each change makes.
 * Writer thread. */
#pragma once

#include "daemon/service/call/call.h"

/* What one standing adds to a roll-up; verdict 0: there is no standing, and it adds nothing. */
struct rollup_share {
    enum verdict verdict;
    int64_t major, minor;
};

/* The share of a holder changed: in the roll-up of every cooperative that it is a member of today. */
int rollup_replace(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before,
                   const struct rollup_share *after);
/* sign 1 adds a share to one roll-up, -1 takes it out. */
int rollup_add(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct rollup_share *share,
               int sign);
