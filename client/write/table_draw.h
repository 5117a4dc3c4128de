/* SPDX-License-Identifier: Apache-2.0 */
/* Draws a table fitted to the terminal (table_layout.h): numbers right-aligned, wide text cut with an ellipsis. */
#pragma once

#include "client/write/out.h"
#include "client/write/table.h"

/* Draws the head and the rows; nothing if there are no rows. */
void table_draw(const struct table *t, struct out *o);
