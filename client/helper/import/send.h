/* SPDX-License-Identifier: Apache-2.0 */
/* Sends items to the daemon in batches: first all as a dry run, then, if there was no problem, the new ones. A batch's
 * request id is computed from its content (request.h), so a batch whose answer was lost can be sent again. */
#pragma once

#include "client/call/rpc.h"
#include "client/helper/import/gather.h"

struct send {
    struct rpc *rpc;
    const struct gather *gather;
    struct problems *problems;
    const char *edition, *cooperative; /* parameters of the method, or NULL */
    size_t batch_rows;
    bool progress;              /* show progress on standard error */
    int64_t created, unchanged; /* by the dry run */
    int64_t applied;            /* rows created so far */
    struct send_batch {
        size_t from, n; /* of the items */
        int64_t created;
        bool is_known; /* known by the id of an older client */
    } * batches;
    size_t n_batches;
};

/* Splits the good items into batches. */
void send_plan(struct send *s);
/* The daemon's objections to rows become problems; any other error is in *e and ends the import. */
int send_check(struct send *s, struct err *e);
/* s->applied says how far it got. */
int send_apply(struct send *s, struct err *e);
