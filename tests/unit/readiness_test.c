/* SPDX-License-Identifier: Apache-2.0 */
/* The pass rule: every kind of clause, holding, failing and not known, with its figures and its blockers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/standing/readiness.h"

#include <stdlib.h>
#include <string.h>

/* A section and six requirements. Codes ascend, so that they are their own index. */
enum { N = 8 };
static const struct catalogue_requirement requirements[N] = {
    { .code = "a", .ordinal = 0, .parent = -1, .end = 4 },
    { .code = "b", .ordinal = 1, .parent = 0, .end = 2, .level = LEVEL_MAJOR, .assessable = true, .gate = true },
    { .code = "c", .ordinal = 2, .parent = 0, .end = 3, .level = LEVEL_MINOR, .assessable = true },
    { .code = "d", .ordinal = 3, .parent = 0, .end = 4, .level = LEVEL_MINOR, .assessable = true, .autofail = true },
    { .code = "e", .ordinal = 4, .parent = -1, .end = 8 },
    { .code = "f", .ordinal = 5, .parent = 4, .end = 6, .level = LEVEL_MINOR, .assessable = true },
    { .code = "g", .ordinal = 6, .parent = 4, .end = 7, .level = LEVEL_POINTS, .points = 30, .assessable = true },
    { .code = "h", .ordinal = 7, .parent = 4, .end = 8, .level = LEVEL_POINTS, .points = 10, .assessable = true },
};
static const int32_t by_code[N] = { 0, 1, 2, 3, 4, 5, 6, 7 };

struct world {
    struct catalogue_edition edition;
    struct standing_state state;
    uint8_t results[N];
    int32_t days[GRADES][N];
    struct standing_finding findings[8];
};

/* results: a letter per requirement, x for a section; findings: code and class, "bM ci". */
static void world_init(struct world *w, const struct pass_clause *clauses, size_t n, const char *results,
                       const char *findings)
{
    static const char letters[] = "-cXn"; /* in the order of enum standing_result */
    static const char classes[] = " Mmoi";
    memset(w, 0, sizeof *w);
    w->edition = (struct catalogue_edition){ .code = "s:1",
                                             .requirements = requirements,
                                             .by_code = by_code,
                                             .n_requirements = N,
                                             .n_assessable = 6,
                                             .clauses = clauses,
                                             .n_clauses = n,
                                             .kept_class = CLASS_OPPORTUNITY };
    for (int i = 0; i < N; i++)
        if (results[i] != 'x')
            w->results[i] = (uint8_t)(strchr(letters, results[i]) - letters);
    w->state = (struct standing_state){ .edition = &w->edition,
                                        .results = { w->results, { w->days[0], w->days[1], w->days[2] } },
                                        .findings = w->findings };
    size_t n_findings = 0;
    for (const char *f = findings; *f != '\0'; f += f[2] == ' ' ? 3 : 2) {
        w->findings[n_findings] = (struct standing_finding){ .id = (int64_t)n_findings + 1,
                                                             .ordinal = f[0] - 'a',
                                                             .class = (enum class)(strchr(classes, f[1]) - classes),
                                                             .raised_on = { 700000 } };
        n_findings++;
    }
    w->state.n_findings = n_findings;
}

#define SHARE(p, q) .at_least = (p), .has_at_least = true, .out_of = (q), .has_out_of = true

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
    struct world w;
    struct arena arena;
    struct readiness judged, explained;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    world_init(&w, &s->clause, 1, s->results, s->findings);
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
            struct world w;
            struct arena arena;
            struct readiness r;
            struct err e = { 0 };
            arena_init(&arena, 1 << 20);
            world_init(&w, &clause, 1, "x---x---", "");
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
        struct world w;
        struct arena arena;
        struct readiness r;
        struct err e = { 0 };
        arena_init(&arena, 1 << 20);
        world_init(&w, rule, 3, cases[i].results, cases[i].findings);
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
    struct world w;
    struct arena arena;
    struct readiness r;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    world_init(&w, rule, 1, "xcXnxc--", "bM cm fo");
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
    struct world w;
    struct arena arena;
    struct readiness r;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    world_init(&w, rule, 1, "xXccxc--", "bM bM");
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

/* A letter for each grade. */
static void set_grades(struct world *w, int32_t ordinal, const char *letters)
{
    static const char results[] = "-cXn";
    w->results[ordinal] = 0;
    for (int g = 0; g < GRADES; g++)
        w->results[ordinal] |= (uint8_t)((strchr(results, letters[g]) - results) << (2 * g));
}

