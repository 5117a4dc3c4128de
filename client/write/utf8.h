/* SPDX-License-Identifier: Apache-2.0 */
/* Characters as a terminal shows them. Needs no locale: only checks the environment for what the terminal can show. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether the environment's locale (LC_ALL, LC_CTYPE, LANG) is a UTF-8 one. */
bool utf8_is_locale(void);
/* Columns taken by text of this length; control characters count as one, since they are shown as a space. */
int utf8_width(const char *text, size_t length);
/* Bytes of the longest prefix of text that fits this many columns. */
size_t utf8_fit(const char *text, size_t length, int columns);
