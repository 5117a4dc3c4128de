/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a result that a migration carried over: its grade and the day it was seen. An audit of a migration
 * keeps one for each response; those of an older register have none. */
#pragma once

#include "daemon/service/call/call.h"

struct proof {
    enum grade grade;
    struct date seen_on;
};

/* In the arena. */
int proof_pack(struct call *call, const struct proof *proofs, size_t n, struct bytes *ret);
/* Of the i-th response of a migration done on a day. Without one, what is good has no proof, and what is bad asks for
 * the strongest to be mended; both are of that day. */
struct proof proof_read(struct bytes packed, size_t i, enum result result, struct date on);
