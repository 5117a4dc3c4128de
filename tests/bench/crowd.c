/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/crowd.h"

#include "tests/bench/dataset.h"
#include "tests/bench/load.h"
#include "tests/support/sampling.h"

#include "common/uuid.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { REQUIREMENTS = 40, GROUP = 256, NONCONFORMING = 1 /* per cent */, CODE = 16 };

static const char cooperative[] = "CROWD", counting[] = "members' standings counted, plain statement";

/* The register under construction: writes gathered to groups. */
struct builder {
    const struct crowd *crowd;
    struct dataset d;
    struct date today;
    struct job jobs[GROUP];
    size_t n;
    uint64_t random;
};

static void flush(struct builder *b)
{
    struct job *list[GROUP];
    struct err e = { 0 };
    for (size_t i = 0; i < b->n; i++)
        list[i] = &b->jobs[i];
    if (b->n > 0)
        run_group(&b->d.run, list, b->n);
    for (size_t i = 0; i < b->n; i++) {
        if (b->jobs[i].err.code != OK) {
            fprintf(stderr, "bench: %s: %s %s\n", b->jobs[i].method->name, b->jobs[i].err.field,
                    b->jobs[i].err.message);
            exit(1);
        }
        job_fini(&b->jobs[i]);
    }
    b->n = 0;
    store_checkpoint(b->d.run.store, &e);
}

/* The job that the next write goes into; its parameters are to be made in its arena. */
static struct job *next_job(struct builder *b, enum method_id method)
{
    if (b->n == GROUP)
        flush(b);
    struct job *job = &b->jobs[b->n++];
    job_init(job, &api_methods[method], &b->d.caller);
    return job;
}

static const char *request(struct arena *a)
{
    char *text = arena_alloc(a, UUID_TEXT);
    uuid_make(text);
    return text;
}

static const char *member(struct arena *a, unsigned i)
{
    return arena_printf(a, "M%05u", i);
}

static const char *edition(struct arena *a, unsigned i)
{
    return arena_printf(a, "crowd%u:1", i);
}

static const char *requirement(struct arena *a, unsigned i)
{
    return arena_printf(a, "R%02u", i);
}

static const struct rules *group_rules(void)
{
    static struct sampling_rule sampling[2];
    static struct deadline_rule deadlines[] = {
        { .class = CLASS_MAJOR, .step = STEP_CLOSE, .days = 28, .has_days = true, .source = "bench" },
        { .class = CLASS_MINOR, .step = STEP_CLOSE, .days = 90, .has_days = true, .source = "bench" },
    };
    static struct internal_rule internal = { .inspections = 1,
                                             .has_inspections = true,
                                             .whole_checklist = true,
                                             .has_whole_checklist = true,
                                             .source = "bench" };
    static struct group_rule group = {
        .ready = 1, .has_ready = true, .ready_of = 1, .has_ready_of = true, .source = "bench"
    };
    static const struct rules rules = { .sampling = sampling,
                                        .n_sampling = 2,
                                        .deadlines = deadlines,
                                        .n_deadlines = 2,
                                        .internal = &internal,
                                        .group = &group };
    sampling[0] = sampling_root(SAMPLE_INITIAL, 1, 1);
    sampling[1] = sampling_strata(SAMPLE_SURVEILLANCE, 3, 5);
    return &rules;
}

static void publish(struct builder *b, unsigned i)
{
    static struct requirement_text text = { .lang = "en", .title = "A requirement" };
    static struct pass_clause clauses[] = {
        { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR },
        { .kind = CLAUSE_RATIO,
          .level = LEVEL_MINOR,
          .at_least = 95,
          .has_at_least = true,
          .out_of = 100,
          .has_out_of = true },
    };
    struct job *job = next_job(b, METHOD_standard_publish);
    struct standard_publish *p = job->params = arena_alloc(&job->arena, sizeof *p);
    struct requirement *rows = arena_array(&job->arena, REQUIREMENTS, sizeof *rows);
    for (unsigned k = 0; k < REQUIREMENTS; k++)
        rows[k] = (struct requirement){ .code = requirement(&job->arena, k),
                                        .level = k % 4 == 0 ? LEVEL_MAJOR : LEVEL_MINOR,
                                        .texts = &text,
                                        .n_texts = 1 };
    *p = (struct standard_publish){ .write.request = request(&job->arena),
                                    .standard = arena_printf(&job->arena, "crowd%u", i),
                                    .name = "Crowd",
                                    .owner = "smed",
                                    .domain = DOMAIN_QUALITY,
                                    .certifies = CERTIFIES_GROUP,
                                    .edition = "1",
                                    .class_from_level = true,
                                    .has_class_from_level = true,
                                    .source = "made up for measuring",
                                    .pass = clauses,
                                    .n_pass = 2,
                                    .rules = (struct rules *)(uintptr_t)group_rules(),
                                    .requirements = rows,
                                    .n_requirements = REQUIREMENTS };
}

