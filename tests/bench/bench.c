/* SPDX-License-Identifier: Apache-2.0 */
/* bench [--json] [--quick] [--crowd]: what the daemon costs over the same work in-process, as ratios of medians of
 * one run. Absolute figures are printed for orientation only; a machine's neighbours move them. */
#include "tests/bench/crowd.h"
#include "tests/bench/dataset.h"
#include "tests/bench/load.h"
#include "tests/bench/report.h"

#include "common/frame.h"
#include "common/uuid.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPETITIONS_MAX = 5, CONNECTIONS = 3, PATH = 256, STARTS = 100 };

static const size_t connections[CONNECTIONS] = { 1, 16, 64 };
static struct {
    int repetitions, starts;
    double seconds;
    struct crowd crowd;
} pace = { REPETITIONS_MAX, STARTS, 2.0, { 2000, 10, 5, 25 } };
static char directory[PATH / 2];

/* --- the daemon under measurement --- */

struct server {
    pid_t pid;
    char socket[PATH], database[PATH];
};

_Noreturn static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void copy_file(const char *from, const char *to)
{
    char command[3 * PATH];
    snprintf(command, sizeof command, "cp '%s' '%s'", from, to);
    if (system(command) != 0)
        die(command);
}

static void server_start(struct server *s, const char *name, const char *group)
{
    snprintf(s->socket, sizeof s->socket, "%s/%s.sock", directory, name);
    snprintf(s->database, sizeof s->database, "%s/%s.db", directory, name);
    s->pid = fork();
    if (s->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* whichever way the bench ends */
        execl(SMED, "smed", "--socket", s->socket, "--database", s->database, "--log", "warning", "--group", group,
              (char *)NULL);
        _exit(127);
    }
    load_wait(s->socket);
}

static void server_stop(struct server *s)
{
    int status;
    kill(s->pid, SIGTERM);
    waitpid(s->pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fprintf(stderr, "bench: the daemon ended with status %d\n", status);
}

static double server_resident_kib(const struct server *s)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/statm", (int)s->pid);
    FILE *f = fopen(path, "r");
    long size, resident;
    if (f == NULL || fscanf(f, "%ld %ld", &size, &resident) != 2)
        die(path);
    fclose(f);
    return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1024;
}

/* --- the messages of the load --- */

struct messages {
    struct buf template;
    size_t code_at, request_at; /* where the holder's code and the request id stand */
    uint64_t random;
};

/* The template's message id is in five-byte form, so that any id can be put in its place. */
static void messages_init(struct messages *m, enum method_id method, const void *params)
{
    struct buf encoded;
    struct err e = { 0 };
    buf_init(&encoded, MP_MESSAGE_MAX);
    buf_init(&m->template, MP_MESSAGE_MAX);
    m->random = 42;
    if (params != NULL && codec_encode_params(&api_methods[method], params, &encoded, &e) != OK) {
        fprintf(stderr, "bench: %s: %s\n", api_methods[method].name, e.message);
        exit(1);
    }
    frame_put_request(&m->template, UINT32_MAX, api_methods[method].name, params != NULL ? &encoded : NULL);
    buf_fini(&encoded);
}

static size_t find(const struct buf *b, const char *text)
{
    const uint8_t *at = memmem(b->data, b->size, text, strlen(text));
    return at == NULL ? 0 : (size_t)(at - b->data);
}

static void next_message(void *context, uint32_t id, struct buf *out)
{
    struct messages *m = context;
    size_t at = out->size;
    buf_append(out, m->template.data, m->template.size);
    uint8_t *message = out->data + at;
    for (int i = 0; i < 4; i++)
        message[3 + i] = (uint8_t)(id >> (24 - 8 * i));
    if (m->code_at != 0) {
        char code[DATASET_CODE];
        memcpy(message + m->code_at, dataset_code(code, dataset_random(&m->random)), DATASET_CODE - 2);
    }
    if (m->request_at != 0) {
        char request[UUID_TEXT];
        uuid_make(request);
        memcpy(message + m->request_at, request, UUID_TEXT - 1);
    }
}

static struct messages ping_messages(void)
{
    struct messages m = { 0 };
    messages_init(&m, METHOD_system_ping, NULL);
    return m;
}

