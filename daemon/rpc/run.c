/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/run.h"

#include "daemon/journal/journal.h"
#include "daemon/rpc/bind.h"
#include "daemon/rpc/record.h"
#include "daemon/service/call/calendar.h"
#include "daemon/service/call/resolve.h"

struct call run_call(const struct run *r, struct job *job, struct instant now)
{
    return (struct call){ .method = job->method,
                          .caller = job->caller,
                          .store = r->store,
                          .catalogue = r->catalogue,
                          .host = r->host,
                          .arena = &job->arena,
                          .err = &job->err,
                          .now = now,
                          .zone = r->zone,
                          .today = zone_day(r->zone, now) };
}

/* Scope, references, handler, encoding. */
static int perform(struct call *call, struct job *job)
{
    const struct method *m = job->method;
    if (resolve_scope(call) != OK || resolve_params(call, job->params) != OK)
        return job->err.code;
    void *ret = arena_alloc(&job->arena, m->shape == PAGE ? sizeof(struct page) : api_records[m->result].size);
    if (ret == NULL)
        return err_set(&job->err, ERR_TOO_BIG, NULL, "request too large");
    int code = bind_handlers[m - api_methods](call, job->params, ret);
    if (code != OK)
        return code;
    return codec_encode_result(m, ret, &job->result, &job->err);
}

/* A failed job shows its error and nothing of its result. */
static void fail(struct job *job, const struct err *e)
{
    buf_clear(&job->result);
    job->err = *e;
}

static void fail_all(struct job **jobs, size_t n, const struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (jobs[i]->err.code == OK || e->code == ERR_OUTCOME_UNKNOWN)
            fail(jobs[i], e);
}

void run_reads(struct run *r, struct job **jobs, size_t n)
{
    struct err e = { 0 };
    if (store_begin(r->store, &e) != OK) {
        fail_all(jobs, n, &e);
        return;
    }
    if (calendar_refresh(r->store, &r->zone, &e) != OK)
        fail_all(jobs, n, &e);
    struct instant now = clock_now(r->clock);
    for (size_t i = 0; i < n && e.code == OK; i++) {
        struct call call = run_call(r, jobs[i], now);
        if (perform(&call, jobs[i]) != OK)
            buf_clear(&jobs[i]->result);
    }
    store_rollback(r->store);
}

/* Makes both the handler's change and its journal entry, or neither. */
static int change(struct call *call, struct job *job, const uint8_t request[UUID_SIZE])
{
    if (journal_next(call->store, &call->seq, &job->err) != OK || store_savepoint(call->store, &job->err) != OK)
        return job->err.code;
    int code = perform(call, job);
    if (code == OK && !call->unchanged)
        code = record_append(call, job, request);
    if (code == OK && !call->unchanged)
        return store_release(call->store, &job->err);
    store_rollback_to(call->store);
    return code;
}

/* *written counts what the commit will make durable: neither repeats nor calls that changed nothing. */
static int run_write(struct run *r, struct job *job, struct instant now, int64_t *written)
{
    /* Anew for each: the write before it may have set another. */
    if (calendar_refresh(r->store, &r->zone, &job->err) != OK)
        return job->err.code;
    struct call call = run_call(r, job, now);
    uint8_t request[UUID_SIZE];
    if (!uuid_parse(job_write_options(job)->request, request))
        return err_set(&job->err, ERR_INVALID_PARAM, "request", "must be a UUID");
    bool repeated;
    int code = record_repeat(&call, job, request, &repeated);
    if (code != OK || repeated)
        return code;
    code = change(&call, job, request);
    *written += code == OK && !call.unchanged;
    return code;
}

/* Errors after which the transaction cannot continue. */
static bool is_fatal(int code)
{
    return code == ERR_DISK_FULL || code == ERR_OUTCOME_UNKNOWN;
}

static int abandon(struct run *r, struct job **jobs, size_t n, const struct err *e)
{
    store_rollback(r->store);
    fail_all(jobs, n, e);
    r->failed = e->code == ERR_OUTCOME_UNKNOWN;
    return r->failed ? ERR_OUTCOME_UNKNOWN : OK;
}

static int commit(struct run *r, struct job **jobs, size_t n)
{
    struct err e = { 0 };
    if (store_commit(r->store, &e) == OK)
        return OK;
    if (e.code == ERR_DISK_FULL) /* its record did not fit in the log: certainly not done */
        return abandon(r, jobs, n, &e);
    e.code = ERR_OUTCOME_UNKNOWN;
    err_wrap(&e, "the commit failed, repeat the call with the same request id: ");
    return abandon(r, jobs, n, &e);
}

int run_group(struct run *r, struct job **jobs, size_t n)
{
    struct err e = { 0 };
    if (r->failed) {
        err_set(&e, ERR_BUSY, NULL, "the daemon is restarting; nothing was changed, try again");
        fail_all(jobs, n, &e);
        return OK;
    }
    if (store_begin(r->store, &e) != OK)
        return abandon(r, jobs, n, &e);
    struct instant now = clock_now(r->clock);
    int64_t written = 0;
    for (size_t i = 0; i < n; i++) {
        int code = run_write(r, jobs[i], now, &written);
        if (is_fatal(code)) {
            e = jobs[i]->err;
            return abandon(r, jobs, n, &e);
        }
        if (code != OK)
            buf_clear(&jobs[i]->result);
    }
    int code = commit(r, jobs, n);
    atomic_fetch_add(&r->groups, written > 0);
    atomic_fetch_add(&r->writes, written);
    return code;
}
