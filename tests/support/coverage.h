/* SPDX-License-Identifier: Apache-2.0 */
/* Records the methods that tests call, a line each in the file named by SME_TEST_COVERAGE, so that a run that misses
 * one can be refused. */
#pragma once

#include "common/api/api.h"

void coverage_note(const struct method *m);
