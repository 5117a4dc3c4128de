/* SPDX-License-Identifier: Apache-2.0 */
/* What of a text is no text: blanks and what cannot be seen. Valid UTF-8; pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Whether nothing in it can be seen: only white space (Unicode's White_Space), control characters, and characters that
 * show nothing of their own (zero width, direction, fillers). True for "". */
bool blank_only(const char *text);
/* Whether it has a control character (C0, DEL, C1), such as a line break or a tab. */
bool blank_has_control(const char *text);
/* Whether it has a character that is invisible and moves or hides others: a control of direction (Unicode TR36, 2.5), a
 * soft hyphen, a zero-width space. *ret: the first. Joiners are none: scripts are written with them. */
bool blank_hides(const char *text, uint32_t *ret);
