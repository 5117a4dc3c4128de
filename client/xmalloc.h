/* SPDX-License-Identifier: Apache-2.0 */
/* The client's policy when memory runs out: say so and exit, since nothing it holds can be lost. */
#pragma once

#include "common/arena.h"
#include "common/buf.h"

/* p, or the end of the process where it is NULL. */
void *xmalloc_need(void *p);
/* As arena_alloc and its kin, and never NULL. */
void *xmalloc_zero(struct arena *a, size_t size);
void *xmalloc_array(struct arena *a, size_t n, size_t size);
char *xmalloc_text(struct arena *a, const char *text, size_t length);
char *xmalloc_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends the process where an append to b has failed. */
void xmalloc_check(const struct buf *b);
