/* SPDX-License-Identifier: Apache-2.0 */
/* Pages cut out of a list that is made whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/call/answer.h"

static struct err e;
static struct arena arena;

static int cut(const char *after, int64_t n, struct page *ret)
{
    static int64_t rows[] = { 0, 1, 2, 3, 4 };
    struct call call = { .err = &e, .arena = &arena };
    struct page_options options = { .limit = 2, .has_limit = true, .after = after };
    err_clear(&e);
    *ret = (struct page){ .rows = n > 0 ? rows : NULL, .n = (size_t)n };
    return answer_cut(&call, &options, sizeof rows[0], ret);
}

static void test_every_row_comes_once(void **state)
{
    (void)state;
    struct page page = { 0 };
    int64_t next = 0;
    do {
        assert_int_equal(cut(page.next, 5, &page), OK);
        for (size_t i = 0; i < page.n; i++)
            assert_int_equal(((int64_t *)page.rows)[i], next++);
    } while (page.next != NULL);
    assert_int_equal(next, 5);
    assert_int_equal(page.n, 1);
}

static void test_ends(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(cut(NULL, 0, &page), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(cut("4", 4, &page), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(cut("2", 4, &page), OK);
    assert_int_equal(page.n, 2);
    assert_null(page.next);
}

static void test_no_place(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(cut("two", 5, &page), ERR_INVALID_PARAM);
    assert_string_equal(e.field, "after");
    assert_int_equal(cut("-1", 5, &page), ERR_INVALID_PARAM);
}

int main(void)
{
    arena_init(&arena, SIZE_MAX);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_comes_once),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_no_place),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_reset(&arena);
    return failed;
}
