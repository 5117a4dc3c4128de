/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a list that are kept beyond their page. */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"

/* Copies the texts of a row into the arena. The row has no lists and no records of its own. */
void row_keep(enum record_id record, void *row, struct arena *a);
