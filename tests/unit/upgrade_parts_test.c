/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of an upgrade in C: done once, in parts that are whole or absent; failed or killed, they go on where they were.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/rpc/upgrade.h"
#include "query/body.h"
#include "tests/support/expect.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { BODIES = 20, PER_PART = 3, PARTS = 7, NEVER = -1 };

static char folder[40], path[80];
static struct err err;
static struct run run;

/* What happens at the end of which part of this process. */
static int at, fail_at, die_at;
static int told;
static char words[80]; /* the last */

static void tell(const char *doing, int64_t seconds)
{
    assert_true(seconds >= 60);
    snprintf(words, sizeof words, "%s", doing);
    told++;
}

/* Enters the next bodies: a part done twice would enter a code twice, which is refused. */
static int enter(struct call *call, struct upgrade_progress *p)
{
    assert_true(call->scope.everywhere);
    p->total = BODIES;
    for (int i = 0; i < PER_PART && p->after < BODIES; i++) {
        const char *code = arena_printf(call->arena, "B%lld", (long long)++p->after);
        if (stmt_run(query_body_insert(call->store, code, code, BODY_LABORATORY, NULL, NULL), call->err) != OK)
            return call->err->code;
        p->done++;
    }
    p->finished = p->after == BODIES;
    if (at == die_at)
        raise(SIGKILL);
    if (at++ == fail_at)
        return err_set(call->err, ERR_DISK_FULL, NULL, "no room");
    return OK;
}

static const struct upgrade_step steps[] = { { 1, "enter", enter }, { 0 } };

static int open_and_run(void)
{
    at = 0;
    run = (struct run){ .clock = &clock_system };
    must(&err, store_open(&run.store, path, STORE_WRITER, &clock_system, &err));
    return upgrade_run(&run, steps, tell, &err);
}

static int64_t count_bodies(void)
{
    int64_t n = 0;
    struct stmt *q = query_body_list(run.store, 0, "", 1000);
    while (stmt_step(q))
        n++;
    assert_int_equal(stmt_end(q, &err), OK);
    return n;
}

static void is_done_once(void **state)
{
    (void)state;
    must(&err, open_and_run());
    assert_int_equal(at, PARTS);
    assert_int_equal(told, PARTS);
    assert_string_equal(words, "Upgrading the register: enter, 18 of 20");
    assert_int_equal(count_bodies(), BODIES);
    store_close(run.store);
    must(&err, open_and_run());
    assert_int_equal(at, 0);
    store_close(run.store);
}

static void a_failed_part_is_undone_and_done_again(void **state)
{
    (void)state;
    for (fail_at = 0; fail_at < 3; fail_at++) {
        assert_int_equal(open_and_run(), ERR_DISK_FULL);
        assert_string_equal(err.message, "the upgrade stopped and goes on at the next start: no room");
        store_close(run.store);
    }
    fail_at = NEVER;
    must(&err, open_and_run());
    assert_int_equal(at, PARTS - 3); /* none, one and two parts were done before the failures */
    assert_int_equal(count_bodies(), BODIES);
    store_close(run.store);
}

static void killed_at_every_part_it_goes_on(void **state)
{
    (void)state;
    int status, kills = 0;
    die_at = 1; /* one part is done each time */
    for (;; kills++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            _exit(open_and_run() == OK ? 0 : 1);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (!WIFSIGNALED(status))
            break;
        assert_int_equal(WTERMSIG(status), SIGKILL);
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(kills, PARTS - 1);
    die_at = NEVER;
    must(&err, open_and_run());
    assert_int_equal(at, 0);
    assert_int_equal(count_bodies(), BODIES);
    store_close(run.store);
}

static int prepare(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/upgrade-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/smed.db", folder);
    fail_at = die_at = NEVER;
    told = 0;
    return 0;
}

static int clean(void **state)
{
    (void)state;
    char command[80];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
    const struct CMUnitTest tests[] = { ON_DISK(is_done_once), ON_DISK(a_failed_part_is_undone_and_done_again),
                                        ON_DISK(killed_at_every_part_it_goes_on) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
