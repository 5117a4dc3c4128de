/* SPDX-License-Identifier: Apache-2.0 */
/* A form filled in: CSV with the columns code (or requirement) and result, and class, count and note where wanted. A
 * row without a result is left out. */
#pragma once

#include "client/helper/import/problem.h"
#include "common/api/api.h"

struct form {
    struct response *responses; /* in the arena of the problems */
    size_t n;
};

/* "-" is standard input. False, with a problem for each row that is wrong. */
bool form_read(struct form *ret, const char *file, struct problems *problems);
/* What `sme-ctl audit record --answers FILE` runs: the responses to standard output, packed; or '!' and the first thing
 * that is wrong. Returns the exit status. */
int form_print(const char *file);
