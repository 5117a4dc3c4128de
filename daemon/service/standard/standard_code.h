/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of a new edition: its own, its standard's if that is new, and those of its requirements. */
#pragma once

#include "daemon/service/call/call.h"

/* Each is a good code, that of the standard or edition is not taken, and no two requirements have the same one. A
 * published edition is not asked: its codes may be of before. */
int standard_code_check(struct call *call, const struct standard_publish *p, bool is_new_standard);
