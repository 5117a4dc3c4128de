/* SPDX-License-Identifier: Apache-2.0 */
/* The client's policy when out of memory: say so and exit, since it holds nothing that could be lost. */
#pragma once

#include "common/arena.h"
#include "common/buf.h"

/* Returns p, or ends the process if it is NULL. */
void *xmalloc_need(void *p);
/* As arena_alloc and its kin, but never NULL. */
void *xmalloc_zero(struct arena *a, size_t size);
void *xmalloc_array(struct arena *a, size_t n, size_t size);
char *xmalloc_text(struct arena *a, const char *text, size_t length);
char *xmalloc_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends the process if an append to b has failed. */
void xmalloc_check(const struct buf *b);
