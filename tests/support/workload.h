/* SPDX-License-Identifier: Apache-2.0 */
/* What the failure loops do to a store: entries of the journal in groups, as the writer appends them,
 * with an oracle of those that were acknowledged. What must not fail stops the program. */
#pragma once

#include "daemon/store/store.h"

struct workload {
    char folder[64], template[96], path[96];
    int acknowledged; /* every entry up to this number was */
    int last_code;    /* of the last run: OK when nothing failed */
};

/* An empty database in a fresh folder, in memory where the system has such a folder. */
void workload_prepare(struct workload *w);
void workload_clean(struct workload *w);
/* The database as it was prepared. */
void workload_reset(struct workload *w);
/* Opens, appends in groups, checkpoints, closes; goes on after a failure that leaves nothing in doubt, and stops
 * after one that does, as the daemon does. */
void workload_run(struct workload *w);
/* Opens again; stops the program unless the file is sound, the chain holds and all that was acknowledged is in it. */
void workload_check(struct workload *w);
