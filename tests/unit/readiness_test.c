/* SPDX-License-Identifier: Apache-2.0 */
/* The pass rule: every kind of clause, holding, failing and not known, with its figures and its blockers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/handmade.h"

#include <stdlib.h>
#include <string.h>

/* One clause over one standing: the verdict and the figures it must give, and what must stand against it. */
struct specimen {
    struct pass_clause clause;
    const char *results, *findings;
    enum verdict verdict;
    int64_t have, of, unassessed, margin;
    const char *blockers; /* codes, in order */
    const char *what;
};

static const struct specimen samples[] = {
    { { .kind = CLAUSE_ALL, .level = LEVEL_MINOR },
      "x-ccxc--",
      "",
      VERDICT_READY,
      3,
      3,
      0,
      0,
      "",
      "all minor requirements conforming" },
    { { .kind = CLAUSE_ALL, .level = LEVEL_MINOR }, "x-cnxc--", "", VERDICT_READY, 2, 2, 0, 0, "", NULL },
    { { .kind = CLAUSE_ALL, .level = LEVEL_MINOR }, "x-c-xc--", "", VERDICT_INCOMPLETE, 2, 3, 1, 0, "d", NULL },
    { { .kind = CLAUSE_ALL, .level = LEVEL_MINOR }, "x-X-xX--", "cm fm", VERDICT_NOT_READY, 0, 3, 1, -2, "cfd", NULL },
    { { .kind = CLAUSE_ALL }, "xcccxccX", "", VERDICT_NOT_READY, 5, 6, 0, -1, "h", "all requirements conforming" },

    { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(2, 3) },
      "x-cXxc--",
      "cm",
      VERDICT_READY,
      2,
      3,
      0,
      0,
      "",
      "at least 2/3 of minor requirements conforming" },
    { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(1, 3) },
      "x-ccxc--",
      "",
      VERDICT_READY,
      3,
      3,
      0,
      2,
      "",
      NULL },
    { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(95, 100) },
      "x-cXxc--",
      "dm",
      VERDICT_NOT_READY,
      2,
      3,
      0,
      -1,
      "d",
      "at least 95 % of minor requirements conforming" },
    { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(2, 3) },
      "x-XXx---",
      "cm dm",
      VERDICT_NOT_READY,
      0,
      3,
      1,
      -1,
      "cdf",
      NULL },
    { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(1, 3) },
      "x-c-xX--",
      "fm",
      VERDICT_INCOMPLETE,
      1,
      3,
      1,
      1,
      "d",
      NULL },
    { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, .section = "a", SHARE(1, 1) },
      "x-ccxX--",
      "",
      VERDICT_READY,
      2,
      2,
      0,
      0,
      "",
      "at least 100 % of minor requirements below a conforming" },
    { { .kind = CLAUSE_RATIO, .section = "e", SHARE(1, 2) },
      "xXXXxcXX",
      "",
      VERDICT_NOT_READY,
      1,
      3,
      0,
      -1,
      "gh",
      "at least 50 % of requirements below e conforming" },
    { { .kind = CLAUSE_RATIO, .section = "e", SHARE(0, 1) },
      "x---xXc-",
      "",
      VERDICT_INCOMPLETE,
      2,
      3,
      1,
      0,
      "h",
      "all requirements below e assessed" },
    { { .kind = CLAUSE_RATIO, .level = LEVEL_RECOMMENDATION, SHARE(1, 1) },
      "xc--x---",
      "",
      VERDICT_READY,
      0,
      0,
      0,
      0,
      "",
      "at least 100 % of recommendations conforming" },

    { { .kind = CLAUSE_POINTS, SHARE(3, 4) },
      "x---x-cX",
      "",
      VERDICT_READY,
      30,
      40,
      0,
      0,
      "",
      "at least 75 % of the points earned" },
    { { .kind = CLAUSE_POINTS, SHARE(4, 5) }, "x---x-cX", "", VERDICT_NOT_READY, 30, 40, 0, -2, "h", NULL },
    { { .kind = CLAUSE_POINTS, SHARE(1, 2) }, "x---x-c-", "", VERDICT_INCOMPLETE, 30, 40, 10, 20, "h", NULL },
    { { .kind = CLAUSE_POINTS, .section = "a", SHARE(1, 2) },
      "xc--x---",
      "",
      VERDICT_READY,
      0,
      0,
      0,
      0,
      "",
      "at least 50 % of the points below a earned" },
    { { .kind = CLAUSE_POINTS, SHARE(1, 1) }, "x---x-nc", "", VERDICT_READY, 10, 10, 0, 0, "", NULL },

    { { .kind = CLAUSE_GATES },
      "xcXcxX--",
      "",
      VERDICT_READY,
      2,
      2,
      0,
      0,
      "",
      "every gate conforming and no autofail nonconforming" },
    { { .kind = CLAUSE_GATES }, "xXccxc--", "bM", VERDICT_NOT_READY, 1, 2, 0, -1, "b", NULL },
    { { .kind = CLAUSE_GATES }, "xccXxc--", "dm", VERDICT_NOT_READY, 1, 2, 0, -1, "d", NULL },
    { { .kind = CLAUSE_GATES }, "xc--x---", "", VERDICT_INCOMPLETE, 1, 2, 1, 0, "d", NULL },

    { { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR },
      "xX--x---",
      "cm",
      VERDICT_READY,
      0,
      0,
      0,
      0,
      "",
      "no open finding of class major" },
    { { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR },
      "xc--x---",
      "cm bM",
      VERDICT_NOT_READY,
      1,
      1,
      0,
      -1,
      "b",
      NULL },
    { { .kind = CLAUSE_NO_OPEN, .class = CLASS_MINOR },
      "xc--x---",
      "cm bM fo",
      VERDICT_NOT_READY,
      2,
      2,
      0,
      -2,
      "bc",
      "no open finding of class minor or worse" },
    { { .kind = CLAUSE_NO_OPEN, .class = CLASS_OBSERVATION },
      "xc--x---",
      "fi fo",
      VERDICT_NOT_READY,
      1,
      1,
      0,
      -1,
      "f",
      NULL },
};

