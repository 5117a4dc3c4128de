/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/dispatch.h"

#include "common/field.h"
#include "common/log.h"
#include "daemon/rpc/first.h"
#include "daemon/rpc/upgrade.h"
#include "daemon/service/call/code.h"
#include "daemon/service/standard/catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    /* Bytes of messages in one commit: about ten milliseconds of disk writes. */
    GROUP_BYTES = 4 * 1024 * 1024,
    TURN_MAX = 1024,
    QUOTED_MAX = 60,
};

/* A call between its request and its reply. */
struct pending {
    struct work work; /* first: the crews return this */
    struct job job;
    struct pending *next;
    dispatch_reply *reply;
    void *owner;
    uint32_t id;
    int64_t started_us;
};

static int64_t monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void log_call(const struct pending *p, int64_t us)
{
    const struct job *job = &p->job;
    int code = job->err.code;
    enum log_level level = code == ERR_INTERNAL || code == ERR_OUTCOME_UNKNOWN ? LOG_ERROR
                           : job->method->kind == READ                         ? LOG_DEBUG
                                                                               : LOG_INFO;
    if (!log_wants(level))
        return;
    if (code == OK)
        log_write(level, "call method=%s user=%s uid=%lld us=%lld code=ok", job->method->name, job->caller->user,
                  (long long)job->caller->uid, (long long)us);
    else
        log_write(level, "call method=%s user=%s uid=%lld us=%lld code=%s field=%s message=\"%s\"", job->method->name,
                  job->caller->user, (long long)job->caller->uid, (long long)us, api_error(code)->name, job->err.field,
                  job->err.message);
}

static void finish(struct dispatch *d, struct pending *p)
{
    int64_t us = monotonic_us() - p->started_us;
    metrics_count(&d->metrics, p->job.method, us, p->job.err.code != OK);
    log_call(p, us);
    d->in_flight--;
    if (p->job.err.code == ERR_OUTCOME_UNKNOWN)
        d->failed = true;
    p->reply(p->owner, p->id, &p->job.err, &p->job.result);
    job_fini(&p->job);
    free(p);
}

static void on_done(void *context, struct work *work)
{
    finish(context, (struct pending *)work);
}

static size_t jobs_of(struct work **items, size_t n, struct job **ret)
{
    for (size_t i = 0; i < n; i++)
        ret[i] = &((struct pending *)items[i])->job;
    return n;
}

static void run_long(void *member, struct work **items, size_t n)
{
    struct job *jobs[1];
    run_reads(member, jobs, jobs_of(items, n, jobs));
}

static void run_writes(void *member, struct work **items, size_t n)
{
    struct job *jobs[TURN_MAX];
    run_group(member, jobs, jobs_of(items, n, jobs));
}

static void between_groups(void *member, size_t waiting)
{
    struct run *r = member;
    struct err e = { 0 };
    if (!r->failed && store_between(r->store, waiting, &e) != OK)
        log_write(LOG_WARNING, "checkpoint code=%s message=\"%s\"", api_error(e.code)->name, e.message);
}

static int stats(const struct host *host, struct call *call, struct stats *ret)
{
    const struct dispatch *d = (const struct dispatch *)(const void *)host;
    ret->queued = (int64_t)crew_waiting(d->writer);
    ret->groups = atomic_load(&d->writes.groups);
    ret->writes = atomic_load(&d->writes.writes);
    ret->has_queued = ret->has_groups = ret->has_writes = true;
    return metrics_report(&d->metrics, call->arena, ret, call->err);
}

static int open_run(struct dispatch *d, struct run *r, enum store_mode mode, struct err *e)
{
    *r = (struct run){ .clock = d->options.clock, .host = &d->host };
    r->catalogue = catalogue_new();
    if (r->catalogue == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "out of memory");
    if (mode == STORE_READER)
        return store_open(&r->store, d->options.database, mode, d->options.clock, e);
    if (store_open_telling(&r->store, d->options.database, d->options.clock, d->options.tell, e) != OK)
        return e->code;
    if (upgrade_run(r, upgrade_steps, d->options.tell, e) != OK)
        return e->code;
    return code_tell_alike(r->store, e);
}

static void close_run(struct run *r)
{
    store_close(r->store);
    if (r->catalogue != NULL)
        catalogue_free(r->catalogue);
    zone_free(r->zone);
    *r = (struct run){ 0 };
}

static int open_runs(struct dispatch *d, struct err *e)
{
    /* The writer first: it creates the database and brings it up to date. */
    if (open_run(d, &d->writes, STORE_WRITER, e) != OK || first_settle(&d->writes, e) != OK
        || open_run(d, &d->reads, STORE_READER, e) != OK)
        return e->code;
    for (int i = 0; i < DISPATCH_WORKERS; i++)
        if (open_run(d, &d->longs[i], STORE_READER, e) != OK)
            return e->code;
    return OK;
}

