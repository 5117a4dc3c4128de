/* SPDX-License-Identifier: Apache-2.0 */
/* Parses a cell into a record's member: as text_to_field, but with the file's date format and decimal commas. */
#pragma once

#include "client/helper/import/day.h"
#include "common/text.h"

int cell_take(const struct field *f, const char *text, const struct day_form *form, struct arena *a, void *owner,
              struct err *e);