static struct messages status_messages(void)
{
    struct messages m = { 0 };
    struct status_show p = { .holder.text = "E00000" };
    messages_init(&m, METHOD_status_show, &p);
    m.code_at = find(&m.template, "E00000");
    return m;
}

static struct messages audit_messages(void)
{
    static const char request[] = "00000000-0000-7000-8000-000000000000";
    struct messages m = { 0 };
    struct arena a;
    arena_init(&a, 1 << 20);
    messages_init(&m, METHOD_audit_record, dataset_audit(&a, 0, date_of(2026, 6, 2), request));
    m.code_at = find(&m.template, "E00000");
    m.request_at = find(&m.template, request);
    arena_reset(&a);
    return m;
}

static struct load_result drive(const struct server *s, struct messages *m, size_t n)
{
    struct load_result r = load_run(&(struct load){ s->socket, n, pace.seconds, next_message, m });
    if (r.errors != 0) {
        fprintf(stderr, "bench: %llu of %llu calls failed\n", (unsigned long long)r.errors,
                (unsigned long long)r.calls);
        exit(1);
    }
    return r;
}

/* --- the same work in-process --- */

/* Whole calls, one at a time: scope, references, handler, encoding, each in a transaction of its own. */
static double calls_in_process(struct dataset *d, uint64_t *random)
{
    char code[DATASET_CODE];
    struct status_show p = { .holder.text = dataset_code(code, dataset_random(random)) };
    dataset_call(d, METHOD_status_show, &p);
    return 1;
}

/* The statements of such a call alone, one at a time, as a program would make them that has the database to
 * itself. */
static double statements_in_process(struct dataset *d, uint64_t *random)
{
    char code[DATASET_CODE];
    dataset_status_statements(d, dataset_code(code, dataset_random(random)));
    return 1;
}

static double reads_per_second(struct dataset *d, double (*read)(struct dataset *, uint64_t *))
{
    uint64_t random = 42;
    double start = load_seconds(), now = start, reads = 0;
    while (now - start < pace.seconds) {
        for (int i = 0; i < 64; i++)
            reads += read(d, &random);
        now = load_seconds();
    }
    return reads / (now - start);
}

static double writes_in_process(struct dataset *d, size_t group)
{
    static struct job jobs[64];
    struct job *list[64];
    uint64_t random = 42, calls = 0;
    double start = load_seconds(), now = start;
    while (now - start < pace.seconds) {
        for (size_t i = 0; i < group; i++) {
            char request[UUID_TEXT];
            list[i] = &jobs[i];
            job_init(&jobs[i], &api_methods[METHOD_audit_record], &d->caller);
            uuid_make(request);
            jobs[i].params = dataset_audit(&jobs[i].arena, dataset_random(&random), date_of(2026, 6, 2), request);
        }
        run_group(&d->run, list, group);
        for (size_t i = 0; i < group; i++) {
            if (jobs[i].err.code != OK) {
                fprintf(stderr, "bench: %s\n", jobs[i].err.message);
                exit(1);
            }
            job_fini(&jobs[i]);
        }
        calls += group;
        struct err e = { 0 };
        if (calls % 256 < group)
            store_checkpoint(d->run.store, &e);
        now = load_seconds();
    }
    return (double)calls / (now - start);
}

/* --- the measurements --- */

/* The three figures of a load. */
struct load_names {
    const char *rate, *p50, *p99;
};
static const struct load_names ping_load = { "ping", "ping p50", "ping p99" };
static const struct load_names status_load = { "status", "status p50", "status p99" };
static const struct load_names audit_load = { "audit", "audit p50", "audit p99" };
static const struct load_names single_load = { "audit, daemon with groups of one", "audit, groups of one, p50",
                                               "audit, groups of one, p99" };

static void add_load(struct report *report, const struct load_names *names, const struct server *s, struct messages *m,
                     size_t n)
{
    struct load_result r = drive(s, m, n);
    report_add(report, names->rate, n, "/s", r.per_second);
    report_add(report, names->p50, n, "ms", r.p50_ms);
    report_add(report, names->p99, n, "ms", r.p99_ms);
}

