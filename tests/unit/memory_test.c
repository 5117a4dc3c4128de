/* SPDX-License-Identifier: Apache-2.0 */
/* Arena and buffer: alignment, limits, and the errors that stick. */
#include "common/arena.h"
#include "common/buf.h"
#include "common/scope.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_arena_is_zeroed_and_aligned(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 4 << 20);
    for (size_t size = 0; size < 9000; size += 37) {
        unsigned char *p = arena_alloc(&a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xFF, size);
    }
}

static void test_arena_limit(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 10000);
    size_t given = 0;
    while (arena_alloc(&a, 100) != NULL)
        given += 100;
    assert_in_range(given, 8000, 10000);
    assert_true(a.used <= a.limit);
    assert_null(arena_alloc(&a, 10000));
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_array(&a, SIZE_MAX / 2, 4));
    arena_reset(&a);
    assert_int_equal(a.used, 0);
    assert_non_null(arena_alloc(&a, 9000));
    assert_null(arena_alloc(&a, 9000));
}

/* The blocks' own headers count too. */
static void test_arena_limit_is_exact(void **state)
{
    (void)state;
    enum { LIMIT = 400 };
    for (size_t size = 0; size <= LIMIT; size++) {
        SCOPED(arena_reset) struct arena a;
        arena_init(&a, LIMIT);
        bool given = arena_alloc(&a, size) != NULL;
        assert_true(a.used <= LIMIT);
        assert_true(given || size > LIMIT / 2);
    }
}

static void test_arena_texts(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 4096);
    assert_string_equal(arena_text(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_text(&a, NULL, 0), "");
    assert_string_equal(arena_dup(&a, "x"), "x");
    assert_null(arena_dup(&a, NULL));
    assert_string_equal(arena_printf(&a, "%s-%d", "F", 112), "F-112");
    assert_null(arena_printf(&a, "%5000d", 1));
    arena_reset(&(struct arena){ 0 });
}

static void test_buf_grows_and_consumes(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf b;
    buf_init(&b, 100000);
    for (int i = 0; i < 10000; i++)
        buf_printf(&b, "%d,", i % 10);
    assert_false(b.failed);
    assert_int_equal(b.size, 20000);
    buf_consume(&b, 19996);
    buf_text(&b, "!");
    assert_int_equal(b.size, 5);
    assert_memory_equal(b.data, "8,9,!", 5);
    buf_fini(&(struct buf){ 0 });
}

static void test_buf_limit_sticks(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf b;
    buf_init(&b, 10);
    buf_append(&b, "12345678", 8);
    buf_append(&b, "90x", 3);
    assert_true(b.failed);
    buf_append(&b, "9", 1);
    assert_int_equal(b.size, 8);
    buf_clear(&b);
    buf_append(&b, "1234567890", 10);
    assert_false(b.failed);
    assert_int_equal(b.size, 10);
    buf_append(&b, "x", SIZE_MAX);
    assert_true(b.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_is_zeroed_and_aligned), cmocka_unit_test(test_arena_limit),
        cmocka_unit_test(test_arena_limit_is_exact),        cmocka_unit_test(test_arena_texts),
        cmocka_unit_test(test_buf_grows_and_consumes),      cmocka_unit_test(test_buf_limit_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
