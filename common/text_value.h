/* SPDX-License-Identifier: Apache-2.0 */
/* A single value as text: anything a person may write for a field except rows of a list. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* As text_to_field, for a field that is not a list. */
int text_value_take(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e);
