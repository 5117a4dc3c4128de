/* SPDX-License-Identifier: Apache-2.0 */
/* What is due as an iCalendar object (RFC 5545): an all-day event for each item, with an alarm a week ahead of those to
 * come. The UID of an event is the key of its item, so that a calendar that reads a later file moves the events it
 * has rather than doubling them. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

/* NULL without memory. Text is free of control characters afterwards; everything else libical escapes. */
const char *calendar_write(const struct due_item *items, size_t n, struct instant now, struct arena *a);