static void measure_reads(const struct server *s, const char *copy, struct report *report)
{
    struct messages ping = ping_messages(), status = status_messages();
    struct dataset d;
    dataset_open(&d, copy, STORE_READER);
    for (int rep = 0; rep < pace.repetitions; rep++) {
        report_add(report, "status: its statements in-process", 0, "/s", reads_per_second(&d, statements_in_process));
        report_add(report, "status: whole calls in-process", 0, "/s", reads_per_second(&d, calls_in_process));
        for (int c = 0; c < CONNECTIONS; c++) {
            add_load(report, &ping_load, s, &ping, connections[c]);
            add_load(report, &status_load, s, &status, connections[c]);
        }
    }
    dataset_close(&d);
    buf_fini(&ping.template);
    buf_fini(&status.template);
    for (int c = 0; c < CONNECTIONS; c++) {
        report_ratio(report, "status / its statements in-process", connections[c], "status", connections[c],
                     "status: its statements in-process", 0, connections[c] == 16 ? ">= 1.2" : "");
        report_ratio(report, "status / whole calls in-process", connections[c], "status", connections[c],
                     "status: whole calls in-process", 0, "");
        report_ratio(report, "status / ping", connections[c], "status", connections[c], "ping", connections[c], "");
    }
}

static void measure_writes(const struct server *grouped, const struct server *single, const char *copy,
                           struct report *report)
{
    struct messages audit = audit_messages();
    struct dataset d;
    dataset_open(&d, copy, STORE_WRITER);
    for (int rep = 0; rep < pace.repetitions; rep++) {
        for (int c = 0; c < CONNECTIONS; c++) {
            add_load(report, &audit_load, grouped, &audit, connections[c]);
            report_add(report, "audit in-process, groups of as many", connections[c], "/s",
                       writes_in_process(&d, connections[c]));
            add_load(report, &single_load, single, &audit, connections[c]);
        }
    }
    dataset_close(&d);
    report_add(report, "bytes of an audit's message", 0, "B", (double)audit.template.size);
    buf_fini(&audit.template);
    for (int c = 0; c < CONNECTIONS; c++) {
        report_ratio(report, "audit / in-process groups of as many", connections[c], "audit", connections[c],
                     "audit in-process, groups of as many", connections[c], connections[c] == 64 ? ">= 0.6" : "");
        report_ratio(report, "audit / daemon with groups of one", connections[c], "audit", connections[c],
                     "audit, daemon with groups of one", connections[c], connections[c] == 64 ? ">= 2.5" : "");
    }
}

/* What one more audit adds to the file, measured over a batch recorded in-process. */
static void measure_bytes(const char *copy, struct report *report)
{
    struct stat before, after;
    struct dataset d;
    enum { AUDITS = 5000 };
    stat(copy, &before);
    dataset_open(&d, copy, STORE_WRITER);
    for (uint32_t i = 0; i < AUDITS; i++) {
        struct arena a;
        char request[UUID_TEXT];
        arena_init(&a, 1 << 20);
        uuid_make(request);
        dataset_call(&d, METHOD_audit_record, dataset_audit(&a, i, date_of(2026, 6, 2), request));
        arena_reset(&a);
    }
    dataset_close(&d);
    stat(copy, &after);
    report_add(report, "bytes in the database per audit", 0, "B", (double)(after.st_size - before.st_size) / AUDITS);
    report_ratio(report, "bytes in the database / bytes of the message", 0, "bytes in the database per audit", 0,
                 "bytes of an audit's message", 0, "");
}

static void measure_memory(const struct server *s, struct report *report)
{
    static const size_t idle[] = { 1000, 10000 };
    struct rlimit files = { 0 };
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct messages ping = ping_messages();
    double before = server_resident_kib(s);
    for (size_t i = 0; i < 2; i++) {
        if (idle[i] + 100 > files.rlim_max) {
            fprintf(stderr, "bench: %zu connections need more file descriptors than the %llu allowed; left out\n",
                    idle[i], (unsigned long long)files.rlim_max);
            continue;
        }
        int *fds = load_open_idle(s->socket, idle[i], next_message, &ping);
        report_add(report, "resident memory per idle connection", idle[i], "B",
                   (server_resident_kib(s) - before) * 1024 / (double)idle[i]);
        load_close_idle(fds, idle[i]);
        sleep(1);
    }
    report_aim(report, "resident memory per idle connection", 10000, "<= 1024");
    buf_fini(&ping.template);
}

