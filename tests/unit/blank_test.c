/* SPDX-License-Identifier: Apache-2.0 */
/* Which texts say nothing, and which are more than a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/blank.h"

static void what_cannot_be_seen_is_blank(void **state)
{
    (void)state;
    static const char *const blanks[] = {
        "",
        "   ",
        "\t\r\n\v\f",
        "\x01\x1f\x7f",
        "\xc2\x80\xc2\x85\xc2\xa0\xc2\xad",     /* C1, next line, no-break space, soft hyphen */
        "\xe1\x9a\x80\xe2\x80\x80\xe2\x80\x8a", /* Ogham space, en quad, hair space */
        "\xe2\x80\x8b\xe2\x80\x8d\xe2\x80\x8f", /* zero width space and joiner, right-to-left mark */
        "\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae", /* line, paragraph, right-to-left override */
        "\xe2\x81\x9f\xe2\x81\xa0\xe2\x81\xa9", /* mathematical space, word joiner, isolate */
        "\xe3\x80\x80\xe3\x85\xa4\xef\xbe\xa0", /* ideographic space, Hangul fillers */
        "\xe2\xa0\x80\xef\xbb\xbf\xef\xb8\x8f", /* blank of Braille, byte order mark, variation selector */
        "\xf3\xa0\x81\xbf",                     /* a tag */
    };
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        if (!blank_only(blanks[i]))
            fail_msg("text %zu is not blank", i);
}

static void what_can_be_seen_is_not(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "x",
        " x ",
        ".",
        "-",
        "\xc2\xa1",         /* inverted exclamation mark, after the no-break space */
        "\xe2\x80\x90",     /* hyphen, after the marks of direction */
        "\xe3\x80\x81",     /* ideographic comma */
        "\xe2\xa0\x81",     /* Braille, one dot */
        "\xf0\x9f\x8c\xb1", /* a seedling */
        "\xe2\x80\x8bz",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (blank_only(texts[i]))
            fail_msg("text %zu is blank", i);
}

static void a_line_has_no_control_character(void **state)
{
    (void)state;
    static const char *const controls[] = { "a\nb", "\ta", "a\x1b[1m", "a\x7f", "a\xc2\x9bz" };
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
        assert_true(blank_has_control(controls[i]));
    assert_false(blank_has_control(""));
    assert_false(blank_has_control("Caf\xc3\xa9 \xc2\xa0 \xe2\x80\xa8"));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_cannot_be_seen_is_blank),
                                        cmocka_unit_test(what_can_be_seen_is_not),
                                        cmocka_unit_test(a_line_has_no_control_character) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
