/* SPDX-License-Identifier: Apache-2.0 */
/* A cell's text into the member of a record: as text_to_field, with the file's form of dates and
 * with decimal commas. */
#pragma once

#include "common/text.h"

int cell_take(const struct field *f, const char *text, const char *date_form, struct arena *a, void *owner,
              struct err *e);
