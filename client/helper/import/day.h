/* SPDX-License-Identifier: Apache-2.0 */
/* Days as a foreign file writes them. */
#pragma once

#include "common/date.h"

#define DAY_ISO "%Y-%m-%d"

/* %Y, %m and %d once each, and any other characters as they are. */
bool day_form_is_valid(const char *form);
/* The day a text tells by the form; month and day may lack their leading zero, years have four
 * digits. A time of day after a space or T is left aside. False if it is not one. */
bool day_parse(const char *form, const char *text, struct date *ret);
