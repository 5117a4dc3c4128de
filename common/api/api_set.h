/* SPDX-License-Identifier: Apache-2.0 */
/* Sets: values of an enumeration that are treated alike, declared once, next to it in enum.def. */
#pragma once

#include "common/api/api.h"

/* SET_audit_kind_visit_values: bits 1 << value. */
#define SET(e, id, doc) enum { SET_##e##_##id##_values = 0
#define IN(e, id, constant) | 1 << constant
#define END_SET(e, id) };
#include "common/api/api.inc"

enum set_id {
    SET_NONE,
#define SET(e, id, doc) SET_##e##_##id,
#include "common/api/api.inc"
    SET_COUNT
};

/* One of them. */
struct value_set {
    enum enum_id of;
    const char *name, *doc;
    unsigned values; /* bit 1 << value */
};

extern const struct value_set api_sets[SET_COUNT];

bool api_set_has(enum set_id set, int value);
