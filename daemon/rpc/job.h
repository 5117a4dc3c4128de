/* SPDX-License-Identifier: Apache-2.0 */
/* One call in progress: its request and its result. Owned by one thread at a time; its arena holds the parameters and
 * whatever the handler allocates. */
#pragma once

#include "daemon/service/call/call.h"

enum {
    /* The most one call may use: the largest message decodes to a few MiB; a long list or a check of the whole register
     * needs more. */
    JOB_ARENA_MAX = 64 * 1024 * 1024,
    /* The largest answer; lists are pages, so only a page of large blobs comes close. */
    JOB_RESULT_MAX = 16 * 1024 * 1024,
};

struct job {
    const struct method *method;
    const struct caller *caller; /* outlives the job */
    void *params;                /* the struct of the method, in the arena */
    struct arena arena;
    struct buf result; /* encoded; empty unless err.code is OK */
    struct err err;
};

void job_init(struct job *job, const struct method *method, const struct caller *caller);
void job_fini(struct job *job);
/* Decodes the parameters (NULL for none) into the arena; the code is also in job->err. */
int job_decode(struct job *job, const msgpack_object *params);
/* The options of every write, with which its parameters begin. */
const struct write_options *job_write_options(const struct job *job);
