/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of comma-separated values. */
#pragma once

#include "common/buf.h"

/* A cell by RFC 4180. Text that a spreadsheet would run as a formula is prefixed with '; numbers are not. text NULL: an
 * empty cell. */
void writer_csv_put_cell(struct buf *b, const char *text, bool is_number);
