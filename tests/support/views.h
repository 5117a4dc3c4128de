/* SPDX-License-Identifier: Apache-2.0 */
/* Every view of the register, found in the interface table: each method that reads and takes as_of, called for each
 * thing of the pool that it must name. A view taken on a day must equal the same view taken later as of that day. */
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

/* Why a method that reads takes no as_of; NULL if it takes one, or should. */
const char *views_exempt(const struct method *m);
/* An exempt method that takes as_of or no longer exists; NULL if none. */
const char *views_idle_row(void);
/* Takes all views as of today. The parameters live in the pool. */
void views_take(struct views *v, struct pool *pool, struct desk *desk);
/* Takes each of them again as of its day; returns how many differ, each reported on standard error. */
size_t views_differing(const struct views *v, struct desk *desk);
void views_fini(struct views *v);
