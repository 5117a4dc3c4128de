/* SPDX-License-Identifier: Apache-2.0 */
/* Every call of the file system that a write leads to fails once, and fails for good: what was
 * acknowledged is there after reopening, the chain holds, the file is sound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/fault_vfs.h"
#include "tests/support/workload.h"

static struct workload w;

/* false once the workload has fewer calls of the class than at. */
static bool fail_at(enum fault_class class, int at, bool sticky)
{
    workload_reset(&w);
    fault_vfs_arm(class, at, sticky);
    workload_run(&w);
    bool fired = fault_vfs_disarm();
    fault_vfs_remove();
    workload_check(&w);
    fault_vfs_install();
    return fired;
}

static void loop(enum fault_class class)
{
    int points = 0;
    for (int sticky = 0; sticky < 2; sticky++)
        for (int at = 1; fail_at(class, at, sticky == 1); at++)
            points++;
    print_message("%s: %d points\n", fault_vfs_name(class), points);
    assert_true(points > 0);
}

static void every_class(void **state)
{
    (void)state;
    for (enum fault_class class = FAULT_OPEN; class < FAULT_CLASSES; class ++)
        loop(class);
}

static void nothing_fails_unarmed(void **state)
{
    (void)state;
    workload_reset(&w);
    workload_run(&w);
    assert_int_equal(w.last_code, OK);
    assert_int_equal(w.acknowledged, 12);
}

static void a_full_disk_is_told_as_such(void **state)
{
    (void)state;
    workload_reset(&w);
    fault_vfs_arm(FAULT_WRITE_FULL, 8, true);
    workload_run(&w);
    assert_true(fault_vfs_disarm());
    assert_int_equal(w.last_code, ERR_DISK_FULL);
    workload_check(&w);
}

static int prepare(void **state)
{
    (void)state;
    workload_prepare(&w);
    fault_vfs_install();
    return 0;
}

static int clean(void **state)
{
    (void)state;
    fault_vfs_remove();
    workload_clean(&w);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_fails_unarmed), cmocka_unit_test(every_class),
                                        cmocka_unit_test(a_full_disk_is_told_as_such) };
    return cmocka_run_group_tests(tests, prepare, clean);
}
