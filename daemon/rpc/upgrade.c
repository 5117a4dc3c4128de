/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/upgrade.h"

#include "common/log.h"
#include "daemon/service/call/calendar.h"
#include "query/upgrade.h"

#include <stdio.h>
#include <time.h>

enum {
    PART_S = 60, /* a part is over by then */
    LOG_S = 5,   /* a line of progress at most that often */
};

#define STEP(migration, function) { migration, #function, function },
const struct upgrade_step upgrade_steps[] = {
#include "daemon/service/call/upgrade.def"
    { 0 },
};

static int64_t monotonic_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

/* What is stored of the step; nothing if it never ran. */
static int read_progress(struct store *s, const struct upgrade_step *step, struct upgrade_progress *ret, struct err *e)
{
    struct stmt *q = query_upgrade_get(s, step->migration, step->name);
    *ret = (struct upgrade_progress){ 0 };
    if (stmt_step(q)) {
        ret->after = stmt_int(q, UPGRADE_GET_after);
        ret->done = stmt_int(q, UPGRADE_GET_done);
        ret->finished = !stmt_is_null(q, UPGRADE_GET_finished_at);
    }
    return stmt_end(q, e);
}

static int keep_progress(struct call *call, const struct upgrade_step *step, const struct upgrade_progress *p)
{
    struct instant finished_at = p->finished ? call->now : (struct instant){ 0 };
    return stmt_run(query_upgrade_put(call->store, step->migration, step->name, p->after, p->done, finished_at),
                    call->err);
}

/* One transaction; *p is moved on only if it was committed. */
static int run_part(struct run *r, const struct upgrade_step *step, struct upgrade_progress *p, struct err *e)
{
    struct job job;
    struct upgrade_progress next = *p;
    job_init(&job, NULL, NULL);
    struct call call = run_call(r, &job, clock_now(r->clock));
    call.scope.everywhere = true;
    int code = store_begin(r->store, &job.err);
    if (code == OK) {
        code = step->part(&call, &next);
        if (code == OK)
            code = keep_progress(&call, step, &next);
        if (code == OK)
            code = store_commit(r->store, &job.err);
        else
            store_rollback(r->store);
    }
    if (code == OK)
        *p = next;
    *e = job.err;
    job_fini(&job);
    return code;
}

static void tell_progress(const struct upgrade_step *step, const struct upgrade_progress *p, store_tell *tell)
{
    char words[160];
    if (p->total > 0)
        snprintf(words, sizeof words, "Upgrading the register: %s, %lld of %lld", step->name, (long long)p->done,
                 (long long)p->total);
    else
        snprintf(words, sizeof words, "Upgrading the register: %s, %lld so far", step->name, (long long)p->done);
    if (tell != NULL)
        tell(words, PART_S);
}

static void log_progress(const struct upgrade_step *step, const struct upgrade_progress *p, const char *state)
{
    log_write(LOG_NOTICE, "upgrade step=%s state=%s done=%lld total=%lld", step->name, state, (long long)p->done,
              (long long)p->total);
}

/* Moves the log into the database between parts, so that it stays small. */
static int run_step(struct run *r, const struct upgrade_step *step, struct upgrade_progress *p, store_tell *tell,
                    struct err *e)
{
    int64_t logged = monotonic_s();
    while (!p->finished) {
        tell_progress(step, p, tell);
        if (run_part(r, step, p, e) != OK || store_between(r->store, 0, e) != OK)
            return err_wrap(e, "the upgrade stopped and goes on at the next start: ");
        if (monotonic_s() - logged < LOG_S)
            continue;
        logged = monotonic_s();
        log_progress(step, p, "running");
    }
    return OK;
}

int upgrade_run(struct run *r, const struct upgrade_step *steps, store_tell *tell, struct err *e)
{
    if (calendar_refresh(r->store, &r->zone, e) != OK)
        return e->code;
    for (const struct upgrade_step *step = steps; step->name != NULL; step++) {
        struct upgrade_progress p;
        if (read_progress(r->store, step, &p, e) != OK)
            return e->code;
        if (p.finished)
            continue;
        if (run_step(r, step, &p, tell, e) != OK)
            return e->code;
        log_progress(step, &p, "finished");
    }
    return OK;
}
