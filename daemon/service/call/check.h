/* SPDX-License-Identifier: Apache-2.0 */
/* Checks that several nouns share. Each returns OK or sets an error that names the given field. */
#pragma once

#include "daemon/service/call/call.h"

/* code_check(), and the code is unused within its noun. Cooperatives and enterprises share one set of codes. */
int check_new_code(struct call *call, enum noun noun, const char *field, const char *text);
/* Two capital letters; NULL is fine. */
int check_country(struct call *call, const char *field, const char *country);
/* ERR_INVALID_PARAM for a field in a row: check_refuse_row(call, "rows", 2, "from", ...) is about rows[2].from. */
int check_refuse_row(struct call *call, const char *list, size_t i, const char *name, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Checks that at least one optional parameter is given. */
int check_changes(struct call *call, const void *params);
/* The day, or today if not given. */
static inline struct date check_or_today(const struct call *call, struct date day)
{
    return date_is_set(day) ? day : call->today;
}
