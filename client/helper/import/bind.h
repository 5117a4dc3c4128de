/* SPDX-License-Identifier: Apache-2.0 */
/* Binds the header of a file: which column provides which field, by the map or by name. */
#pragma once

#include "client/helper/import/gather.h"

/* False, with problems, if the header is unusable. */
bool bind_header(struct gather *g, const struct sheet_row *header);
