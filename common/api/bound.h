/* SPDX-License-Identifier: Apache-2.0 */
/* The declared upper bounds, for C: BOUND(condition, why) is the most bytes the text may have, BOUND(standing,
 * blockers) the most rows the list may have. */
#pragma once

#include <limits.h>

#define BOUND(owner, field) ((int)bound_##owner##_##field)

enum {
#define MEMBER(owner, field, need, type, ctype, lo, hi, of, doc) \
    bound_##owner##_##field = (hi) < INT_MAX ? (hi) : INT_MAX,
#include "common/api/api.inc"
};
