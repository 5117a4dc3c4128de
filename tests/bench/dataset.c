/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/dataset.h"

#include "common/uuid.h"
#include "daemon/service/standard/catalogue.h"
#include "query/cert.h"
#include "query/noun.h"
#include "query/standing.h"
#include "query/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP = 256 };

_Noreturn static void die(const char *what, const struct err *e)
{
    fprintf(stderr, "bench: %s: %s %s\n", what, e->field, e->message);
    exit(1);
}

uint32_t dataset_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

const char *dataset_code(char code[DATASET_CODE], uint32_t n)
{
    snprintf(code, DATASET_CODE, "E%05u", n % DATASET_ENTERPRISES);
    return code;
}

void dataset_open(struct dataset *d, const char *path, enum store_mode mode)
{
    struct err e = { 0 };
    *d = (struct dataset){ .caller = { .is_admin = true, .user = "bench" } };
    if (store_open(&d->run.store, path, mode, &clock_system, &e) != OK)
        die("the database cannot be opened", &e);
    d->run.catalogue = catalogue_new();
    d->run.clock = &clock_system;
}

void dataset_close(struct dataset *d)
{
    catalogue_free(d->run.catalogue);
    zone_free(d->run.zone);
    store_close(d->run.store);
}

void dataset_call(struct dataset *d, enum method_id method, void *params)
{
    struct job job;
    job_init(&job, &api_methods[method], &d->caller);
    job.params = params;
    if (job.method->kind == WRITE)
        run_group(&d->run, (struct job *[]){ &job }, 1);
    else
        run_reads(&d->run, (struct job *[]){ &job }, 1);
    if (job.err.code != OK)
        die(job.method->name, &job.err);
    job_fini(&job);
}

/* Steps to the end and reads every column; the number in this one, of the last row. */
static int64_t read_all(struct stmt *q, int column)
{
    struct err e = { 0 };
    int64_t number = 0;
    while (stmt_step(q)) {
        number = stmt_int(q, column);
        for (int i = 0; i < stmt_columns(q); i++)
            (void)stmt_blob(q, i);
    }
    if (stmt_end(q, &e) != OK)
        die("a statement", &e);
    return number;
}

void dataset_status_statements(struct dataset *d, const char *code)
{
    struct store *s = d->run.store;
    struct date today = date_of_instant(clock_now(d->run.clock));
    int64_t holder = read_all(query_lookup_holder(s, code), LOOKUP_CODE_id);
    read_all(query_status_holder(s, holder, today, NULL), STATUS_HOLDER_code);
    int64_t edition = read_all(query_standing_kept_all(s, holder), STANDING_KEPT_edition_id);
    read_all(query_cert_newest(s, holder, edition, today), CERT_NEWEST_state);
}

struct audit_record *dataset_audit(struct arena *a, uint32_t n, struct date on, const char *request)
{
    static const char *const notes[] = { "records kept up to date", "seen at the store", "asked the foreman",
                                         "label missing on one can", "checked on three plots" };
    struct response *responses = arena_array(a, DATASET_REQUIREMENTS, sizeof(*responses));
    struct audit_record *p = arena_alloc(a, sizeof(*p));
    uint64_t state = n * 2654435761u + 1;
    for (uint32_t i = 0; i < DATASET_REQUIREMENTS; i++) {
        bool bad = dataset_random(&state) % 100 < 4;
        responses[i] = (struct response){
            .requirement = arena_printf(a, "R%u.%02u", i / 10 + 1, i % 10),
            .result = bad ? RESULT_NONCONFORMING : RESULT_CONFORMING,
            .class = bad ? CLASS_MINOR : 0,
            .note = notes[dataset_random(&state) % 5],
        };
    }
    char code[DATASET_CODE];
    *p = (struct audit_record){
        .write.request = arena_dup(a, request),
        .holder.text = arena_dup(a, dataset_code(code, n)),
        .edition.text = "bench:1",
        .kind = AUDIT_INTERNAL_INSPECTION,
        .on = on,
        .again = true,
        .has_again = true,
        .responses = responses,
        .n_responses = DATASET_REQUIREMENTS,
    };
    return p;
}

