/* SPDX-License-Identifier: Apache-2.0 */
/* The day that a call is about, as marked in the interface: AS_OF and ON. */
#pragma once

#include "daemon/service/call/call.h"

struct day {
    struct date on;       /* today if the call names none */
    struct instant known; /* editions published by then are known */
    bool asked;           /* it is the as_of of a view: anything later is invisible */
};

/* What a judgement is about: the day it judges, and the day of knowledge, by which voids and corrections count that
 * were recorded until then. An audit recorded late counts on its own day. */
struct judged_day {
    struct date day, known;
};

/* The day as it was seen then: for whatever is asked as of a day. */
static inline struct judged_day day_as_of(struct date day)
{
    return (struct judged_day){ day, day };
}
/* The day as it is seen today: for a rule that looks back on it. */
static inline struct judged_day day_seen_today(const struct call *call, struct date day)
{
    return (struct judged_day){ day, call->today };
}

struct day day_of(const struct call *call, const void *params);
/* ERR_INVALID_PARAM for a day in the future; for rows, whose days the interface cannot mark. */
int day_not_future(struct call *call, const char *field, struct date day);
/* The same for every parameter that the interface marks so. */
int day_check(struct call *call, const void *params);
