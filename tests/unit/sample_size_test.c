/* SPDX-License-Identifier: Apache-2.0 */
/* How many members a rule asks for: the worked vectors of the schemes, the exact cases, and the definition itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/sample/sample_size.h"

#include <stdio.h>

#define ROOT(a, b) .root = (a), .has_root = true, .root_of = (b), .has_root_of = true
#define SHARE(p, q) .share = (p), .has_share = true, .share_of = (q), .has_share_of = true

enum { RULES = 6 };

static const struct {
    const char *name;
    struct sampling_rule rule;
} rules[RULES] = {
    { "√n", { ROOT(1, 1) } },
    { "0.6√n", { ROOT(3, 5) } },
    { "0.8√n", { ROOT(4, 5) } },
    { "5 %, 10 at least, all up to 10",
      { SHARE(5, 100), .floor = 10, .has_floor = true, .all_if_at_most = 10, .has_all_if_at_most = true } },
    { "2 %", { SHARE(2, 100) } },
    { "1.4√n or 2 %", { ROOT(7, 5), SHARE(2, 100) } },
};

static void test_vectors(void **state)
{
    (void)state;
    static const struct {
        int64_t n, sizes[RULES];
    } vectors[] = {
        { 0, { 0, 0, 0, 0, 0, 0 } },           { 1, { 1, 1, 1, 1, 1, 1 } },
        { 2, { 2, 1, 2, 2, 1, 2 } },           { 10, { 4, 2, 3, 10, 1, 5 } },
        { 11, { 4, 2, 3, 10, 1, 5 } },         { 25, { 5, 3, 4, 10, 1, 7 } },
        { 26, { 6, 4, 5, 10, 1, 8 } },         { 50, { 8, 5, 6, 10, 1, 10 } },
        { 100, { 10, 6, 8, 10, 2, 14 } },      { 250, { 16, 10, 13, 13, 5, 23 } },
        { 500, { 23, 14, 18, 25, 10, 32 } },   { 1000, { 32, 19, 26, 50, 20, 45 } },
        { 2000, { 45, 27, 36, 100, 40, 63 } },
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
        for (size_t k = 0; k < RULES; k++) {
            int64_t size = sample_size(&rules[k].rule, vectors[i].n);
            if (size == vectors[i].sizes[k])
                continue;
            printf("%s of %lld: %lld, should be %lld\n", rules[k].name, (long long)vectors[i].n, (long long)size,
                   (long long)vectors[i].sizes[k]);
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

/* Where the root is whole, nothing is added for safety. */
static void test_exact_roots(void **state)
{
    (void)state;
    static const struct {
        int64_t root, of, n, size;
    } exact[] = {
        { 3, 5, 25, 3 },         { 4, 5, 25, 4 },  { 7, 5, 25, 7 },          { 3, 5, 100, 6 },
        { 4, 5, 100, 8 },        { 1, 1, 1, 1 },   { 1, 1, 9999999, 3163 },  { 1, 1, 9998244, 3162 },
        { 1, 1, 9998245, 3163 }, { 6, 10, 25, 3 }, { 1, 1000, 10000000, 4 },
    };
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        struct sampling_rule rule = { ROOT(exact[i].root, exact[i].of) };
        assert_int_equal(sample_size(&rule, exact[i].n), exact[i].size);
    }
}

/* The least k with (k·b)² ≥ a²·n, at every bound; the products fit in 64 bits. */
static void test_definition(void **state)
{
    (void)state;
    static const int64_t bounds[] = { 1, 2, 3, 5, 7, 999, 1000 };
    enum { BOUNDS = sizeof bounds / sizeof bounds[0] };
    static const int64_t members[] = { 1, 2, 3, 24, 25, 26, 1999, 2000, 99999, 9999999, 10000000 };
    for (size_t i = 0; i < BOUNDS; i++)
        for (size_t j = 0; j < BOUNDS; j++)
            for (size_t m = 0; m < sizeof members / sizeof members[0]; m++) {
                const int64_t a = bounds[i], b = bounds[j], n = members[m];
                struct sampling_rule rule = { ROOT(a, b) };
                int64_t k = sample_size(&rule, n);
                assert_true(k >= 1 && k <= n);
                assert_true((k - 1) * b * (k - 1) * b < a * a * n);
                if (k < n)
                    assert_true(k * b * k * b >= a * a * n);
            }
}

static void test_bounds(void **state)
{
    (void)state;
    const struct sampling_rule share = { SHARE(1000000, 1000000) }, small = { SHARE(1, 1000000) },
                               floor = { .floor = 1000000, .has_floor = true },
                               all = { ROOT(1, 1000), .all_if_at_most = 7, .has_all_if_at_most = true };
    assert_int_equal(sample_size(&share, 10000000), 10000000);
    assert_int_equal(sample_size(&small, 10000000), 10);
    assert_int_equal(sample_size(&small, 1), 1);
    assert_int_equal(sample_size(&floor, 10), 10);
    assert_int_equal(sample_size(&floor, 10000000), 1000000);
    assert_int_equal(sample_size(&all, 7), 7);
    assert_int_equal(sample_size(&all, 8), 1);
}

/* Mandatory members may not push chance out: the least sample that leaves its share of itself to it. */
static void test_random_share(void **state)
{
    (void)state;
    const struct sampling_rule quarter = { .random = 1, .has_random = true, .random_of = 4, .has_random_of = true },
                               whole = { .random = 1, .has_random = true, .random_of = 1, .has_random_of = true },
                               none = { ROOT(1, 1) };
    static const struct {
        int64_t size, mandatory, n, grown;
    } cases[] = { { 8, 0, 50, 8 },   { 8, 6, 50, 8 }, { 8, 7, 50, 10 }, { 8, 9, 50, 12 },
                  { 8, 40, 50, 50 }, { 0, 1, 50, 2 }, { 1, 1, 1, 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t grown = sample_size_with(&quarter, cases[i].size, cases[i].mandatory, cases[i].n);
        assert_int_equal(grown, cases[i].grown);
        /* It is the least: one less would not do. */
        if (grown > cases[i].size && grown < cases[i].n)
            assert_true(grown - 1 - sample_size_random(&quarter, grown - 1) < cases[i].mandatory);
    }
    assert_int_equal(sample_size_random(&quarter, 8), 2);
    assert_int_equal(sample_size_random(&quarter, 9), 3);
    assert_int_equal(sample_size_random(&none, 9), 0);
    assert_int_equal(sample_size_with(&whole, 8, 0, 50), 8);
    assert_int_equal(sample_size_with(&whole, 8, 1, 50), 50);
    assert_int_equal(sample_size_with(&none, 8, 9, 50), 9);
    assert_int_equal(sample_size_with(&quarter, 8, 9999999, 10000000), 10000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors), cmocka_unit_test(test_exact_roots),  cmocka_unit_test(test_definition),
        cmocka_unit_test(test_bounds),  cmocka_unit_test(test_random_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
