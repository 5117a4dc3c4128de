/* SPDX-License-Identifier: Apache-2.0 */
/* One call on its way: what was asked, and what came of it. Owned by one thread at a time; the memory
 * of the parameters and of whatever the handler needs is in its arena. */
#pragma once

#include "daemon/service/call/call.h"

enum {
    /* What one call may use: the largest message decodes to a few MiB; a long list or a check of
     * the whole register needs more. */
    JOB_ARENA_MAX = 64 * 1024 * 1024,
    /* The largest answer; lists are pages, so only a page of large blobs comes near. */
    JOB_RESULT_MAX = 16 * 1024 * 1024,
};

struct job {
    const struct method *method;
    const struct caller *caller; /* outlives the job */
    void *params;                /* the struct of the method, in the arena */
    struct arena arena;
    struct buf result; /* encoded; empty when err.code is not OK */
    struct err err;
};

void job_init(struct job *job, const struct method *method, const struct caller *caller);
void job_fini(struct job *job);
/* Decodes the parameters (NULL for none) into the arena; the code is also in job->err. */
int job_decode(struct job *job, const msgpack_object *params);
/* The options that every write has; any write's parameters begin with them. */
const struct write_options *job_write_options(const struct job *job);
