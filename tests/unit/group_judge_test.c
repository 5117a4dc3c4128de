/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a group on figures; the figures of reliability. Pure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/group/group_judge.h"
#include "daemon/service/group/reliability_math.h"

#include <stdio.h>

static const struct group_facts sound = {
    .members = 20,
    .ready = 19,
    .not_ready = 1,
    .inspected = 20,
    .central = VERDICT_READY,
    .central_clauses = 3,
    .central_held = 3,
};

static struct group_rule group_rule = { .has_smallest = true,
                                        .smallest = 5,
                                        .has_largest = true,
                                        .largest = 2000,
                                        .central = true,
                                        .has_central = true,
                                        .has_ready = true,
                                        .ready = 95,
                                        .has_ready_of = true,
                                        .ready_of = 100 };
static struct internal_rule internal_rule = { .inspections = 1 };
static struct rules whole = { .internal = &internal_rule, .group = &group_rule };

static void test_what_is_not_asked(void **state)
{
    (void)state;
    struct group_clause_status c[GROUP_CLAUSES];
    struct group_rule empty = { 0 };
    struct rules only_group = { .group = &empty };
    const struct group_facts nobody = { 0 }, one = { .members = 2, .ready = 1, .incomplete = 1 };
    size_t n;
    assert_int_equal(group_judge(NULL, &one, c, &n), VERDICT_READY);
    assert_int_equal(group_judge(NULL, &nobody, c, &n), VERDICT_INCOMPLETE); /* nothing is assessed */
    assert_int_equal(n, 1);
    assert_int_equal(c[0].clause, GROUP_SANCTIONS);
    assert_int_equal(group_judge(&only_group, &nobody, c, &n), VERDICT_INCOMPLETE);
    assert_int_equal(n, 1);
    assert_int_equal(group_judge(&whole, &sound, c, &n), VERDICT_READY);
    assert_int_equal(n, GROUP_CLAUSES);
}

/* One figure is changed; the clause that tells it, its verdict and margin, and the verdict over all. */
static void test_clauses(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        struct group_facts f;
        enum group_clause clause;
        enum verdict verdict, over_all;
        int64_t have, of, unassessed, margin;
    } cases[] = {
#define FACTS(...) { __VA_ARGS__, .central = VERDICT_READY, .central_clauses = 3, .central_held = 3 }
        { "as few as may be", FACTS(.members = 5, .ready = 5, .inspected = 5), GROUP_SMALLEST, VERDICT_READY,
          VERDICT_READY, 5, 5, 0, 0 },
        { "too few", FACTS(.members = 4, .ready = 4, .inspected = 4), GROUP_SMALLEST, VERDICT_NOT_READY,
          VERDICT_NOT_READY, 4, 5, 0, -1 },
        { "as many as may be", FACTS(.members = 2000, .ready = 2000, .inspected = 2000), GROUP_LARGEST, VERDICT_READY,
          VERDICT_READY, 2000, 2000, 0, 0 },
        { "too many", FACTS(.members = 2003, .ready = 2003, .inspected = 2003), GROUP_LARGEST, VERDICT_NOT_READY,
          VERDICT_NOT_READY, 2003, 2000, 0, -3 },
        { "one not inspected", FACTS(.members = 20, .ready = 20, .inspected = 19), GROUP_COVERAGE, VERDICT_INCOMPLETE,
          VERDICT_INCOMPLETE, 19, 20, 1, -1 },
        { "just 95 %", FACTS(.members = 20, .ready = 19, .not_ready = 1, .inspected = 20), GROUP_READY, VERDICT_READY,
          VERDICT_READY, 19, 20, 0, 0 },
        { "two to spare", FACTS(.members = 40, .ready = 40, .inspected = 40), GROUP_READY, VERDICT_READY, VERDICT_READY,
          40, 40, 0, 2 },
        { "95 % of 21 is 20", FACTS(.members = 21, .ready = 19, .not_ready = 2, .inspected = 21), GROUP_READY,
          VERDICT_NOT_READY, VERDICT_NOT_READY, 19, 21, 0, -1 },
        { "may yet be", FACTS(.members = 21, .ready = 19, .not_ready = 1, .incomplete = 1, .inspected = 21),
          GROUP_READY, VERDICT_INCOMPLETE, VERDICT_INCOMPLETE, 19, 21, 1, -1 },
        { "cannot be", FACTS(.members = 21, .ready = 17, .not_ready = 2, .incomplete = 2, .inspected = 21), GROUP_READY,
          VERDICT_NOT_READY, VERDICT_NOT_READY, 17, 21, 2, -3 },
        { "not ready beats not known", FACTS(.members = 20, .ready = 10, .not_ready = 10, .inspected = 3),
          GROUP_COVERAGE, VERDICT_INCOMPLETE, VERDICT_NOT_READY, 3, 20, 17, -17 },
        { "sanctioned", FACTS(.members = 20, .ready = 20, .inspected = 20, .sanctions = 2), GROUP_SANCTIONS,
          VERDICT_NOT_READY, VERDICT_NOT_READY, 2, 2, 0, -2 },
#undef FACTS
        { "central fails",
          { .members = 20,
            .ready = 20,
            .inspected = 20,
            .central = VERDICT_NOT_READY,
            .central_clauses = 3,
            .central_held = 2 },
          GROUP_CENTRAL,
          VERDICT_NOT_READY,
          VERDICT_NOT_READY,
          2,
          3,
          0,
          -1 },
        { "central never audited",
          { .members = 20,
            .ready = 20,
            .inspected = 20,
            .central = VERDICT_INCOMPLETE,
            .central_clauses = 3,
            .central_unknown = 3 },
          GROUP_CENTRAL,
          VERDICT_INCOMPLETE,
          VERDICT_INCOMPLETE,
          0,
          3,
          3,
          -3 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct group_clause_status c[GROUP_CLAUSES], found = { 0 };
        size_t n;
        enum verdict over_all = group_judge(&whole, &cases[i].f, c, &n);
        for (size_t k = 0; k < n; k++)
            if (c[k].clause == cases[i].clause)
                found = c[k];
        if (over_all != cases[i].over_all || found.verdict != cases[i].verdict || found.have != cases[i].have
            || found.of != cases[i].of || found.unassessed != cases[i].unassessed || found.margin != cases[i].margin)
            fail_msg("%s: verdict %d %d, have %d of %d, %d not known, margin %d", cases[i].what, (int)over_all,
                     (int)found.verdict, (int)found.have, (int)found.of, (int)found.unassessed, (int)found.margin);
    }
}

