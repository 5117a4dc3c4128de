/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a list as a single text: "4.1,nonconforming,major" in the order of the record, or
 * "requirement=4.1,result=nonconforming,class=major". */
#pragma once

#include "common/arena.h"
#include "common/err.h"

/* Parses text and appends it to the LIST or DETACHED member f of *owner. Only this function may have added rows to
 * it. */
int text_row_append(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e);
