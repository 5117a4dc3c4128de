/* SPDX-License-Identifier: Apache-2.0 */
/* Where the members of cooperatives stand: today from the roll-ups, on any other day computed. */
#pragma once

#include "daemon/service/call/call.h"

/* The roll-ups of a cooperative on the day, by edition; edition_id 0: of each. */
int status_groups(struct call *call, int64_t cooperative_id, int64_t edition_id, struct date as_of,
                  struct group_status **ret, size_t *ret_n);
/* Its members on the day. */
int status_count_members(struct call *call, int64_t cooperative_id, struct date as_of, int64_t *ret);
