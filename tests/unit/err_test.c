/* SPDX-License-Identifier: Apache-2.0 */
/* Errors: prefixes while they rise, cuts that leave whole characters, the parts of a message. */
#include "common/err.h"
#include "common/mp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_set_wrap_within(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_int_equal(err_set(&e, ERR_EXISTS, "code", "%s is taken", "GA1"), ERR_EXISTS);
    assert_int_equal(err_wrap(&e, "row %d: ", 3), ERR_EXISTS);
    assert_int_equal(err_within(&e, "rows[%d].", 3), ERR_EXISTS);
    assert_string_equal(e.message, "row 3: GA1 is taken");
    assert_string_equal(e.field, "rows[3].code");
    err_set(&e, ERR_BUSY, NULL, "later");
    assert_string_equal(e.field, "");
    err_clear(&e);
    assert_int_equal(e.code, OK);
    assert_string_equal(e.message, "");
}

static void test_cut_messages_stay_utf8(void **state)
{
    (void)state;
    static const char *const characters[] = { "x", "ñ", "─", "😀" };
    for (size_t c = 0; c < 4; c++)
        for (size_t shift = 0; shift < 4; shift++) {
            char long_text[ERR_MESSAGE + 16] = "yyyy";
            struct err e = { 0 };
            long_text[shift] = '\0';
            while (strlen(long_text) < ERR_MESSAGE + 4)
                strcat(long_text, characters[c]);
            err_set(&e, ERR_INTERNAL, NULL, "%s", long_text);
            assert_true(strlen(e.message) >= ERR_MESSAGE - 4);
            assert_true(mp_text_is_valid(e.message, strlen(e.message)));
            err_wrap(&e, "%s", characters[(c + 1) % 4]);
            assert_true(mp_text_is_valid(e.message, strlen(e.message)));
        }
}

static void test_long_fields_are_cut(void **state)
{
    (void)state;
    struct err e = { 0 };
    err_set(&e, ERR_INTERNAL, "field", "m");
    for (int i = 0; i < 30; i++)
        err_within(&e, "deep.");
    assert_int_equal(strlen(e.field), ERR_FIELD - 1);
}

static void assert_arg(const struct err *e, size_t i, const char *expected)
{
    assert_true(i < e->parts.n_args);
    assert_int_equal(e->parts.args[i].size, strlen(expected));
    assert_memory_equal(e->message + e->parts.args[i].at, expected, strlen(expected));
}

static void test_parts(void **state)
{
    (void)state;
    static const char *const expected[] = { "12", "-9223372036854775808", "7", "ab", "ñ", "x",
                                            "-3", "18446744073709551615", "" };
    struct err e = { 0 };
    err_set(&e, ERR_CONFLICT, NULL, "%zu of %lld, %u%%: %.*s %.3s %c %d %llu%s", (size_t)12, (long long)INT64_MIN, 7U,
            2, "abc", "ññ", 'x', -3, UINT64_MAX + 0ULL, "");
    assert_string_equal(e.message, "12 of -9223372036854775808, 7%: ab ñ x -3 18446744073709551615");
    assert_string_equal(e.parts.format, "%zu of %lld, %u%%: %.*s %.3s %c %d %llu%s");
    assert_int_equal(e.parts.n_args, 9);
    for (size_t i = 0; i < 9; i++)
        assert_arg(&e, i, expected[i]);
    err_set(&e, ERR_BUSY, NULL, "later");
    assert_string_equal(e.parts.format, "later");
    assert_int_equal(e.parts.n_args, 0);
}

static void test_a_wrapped_message_is_an_argument(void **state)
{
    (void)state;
    struct err e = { 0 };
    err_set(&e, ERR_EXISTS, NULL, "%s is taken", "GA1");
    err_wrap(&e, "row %d: ", 3);
    assert_string_equal(e.parts.format, "row %d: %s");
    assert_int_equal(e.parts.n_args, 2);
    assert_arg(&e, 0, "3");
    assert_arg(&e, 1, "GA1 is taken");
}

