/* SPDX-License-Identifier: Apache-2.0 */
/* The lives of pursuits, audits, findings, certificates and interventions, read from lifecycle.def:
 * the one place that knows which state may follow which. Pure. */
#pragma once

#include "common/err.h"

enum lifecycle {
#define LIFECYCLE(id, states) LIFECYCLE_##id,
#define MOVES(id, from, to)
#define BY(id, state, command)
#include "daemon/service/call/lifecycle.def"
#undef LIFECYCLE
#undef MOVES
#undef BY
    LIFECYCLE_COUNT
};

bool lifecycle_allows(enum lifecycle life, int from, int to);
/* OK, or ERR_BAD_STATE that names the states that may follow and the commands for them. field may be NULL. */
int lifecycle_move(enum lifecycle life, int from, int to, const char *field, struct err *e);
/* OK, or ERR_CONFLICT that names "on": a step may not precede the day on which the thing (F12) entered its state. */
int lifecycle_order(enum lifecycle life, const char *which, int state, struct date since, struct date on,
                    struct err *e);
