/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a value where it comes in, from whatever door: a call, an option, a cell of a sheet, a file of
 * rules. Narrower than field_check(), which what is kept meets too: a register may hold what older versions took. */
#pragma once

#include "common/err.h"

/* The bounds in words, for messages: "from 1900-01-01 to 2200-12-31". */
#define SAID_DAYS "from 1900-01-01 to 2200-12-31"

/* A day of the times that a register is about. */
bool said_day_is_good(struct date d);
/* A given value of one field, not the rows of lists. ERR_INVALID_PARAM names the field. A text in which nothing can be
 * seen is refused where it is required, and unset elsewhere. Names and other texts of one line have neither control
 * characters nor hidden ones; a note is shown as it was pasted. */
int said_check(const struct field *f, void *owner, struct err *e);
/* All parameters, with those in rows. */
int said_check_params(const struct method *m, void *params, struct err *e);
