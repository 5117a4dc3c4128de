/* SPDX-License-Identifier: Apache-2.0 */
/* kill_loop SMED SECONDS [WRITERS]: the daemon is killed with SIGKILL at random moments and started again
 * while writers record enterprises and audits. The oracle is what each writer was acknowledged, in memory
 * that no daemon touches. At the end:
 *   - every acknowledged write is in the journal, and its request, repeated, gets the answer it got before;
 *   - every write whose reply was lost is settled by repeating its request;
 *   - the journal holds exactly one entry per write, its chain holds, and the standings equal what they
 *     derive from: nothing was lost, done twice, or half applied. */
#include "client/call/rpc.h"
#include "common/uuid.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WRITES_MAX = 60000, WRITERS_MAX = 16, REQUIREMENTS = 12, REF_TEXT = 24, ARENA = 4 << 20 };
enum { SET_UP = 3 }; /* entries before the writers': the zone, the edition, the cooperative */

enum write_state { WRITE_UNUSED, WRITE_SENT, WRITE_ACKNOWLEDGED };

struct write_log {
    enum write_state state;
    char request[UUID_TEXT];
    char answer[REF_TEXT]; /* the code or number that the acknowledgement named */
};

struct oracle {
    volatile int stop;
    struct {
        struct write_log log[WRITES_MAX];
        size_t n;
    } writer[WRITERS_MAX];
};

static char directory[64], socket_path[96], database_path[96];

_Noreturn static void fail(const char *what, const struct err *e)
{
    fprintf(stderr, "kill_loop: %s: %s%s%s\n", what, e ? e->field : "", e ? " " : "", e ? e->message : strerror(errno));
    fprintf(stderr, "kill_loop: the database is in %s\n", directory);
    exit(1);
}

