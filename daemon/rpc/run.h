/* SPDX-License-Identifier: Apache-2.0 */
/* Runs calls: the only place where a handler is called. Knows neither sockets nor threads, so that benchmarks can run
 * it in-process. One run per store connection, on its thread. */
#pragma once

#include "daemon/rpc/job.h"

#include <stdatomic.h>

struct run {
    struct store *store;
    struct catalogue *catalogue;
    const struct clock *clock;
    const struct host *host;     /* may be NULL */
    struct zone *zone;           /* of the register as last seen, owned; NULL is UTC */
    atomic_int_least64_t groups; /* commits, and the writes in them; read from other threads */
    atomic_int_least64_t writes;
    bool failed; /* a commit had an unknown outcome: later groups are answered busy */
};

/* What a handler sees of a job, at one reading of the clock. */
struct call run_call(const struct run *r, struct job *job, struct instant now);
/* Runs reads in one read transaction, closed on return. Each job gets its result or error. */
void run_reads(struct run *r, struct job **jobs, size_t n);
/* Runs writes in one transaction with a savepoint each; durable on return. Each job gets its result or error.
 * ERR_OUTCOME_UNKNOWN: unknown how much of the group reached the disk; its jobs say so, and r->failed is set: stop, and
 * recover by reopening the store. */
int run_group(struct run *r, struct job **jobs, size_t n);
