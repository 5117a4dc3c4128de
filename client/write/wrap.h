/* SPDX-License-Identifier: Apache-2.0 */
/* Wraps prose to a width. */
#pragma once

#include "common/buf.h"

/* Writes text in lines from column at to before column end, and ends the last line; column is the cursor's. Control
 * characters become spaces. */
void wrap_text(struct buf *b, const char *text, int at, int column, int end);
