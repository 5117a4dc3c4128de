/* SPDX-License-Identifier: Apache-2.0 */
/* What existed at the end of a day, and which later things an answer mentions. */
#pragma once

#include "tests/support/views.h"

/* A mark in a pool, which only grows: the first n references of each noun, and the highest number of a numbered one. */
struct existing {
    struct date day;
    size_t n[NOUN_COUNT];
    int64_t highest[NOUN_COUNT];
};

/* What the pool holds now, at the end of its day. */
void existing_take(struct existing *e, const struct pool *pool);
/* The pool as it is now, but with only a few things of each noun: the last that existed, and the first that came
 * later. */
void existing_thin(const struct existing *e, const struct pool *pool, struct pool *ret);
/* Calls tell() for each reference in the view's answer to something that did not yet exist; an error has none. */
void existing_check(const struct existing *e, const struct pool *pool, const struct view *view,
                    void (*tell)(void *context, enum method_id method, enum noun noun, const char *text),
                    void *context);
