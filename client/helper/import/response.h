/* SPDX-License-Identifier: Apache-2.0 */
/* The responses of imported audits: one per row, or one per requirement's column. */
#pragma once

#include "client/helper/import/gather.h"

/* Whether the noun has responses. */
bool response_are_of(const struct noun_import *noun);
/* Adds problems if no column provides the requirement or the result. */
void response_check_header(struct gather *g, int line);
/* The response in a row; texts come from the map's fields. */
void response_take_row(struct gather *g, struct item *item, const struct sheet_row *row, const char **texts);
/* The responses in the columns of a row. */
void response_take_columns(struct gather *g, struct item *item, const struct sheet_row *row);
/* Counts the codes of a skipped row. */
void response_skip(struct gather *g, const struct sheet_row *row);
