/* SPDX-License-Identifier: Apache-2.0 */
/* The contents of a register, as references of each noun, and random parameters made from them, which may or may not
 * suit a method. For tests that walk the interface table instead of naming its methods. */
#pragma once

#include "tests/support/desk.h"

enum { POOL_MAX = 400 };

struct pool {
    struct arena memory; /* the references and random values */
    const char *refs[NOUN_COUNT][POOL_MAX];
    size_t n[NOUN_COUNT];
    const char *requirements[POOL_MAX]; /* codes of the requirements of any edition */
    size_t n_requirements;
    uint64_t seed, random;
    struct date today;
};

void pool_init(struct pool *pool, uint64_t seed);
void pool_fini(struct pool *pool);
/* Reads everything that can be listed. */
void pool_fill(struct pool *pool, struct desk *desk);
/* From here on random values follow the stream of this name and today's date: those for one method do not depend on
 * what was generated before it, for present or future methods. */
void pool_stream(struct pool *pool, const char *name);
/* From 0 to n - 1. */
uint32_t pool_pick(struct pool *pool, uint32_t n);
/* A random reference; NULL if there is none. */
const char *pool_ref(struct pool *pool, int noun);
/* A unique text. */
const char *pool_text(struct pool *pool);
/* A struct of the method with random values: required fields always, optional ones sometimes; days are today, or later
 * if the interface allows it. NULL if something it must name does not exist. */
void *pool_params(struct pool *pool, const struct method *m);
/* The same for a record. */
void *pool_record(struct pool *pool, enum record_id record);
