/* SPDX-License-Identifier: Apache-2.0 */
/* Memberships. Those of one enterprise in one cooperative share no day; none begins or ends in the
 * future, so that "member today" is the same as "has not left". Writer thread, but for member_on_day. */
#pragma once

#include "daemon/service/call/call.h"

struct member_period {
    int64_t cooperative_id, enterprise_id;
    struct date joined_on;
    struct date left_on; /* the first day it is no longer a member; not set: goes on */
};

/* Records the period, and moves the member's standings into the roll-ups when it goes on. field: the parameter
 * that gave joined_on. */
int member_add(struct call *call, const struct member_period *period, const char *field, int64_t *ret_id);
/* The same for an import: a period recorded already is not new; one that says otherwise is ERR_CONFLICT.
 * joined_on may be absent: a member today, since today if it is not one yet. */
int member_import(struct call *call, const struct member_period *period, bool *ret_new);
int member_on_day(struct call *call, int64_t cooperative_id, int64_t enterprise_id, struct date day, bool *ret);
