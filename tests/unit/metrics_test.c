/* SPDX-License-Identifier: Apache-2.0 */
/* Latency buckets and percentiles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/rpc/metrics.h"

#include <string.h>

static const struct method *const ping = &api_methods[METHOD_system_ping];

static void test_percentiles_are_bounds_of_buckets(void **state)
{
    static struct metrics metrics;
    const struct metrics_method *m = &metrics.methods[METHOD_system_ping];
    (void)state;
    assert_int_equal(metrics_percentile(m, 50), 0);
    for (int i = 0; i < 98; i++)
        metrics_count(&metrics, ping, 10, false);
    metrics_count(&metrics, ping, 1000, true);
    metrics_count(&metrics, ping, 5000, false);
    assert_int_equal(metrics_percentile(m, 50), 16);
    assert_int_equal(metrics_percentile(m, 98), 16);
    assert_int_equal(metrics_percentile(m, 99), 1024);
    assert_int_equal(metrics_percentile(m, 100), 8192);
    assert_int_equal(m->errors, 1);
}

static void test_extremes_have_a_bucket(void **state)
{
    static struct metrics metrics;
    (void)state;
    metrics_count(&metrics, ping, 0, false);
    assert_int_equal(metrics_percentile(&metrics.methods[METHOD_system_ping], 100), 1);
    metrics_count(&metrics, ping, INT64_MAX, false);
    assert_int_equal(metrics_percentile(&metrics.methods[METHOD_system_ping], 100), 1 << (METRICS_BUCKETS - 1));
}

static void test_report_names_what_was_called(void **state)
{
    static struct metrics metrics;
    struct arena arena;
    struct stats stats = { 0 };
    struct err e = { 0 };
    (void)state;
    arena_init(&arena, 1024 * 1024);
    metrics_count(&metrics, ping, 3, false);
    metrics.accepted = 7;
    assert_int_equal(metrics_report(&metrics, &arena, &stats, &e), OK);
    assert_int_equal(stats.n_methods, 1);
    assert_string_equal(stats.methods[0].method, "system.ping");
    assert_int_equal(stats.methods[0].calls, 1);
    assert_int_equal(stats.accepted, 7);
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percentiles_are_bounds_of_buckets),
        cmocka_unit_test(test_extremes_have_a_bucket),
        cmocka_unit_test(test_report_names_what_was_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