static void test_parts_that_cannot_be_kept(void **state)
{
    (void)state;
    char letters[ERR_FORMAT + 1];
    struct err e = { 0 };
    err_set(&e, ERR_INTERNAL, NULL, "%s %5.1f", "pi", 3.14);
    assert_string_equal(e.message, "pi   3.1");
    assert_string_equal(e.parts.format, "");
    assert_int_equal(e.parts.n_args, 0);
    err_set(&e, ERR_INTERNAL, NULL, "%d%d%d%d%d%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4);
    assert_string_equal(e.message, "1234567891234");
    assert_string_equal(e.parts.format, "");
    memset(letters, 'a', sizeof letters);
    letters[ERR_FORMAT] = '\0';
    err_set(&e, ERR_INTERNAL, NULL, "%s", letters);
    err_wrap(&e, "%s", letters);
    assert_arg(&e, 1, letters);
}

static void test_an_argument_that_was_cut(void **state)
{
    (void)state;
    char hostile[ERR_MESSAGE + 8] = "";
    struct err e = { 0 };
    while (strlen(hostile) < ERR_MESSAGE)
        strcat(hostile, "ñ");
    err_set(&e, ERR_INTERNAL, NULL, "'%s' or %s", hostile, "more");
    assert_int_equal(e.parts.n_args, 2);
    assert_int_equal(e.parts.args[0].at, 1);
    assert_true(mp_text_is_valid(e.message + 1, e.parts.args[0].size));
    assert_int_equal(e.parts.args[1].size, 0);
    assert_true(strlen(e.message) < ERR_MESSAGE && e.parts.args[1].at <= strlen(e.message));
}

static struct bytes bytes_of(const char *text)
{
    return (struct bytes){ .data = (const uint8_t *)text, .size = strlen(text) };
}

static void test_parts_from_elsewhere(void **state)
{
    (void)state;
    struct err_parts p = { .format = "%s is %.*s%%" };
    struct bytes args[] = { bytes_of("a is"), bytes_of("b") };
    assert_true(err_parts_match(&p, "a is is b%", args, 2));
    assert_int_equal(p.args[1].at, 8);
    assert_true(err_parts_match(&p, "a is is b", args, 2)); /* cut */
    static const char *const others[] = { "a is is b% ", "a is or b%", "c is is b%" };
    for (size_t i = 0; i < 3; i++) {
        p = (struct err_parts){ .format = "%s is %.*s%%" };
        assert_false(err_parts_match(&p, others[i], args, 2));
        assert_string_equal(p.format, "");
    }
    p = (struct err_parts){ .format = "%s is" };
    assert_false(err_parts_match(&p, "a is is", args, 2));
    p = (struct err_parts){ .format = "%s %n" };
    assert_false(err_parts_match(&p, "a is b", args, 2));
    p = (struct err_parts){ .format = "100%" };
    assert_false(err_parts_match(&p, "100%", NULL, 0));
}

static void a_sentence_is_its_own_format(void **state)
{
    (void)state;
    struct err e = { 0 };
    assert_int_equal(err_say(&e, ERR_CONFLICT, "share", "100 % is the most"), ERR_CONFLICT);
    assert_string_equal(e.message, "100 % is the most");
    assert_string_equal(e.field, "share");
    assert_string_equal(e.parts.format, "100 %% is the most");
    assert_int_equal(e.parts.n_args, 0);
    char longest[ERR_FORMAT + 1];
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    err_say(&e, ERR_CONFLICT, NULL, longest);
    assert_string_equal(e.message, longest);
    assert_string_equal(e.parts.format, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_is_its_own_format),
        cmocka_unit_test(test_set_wrap_within),
        cmocka_unit_test(test_cut_messages_stay_utf8),
        cmocka_unit_test(test_long_fields_are_cut),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_a_wrapped_message_is_an_argument),
        cmocka_unit_test(test_parts_that_cannot_be_kept),
        cmocka_unit_test(test_an_argument_that_was_cut),
        cmocka_unit_test(test_parts_from_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
