/* SPDX-License-Identifier: Apache-2.0 */
/* A completed form: CSV with the columns code (or requirement) and result, and optionally class, count and note. Rows
 * without a result are skipped. */
#pragma once

#include "client/helper/import/problem.h"
#include "common/api/api.h"

struct form {
    struct response *responses; /* in the arena of the problems */
    size_t n;
};

/* "-" is standard input. False, with a problem for each row that is wrong. */
bool form_read(struct form *ret, const char *file, struct problems *problems);
/* Run by `sme-ctl audit record --answers FILE`: writes the responses to standard output, packed; or '!' and the first
 * problem. Returns the exit status. */
int form_print(const char *file);
