/* SPDX-License-Identifier: Apache-2.0 */
/* JSON out: escapes, numbers, bytes, nesting. */
#include "common/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(struct buf *b, const char *text)
{
    buf_append(b, "", 1);
    assert_string_equal((const char *)b->data, text);
    buf_fini(b);
}

static void expect_text(const char *text, size_t length, const char *json)
{
    struct buf b;
    buf_init(&b, SIZE_MAX);
    json_text(text, length, &b);
    expect(&b, json);
}

static void test_text(void **state)
{
    (void)state;
    expect_text("", 0, "\"\"");
    expect_text("plain é", 8, "\"plain é\"");
    expect_text("\"\\\b\t\n\f\r", 7, "\"\\\"\\\\\\b\\t\\n\\f\\r\"");
    expect_text("a\0b\x1f\x7f", 5, "\"a\\u0000b\\u001f\\u007f\"");
}

static void expect_object(const char *bytes, size_t size, const char *json)
{
    msgpack_unpacked u;
    msgpack_unpacked_init(&u);
    size_t at = 0;
    assert_int_equal(msgpack_unpack_next(&u, bytes, size, &at), MSGPACK_UNPACK_SUCCESS);
    struct buf b;
    buf_init(&b, SIZE_MAX);
    json_from_object(&u.data, &b);
    expect(&b, json);
    msgpack_unpacked_destroy(&u);
}

#define OBJECT(bytes) bytes, sizeof bytes - 1

static void test_object(void **state)
{
    (void)state;
    expect_object(OBJECT("\xc0"), "null");
    expect_object(OBJECT("\xc3"), "true");
    expect_object(OBJECT("\xcf\xff\xff\xff\xff\xff\xff\xff\xff"), "18446744073709551615");
    expect_object(OBJECT("\xd3\x80\0\0\0\0\0\0\0"), "-9223372036854775808");
    expect_object(OBJECT("\xcb\x3f\xf8\0\0\0\0\0\0"), "1.5");
    expect_object(OBJECT("\xc4\x02\x0f\xf0"), "\"0ff0\"");
    expect_object(OBJECT("\x93\x01\xa1x\x90"), "[1,\"x\",[]]");
    expect_object(OBJECT("\x82\xa1k\x01\x02\xc2"), "{\"k\":1,\"2\":false}");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_text), cmocka_unit_test(test_object) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
