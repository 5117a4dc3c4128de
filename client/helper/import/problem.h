/* SPDX-License-Identifier: Apache-2.0 */
/* The bad rows of an import: gathered, sorted by line, and told once. */
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
/* The one of the lowest line; there is one. */
const struct problem *problem_first(struct problems *ps);
/* On standard error, FILE:LINE: COLUMN: reason; at most 50, then how many more there are. */
void problem_print(struct problems *ps, const char *file);
/* All of them as CSV: line,column,reason. False, and a line on standard error, if it can't be written. */
bool problem_write(struct problems *ps, const char *file);
