/* SPDX-License-Identifier: Apache-2.0 */
/* The responses of imported audits: from a row each, or from a column for each requirement. */
#pragma once

#include "client/helper/import/gather.h"

/* Whether the noun has responses. */
bool response_are_of(const struct noun_import *noun);
/* Problems where the columns tell no requirement, or no result. */
void response_check_header(struct gather *g, int line);
/* The response that a row is; texts are those of the map's fields. */
void response_take_row(struct gather *g, struct item *item, const struct sheet_row *row, const char **texts);
/* The responses in the columns of a row. */
void response_take_columns(struct gather *g, struct item *item, const struct sheet_row *row);
/* Counts the codes of a row that is left aside. */
void response_skip(struct gather *g, const struct sheet_row *row);
