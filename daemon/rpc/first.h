/* SPDX-License-Identifier: Apache-2.0 */
/* What the daemon itself records when it first serves a register. */
#pragma once

#include "daemon/rpc/run.h"

/* Sets the calendar zone of a register that has none, through the journal as any other write. A new register gets the
 * machine's. One that has entries keeps UTC, by which its days were reckoned until now: an upgrade moves no day, and an
 * administrator who sets another zone does so once, when it suits, in his own name. Before the threads start. */
int first_settle(struct run *writer, struct err *e);
