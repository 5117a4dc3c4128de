/* SPDX-License-Identifier: Apache-2.0 */
/* The log: one event, one line, whatever callers put into their words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char line[4096];

/* What one event puts on standard error. */
static const char *logged(const char *text)
{
    int ends[2], error = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_write(LOG_INFO, "call message=%s", text);
    dup2(error, STDERR_FILENO);
    close(error);
    close(ends[1]);
    ssize_t n = read(ends[0], line, sizeof line - 1);
    close(ends[0]);
    assert_true(n >= 0);
    line[n] = '\0';
    return line;
}

static void test_one_line_each(void **state)
{
    (void)state;
    assert_string_equal(logged("miel"), "call message=miel\n");
    assert_string_equal(logged("a\nstopped\r\tb"), "call message=a stopped  b\n");
    assert_string_equal(logged("\x1b[2Jmi\xc3\xa9l\x7f"), "call message= [2Jmi\xc3\xa9l \n");
}

static void test_long_ones_are_cut(void **state)
{
    char text[3000];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const char *said = logged(text);
    assert_true(strlen(said) < 1100);
    assert_int_equal(said[strlen(said) - 1], '\n');
}

static void test_levels(void **state)
{
    enum log_level level;
    (void)state;
    assert_true(log_level_parse("debug", &level));
    assert_int_equal(level, LOG_DEBUG);
    assert_false(log_level_parse("loud", &level));
    assert_true(log_wants(LOG_INFO));
    assert_false(log_wants(LOG_DEBUG));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_line_each),
        cmocka_unit_test(test_long_ones_are_cut),
        cmocka_unit_test(test_levels),
    };
    unsetenv("JOURNAL_STREAM");
    log_open(LOG_INFO);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
