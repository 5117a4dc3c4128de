/* SPDX-License-Identifier: Apache-2.0 */
/* How late something was done: told wherever it has a day by which it is due. */
#pragma once

#include "common/date.h"

/* Days from the day due to the day done or, while it is not done, to as_of; 0 if it was done in time. false: nothing
 * can be told, as it has no day due, or that is still to come. */
static inline bool late_days(struct date due, struct date done, struct date as_of, int64_t *ret)
{
    bool is_done = date_is_set(done);
    struct date until = is_done ? done : as_of;
    bool over = date_is_set(due) && date_before(due, until);
    *ret = over ? until.day - due.day : 0;
    return date_is_set(due) && (is_done || over);
}
