/* SPDX-License-Identifier: Apache-2.0 */
/* Takes a finding along its chain in one call: planned, accepted, implemented, verified, closed. */
#pragma once

#include "tests/support/desk.h"

/* The people needed: "doer" owns the action, "seer" verifies. They may already exist. */
void mend_people(struct desk *desk);
/* Takes its steps up to the state (FINDING_CLOSED: all), each on the day. Returns the code of the first refused one. */
int mend_until(struct desk *desk, const char *finding, enum finding_state state, const char *on, struct finding *ret);