static void check_blockers(const struct specimen *s, const struct readiness *r)
{
    assert_int_equal(r->n_blockers, strlen(s->blockers));
    for (size_t i = 0; i < r->n_blockers; i++)
        assert_int_equal(r->blockers[i].requirement[0], s->blockers[i]);
}

static void check_sample(const struct specimen *s)
{
    struct handmade w;
    struct arena arena;
    struct readiness judged, explained;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    handmade_init(&w, &s->clause, 1, s->results, s->findings);
    readiness_judge(&w.state, GRADE_SELF, &judged);
    assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &explained, &e), OK);
    assert_int_equal(judged.verdict, s->verdict);
    assert_int_equal(explained.verdict, s->verdict);
    assert_int_equal(explained.clauses[0].verdict, s->verdict);
    assert_int_equal(explained.clauses[0].have, s->have);
    assert_int_equal(explained.clauses[0].of, s->of);
    assert_int_equal(explained.clauses[0].unassessed, s->unassessed);
    assert_int_equal(explained.clauses[0].margin, s->margin);
    if (s->what != NULL)
        assert_string_equal(explained.clauses[0].what, s->what);
    check_blockers(s, &explained);
    arena_reset(&arena);
}

static void test_clauses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        print_message("clause %zu: %s\n", i, samples[i].results);
        check_sample(&samples[i]);
    }
}

