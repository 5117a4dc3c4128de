/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of an audit instead of a form. */
#include "client/cmd/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct requirement requirements[] = {
    { .code = "4" },
    { .code = "4.1", .level = LEVEL_MAJOR },
    { .code = "4.1:a", .level = LEVEL_MINOR },
    { .code = "5", .has_assessable = true, .assessable = true },
};
static struct edition edition = { .edition = { "iso:1", 1 } };
static const struct edition_detail detail = { .edition = &edition, .requirements = requirements, .n_requirements = 4 };

static void test_all_but(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    arena_init(&arena, SIZE_MAX);
    struct answers a = { .arena = &arena };
    struct err e = { 0 };
    answers_all_conforming(&a, &detail);
    assert_int_equal(a.n, 3);
    assert_int_equal(answers_except(&a, "4.1=minor:no plan: none", &detail, &e), OK);
    assert_int_equal(answers_except(&a, "4.1:a=opportunity", &detail, &e), OK);
    assert_int_equal(answers_not_applicable(&a, "5:no animals", &detail, &e), OK);
    assert_int_equal(a.n, 3);
    assert_int_equal(a.responses[0].result, RESULT_NONCONFORMING);
    assert_int_equal(a.responses[0].class, CLASS_MINOR);
    assert_string_equal(a.responses[0].note, "no plan: none");
    assert_int_equal(a.responses[1].result, RESULT_CONFORMING);
    assert_int_equal(a.responses[1].class, CLASS_OPPORTUNITY);
    assert_int_equal(a.responses[2].result, RESULT_NOT_APPLICABLE);
    assert_string_equal(a.responses[2].note, "no animals");
    arena_reset(&arena);
}

/* What is below a section ends where another begins. */
static void test_a_section_does_not_apply(void **state)
{
    (void)state;
    static struct requirement rows[] = {
        { .code = "G" },
        { .code = "G.1", .parent = "G" },
        { .code = "G.1.a", .parent = "G.1", .level = LEVEL_MAJOR },
        { .code = "G.2", .parent = "G", .level = LEVEL_MINOR },
        { .code = "M" },
        { .code = "M.1", .parent = "M", .level = LEVEL_MAJOR },
    };
    static const struct edition_detail two = { .edition = &edition, .requirements = rows, .n_requirements = 6 };
    struct arena arena = { 0 };
    arena_init(&arena, SIZE_MAX);
    struct answers a = { .arena = &arena };
    struct err e = { 0 };
    answers_all_conforming(&a, &two);
    assert_int_equal(a.n, 3);
    assert_int_equal(answers_not_applicable(&a, "G:a member is no group", &two, &e), OK);
    assert_int_equal(a.n, 3);
    assert_int_equal(a.responses[0].result, RESULT_NOT_APPLICABLE);
    assert_int_equal(a.responses[1].result, RESULT_NOT_APPLICABLE);
    assert_string_equal(a.responses[1].note, "a member is no group");
    assert_int_equal(a.responses[2].result, RESULT_CONFORMING);
    assert_int_equal(answers_not_applicable(&a, "G.2:again", &two, &e), ERR_INVALID_PARAM);
    arena_reset(&arena);
}

static void test_all_but_refused(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    arena_init(&arena, SIZE_MAX);
    struct answers a = { .arena = &arena };
    struct err e = { 0 };
    answers_except(&a, "4=minor", &detail, &e);
    assert_string_equal(e.message, "--except: '4' is not an assessable requirement of iso:1");
    err_clear(&e);
    assert_int_equal(answers_except(&a, "5=grave", &detail, &e), ERR_INVALID_PARAM);
    err_clear(&e);
    answers_not_applicable(&a, "5", &detail, &e);
    assert_string_equal(e.message, "--not-applicable 5: missing reason; use 5:REASON");
    err_clear(&e);
    assert_int_equal(answers_except(&a, "4.1=major:no plan", &detail, &e), OK);
    assert_int_equal(answers_not_applicable(&a, "4.1:no land", &detail, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.message, "--not-applicable 4.1: named more than once; give one result");
    assert_int_equal(a.responses[0].result, RESULT_NONCONFORMING);
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_but),
        cmocka_unit_test(test_all_but_refused),
        cmocka_unit_test(test_a_section_does_not_apply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