/* exec takes char *const [] for historical reasons and changes nothing. */
static double wall_ms(const char *const argv[])
{
    double start = load_seconds();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(null, STDOUT_FILENO);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    int status;
    waitpid(pid, &status, 0);
    if (status != 0) {
        fprintf(stderr, "bench: %s ended with status %d\n", argv[0], status);
        exit(1);
    }
    return (load_seconds() - start) * 1000;
}

static void measure_start(const struct server *s, char *copy, struct report *report)
{
    static const char query[] =
        "SELECT s.verdict, s.conforming, s.nonconforming, s.major, s.minor, s.last_on FROM holder h"
        " JOIN standing s ON s.holder_id = h.id WHERE h.code = 'E00042'";
    const char *ctl[] = { SME_CTL, "--socket", s->socket, "status", "E00042", NULL };
    const char *sqlite[] = { "sqlite3", copy, query, NULL };
    for (int i = 0; i < pace.starts; i++) {
        report_add(report, "sme-ctl status, wall time", 0, "ms", wall_ms(ctl));
        report_add(report, "sqlite3 with a query, wall time", 0, "ms", wall_ms(sqlite));
    }
    report_ratio(report, "sme-ctl status / sqlite3", 0, "sme-ctl status, wall time", 0,
                 "sqlite3 with a query, wall time", 0, "<= 0.7");
}

static void remove_directory(void)
{
    char command[2 * PATH];
    snprintf(command, sizeof command, "rm -rf '%s'", directory);
    if (system(command) != 0)
        fprintf(stderr, "bench: %s was left behind\n", directory);
}

static void measure_crowd(struct report *report)
{
    char path[PATH];
    fprintf(stderr, "bench: a large group ...\n");
    snprintf(path, sizeof path, "%s/crowd.db", directory);
    crowd_measure(&pace.crowd, path, report);
}

static void measure_daemon(struct report *report)
{
    char base[PATH], copy[PATH];
    struct server grouped, single;
    snprintf(base, sizeof base, "%s/base.db", directory);
    snprintf(copy, sizeof copy, "%s/copy.db", directory);
    fprintf(stderr, "bench: building the register ...\n");
    dataset_build(base);
    snprintf(grouped.database, sizeof grouped.database, "%s/grouped.db", directory);
    snprintf(single.database, sizeof single.database, "%s/single.db", directory);
    copy_file(base, grouped.database);
    copy_file(base, single.database);
    copy_file(base, copy);
    server_start(&grouped, "grouped", "256");
    server_start(&single, "single", "1");

    fprintf(stderr, "bench: start of the client ...\n");
    measure_start(&grouped, copy, report);
    fprintf(stderr, "bench: memory ...\n");
    measure_memory(&grouped, report);
    fprintf(stderr, "bench: reads ...\n");
    measure_reads(&grouped, copy, report);
    fprintf(stderr, "bench: writes ...\n");
    measure_writes(&grouped, &single, copy, report);
    server_stop(&grouped);
    server_stop(&single);
    measure_bytes(base, report);
}

int main(int argc, char **argv)
{
    bool json = false, only_crowd = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            json = true;
        } else if (strcmp(argv[i], "--quick") == 0) {
            pace.repetitions = 1;
            pace.starts = 10;
            pace.seconds = 0.2;
            pace.crowd = (struct crowd){ 50, 2, 2, 3 };
        } else if (strcmp(argv[i], "--crowd") == 0) {
            only_crowd = true;
        } else {
            fprintf(stderr, "usage: bench [--json] [--quick] [--crowd]\n");
            return 64;
        }
    }
    snprintf(directory, sizeof directory, "/var/tmp/smed-bench-XXXXXX");
    if (mkdtemp(directory) == NULL)
        die("mkdtemp");
    signal(SIGPIPE, SIG_IGN);
    struct report *report = report_new();
    if (!only_crowd)
        measure_daemon(report);
    measure_crowd(report);
    if (json)
        report_json(report, stdout);
    else
        report_table(report, stdout);
    report_free(report);
    remove_directory();
    return 0;
}
