/* SPDX-License-Identifier: Apache-2.0 */
/* Every view of the register, found in the interface table: each method that reads and takes as_of, called for each
 * thing of the pool that it must name. Taken on a day, and taken again later as of that day, both must be equal. */
#pragma once

#include "tests/support/pool.h"

struct view {
    enum method_id method;
    void *params; /* as_of is the day it was taken */
    char *bytes;  /* the encoded answer, or the code of the error */
    size_t size;
    int code;
};

struct views {
    struct date day;
    struct view *rows;
    size_t n, capacity;
};

/* Why a method that reads takes no as_of; NULL where it takes one, or should. */
const char *views_exempt(const struct method *m);
/* What is exempt, but takes as_of, or is not there any more; NULL: nothing. */
const char *views_idle_row(void);
/* All views as they are today. The parameters live in the pool. */
void views_take(struct views *v, struct pool *pool, struct desk *desk);
/* Takes each of them again as of its day; the number that differ, each told on standard error. */
size_t views_differing(const struct views *v, struct desk *desk);
void views_fini(struct views *v);
