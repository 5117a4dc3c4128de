/* SPDX-License-Identifier: Apache-2.0 */
/* A value of an enumeration as a person types it. */
#pragma once

#include "common/err.h"

/* Sets the CHOICE member f of *owner from its text or a unique prefix of it. ERR_INVALID_PARAM lists the choices, and
 * suggests the closest one if text is a near miss. */
int text_choice_parse(const struct field *f, const char *text, void *owner, struct err *e);
/* The number of edits (insert, delete, replace) from a to b; SIZE_MAX if b has more than 30 bytes. */
size_t text_choice_distance(const char *a, const char *b);
