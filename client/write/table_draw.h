/* SPDX-License-Identifier: Apache-2.0 */
/* A table drawn, fitted to the terminal (table_layout.h): numbers to the right, what is too wide cut with an ellipsis.
 */
#pragma once

#include "client/write/out.h"
#include "client/write/table.h"

/* Draws the head and the rows; nothing at all where there is no row. */
void table_draw(const struct table *t, struct out *o);
