/* SPDX-License-Identifier: Apache-2.0 */
/* The day that a call speaks of, as the interface marks it: AS_OF and ON. */
#pragma once

#include "daemon/service/call/call.h"

struct day {
    struct date on;       /* today where the call names none */
    struct instant known; /* what was published by then is known */
    bool asked;           /* a view is asked about it: what came later is not there */
};

struct day day_of(const struct call *call, const void *params);
/* ERR_INVALID_PARAM for a day in the future; for rows, whose days the interface does not know. */
int day_not_future(struct call *call, const char *field, struct date day);
/* The same for each day of the parameters that the interface wants so. */
int day_check(struct call *call, const void *params);
