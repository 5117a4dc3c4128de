/* SPDX-License-Identifier: Apache-2.0 */
/* What of a text is no text: blanks and what cannot be seen. Valid UTF-8; pure; any thread. */
#pragma once

#include <stdbool.h>

/* Whether nothing in it can be seen: only white space (Unicode's White_Space), control characters, and characters that
 * show nothing of their own (zero width, direction, fillers). True for "". */
bool blank_only(const char *text);
/* Whether it has a control character (C0, DEL, C1), such as a line break or a tab. */
bool blank_has_control(const char *text);
