/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/desk.h"

#include "common/uuid.h"
#include "daemon/rpc/upgrade.h"
#include "daemon/service/standard/catalogue.h"
#include "tests/support/coverage.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESULTS_MAX = 256 * 1024 * 1024 };

static void must(bool holds, const char *what, const struct err *e)
{
    if (holds)
        return;
    fprintf(stderr, "desk: %s: %s %s\n", what, e->field, e->message);
    abort();
}

static struct instant desk_now(void *context)
{
    return ((const struct desk *)context)->now;
}

static void open_store(struct desk *desk)
{
    char path[DESK_PATH];
    desk_path(desk, path);
    must(store_open(&desk->run.store, path, STORE_WRITER, &clock_system, &desk->err) == OK, "open", &desk->err);
    desk->run.catalogue = catalogue_new();
    must(desk->run.catalogue != NULL, "catalogue", &desk->err);
    desk->run.failed = false;
    desk->clock = (struct clock){ desk_now, desk };
    desk->run.clock = &desk->clock;
    must(upgrade_run(&desk->run, upgrade_steps, NULL, &desk->err) == OK, "upgrade", &desk->err);
}

void desk_path(const struct desk *desk, char ret[DESK_PATH])
{
    snprintf(ret, DESK_PATH, "%s/smed.db", desk->directory);
}

void desk_reopen(struct desk *desk)
{
    catalogue_free(desk->run.catalogue);
    store_close(desk->run.store);
    open_store(desk);
}

void desk_start(struct desk *desk, const char *today)
{
    desk_start_on(desk, today, NULL);
}

void desk_start_on(struct desk *desk, const char *today, void (*furnish)(const char *path))
{
    char path[DESK_PATH];
    memset(desk, 0, sizeof *desk);
    snprintf(desk->directory, sizeof desk->directory, "/tmp/smed-desk-XXXXXX");
    must(mkdtemp(desk->directory) != NULL, "mkdtemp", &desk->err);
    desk_path(desk, path);
    if (furnish != NULL)
        furnish(path);
    desk_set_today(desk, today);
    open_store(desk);
    arena_init(&desk->arena, RESULTS_MAX);
    desk_as_admin(desk);
}

static void remove_file(const char *directory, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    remove(path);
}

void desk_stop(struct desk *desk)
{
    catalogue_free(desk->run.catalogue);
    zone_free(desk->run.zone);
    store_close(desk->run.store);
    arena_reset(&desk->arena);
    remove_file(desk->directory, "smed.db");
    remove_file(desk->directory, "smed.db-wal");
    remove_file(desk->directory, "smed.db-shm");
    remove_file(desk->directory, "smed.db-lock");
    remove_file(desk->directory, "smed.db.before-" SMED_VERSION);
    remove(desk->directory);
}

void desk_set_today(struct desk *desk, const char *today)
{
    must(instant_parse(today, strlen(today), &desk->now) || strlen(today) == DATE_TEXT - 1, "a day", &desk->err);
    if (strlen(today) == DATE_TEXT - 1) {
        char noon[INSTANT_TEXT];
        snprintf(noon, sizeof noon, "%sT12:00:00Z", today);
        must(instant_parse(noon, strlen(noon), &desk->now), "a day", &desk->err);
    }
}

void desk_as_admin(struct desk *desk)
{
    desk->caller = (struct caller){ .uid = 0, .is_admin = true, .user = "root" };
}

void desk_as_user(struct desk *desk, const char *name, int64_t uid)
{
    desk->caller = (struct caller){ .uid = uid };
    snprintf(desk->caller.user, sizeof desk->caller.user, "%s", name);
}

/* The parameters as received on the wire: encoded and decoded again. */
static int send_params(struct job *job, const void *params)
{
    struct buf bytes;
    msgpack_unpacked message;
    buf_init(&bytes, MP_MESSAGE_MAX);
    msgpack_unpacked_init(&message);
    int code = codec_encode_params(job->method, params, &bytes, &job->err);
    if (code == OK && bytes.size > 0) {
        size_t at = 0;
        must(msgpack_unpack_next(&message, (const char *)bytes.data, bytes.size, &at) == MSGPACK_UNPACK_SUCCESS,
             "parameters", &job->err);
        code = job_decode(job, &message.data);
    }
    msgpack_unpacked_destroy(&message);
    buf_fini(&bytes);
    return code;
}

