/* Forms in CSV, and what is said instead of one. */
#include "client/cmd/answers.h"
#include "client/cmd/csv_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct requirement requirements[] = {
    { .code = "4" },
    { .code = "4.1", .level = LEVEL_MAJOR },
    { .code = "4.1:a", .level = LEVEL_MINOR },
    { .code = "5", .has_assessable = true, .assessable = true },
};
static struct edition edition = { .edition = { "iso:1", 1 } };
static const struct edition_detail detail = { .edition = &edition, .requirements = requirements, .n_requirements = 4 };

static void open_csv(struct csv_read *c, char *copy, const char *text)
{
    strcpy(copy, text);
    csv_read_init(c, copy, strlen(text));
}

static void expect_row(struct csv_read *c, int line, int n, const char *const *cells)
{
    struct err e = { 0 };
    assert_int_equal(csv_read_row(c, &e), 1);
    assert_int_equal(c->line, line);
    assert_int_equal(c->n_cells, n);
    for (int i = 0; i < n; i++)
        assert_string_equal(c->cells[i], cells[i]);
}

static void test_csv(void **state)
{
    (void)state;
    char copy[256];
    struct csv_read c;
    struct err e = { 0 };
    open_csv(&c, copy,
             "\xef\xbb\xbf"
             "code;result;note\r\n4.1;conforming;\"a;\"\"b\"\"\nc\"\n\n5;x;");
    expect_row(&c, 1, 3, (const char *[]){ "code", "result", "note" });
    assert_int_equal(csv_read_column(&c, "Result"), 1);
    assert_int_equal(csv_read_column(&c, "class"), -1);
    expect_row(&c, 2, 3, (const char *[]){ "4.1", "conforming", "a;\"b\"\nc" });
    expect_row(&c, 4, 1, (const char *[]){ "" });
    expect_row(&c, 5, 3, (const char *[]){ "5", "x", "" });
    assert_int_equal(csv_read_row(&c, &e), 0);
}

static void expect_bad(const char *text, const char *message)
{
    char copy[256];
    struct csv_read c;
    struct err e = { 0 };
    open_csv(&c, copy, text);
    while (csv_read_row(&c, &e) > 0)
        continue;
    assert_string_equal(e.message, message);
}

static void test_csv_bad(void **state)
{
    (void)state;
    expect_bad("a\n\"b", "line 2: a quoted cell does not end");
    expect_bad("a\n\"b\"c", "line 2: text after a quoted cell");
    expect_bad("a,b\"c", "line 1: a quote inside an unquoted cell; quote the whole cell and double the quote");
}

struct fixture {
    struct arena arena;
    struct answers answers;
    struct err e;
    char file[32];
};

static void start(struct fixture *f, const char *form)
{
    *f = (struct fixture){ .file = "/tmp/answers-XXXXXX" };
    arena_init(&f->arena, SIZE_MAX);
    f->answers.arena = &f->arena;
    int fd = mkstemp(f->file);
    assert_true(fd >= 0);
    FILE *out = fdopen(fd, "w");
    assert_non_null(out);
    fputs(form, out);
    fclose(out);
    answers_read(&f->answers, f->file, &f->e);
    unlink(f->file);
}

static void test_form(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, "code,title,result,class,count,note\n4.1,T,nonconforming,major,3,bad\n5,T,,,,\n4.1:a,T,conf,,,\n");
    assert_int_equal(f.e.code, OK);
    assert_int_equal(f.answers.n, 2);
    assert_int_equal(f.answers.responses[0].class, CLASS_MAJOR);
    assert_int_equal(f.answers.responses[0].count, 3);
    assert_string_equal(f.answers.responses[1].requirement, "4.1:a");
    assert_int_equal(f.answers.responses[1].result, RESULT_CONFORMING);
    arena_reset(&f.arena);
}

static void expect_form_refused(const char *form, const char *message)
{
    struct fixture f;
    start(&f, form);
    assert_int_not_equal(f.e.code, OK);
    if (strstr(f.e.message, message) == NULL)
        fail_msg("'%s' is not '%s'", f.e.message, message);
    arena_reset(&f.arena);
}

static void test_form_refused(void **state)
{
    (void)state;
    expect_form_refused("", "there is nothing in it");
    expect_form_refused("a,b\n", "line 1: the columns code and result are needed");
    expect_form_refused("code,result\n4.1,fine\n", "line 2: result: ");
    expect_form_refused("code,result\n\n,conforming\n", "line 3: a result without a code");
}

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
    assert_string_equal(e.message, "--except: '4' is no requirement of iso:1 that gets a result");
    err_clear(&e);
    assert_int_equal(answers_except(&a, "5=grave", &detail, &e), ERR_INVALID_PARAM);
    err_clear(&e);
    answers_not_applicable(&a, "5", &detail, &e);
    assert_string_equal(e.message, "--not-applicable 5: give the reason, as 5:REASON");
    err_clear(&e);
    assert_int_equal(answers_except(&a, "4.1=major:no plan", &detail, &e), OK);
    assert_int_equal(answers_not_applicable(&a, "4.1:no land", &detail, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.message, "--not-applicable 4.1: it is named twice; give it one result");
    assert_int_equal(a.responses[0].result, RESULT_NONCONFORMING);
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_bad),
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_form_refused),
        cmocka_unit_test(test_all_but),
        cmocka_unit_test(test_all_but_refused),
        cmocka_unit_test(test_a_section_does_not_apply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
