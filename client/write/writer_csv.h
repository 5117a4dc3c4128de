/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of comma-separated values. */
#pragma once

#include "common/buf.h"

/* A cell as RFC 4180 has it. Text that a spreadsheet would run as a formula gets a ' before it;
 * a number does not. text NULL: an empty cell. */
void writer_csv_put_cell(struct buf *b, const char *text, bool is_number);