static void test_nobody(void **state)
{
    (void)state;
    const struct group_facts nobody = { .central = VERDICT_READY };
    struct group_clause_status c[GROUP_CLAUSES];
    struct group_rule all = { .has_ready = true, .ready = 1, .has_ready_of = true, .ready_of = 1 };
    struct rules rules = { .internal = &internal_rule, .group = &all };
    size_t n;
    assert_int_equal(group_judge(&rules, &nobody, c, &n), VERDICT_INCOMPLETE);
    assert_int_equal(c[0].verdict, VERDICT_INCOMPLETE);
    assert_int_equal(c[1].verdict, VERDICT_INCOMPLETE);
}

/* Computed with exact fractions: the p at which the tail of the binomial is 1/40. */
static void test_intervals(void **state)
{
    (void)state;
    static const struct {
        int64_t k, n, share, low, high;
    } cases[] = {
        { 0, 10, 0, 0, 308 },       { 10, 10, 1000, 692, 1000 },  { 5, 10, 500, 187, 813 },
        { 1, 20, 50, 1, 249 },      { 0, 1, 0, 0, 975 },          { 1, 1, 1000, 25, 1000 },
        { 3, 4, 750, 194, 994 },    { 7, 59, 119, 49, 229 },      { 19, 20, 950, 751, 999 },
        { 81, 263, 308, 253, 368 }, { 500, 1000, 500, 469, 531 }, { 1, 1000, 1, 0, 6 },
        { 2, 7, 286, 37, 710 },     { 0, 4000000, 0, 0, 0 },      { 4000000, 4000000, 1000, 1000, 1000 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct reliability_share s;
        assert_true(reliability_share(cases[i].k, cases[i].n, &s));
        if (s.share != cases[i].share || s.low != cases[i].low || s.high != cases[i].high)
            fail_msg("%d of %d: %d from %d to %d", (int)cases[i].k, (int)cases[i].n, (int)s.share, (int)s.low,
                     (int)s.high);
    }
    struct reliability_share large;
    assert_true(reliability_share(1000000, 4000000, &large));
    assert_int_equal(large.share, 250);
    assert_int_equal(large.low, 250);
    assert_int_equal(large.high, 250);
    assert_false(reliability_share(0, 0, &large));
    assert_int_equal(large.share, 250);
}

static void test_kappa(void **state)
{
    (void)state;
    static const struct {
        struct reliability_table t;
        int64_t kappa;
    } cases[] = {
        { { 20, 5, 10, 15 }, 400 },  /* observed 0.7, expected 0.5 */
        { { 45, 15, 25, 15 }, 130 }, /* 0.6 and 0.54: 0.1304 */
        { { 25, 35, 5, 35 }, 259 },  /* 0.6 and 0.46: 0.2593 */
        { { 10, 0, 0, 90 }, 1000 },  { { 0, 5, 5, 0 }, -1000 },
        { { 1, 2, 3, 4 }, -87 }, /* 0.5 and 0.54: -0.0870 */
        { { 0, 1, 0, 9 }, 0 },       { { 0, 50000000, 0, 450000000 }, 0 },
    };
    int64_t kappa = 7;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(reliability_kappa(&cases[i].t, &kappa));
        assert_int_equal(kappa, cases[i].kappa);
    }
    kappa = 7;
    assert_false(reliability_kappa(&(struct reliability_table){ 0 }, &kappa));
    assert_false(reliability_kappa(&(struct reliability_table){ .neither = 12 }, &kappa));
    assert_false(reliability_kappa(&(struct reliability_table){ .both = 3 }, &kappa));
    assert_int_equal(kappa, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_not_asked), cmocka_unit_test(test_clauses), cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_intervals),         cmocka_unit_test(test_kappa),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
