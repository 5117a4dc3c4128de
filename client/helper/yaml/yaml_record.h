/* SPDX-License-Identifier: Apache-2.0 */
/* Maps whose keys are fields of the interface tables, into the structs those tables describe. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

/* What a key may be, besides the fields of a record: taken by the caller itself. */
struct yaml_keys {
    const struct field *fields;
    size_t n_fields;
    const char *const *more; /* NULL-terminated, or NULL */
    const char *const *less; /* fields that are not keys, likewise */
};

/* The field of that name; NULL if there is none, or it is among less. */
const struct field *yaml_record_field(const struct yaml_keys *keys, const char *name);
/* "'levle' is not a key here; did you mean level? (code, level, ...)". */
void yaml_record_unknown(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair);
/* The value of the pair into the member of owner that f describes; what is wrong becomes a complaint. */
void yaml_record_take(struct yaml *y, const struct field *f, const struct yaml_pair *pair, void *owner);
/* Complains at the node of every required key that owner has not been given; lists are not looked at. */
void yaml_record_require(struct yaml *y, const struct yaml_keys *keys, const void *owner, struct fy_node *at);
