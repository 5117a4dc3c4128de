/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a value where it comes in, from whatever door: a call, an option, a cell of a sheet, a file of
 * rules. Narrower than field_check(), which what is kept meets too: a register may hold what older versions took. */
#pragma once

#include "common/err.h"

/* The bounds in words, for messages: "from 1900-01-01 to 2200-12-31". */
#define SAID_DAYS "from 1900-01-01 to 2200-12-31"

/* A day of the times that a register is about. */
bool said_day_is_good(struct date d);
/* Whether the text has a character that is invisible and moves or hides others: a control of direction (Unicode
 * TR36, 2.5), a soft hyphen, a zero-width space. *ret: the first. Joiners are none: scripts are written with them. */
bool said_text_hides(const char *text, uint32_t *ret);
/* A given value of one field, not the rows of lists. ERR_INVALID_PARAM names the field. Only names and other texts of
 * one line must hide nothing: a note is shown as it was pasted. */
int said_check(const struct field *f, const void *owner, struct err *e);
/* All parameters, with those in rows. */
int said_check_params(const struct method *m, const void *params, struct err *e);
