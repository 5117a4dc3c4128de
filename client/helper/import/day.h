/* SPDX-License-Identifier: Apache-2.0 */
/* Days in the date format of a foreign file. */
#pragma once

#include "common/date.h"

#define DAY_ISO "%Y-%m-%d"

/* %Y, %m and %d once each, and any other characters as they are. */
bool day_form_is_valid(const char *form);
/* Parses a day in this format; month and day may lack a leading zero, years have four digits. Ignores a time of day
 * after a space or T. False if it is not a day. */
bool day_parse(const char *form, const char *text, struct date *ret);