/* A verdict says by which proof it is ready; a stronger one makes what it lacks not assessed. */
static void test_the_grade_of_a_verdict(void **state)
{
    (void)state;
    enum { R = VERDICT_READY, I = VERDICT_INCOMPLETE, F = VERDICT_NOT_READY };
    static const struct {
        const char *b, *c; /* results of b and c; d and f conform by any proof */
        int verdict[3];    /* by each */
        enum grade grade;
    } cases[] = {
        { "c--", "ccc", { R, I, I }, GRADE_SELF },
        { "-c-", "ccc", { R, R, I }, GRADE_INTERNAL },
        { "--c", "ccc", { R, R, R }, GRADE_EXTERNAL },
        { "n--", "ccc", { R, I, I }, GRADE_SELF },
        { "Xcc", "ccc", { F, F, F }, 0 },
        { "ccX", "ccc", { F, F, F }, 0 },
        { "ccc", "X--", { F, F, F }, 0 },
    };
    const struct pass_clause rule[] = { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR },
                                        { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, SHARE(2, 2) } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct world w;
        world_init(&w, rule, 2, "xcccxccc", "");
        set_grades(&w, 1, cases[i].b);
        set_grades(&w, 2, cases[i].c);
        set_grades(&w, 3, "ccc");
        set_grades(&w, 5, "ccc");
        for (int proof = GRADE_SELF; proof <= GRADE_EXTERNAL; proof++) {
            struct readiness r;
            readiness_judge(&w.state, (enum grade)proof, &r);
            assert_int_equal(r.verdict, cases[i].verdict[proof - 1]);
            assert_int_equal(r.grade, r.verdict == VERDICT_READY ? cases[i].grade : 0);
        }
    }
}

/* By any standing, a stronger proof never makes a verdict better. */
static void test_proof_never_flatters(void **state)
{
    (void)state;
    static const int rank[] = { [VERDICT_READY] = 2, [VERDICT_INCOMPLETE] = 1, [VERDICT_NOT_READY] = 0 };
    const struct pass_clause rule[] = { { .kind = CLAUSE_RATIO, SHARE(3, 5) }, { .kind = CLAUSE_GATES } };
    unsigned random = 1;
    for (int round = 0; round < 20000; round++) {
        struct world w;
        struct readiness by[GRADES + 1];
        world_init(&w, rule, 2, "x---x---", "");
        for (int i = 0; i < N; i++) {
            random = random * 1103515245U + 12345U;
            w.results[i] = (uint8_t)(random >> 16 & 0x3f);
        }
        for (int proof = GRADE_SELF; proof <= GRADE_EXTERNAL; proof++)
            readiness_judge(&w.state, (enum grade)proof, &by[proof]);
        for (int proof = GRADE_INTERNAL; proof <= GRADE_EXTERNAL; proof++) {
            assert_true(rank[by[proof].verdict] <= rank[by[proof - 1].verdict]);
            assert_int_equal(by[proof].verdict == VERDICT_NOT_READY, by[GRADE_SELF].verdict == VERDICT_NOT_READY);
            assert_int_equal(by[proof].verdict == VERDICT_READY, (int)by[GRADE_SELF].grade >= proof);
        }
    }
}

/* A verdict rests on the newest good result of each requirement by its proof; the oldest of these days is told. */
static void test_the_oldest_day(void **state)
{
    (void)state;
    const struct pass_clause rule[] = { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR } };
    struct world w;
    struct readiness r;
    world_init(&w, rule, 1, "x---x---", "");
    readiness_judge(&w.state, GRADE_SELF, &r);
    assert_false(date_is_set(r.oldest));
    standing_result_take(&w.state.results, 1, GRADE_EXTERNAL, STANDING_CONFORMING, (struct date){ 100 });
    standing_result_take(&w.state.results, 1, GRADE_SELF, STANDING_CONFORMING, (struct date){ 300 });
    standing_result_take(&w.state.results, 2, GRADE_EXTERNAL, STANDING_CONFORMING, (struct date){ 200 });
    readiness_judge(&w.state, GRADE_SELF, &r);
    assert_int_equal(r.grade, GRADE_EXTERNAL);
    assert_int_equal(r.oldest.day, 100);
    standing_result_take(&w.state.results, 1, GRADE_SELF, STANDING_NONCONFORMING, (struct date){ 400 });
    readiness_judge(&w.state, GRADE_SELF, &r);
    assert_int_equal(r.oldest.day, 200);
}

/* Where nothing applies, nothing is ready, and the reason is told. */
static void test_ready_needs_something_assessed(void **state)
{
    (void)state;
    const struct pass_clause rule[] = { { .kind = CLAUSE_ALL }, { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR } };
    struct world w;
    struct arena arena;
    struct readiness r;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    world_init(&w, rule, 2, "xnnnxnnn", "");
    assert_int_equal(readiness_explain(&arena, &w.state, GRADE_SELF, &r, &e), OK);
    assert_int_equal(r.verdict, VERDICT_INCOMPLETE);
    assert_int_equal(r.grade, 0);
    assert_int_equal(r.n_clauses, 3);
    assert_int_equal(r.clauses[2].verdict, VERDICT_INCOMPLETE);
    assert_string_equal(r.clauses[2].what, "something assessed");
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
        cmocka_unit_test(test_the_grade_of_a_verdict),
        cmocka_unit_test(test_proof_never_flatters),
        cmocka_unit_test(test_the_oldest_day),
        cmocka_unit_test(test_ready_needs_something_assessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
