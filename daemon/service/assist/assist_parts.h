/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an intervention: who took part, what it addressed, who paid. Writer thread. */
#pragma once

#include "daemon/service/call/call.h"

/* What the parts depend on. */
struct assist_parts {
    int64_t intervention_id;
    int64_t cooperative_id; /* 0: through none */
    struct date day;        /* delivered, or planned for */
    bool delivered;         /* only then are there attendees */
};

/* Everyone named must be a member of the cooperative on that day; without a cooperative, in the caller's scope. */
int assist_parts_participations(struct call *call, const struct assist_parts *of, const struct participation *rows,
                                size_t n);
int assist_parts_requirements(struct call *call, const struct assist_parts *of, const struct addressed *rows, size_t n);
/* Replaces the recorded parts if rows are given. */
int assist_parts_payments(struct call *call, const struct assist_parts *of, const struct payment *rows, size_t n);
/* Checked after all changes: those named earlier are members on that day too, and the payments add up to the cost. */
int assist_parts_agree(struct call *call, const struct assist_parts *of);
