/* SPDX-License-Identifier: Apache-2.0 */
/* Runs calls: the only place where a handler is called. Knows no socket and no thread, so that the
 * measurements run it in-process as it is. One run per connection of the store, on its thread. */
#pragma once

#include "daemon/rpc/job.h"

#include <stdatomic.h>

struct run {
    struct store *store;
    struct catalogue *catalogue;
    const struct clock *clock;
    const struct host *host;     /* may be NULL */
    atomic_int_least64_t groups; /* commits, and the writes in them; read from other threads */
    atomic_int_least64_t writes;
    bool failed; /* a commit ended in the unknown: later groups are answered busy */
};

/* Reads, in one read transaction that is closed on return. Each job gets its result or error. */
void run_reads(struct run *r, struct job **jobs, size_t n);
/* Writes, in one transaction with a savepoint each; durable on return. Each job gets its result or
 * error. ERR_OUTCOME_UNKNOWN: it is not known what of the group reached the disk, its jobs say so,
 * and r->failed is set: stop, and recover by opening the store anew. */
int run_group(struct run *r, struct job **jobs, size_t n);