static void enrol(struct builder *b, unsigned i)
{
    struct job *job = next_job(b, METHOD_enterprise_create);
    struct enterprise_create *p = job->params = arena_alloc(&job->arena, sizeof *p);
    *p = (struct enterprise_create){ .write.request = request(&job->arena),
                                     .code = member(&job->arena, i),
                                     .name = "Member",
                                     .activity = ACTIVITY_FARM,
                                     .cooperative.text = cooperative,
                                     .joined_on = { b->today.day - 366 * (int32_t)(b->crowd->years + 1) } };
}

/* On its way to be certified as a group, so that its internal control owes the members their inspections. */
static void pursue(struct builder *b, unsigned e)
{
    struct job *job = next_job(b, METHOD_pursuit_enrol);
    struct pursuit_enrol *p = job->params = arena_alloc(&job->arena, sizeof *p);
    *p = (struct pursuit_enrol){ .write.request = request(&job->arena),
                                 .holder.text = cooperative,
                                 .edition.text = edition(&job->arena, e),
                                 .route = ROUTE_GROUP };
}

/* Inspections of the years before found what the next year's closed; some of this year are still to come. */
static void inspect(struct builder *b, unsigned year, unsigned i, unsigned e)
{
    struct job *job = next_job(b, METHOD_audit_record);
    struct audit_record *p = job->params = arena_alloc(&job->arena, sizeof *p);
    struct response *rows = arena_array(&job->arena, REQUIREMENTS, sizeof *rows);
    bool last = year + 1 == b->crowd->years;
    for (unsigned k = 0; k < REQUIREMENTS; k++) {
        bool bad = last && dataset_random(&b->random) % 100 < NONCONFORMING;
        rows[k] = (struct response){ .requirement = requirement(&job->arena, k),
                                     .result = bad ? RESULT_NONCONFORMING : RESULT_CONFORMING };
    }
    *p = (struct audit_record){ .write.request = request(&job->arena),
                                .holder.text = member(&job->arena, i),
                                .edition.text = edition(&job->arena, e),
                                .kind = AUDIT_INTERNAL_INSPECTION,
                                .on = { b->today.day - 365 * (int32_t)(b->crowd->years - 1 - year)
                                        - (int32_t)(i % 60) },
                                .responses = rows,
                                .n_responses = REQUIREMENTS };
}

static void build(struct builder *b)
{
    for (unsigned e = 0; e < b->crowd->editions; e++)
        publish(b, e);
    flush(b);
    struct job *job = next_job(b, METHOD_coop_create);
    struct coop_create *coop = job->params = arena_alloc(&job->arena, sizeof *coop);
    *coop = (struct coop_create){ .write.request = request(&job->arena), .code = cooperative, .name = "The crowd" };
    flush(b);
    for (unsigned e = 0; e < b->crowd->editions; e++)
        pursue(b, e);
    for (unsigned i = 0; i < b->crowd->members; i++)
        enrol(b, i);
    for (unsigned year = 0; year < b->crowd->years; year++)
        for (unsigned i = 0; i < b->crowd->members; i++)
            for (unsigned e = 0; e < b->crowd->editions && (year + 1 < b->crowd->years || i % 20 != 0); e++)
                inspect(b, year, i, e);
    flush(b);
}

/* --- the questions --- */

static void ask_status(struct arena *a, struct dataset *d)
{
    (void)a;
    dataset_call(d, METHOD_status_show, &(struct status_show){ .holder.text = cooperative });
}

