/* SPDX-License-Identifier: Apache-2.0 */
/* Days in the date format of a foreign file. */
#pragma once

#include "common/date.h"

#define DAY_ISO "%Y-%m-%d"

struct day_form {
    const char *text; /* such as %d/%m/%Y */
    int years_from;   /* years of two digits are this one and the 99 after it; 0: the form has none */
};

/* %Y or %y, %m and %d once each, and any other characters as they are. */
bool day_form_is_valid(const char *form);
/* Whether its years have two digits: %y. */
bool day_form_has_two_digits(const char *form);
/* Whether a hundred years from this one can be days of a register. */
bool day_years_from_is_valid(int year);
/* Parses a day in this format; where a character parts them from what follows, month and day may lack a leading zero.
 * Ignores a time of day after a space or T. False if it is not a day. */
bool day_parse(const struct day_form *form, const char *text, struct date *ret);
