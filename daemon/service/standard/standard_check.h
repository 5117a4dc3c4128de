/* SPDX-License-Identifier: Apache-2.0 */
/* What an edition must satisfy before it is published, because it never changes afterwards. Pure. */
#pragma once

#include "daemon/service/call/call.h"

/* Fills ret_parents with the ordinal of each requirement's parent, -1 at the top. Every error names the
 * field: requirements[12].parent. */
int standard_check(struct call *call, const struct standard_publish *p, int32_t *ret_parents);
