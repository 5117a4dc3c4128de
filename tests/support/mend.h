/* SPDX-License-Identifier: Apache-2.0 */
/* A finding taken along its chain in one call: planned, accepted, implemented, verified, closed. */
#pragma once

#include "tests/support/desk.h"

/* The people it takes: "doer" answers for the action, "seer" verifies. They may be there already. */
void mend_people(struct desk *desk);
/* Its steps up to the state (FINDING_CLOSED: all of them), each on the day. The code of the first that is refused. */
int mend_until(struct desk *desk, const char *finding, enum finding_state state, const char *on, struct finding *ret);
