/* SPDX-License-Identifier: Apache-2.0 */
/* Memberships. Those of one enterprise in one cooperative do not overlap; none begins or ends in the future, so "member
 * today" is the same as "has not left". Writer thread, except for member_on_day. */
#pragma once

#include "daemon/service/call/call.h"

struct member_period {
    int64_t cooperative_id, enterprise_id;
    struct date joined_on;
    struct date left_on; /* the first day it is no longer a member; not set: ongoing */
};

/* Records the period and, if it is ongoing, moves the member's standings into the roll-ups. field: the parameter that
 * gave joined_on. */
int member_add(struct call *call, const struct member_period *period, const char *field, int64_t *ret_id);
/* The same for an import: a period already recorded is not new; one that contradicts it is ERR_CONFLICT. joined_on may
 * be absent: a member today, from today if it is not one yet. */
int member_import(struct call *call, const struct member_period *period, bool *ret_new);
int member_on_day(struct call *call, int64_t cooperative_id, int64_t enterprise_id, struct date day, bool *ret);