/* With every stratum, from members with ten years of inspections. */
static void ask_draw(struct arena *a, struct dataset *d)
{
    dataset_call(d, METHOD_sample_draw,
                 &(struct sample_draw){ .write.request = request(a),
                                        .cooperative.text = cooperative,
                                        .edition.text = edition(a, 0),
                                        .purpose = SAMPLE_SURVEILLANCE });
}

static void ask_sample(struct arena *a, struct dataset *d)
{
    (void)a;
    dataset_call(d, METHOD_sample_show, &(struct sample_show){ .sample.text = "S1" });
}

static void ask_group(struct arena *a, struct dataset *d)
{
    (void)a;
    dataset_call(d, METHOD_group_show,
                 &(struct group_show){ .cooperative.text = cooperative, .edition.text = "crowd0:1" });
}

static void ask_due(struct arena *a, struct dataset *d)
{
    (void)a;
    dataset_call(d, METHOD_due_list, &(struct due_list){ .holder.text = cooperative });
}

/* So far ahead that the inspections of the year are in it. */
static void ask_due_far(struct arena *a, struct dataset *d)
{
    (void)a;
    dataset_call(d, METHOD_due_list,
                 &(struct due_list){ .holder.text = cooperative, .within = 366, .has_within = true });
}

static const struct question {
    const char *name, *rows, *ratio, *aim;
    void (*ask)(struct arena *a, struct dataset *d);
} questions[] = {
    { "status of 2,000 members", "rows read by status", "status of 2,000 members / counting", "<= 20", ask_status },
    { "group verdict over 2,000 members", "rows read by group show", "group verdict over 2,000 members / counting",
      "<= 20", ask_group },
    { "due list of 2,000 members", "rows read by due", "due list of 2,000 members / counting", "<= 20", ask_due },
    { "due a year ahead", "rows read by due a year ahead", "due a year ahead / counting", "", ask_due_far },
    { "sample of 2,000 members drawn", "rows read by draw", "sample of 2,000 members drawn / counting", "<= 20",
      ask_draw },
    { "sample shown", "rows read by sample show", "sample shown / counting", "<= 20", ask_sample },
};
enum { QUESTIONS = sizeof questions / sizeof questions[0] };

static void ask(const struct question *q, struct dataset *d, struct report *report)
{
    struct arena a;
    arena_init(&a, 1 << 20);
    int64_t rows = store_rows_read(d->run.store);
    double start = load_seconds();
    q->ask(&a, d);
    report_add(report, q->name, 0, "ms", (load_seconds() - start) * 1000);
    report_add(report, q->rows, 0, "rows", (double)(store_rows_read(d->run.store) - rows));
    arena_reset(&a);
}

static sqlite3_stmt *count_standings(sqlite3 *db)
{
    static const char sql[] = "SELECT s.verdict, count(*) FROM membership m"
                              " JOIN standing s ON s.holder_id = m.enterprise_id AND s.edition_id = 1"
                              " WHERE m.cooperative_id = (SELECT id FROM holder WHERE code = 'CROWD')"
                              " AND m.left_on IS NULL GROUP BY s.verdict";
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        fprintf(stderr, "bench: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    return stmt;
}

static void count(sqlite3_stmt *stmt, struct report *report)
{
    double start = load_seconds();
    while (sqlite3_step(stmt) == SQLITE_ROW)
        (void)sqlite3_column_int64(stmt, 1);
    sqlite3_reset(stmt);
    report_add(report, counting, 0, "ms", (load_seconds() - start) * 1000);
}

void crowd_measure(const struct crowd *crowd, const char *path, struct report *report)
{
    static struct builder b;
    sqlite3 *db;
    b = (struct builder){ .crowd = crowd, .today = date_of_instant(clock_now(&clock_system)), .random = 42 };
    dataset_open(&b.d, path, STORE_WRITER);
    build(&b);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        exit(1);
    sqlite3_stmt *stmt = count_standings(db);
    for (unsigned rep = 0; rep < crowd->repetitions; rep++) {
        count(stmt, report);
        for (int i = 0; i < QUESTIONS; i++)
            ask(&questions[i], &b.d, report);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    dataset_close(&b.d);
    for (int i = 0; i < QUESTIONS; i++)
        report_ratio(report, questions[i].ratio, 0, questions[i].name, 0, counting, 0, questions[i].aim);
}