/* What the margin promises: so many more failures, and not one more; or so many mended, and not one less. */
static void test_margin_is_what_it_says(void **state)
{
    (void)state;
    static const int32_t minor[] = { 2, 3, 5 };
    for (int64_t p = 1; p <= 12; p++)
        for (unsigned failing = 0; failing < 8; failing++) {
            struct pass_clause clause = { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(p, 12) };
            struct handmade w;
            struct arena arena;
            struct readiness r;
            struct err e = { 0 };
            arena_init(&arena, 1 << 20);
            handmade_init(&w, &clause, 1, "x---x---", "");
            for (int i = 0; i < 3; i++)
                w.results[minor[i]] = failing >> i & 1U ? STANDING_NONCONFORMING : STANDING_CONFORMING;
            assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &r, &e), OK);
            int64_t fails = __builtin_popcount(failing), most = fails + r.clauses[0].margin;
            assert_int_equal(r.verdict == VERDICT_READY, fails <= most);
            assert_true(12 * (3 - most) >= p * 3);
            assert_true(12 * (3 - most - 1) < p * 3);
            arena_reset(&arena);
        }
}

static void test_rule_of_several_clauses(void **state)
{
    (void)state;
    const struct pass_clause rule[] = {
        { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR },
        { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(2, 3) },
        { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR },
    };
    static const struct {
        const char *results, *findings;
        enum verdict verdict;
        const char *blockers;
    } cases[] = {
        { "xcccxc--", "", VERDICT_READY, "" },         { "xccXxc--", "dm", VERDICT_READY, "" },
        { "xc--x---", "", VERDICT_INCOMPLETE, "cdf" }, { "xX--x---", "bM", VERDICT_NOT_READY, "bcdf" },
        { "xcccxc--", "bM", VERDICT_NOT_READY, "b" },  { "xXccxc--", "bM bM", VERDICT_NOT_READY, "bb" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct handmade w;
        struct arena arena;
        struct readiness r;
        struct err e = { 0 };
        arena_init(&arena, 1 << 20);
        handmade_init(&w, rule, 3, cases[i].results, cases[i].findings);
        assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &r, &e), OK);
        assert_int_equal(r.verdict, cases[i].verdict);
        check_blockers(&(struct specimen){ .blockers = cases[i].blockers }, &r);
        arena_reset(&arena);
    }
}

static void test_counts_and_blocker_details(void **state)
{
    (void)state;
    const struct pass_clause rule[] = { { .kind = CLAUSE_NO_OPEN, .class = CLASS_MINOR } };
    struct handmade w;
    struct arena arena;
    struct readiness r;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    handmade_init(&w, rule, 1, "xcXnxc--", "bM cm fo");
    assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &r, &e), OK);
    assert_int_equal(r.conforming, 2);
    assert_int_equal(r.nonconforming, 1);
    assert_int_equal(r.not_applicable, 1);
    assert_int_equal(r.not_assessed, 2);
    assert_int_equal(r.major, 1);
    assert_int_equal(r.minor, 1);
    assert_int_equal(r.blockers[0].result, RESULT_CONFORMING);
    assert_string_equal(r.blockers[0].finding.text, "F1");
    assert_int_equal(r.blockers[0].class, CLASS_MAJOR);
    assert_int_equal(r.blockers[0].since.day, 700000);
    assert_int_equal(r.blockers[1].result, RESULT_NONCONFORMING);
    assert_string_equal(r.blockers[1].finding.text, "F2");
    arena_reset(&arena);
}

/* An audit recorded late raises the finding of the higher number; the one that counts is the later day's. */
static void test_the_finding_of_the_latest_audit(void **state)
{
    (void)state;
    const struct pass_clause rule[] = { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR } };
    struct handmade w;
    struct arena arena;
    struct readiness r;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    handmade_init(&w, rule, 1, "xXccxc--", "bM bM");
    w.findings[1].raised_on.day--;
    assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &r, &e), OK);
    assert_int_equal(r.n_blockers, 1);
    assert_string_equal(r.blockers[0].finding.text, "F1");
    w.findings[1].raised_on.day++;
    assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &r, &e), OK);
    assert_int_equal(r.n_blockers, 1);
    assert_string_equal(r.blockers[0].finding.text, "F2");
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clauses),
        cmocka_unit_test(test_margin_is_what_it_says),
        cmocka_unit_test(test_rule_of_several_clauses),
        cmocka_unit_test(test_counts_and_blocker_details),
        cmocka_unit_test(test_the_finding_of_the_latest_audit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
