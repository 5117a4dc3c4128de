/* SPDX-License-Identifier: Apache-2.0 */
/* Forms filled in: what they say, and what is refused with its line. */
#include "client/helper/import/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct problems problems;
    struct form form;
    bool good;
};

static void start(struct fixture *f, const char *text)
{
    char file[] = "/tmp/form-XXXXXX";
    *f = (struct fixture){ 0 };
    arena_init(&f->arena, SIZE_MAX);
    problem_init(&f->problems, &f->arena);
    int fd = mkstemp(file);
    assert_true(fd >= 0);
    FILE *out = fdopen(fd, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    f->good = form_read(&f->form, file, &f->problems);
    unlink(file);
}

static void test_form(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, "code,title,result,class,count,note\n4.1,T,nonconforming,major,3,bad\n5,T,,,,\n4.1:a,T,conf,,,\n");
    assert_true(f.good);
    assert_int_equal(f.form.n, 2);
    assert_int_equal(f.form.responses[0].class, CLASS_MAJOR);
    assert_int_equal(f.form.responses[0].count, 3);
    assert_string_equal(f.form.responses[1].requirement, "4.1:a");
    assert_int_equal(f.form.responses[1].result, RESULT_CONFORMING);
    arena_reset(&f.arena);
}

/* As spreadsheets leave it: a mark, semicolons, names in capitals, quotes, rows of fewer cells and of more. */
static void test_spreadsheet(void **state)
{
    (void)state;
    struct fixture f;
    start(&f, "\xef\xbb\xbf"
              "Code;Result;Note\r\n4.1;conforming;\"a;\"\"b\"\"\nc\"\n\n5;conforming\n6;conforming;x;more\n");
    assert_true(f.good);
    assert_int_equal(f.form.n, 3);
    assert_string_equal(f.form.responses[0].note, "a;\"b\"\nc");
    assert_null(f.form.responses[1].note);
    assert_string_equal(f.form.responses[2].note, "x");
    arena_reset(&f.arena);
}

static void expect_refused(const char *text, int line, const char *column, const char *reason)
{
    struct fixture f;
    start(&f, text);
    assert_false(f.good);
    const struct problem *p = problem_first(&f.problems);
    assert_int_equal(p->line, line);
    assert_string_equal(p->column, column);
    if (strstr(p->reason, reason) == NULL)
        fail_msg("'%s' is not '%s'", p->reason, reason);
    arena_reset(&f.arena);
}

static void test_refused(void **state)
{
    (void)state;
    expect_refused("", 1, "", "the file is empty");
    expect_refused("a,b\n", 1, "", "the columns code and result are required");
    expect_refused("code,result\n4.1,fine\n", 2, "result", "must be one of");
    expect_refused("code,result\n\n,conforming\n", 3, "", "missing code");
    expect_refused("code,result\n4.1,con\"forming\n", 2, "", "quote");
    expect_refused("code,result\n4.1,\"conforming\n", 2, "", "unterminated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_spreadsheet),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