/* Whichever way this program ends, nothing of it stays behind. */
static void die_with_parent(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static pid_t start_daemon(const char *smed)
{
    pid_t pid = fork();
    if (pid < 0)
        fail("fork", NULL);
    if (pid == 0) {
        die_with_parent();
        int log = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(log, STDERR_FILENO);
        execl(smed, "smed", "--socket", socket_path, "--database", database_path, (char *)NULL);
        _exit(127);
    }
    return pid;
}

static int call(struct rpc *rpc, enum method_id id, void *params, struct arena *a, void *ret, struct err *e)
{
    err_clear(e);
    return rpc_call(rpc, &api_methods[id], params, a, ret, e);
}

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* A daemon that was just started has no socket yet. */
static void wait_until_served(struct rpc *rpc)
{
    struct arena a;
    struct err e;
    arena_init(&a, ARENA);
    struct system_ping p = { 0 };
    for (int tries = 0;; tries++) {
        struct pong ret = { 0 };
        int code = call(rpc, METHOD_system_ping, &p, &a, &ret, &e);
        if (code == OK)
            break;
        if (code != ERR_UNREACHABLE || tries == 1000)
            fail("system.ping", &e);
        sleep_ms(10);
    }
    arena_reset(&a);
}

static void publish(struct rpc *rpc)
{
    struct arena a;
    struct err e;
    arena_init(&a, ARENA);
    struct requirement requirements[REQUIREMENTS];
    struct requirement_text text = { .lang = "en", .title = "A requirement" };
    memset(requirements, 0, sizeof requirements);
    for (int i = 0; i < REQUIREMENTS; i++)
        requirements[i] = (struct requirement){
            .code = arena_printf(&a, "%d", i + 1), .level = LEVEL_MINOR, .texts = &text, .n_texts = 1
        };
    struct pass_clause clause = {
        .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, .at_least = 3, .has_at_least = true, .out_of = 4, .has_out_of = true
    };
    struct standard_publish p = { .standard = "loop",
                                  .name = "Loop",
                                  .owner = "smed",
                                  .domain = DOMAIN_QUALITY,
                                  .certifies = CERTIFIES_PRODUCT,
                                  .edition = "1",
                                  .source = "made up",
                                  .pass = &clause,
                                  .n_pass = 1,
                                  .requirements = requirements,
                                  .n_requirements = REQUIREMENTS };
    struct edition edition = { 0 };
    if (call(rpc, METHOD_standard_publish, &p, &a, &edition, &e) != OK)
        fail("standard.publish", &e);
    struct coop_create coop = { .code = "coop", .name = "Cooperative" };
    struct cooperative made = { 0 };
    if (call(rpc, METHOD_coop_create, &coop, &a, &made, &e) != OK)
        fail("coop.create", &e);
    arena_reset(&a);
}

/* Write number k of a writer; the same every time it is asked for. Even: an enterprise; odd: an audit of
 * the enterprise just before. */
static int do_write(struct rpc *rpc, int writer, size_t k, struct write_log *log, struct arena *a, struct err *e,
                    const char **ret_answer)
{
    const char *code = arena_printf(a, "w%d-%zu", writer, k / 2);
    if (k % 2 == 0) {
        struct enterprise_create p = { .write.request = log->request,
                                       .code = code,
                                       .name = "Enterprise",
                                       .activity = ACTIVITY_FARM,
                                       .cooperative.text = "coop" };
        struct enterprise ret = { 0 };
        int rc = call(rpc, METHOD_enterprise_create, &p, a, &ret, e);
        *ret_answer = ret.enterprise.text;
        return rc;
    }
    struct response responses[REQUIREMENTS];
    memset(responses, 0, sizeof responses);
    for (int i = 0; i < REQUIREMENTS; i++) {
        bool bad = (k / 2 + (size_t)i) % 5 == 0;
        responses[i] = (struct response){ .requirement = arena_printf(a, "%d", i + 1),
                                          .result = bad ? RESULT_NONCONFORMING : RESULT_CONFORMING,
                                          .class = bad ? CLASS_MINOR : 0,
                                          .note = bad ? "seen" : NULL };
    }
    struct audit_record p = { .write.request = log->request,
                              .holder.text = code,
                              .edition.text = "loop:1",
                              .kind = AUDIT_INTERNAL_INSPECTION,
                              .on = date_of(2026, 1, 1 + (int)(k % 28)),
                              .responses = responses,
                              .n_responses = REQUIREMENTS };
    struct audit ret = { 0 };
    int rc = call(rpc, METHOD_audit_record, &p, a, &ret, e);
    *ret_answer = ret.audit.text;
    return rc;
}

static void acknowledge(struct write_log *log, const char *answer)
{
    snprintf(log->answer, sizeof log->answer, "%s", answer);
    log->state = WRITE_ACKNOWLEDGED;
}

/* A write whose outcome is unknown is left as sent; the writer goes on with the next enterprise, since an
 * audit of an enterprise that may not exist would be refused. */
static void write_until_stopped(struct oracle *oracle, int w)
{
    struct rpc rpc;
    struct arena a;
    struct err e;
    rpc_init(&rpc);
    rpc.socket = socket_path;
    rpc.timeout_ms = 3000;
    arena_init(&a, ARENA);
    for (size_t k = 0; k < WRITES_MAX && !oracle->stop; k++) {
        struct write_log *log = &oracle->writer[w].log[k];
        if (k % 2 == 1 && oracle->writer[w].log[k - 1].state != WRITE_ACKNOWLEDGED)
            continue;
        uuid_make(log->request);
        log->state = WRITE_SENT;
        oracle->writer[w].n = k + 1;
        const char *answer = NULL;
        int rc = do_write(&rpc, w, k, log, &a, &e, &answer);
        if (rc == OK)
            acknowledge(log, answer);
        else if (rc != ERR_OUTCOME_UNKNOWN && rc != ERR_UNREACHABLE && rc != ERR_BUSY)
            fail("a write was refused", &e);
        if (rc == ERR_UNREACHABLE)
            sleep_ms(5);
        arena_reset(&a);
    }
    rpc_fini(&rpc);
}

struct tally {
    size_t acknowledged, unknown, written;
};

struct requests {
    char (*id)[UUID_TEXT];
    size_t n, capacity;
};

static int compare_ids(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The request ids of all entries, sorted. */
static struct requests read_journal(struct rpc *rpc)
{
    struct requests all = { 0 };
    struct journal_show p = { .page = { .limit = 1000, .has_limit = true } };
    char after[64];
    do {
        struct arena a;
        struct err e;
        struct page page = { 0 };
        arena_init(&a, ARENA);
        if (call(rpc, METHOD_journal_show, &p, &a, &page, &e) != OK)
            fail("journal.show", &e);
        const struct journal_entry *entries = page.rows;
        for (size_t i = 0; i < page.n; i++) {
            if (all.n == all.capacity) {
                all.capacity = all.capacity * 2 + 1000;
                all.id = realloc(all.id, all.capacity * sizeof *all.id);
                if (all.id == NULL)
                    fail("realloc", NULL);
            }
            snprintf(all.id[all.n++], UUID_TEXT, "%s", entries[i].request);
        }
        p.page.after = page.next == NULL ? NULL : after;
        snprintf(after, sizeof after, "%s", page.next == NULL ? "" : page.next);
        arena_reset(&a);
    } while (p.page.after != NULL);
    qsort(all.id, all.n, sizeof *all.id, compare_ids);
    return all;
}

/* Before anything is repeated, since a repeat would do a lost write again. */
static void find_acknowledged(struct rpc *rpc, const struct oracle *oracle, int writers)
{
    struct requests all = read_journal(rpc);
    for (int w = 0; w < writers; w++) {
        for (size_t k = 0; k < oracle->writer[w].n; k++) {
            const struct write_log *log = &oracle->writer[w].log[k];
            if (log->state == WRITE_ACKNOWLEDGED
                && bsearch(log->request, all.id, all.n, sizeof *all.id, compare_ids) == NULL) {
                fprintf(stderr, "kill_loop: writer %d, write %zu: acknowledged as %s, and lost\n", w, k, log->answer);
                exit(1);
            }
        }
    }
    free(all.id);
}

/* Repeats every write: an acknowledged one must answer as before, an unknown one is settled. */
static struct tally settle(struct rpc *rpc, struct oracle *oracle, int writers)
{
    struct tally tally = { 0 };
    struct arena a;
    struct err e;
    arena_init(&a, ARENA);
    for (int w = 0; w < writers; w++) {
        for (size_t k = 0; k < oracle->writer[w].n; k++) {
            struct write_log *log = &oracle->writer[w].log[k];
            const char *answer = NULL;
            if (log->state == WRITE_UNUSED)
                continue;
            if (do_write(rpc, w, k, log, &a, &e, &answer) != OK)
                fail("a repeated write was refused", &e);
            if (log->state == WRITE_ACKNOWLEDGED && strcmp(log->answer, answer) != 0) {
                fprintf(stderr, "kill_loop: writer %d, write %zu: acknowledged as %s, now %s\n", w, k, log->answer,
                        answer);
                exit(1);
            }
            tally.acknowledged += log->state == WRITE_ACKNOWLEDGED;
            tally.unknown += log->state == WRITE_SENT;
            tally.written++;
            arena_reset(&a);
        }
    }
    return tally;
}

/* Every enterprise that was written is in the register, under its name. */
static void look_up(struct rpc *rpc, struct oracle *oracle, int writers)
{
    struct arena a;
    struct err e;
    arena_init(&a, ARENA);
    for (int w = 0; w < writers; w++) {
        for (size_t k = 0; k < oracle->writer[w].n; k += 2) {
            if (oracle->writer[w].log[k].state == WRITE_UNUSED)
                continue;
            struct enterprise_show p = { .enterprise.text = arena_printf(&a, "w%d-%zu", w, k / 2) };
            struct enterprise ret = { 0 };
            if (call(rpc, METHOD_enterprise_show, &p, &a, &ret, &e) != OK)
                fail("an acknowledged enterprise is missing", &e);
            arena_reset(&a);
        }
    }
}

static void verify(struct rpc *rpc, int64_t entries)
{
    struct arena a;
    struct err e;
    arena_init(&a, ARENA);
    struct journal_verify jp = { 0 };
    struct journal_check journal = { 0 };
    if (call(rpc, METHOD_journal_verify, &jp, &a, &journal, &e) != OK)
        fail("journal.verify", &e);
    if (journal.has_broken || journal.entries != entries) {
        fprintf(stderr, "kill_loop: %lld entries in the journal where %lld writes were done%s%s\n",
                (long long)journal.entries, (long long)entries, journal.why ? "; " : "",
                journal.why ? journal.why : "");
        exit(1);
    }
    struct standing_verify sp = { 0 };
    struct standing_check standing = { 0 };
    if (call(rpc, METHOD_standing_verify, &sp, &a, &standing, &e) != OK)
        fail("standing.verify", &e);
    if (standing.differing != 0) {
        fprintf(stderr, "kill_loop: standings differ: %s\n", standing.first);
        exit(1);
    }
    arena_reset(&a);
}

static size_t kill_for(const char *smed, pid_t *daemon, long seconds)
{
    size_t kills = 0;
    time_t end = time(NULL) + seconds;
    while (time(NULL) < end) {
        sleep_ms(20 + rand() % 300);
        kill(*daemon, SIGKILL);
        waitpid(*daemon, NULL, 0);
        kills++;
        *daemon = start_daemon(smed);
    }
    return kills;
}

static void remove_directory(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", directory);
    if (system(command) != 0)
        fprintf(stderr, "kill_loop: %s was left behind\n", directory);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: kill_loop SMED SECONDS [WRITERS]\n");
        return 64;
    }
    int writers = argc > 3 ? atoi(argv[3]) : 4;
    writers = writers < 1 ? 1 : writers > WRITERS_MAX ? WRITERS_MAX : writers;
    unsigned seed = (unsigned)time(NULL);
    srand(seed);
    snprintf(directory, sizeof directory, "/tmp/smed-kill-XXXXXX");
    if (mkdtemp(directory) == NULL)
        fail("mkdtemp", NULL);
    snprintf(socket_path, sizeof socket_path, "%s/smed.sock", directory);
    snprintf(database_path, sizeof database_path, "%s/smed.db", directory);
    struct oracle *oracle = mmap(NULL, sizeof *oracle, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (oracle == MAP_FAILED)
        fail("mmap", NULL);

    pid_t daemon = start_daemon(argv[1]);
    struct rpc rpc;
    rpc_init(&rpc);
    rpc.socket = socket_path;
    wait_until_served(&rpc);
    publish(&rpc);
    pid_t children[WRITERS_MAX];
    for (int w = 0; w < writers; w++) {
        children[w] = fork();
        if (children[w] == 0) {
            die_with_parent();
            write_until_stopped(oracle, w);
            _exit(0);
        }
    }
    size_t kills = kill_for(argv[1], &daemon, atol(argv[2]));
    oracle->stop = 1;
    for (int w = 0; w < writers; w++) {
        int status;
        waitpid(children[w], &status, 0);
        if (status != 0)
            return 1;
    }
    wait_until_served(&rpc);
    find_acknowledged(&rpc, oracle, writers);
    struct tally tally = settle(&rpc, oracle, writers);
    look_up(&rpc, oracle, writers);
    verify(&rpc, (int64_t)tally.written + SET_UP);
    kill(daemon, SIGTERM);
    int status;
    waitpid(daemon, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail("the daemon did not stop cleanly", NULL);
    rpc_fini(&rpc);
    printf("kill_loop: seed %u, %zu kills, %zu writes acknowledged, %zu of unknown outcome settled, none lost, "
           "none twice, journal and standings verify\n",
           seed, kills, tally.acknowledged, tally.unknown);
    if (tally.acknowledged == 0 || kills == 0) {
        fprintf(stderr, "kill_loop: nothing was tested\n");
        return 1;
    }
    remove_directory();
    return 0;
}
