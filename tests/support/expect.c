/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/support/expect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

void expect_ok(const struct err *e, int code, const char *file, int line)
{
    if (code == OK)
        return;
    print_error("refused with %d, %s: %s\n", code, e->field, e->message);
    _fail(file, line);
}

void expect_refused(const struct err *e, int code, int expected, const char *field, const char *says, const char *file,
                    int line)
{
    if (code == OK)
        print_error("done, not refused with %d, %s\n", expected, field != NULL ? field : "");
    else if (code != expected)
        print_error("refused with %d, not %d, %s: %s\n", code, expected, e->field, e->message);
    else if (field != NULL && strcmp(e->field, field) != 0)
        print_error("refused for '%s', not '%s': %s\n", e->field, field, e->message);
    else if (says != NULL && strstr(e->message, says) == NULL)
        print_error("'%s' does not say '%s'\n", e->message, says);
    else
        return;
    _fail(file, line);
}
