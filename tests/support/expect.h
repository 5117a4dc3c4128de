/* SPDX-License-Identifier: Apache-2.0 */
/* Expected results of calls. If one differs, the test fails at that line and shows the actual answer. For tests that
 * use cmocka; err is the error of the call, &desk.err for one at a desk. */
#pragma once

#include "common/err.h"

#define must(err, code) expect_ok(err, code, __FILE__, __LINE__)
/* field and says (words of the message) may be NULL: not checked. */
#define refused(err, code, expected, field, says) expect_refused(err, code, expected, field, says, __FILE__, __LINE__)

void expect_ok(const struct err *e, int code, const char *file, int line);
void expect_refused(const struct err *e, int code, int expected, const char *field, const char *says, const char *file,
                    int line);