static void read_result(struct desk *desk, struct job *job, void *ret)
{
    msgpack_unpacked message;
    size_t at = 0;
    msgpack_unpacked_init(&message);
    must(msgpack_unpack_next(&message, (const char *)job->result.data, job->result.size, &at) == MSGPACK_UNPACK_SUCCESS,
         "result", &job->err);
    must(codec_decode_result(job->method, &message.data, &desk->arena, ret, &job->err) == OK, "result", &job->err);
    msgpack_unpacked_destroy(&message);
}

static void perform(struct desk *desk, struct job *job)
{
    if (desk->around != NULL)
        desk->around(true);
    if (job->method->kind == WRITE)
        run_group(&desk->run, &job, 1);
    else
        run_reads(&desk->run, &job, 1);
    if (desk->around != NULL)
        desk->around(false);
}

/* A copy of the parameters with a new request id. */
static const void *complete(struct desk *desk, const struct method *m, const void *params)
{
    void *copy = arena_alloc(&desk->arena, m->size);
    char *request = arena_alloc(&desk->arena, UUID_TEXT);
    must(copy != NULL && request != NULL, "memory", &desk->err);
    memcpy(copy, params, m->size);
    struct write_options *options = api_write_options(m, copy);
    uuid_make(request);
    if (options != NULL && options->request == NULL)
        options->request = request;
    return copy;
}

int desk_call(struct desk *desk, enum method_id method, const void *params, void *ret)
{
    const struct method *m = &api_methods[method];
    coverage_note(m);
    _Alignas(max_align_t) char unused[4096] = { 0 };
    struct job job;
    job_init(&job, m, &desk->caller);
    if (desk->memory > 0)
        arena_init(&job.arena, desk->memory);
    if (send_params(&job, complete(desk, m, params)) == OK)
        perform(desk, &job);
    if (ret != NULL)
        memset(ret, 0, m->shape == PAGE ? sizeof(struct page) : api_records[m->result].size);
    if (job.err.code == OK)
        read_result(desk, &job, ret != NULL ? ret : unused);
    if (job.err.code == ERR_INTERNAL && desk->around == NULL && desk->memory == 0)
        fprintf(stderr, "desk: %s: %s %s\n", m->name, job.err.field, job.err.message);
    desk->err = job.err;
    job_fini(&job);
    return desk->err.code;
}

void desk_publish(struct desk *desk, const char *standard, const char *edition)
{
    struct requirement_text texts[] = { { .lang = "en", .title = "Something asked" } };
    struct requirement requirements[] = {
        { .code = "R1", .level = LEVEL_MAJOR, .texts = texts, .n_texts = 1 },
        { .code = "R2", .level = LEVEL_MINOR, .texts = texts, .n_texts = 1 },
        { .code = "R3", .level = LEVEL_RECOMMENDATION, .texts = texts, .n_texts = 1 },
    };
    struct pass_clause clauses[] = { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR } };
    struct sampling_rule sampling[] = {
        { .purpose = SAMPLE_SURVEILLANCE,
          .share = 1,
          .has_share = true,
          .share_of = 2,
          .has_share_of = true,
          .source = "made up" },
    };
    struct rules rules = { .sampling = sampling, .n_sampling = 1 };
    int code = DESK(desk, standard_publish, NULL, .standard = standard, .name = standard, .owner = "us",
                    .domain = DOMAIN_QUALITY, .certifies = CERTIFIES_MANAGEMENT_SYSTEM, .edition = edition,
                    .class_from_level = true, .has_class_from_level = true, .source = "made up", .rules = &rules,
                    .pass = clauses, .n_pass = 1, .requirements = requirements, .n_requirements = 3);
    must(code == OK, "publish", &desk->err);
}

struct date desk_day(const char *text)
{
    struct date day;
    must(date_parse(text, strlen(text), &day), text, &(struct err){ 0 });
    return day;
}

struct ref desk_ref(const char *text)
{
    return (struct ref){ .text = text };
}
