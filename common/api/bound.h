/* SPDX-License-Identifier: Apache-2.0 */
/* The upper bounds of the declaration, where C needs one: BOUND(condition, why) is how many bytes the text has at most,
 * BOUND(standing, blockers) how many rows the list. */
#pragma once

#include <limits.h>

#define BOUND(owner, field) ((int)bound_##owner##_##field)

enum {
#define MEMBER(owner, field, need, type, ctype, lo, hi, of, doc) \
    bound_##owner##_##field = (hi) < INT_MAX ? (hi) : INT_MAX,
#include "common/api/api.inc"
};
