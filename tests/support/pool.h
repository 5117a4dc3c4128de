/* SPDX-License-Identifier: Apache-2.0 */
/* What there is in a register, as references of each noun, and parameters made up from it: any method with values that
 * may or may not suit it. For tests that walk the interface table rather than name its methods. */
#pragma once

#include "tests/support/desk.h"

enum { POOL_MAX = 400 };

struct pool {
    struct arena memory; /* the references and what is made up */
    const char *refs[NOUN_COUNT][POOL_MAX];
    size_t n[NOUN_COUNT];
    const char *requirements[POOL_MAX]; /* codes of the requirements of any edition */
    size_t n_requirements;
    uint64_t seed, random;
    struct date today;
};

void pool_init(struct pool *pool, uint64_t seed);
void pool_fini(struct pool *pool);
/* Reads all that can be listed. */
void pool_fill(struct pool *pool, struct desk *desk);
/* From here on chance follows the stream of this name and of today: what is made up for one method is the same whatever
 * was made up before it, for methods there are now or that come later. */
void pool_stream(struct pool *pool, const char *name);
/* From 0 to n - 1. */
uint32_t pool_pick(struct pool *pool, uint32_t n);
/* The reference, chosen by chance; NULL when there is none. */
const char *pool_ref(struct pool *pool, int noun);
/* A text that is not twice the same. */
const char *pool_text(struct pool *pool);
/* A zeroed struct of the method, filled by chance: required fields always, optional ones now and then; days are today,
 * or later where the interface allows it. NULL when something it must name is not there. */
void *pool_params(struct pool *pool, const struct method *m);
/* The same of a record. */
void *pool_record(struct pool *pool, enum record_id record);
