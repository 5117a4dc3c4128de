/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a file into items, by a map: every problem is told with its line and column, and the
 * rest goes on. */
#pragma once

#include "client/helper/import/gather.h"

/* False when the file could not be read to its end; whatever else is wrong is in the problems. */
bool convert_file(struct gather *g, const char *file);
bool convert_text(struct gather *g, const char *data, size_t size);
