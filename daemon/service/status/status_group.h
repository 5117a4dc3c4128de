/* SPDX-License-Identifier: Apache-2.0 */
/* The status of the members of cooperatives: from the roll-ups for today, computed for any other day. */
#pragma once

#include "daemon/service/call/call.h"

/* The roll-ups of a cooperative on the day, by edition; edition_id 0: all. proof: by which members count as ready; 0:
 * by what the edition asks of members. */
int status_groups(struct call *call, int64_t cooperative_id, int64_t edition_id, struct date as_of, enum grade proof,
                  struct group_status **ret, size_t *ret_n);
/* Its members on that day. */
int status_count_members(struct call *call, int64_t cooperative_id, struct date as_of, int64_t *ret);
