/* SPDX-License-Identifier: Apache-2.0 */
#include "common/api/api_set.h"

#define SET(e, id, doc) [SET_##e##_##id] = { ENUM_##e, #id, doc, SET_##e##_##id##_values },
const struct value_set api_sets[SET_COUNT] = {
#include "common/api/api.inc"
};

bool api_set_has(enum set_id set, int value)
{
    return (api_sets[set].values >> value & 1) != 0;
}
