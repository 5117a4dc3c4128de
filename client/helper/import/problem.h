/* SPDX-License-Identifier: Apache-2.0 */
/* The bad rows of an import: collected, sorted by line, and reported once. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>

struct problem {
    int line;           /* of the file, from 1; 0: the file as a whole */
    const char *column; /* its name, "" if none */
    const char *reason;
};

struct problems {
    struct arena *arena;
    struct problem *all;
    size_t n;
};

void problem_init(struct problems *ps, struct arena *a);
void problem_add(struct problems *ps, int line, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The one with the lowest line; there must be one. */
const struct problem *problem_first(struct problems *ps);
/* Prints them on standard error, FILE:LINE: COLUMN: reason; at most 50, then how many more. */
void problem_print(struct problems *ps, const char *file);
/* Writes all as CSV: line,column,reason. False, with a line on standard error, if that fails. */
bool problem_write(struct problems *ps, const char *file);
