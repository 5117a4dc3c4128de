/* SPDX-License-Identifier: Apache-2.0 */
/* References to numbered things: the letters of the noun and the number, F112. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

enum { REF_TEXT = 24 };

static inline bool ref_is_numbered(enum noun noun)
{
    return api_nouns[noun].letters[0] != '\0';
}
/* text holds REF_TEXT bytes; returns text. */
const char *ref_put(enum noun noun, int64_t id, char text[REF_TEXT]);
/* NULL without memory. */
const char *ref_text(struct arena *a, enum noun noun, int64_t id);
/* With its text, which is NULL without memory; all zero for number 0, which means none. */
struct ref ref_to(struct arena *a, enum noun noun, int64_t id);
/* The number of a thing as people write it, with or without its letters: A12, a12, 12. */
bool ref_number(enum noun noun, const char *text, int64_t *ret);
