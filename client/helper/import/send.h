/* SPDX-License-Identifier: Apache-2.0 */
/* Items to the daemon in batches: first all of them as a dry run, then, if nothing was wrong
 * anywhere, those that are new. A batch's request id is made of its content (request.h), so that one
 * whose answer was lost can be sent again. */
#pragma once

#include "client/call/rpc.h"
#include "client/helper/import/gather.h"

struct send {
    struct rpc *rpc;
    const struct gather *gather;
    struct problems *problems;
    const char *edition, *cooperative; /* parameters of the method, or NULL */
    size_t batch_rows;
    bool progress;              /* show how far it is, on standard error */
    int64_t created, unchanged; /* by the dry run */
    int64_t applied;            /* rows created so far */
    struct send_batch {
        size_t from, n; /* of the items */
        int64_t created;
        bool is_known; /* by the id that an older client gave it */
    } * batches;
    size_t n_batches;
};

/* Cuts the items that are not bad into batches. */
void send_plan(struct send *s);
/* What the daemon says against a row becomes a problem; another error is in *e, and ends it. */
int send_check(struct send *s, struct err *e);
/* s->applied tells how far it came. */
int send_apply(struct send *s, struct err *e);
