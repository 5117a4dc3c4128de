/* SPDX-License-Identifier: Apache-2.0 */
/* The calendar zone that the register is set to, as the transaction of a call sees it. The thread of the store. */
#pragma once

#include "common/zone.h"
#include "daemon/store/store.h"

/* Makes *zone the register's: reads its file if the setting is another than that of *zone. NULL is UTC, the calendar of
 * a register that has no setting. The owner frees it. */
int calendar_refresh(struct store *s, struct zone **zone, struct err *e);
