/* SPDX-License-Identifier: Apache-2.0 */
/* The workload of the failure loops: journal entries in groups, as the writer appends them, with an oracle of
 * acknowledged ones. Unexpected failures stop the program. */
#pragma once

#include "daemon/store/store.h"

struct workload {
    char folder[64], template[96], path[96];
    int acknowledged; /* every entry up to this number was acknowledged */
    int last_code;    /* of the last run: OK if nothing failed */
};

/* An empty database in a fresh folder, in memory if the system has such a folder. */
void workload_prepare(struct workload *w);
void workload_clean(struct workload *w);
/* The database as it was prepared. */
void workload_reset(struct workload *w);
/* Opens, appends in groups, checkpoints, closes; like the daemon, continues after a failure with a known outcome, and
 * stops after one with an unknown outcome. */
void workload_run(struct workload *w);
/* Reopens; stops the program unless the file is sound, the chain is intact and contains everything acknowledged. */
void workload_check(struct workload *w);
