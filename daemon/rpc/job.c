/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/job.h"

void job_init(struct job *job, const struct method *method, const struct caller *caller)
{
    *job = (struct job){ .method = method, .caller = caller };
    arena_init(&job->arena, JOB_ARENA_MAX);
    buf_init(&job->result, JOB_RESULT_MAX);
}

void job_fini(struct job *job)
{
    arena_reset(&job->arena);
    buf_fini(&job->result);
}

int job_decode(struct job *job, const msgpack_object *params)
{
    return codec_decode_params(job->method, params, &job->arena, &job->params, &job->err);
}

const struct write_options *job_write_options(const struct job *job)
{
    return api_write_options(job->method, job->params);
}
