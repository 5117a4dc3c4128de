/* SPDX-License-Identifier: Apache-2.0 */
#include "common/api/api_set.h"

#define SET(e, id, doc) [SET_##e##_##id] = { ENUM_##e, #id, doc, SET_##e##_##id##_values },
const struct value_set api_sets[SET_COUNT] = {
#include "common/api/api.inc"
};
