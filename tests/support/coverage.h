/* SPDX-License-Identifier: Apache-2.0 */
/* Which methods the tests have called: a line each in the file that SME_TEST_COVERAGE names, so that
 * a run can be refused in which one was never called. */
#pragma once

#include "common/api/api.h"

void coverage_note(const struct method *m);
