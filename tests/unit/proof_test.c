/* SPDX-License-Identifier: Apache-2.0 */
/* The grade of a verdict, the day of the oldest result that it rests on, and that it needs one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/handmade.h"

#include <string.h>

enum { N = HANDMADE_REQUIREMENTS };

/* A letter for each grade. */
static void set_grades(struct handmade *w, int32_t ordinal, const char *letters)
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
        struct handmade w;
        handmade_init(&w, rule, 2, "xcccxccc", "");
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
        struct handmade w;
        struct readiness by[GRADES + 1];
        handmade_init(&w, rule, 2, "x---x---", "");
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
    struct handmade w;
    struct readiness r;
    handmade_init(&w, rule, 1, "x---x---", "");
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
    struct handmade w;
    struct arena arena;
    struct readiness r;
    struct err e = { 0 };
    arena_init(&arena, 1 << 20);
    handmade_init(&w, rule, 2, "xnnnxnnn", "");
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
        cmocka_unit_test(test_the_grade_of_a_verdict),
        cmocka_unit_test(test_proof_never_flatters),
        cmocka_unit_test(test_the_oldest_day),
        cmocka_unit_test(test_ready_needs_something_assessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
