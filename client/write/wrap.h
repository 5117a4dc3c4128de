/* SPDX-License-Identifier: Apache-2.0 */
/* Prose in lines no longer than a width. */
#pragma once

#include "common/buf.h"

/* Text in lines that begin at the column at and end before the column end; column is where the cursor is, and the last
 * line is ended. Control characters are shown as blanks. */
void wrap_text(struct buf *b, const char *text, int at, int column, int end);