static int start_crews(struct dispatch *d, struct uv_loop_s *loop, struct err *e)
{
    size_t group = d->options.group < TURN_MAX ? d->options.group : TURN_MAX;
    struct crew_options writer = { .name = "smed-writer",
                                   .threads = d->options.threads ? 1 : 0,
                                   .queue = d->options.writes_waiting,
                                   .group = group,
                                   .group_bytes = GROUP_BYTES,
                                   .run = run_writes,
                                   .between = between_groups,
                                   .members = { &d->writes },
                                   .done = on_done,
                                   .context = d };
    struct crew_options workers = { .name = "smed-worker",
                                    .threads = d->options.threads ? DISPATCH_WORKERS : 0,
                                    .queue = d->options.longs_waiting,
                                    .group = 1,
                                    .run = run_long,
                                    .members = { &d->longs[0], &d->longs[1] },
                                    .done = on_done,
                                    .context = d };
    d->writer = crew_new(loop, &writer);
    d->workers = crew_new(loop, &workers);
    if (d->writer == NULL || d->workers == NULL)
        return err_set(e, ERR_INTERNAL, NULL, "cannot create threads");
    return OK;
}

int dispatch_start(struct dispatch *d, struct uv_loop_s *loop, const struct dispatch_options *options, struct err *e)
{
    *d = (struct dispatch){ .options = *options, .host = { .stats = stats } };
    d->metrics.started_at = clock_now(options->clock);
    if (open_runs(d, e) == OK && start_crews(d, loop, e) == OK)
        return OK;
    dispatch_stop(d);
    return e->code;
}

void dispatch_stop(struct dispatch *d)
{
    while (dispatch_has_reads(d))
        dispatch_turn(d);
    crew_stop(d->workers);
    crew_stop(d->writer);
    close_run(&d->reads);
    for (int i = 0; i < DISPATCH_WORKERS; i++)
        close_run(&d->longs[i]);
    /* Last: closing the very last connection removes the log. */
    close_run(&d->writes);
    d->writer = d->workers = NULL;
}

static void enqueue_read(struct dispatch *d, struct pending *p)
{
    if (d->last != NULL)
        d->last->next = p;
    else
        d->first = p;
    d->last = p;
}

/* A read of another day is computed from audits and findings, which may be slow. */
static bool names_a_day(const struct job *job)
{
    for (size_t i = 0; i < job->method->n_params; i++) {
        const struct field *f = &job->method->params[i];
        if (field_is_as_of(f))
            return date_is_set(*(const struct date *)((const char *)job->params + f->offset));
    }
    return false;
}

static void route(struct dispatch *d, struct pending *p)
{
    bool accepted = true;
    if (p->job.method->kind == READ && !names_a_day(&p->job))
        enqueue_read(d, p);
    else
        accepted = crew_push(p->job.method->kind == WRITE ? d->writer : d->workers, &p->work);
    if (accepted)
        return;
    err_set(&p->job.err, ERR_BUSY, NULL, "too many calls are waiting; nothing was changed, try again");
    finish(d, p);
}

/* The part of an unknown name that a message quotes, whole characters only. */
static int quoted_length(const struct message *m)
{
    size_t length = m->method_length < QUOTED_MAX ? m->method_length : QUOTED_MAX;
    while (length < m->method_length && length > 0 && ((unsigned char)m->method[length] & 0xC0) == 0x80)
        length--;
    return (int)length;
}

void dispatch_call(struct dispatch *d, const struct message *m, const struct caller *caller, dispatch_reply *reply,
                   void *owner)
{
    struct err e = { 0 };
    const struct method *method = api_method_by_name(m->method, m->method_length);
    struct pending *p = method == NULL ? NULL : malloc(sizeof *p);
    if (p == NULL) {
        if (method == NULL)
            err_set(&e, ERR_NO_METHOD, NULL, "unknown method '%.*s'; see system.describe", quoted_length(m), m->method);
        else
            err_set(&e, ERR_BUSY, NULL, "out of memory; nothing was changed, try again");
        reply(owner, m->id, &e, NULL);
        return;
    }
    *p = (struct pending){
        .work = { .bytes = m->size }, .reply = reply, .owner = owner, .id = m->id, .started_us = monotonic_us()
    };
    job_init(&p->job, method, caller);
    d->in_flight++;
    if (job_decode(&p->job, m->params) == OK)
        route(d, p);
    else
        finish(d, p);
}

bool dispatch_has_reads(const struct dispatch *d)
{
    return d->first != NULL;
}

void dispatch_turn(struct dispatch *d)
{
    struct job *jobs[TURN_MAX];
    size_t most = d->options.turn_reads < TURN_MAX ? d->options.turn_reads : TURN_MAX, n = 0;
    if (d->first == NULL)
        return;
    struct pending *first = d->first, *end = first;
    for (; end != NULL && n < most; end = end->next)
        jobs[n++] = &end->job;
    d->first = end;
    if (end == NULL)
        d->last = NULL;
    run_reads(&d->reads, jobs, n);
    for (struct pending *p = first; p != end;) {
        struct pending *next = p->next;
        finish(d, p);
        p = next;
    }
}

bool dispatch_is_alive(struct dispatch *d)
{
    bool alive = crew_has_answered(d->writer);
    crew_ask(d->writer);
    return alive;
}
