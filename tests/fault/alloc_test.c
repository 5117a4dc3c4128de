/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a write fails once, and fails for good: nothing crashes, and after it the same
 * holds as after a failure of the disk. malloc is this file's own, in front of the C library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/fault/failing_malloc.h"
#include "tests/support/workload.h"

#if SANITIZED

static void skipped(void **state)
{
    (void)state;
    print_message("skipped: a sanitizer has taken malloc\n");
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(skipped) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

static struct workload w;

/* false once the workload asks for memory less often than at. */
static bool fail_at(int at, bool sticky)
{
    workload_reset(&w);
    armed.seen = 0;
    armed.fired = false;
    armed.sticky = sticky;
    armed.at = at;
    workload_run(&w);
    armed.at = 0;
    workload_check(&w);
    return armed.fired;
}

static void loop(bool sticky)
{
    int points = 0;
    for (int at = 1; fail_at(at, sticky); at++)
        points++;
    print_message("%s: %d points\n", sticky ? "for good" : "once", points);
    assert_true(points > 100);
}

static void each_once(void **state)
{
    (void)state;
    loop(false);
}

static void each_for_good(void **state)
{
    (void)state;
    loop(true);
}

static int prepare(void **state)
{
    (void)state;
    workload_prepare(&w);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    workload_clean(&w);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(each_once), cmocka_unit_test(each_for_good) };
    return cmocka_run_group_tests(tests, prepare, clean);
}

#endif
