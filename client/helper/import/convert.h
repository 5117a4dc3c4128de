/* SPDX-License-Identifier: Apache-2.0 */
/* Converts the rows of a file into items, by a map: every problem is reported with its line and column, and conversion
 * continues. */
#pragma once

#include "client/helper/import/gather.h"

/* False if the file could not be read to its end; all else that is wrong is in the problems. */
bool convert_file(struct gather *g, const char *file);
bool convert_text(struct gather *g, const char *data, size_t size);
