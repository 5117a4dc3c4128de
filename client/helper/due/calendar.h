/* SPDX-License-Identifier: Apache-2.0 */
/* The due list as an iCalendar object (RFC 5545): an all-day event for each item, with an alarm a week before future
 * ones. An event's UID is the key of its item, so that importing a later file moves events instead of duplicating
 * them. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

/* NULL without memory. Text is free of control characters afterwards; everything else libical escapes. */
const char *calendar_write(const struct due_item *items, size_t n, struct instant now, struct arena *a);
