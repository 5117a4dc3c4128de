/* SPDX-License-Identifier: Apache-2.0 */
/* The day that a call is about, as marked in the interface: AS_OF and ON. */
#pragma once

#include "daemon/service/call/call.h"

struct day {
    struct date on;       /* today if the call names none */
    struct instant known; /* editions published by then are known */
    bool asked;           /* it is the as_of of a view: anything later is invisible */
};

struct day day_of(const struct call *call, const void *params);
/* ERR_INVALID_PARAM for a day in the future; for rows, whose days the interface cannot mark. */
int day_not_future(struct call *call, const char *field, struct date day);
/* The same for every parameter that the interface marks so. */
int day_check(struct call *call, const void *params);
