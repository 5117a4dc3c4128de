/* SPDX-License-Identifier: Apache-2.0 */
/* Reads maps whose keys are fields of the interface tables into the structs that those tables describe. */
#pragma once

#include "client/helper/yaml/yaml.h"
#include "common/api/api.h"

/* Other keys than a record's fields, handled by the caller. */
struct yaml_keys {
    const struct field *fields;
    size_t n_fields;
    const char *const *more; /* NULL-terminated, or NULL */
    const char *const *less; /* fields that are not allowed as keys, likewise */
};

/* The field with that name; NULL if there is none, or it is in less. */
const struct field *yaml_record_field(const struct yaml_keys *keys, const char *name);
/* "'levle' is not a key here; did you mean level? (code, level, ...)". */
void yaml_record_unknown(struct yaml *y, const struct yaml_keys *keys, const struct yaml_pair *pair);
/* Reads the pair's value into the member f of owner; errors become complaints. */
void yaml_record_take(struct yaml *y, const struct field *f, const struct yaml_pair *pair, void *owner);
/* Complains at the node about every required key missing in owner; does not look into lists. */
void yaml_record_require(struct yaml *y, const struct yaml_keys *keys, const void *owner, struct fy_node *at);