static void publish(struct dataset *d)
{
    struct arena a;
    char request[UUID_TEXT];
    arena_init(&a, 1 << 20);
    uuid_make(request);
    size_t n = DATASET_REQUIREMENTS + DATASET_REQUIREMENTS / 10, at = 0;
    struct requirement *requirements = arena_array(&a, n, sizeof(*requirements));
    struct requirement_text *text = arena_alloc(&a, sizeof(*text));
    *text = (struct requirement_text){ .lang = "en", .title = "A requirement" };
    for (uint32_t i = 0; i < DATASET_REQUIREMENTS; i++) {
        const char *section = arena_printf(&a, "R%u", i / 10 + 1);
        if (i % 10 == 0)
            requirements[at++] = (struct requirement){ .code = section, .texts = text, .n_texts = 1 };
        requirements[at++] = (struct requirement){ .code = arena_printf(&a, "%s.%02u", section, i % 10),
                                                   .parent = section,
                                                   .level = i % 3 == 0 ? LEVEL_MAJOR : LEVEL_MINOR,
                                                   .texts = text,
                                                   .n_texts = 1 };
    }
    struct pass_clause clauses[] = {
        { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR },
        { .kind = CLAUSE_RATIO,
          .level = LEVEL_MINOR,
          .at_least = 95,
          .has_at_least = true,
          .out_of = 100,
          .has_out_of = true },
    };
    struct standard_publish p = {
        .write.request = request,
        .standard = "bench",
        .name = "Bench",
        .owner = "smed",
        .domain = DOMAIN_QUALITY,
        .certifies = CERTIFIES_PRODUCT,
        .edition = "1",
        .source = "made up for measuring",
        .pass = clauses,
        .n_pass = 2,
        .requirements = requirements,
        .n_requirements = at,
    };
    dataset_call(d, METHOD_standard_publish, &p);
    arena_reset(&a);
}

static void cooperatives(struct dataset *d)
{
    for (int i = 0; i < DATASET_COOPERATIVES; i++) {
        char request[UUID_TEXT], code[16];
        uuid_make(request);
        snprintf(code, sizeof code, "C%02d", i);
        struct coop_create p = { .write.request = request, .code = code, .name = "Cooperative" };
        dataset_call(d, METHOD_coop_create, &p);
    }
}

static void *enterprise(struct arena *a, uint32_t n)
{
    char code[DATASET_CODE], *request = arena_alloc(a, UUID_TEXT);
    struct enterprise_create *p = arena_alloc(a, sizeof(*p));
    uuid_make(request);
    *p = (struct enterprise_create){ .write.request = request,
                                     .code = arena_dup(a, dataset_code(code, n)),
                                     .name = "Enterprise",
                                     .activity = ACTIVITY_FARM,
                                     .cooperative.text = arena_printf(a, "C%02u", n % DATASET_COOPERATIVES),
                                     .joined_on = date_of(2020, 1, 1) };
    return p;
}

static void *audit(struct arena *a, uint32_t n)
{
    char request[UUID_TEXT];
    uuid_make(request);
    return dataset_audit(a, n, date_of(2026, 6, 1), request);
}

/* One write per enterprise, in groups. */
static void for_all(struct dataset *d, enum method_id method, void *(*make)(struct arena *, uint32_t))
{
    static struct job jobs[GROUP];
    struct job *group[GROUP];
    for (uint32_t first = 0; first < DATASET_ENTERPRISES; first += GROUP) {
        size_t n = DATASET_ENTERPRISES - first < GROUP ? DATASET_ENTERPRISES - first : GROUP;
        for (size_t i = 0; i < n; i++) {
            group[i] = &jobs[i];
            job_init(&jobs[i], &api_methods[method], &d->caller);
            jobs[i].params = make(&jobs[i].arena, first + (uint32_t)i);
        }
        run_group(&d->run, group, n);
        for (size_t i = 0; i < n; i++) {
            if (jobs[i].err.code != OK)
                die(api_methods[method].name, &jobs[i].err);
            job_fini(&jobs[i]);
        }
    }
}

void dataset_build(const char *path)
{
    struct dataset d;
    dataset_open(&d, path, STORE_WRITER);
    publish(&d);
    cooperatives(&d);
    for_all(&d, METHOD_enterprise_create, enterprise);
    for_all(&d, METHOD_audit_record, audit);
    dataset_close(&d);
}
