/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a file: which column gives which field, by the map or by name. */
#pragma once

#include "client/helper/import/gather.h"

/* False, with problems, when the header cannot be used. */
bool bind_header(struct gather *g, const struct sheet_row *header);
