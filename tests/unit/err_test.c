/* Errors: prefixes while they rise, and cuts that leave whole characters. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set_wrap_within),
        cmocka_unit_test(test_cut_messages_stay_utf8),
        cmocka_unit_test(test_long_fields_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
