/* SPDX-License-Identifier: Apache-2.0 */
/* Characters as a terminal shows them. No locale is needed for text in, only the environment is
 * asked what the terminal can show. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether the environment's locale (LC_ALL, LC_CTYPE, LANG) is a UTF-8 one. */
bool utf8_is_locale(void);
/* Columns that text of this length takes; control characters count as one, for they are shown so. */
int utf8_width(const char *text, size_t length);
/* Bytes of the longest start of text that takes at most so many columns. */
size_t utf8_fit(const char *text, size_t length, int columns);
