/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that lives as long as one call: blocks chained together, released at once. Not shared
 * between threads at the same time; it may move from one to another. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used, limit;         /* bytes asked of malloc so far, and allowed */
};

/* limit: what a call may use at most; exceeding it yields NULL, as running out of memory does. */
void arena_init(struct arena *a, size_t limit);
/* Releases everything; the arena can be used again. Accepts a zeroed arena. */
void arena_reset(struct arena *a);
/* Zeroed and aligned for any type; NULL when the limit or memory is exhausted. */
void *arena_alloc(struct arena *a, size_t size);
/* n elements of size; NULL also when the product overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);
char *arena_text(struct arena *a, const char *text, size_t length);
char *arena_dup(struct arena *a, const char *text); /* NULL for NULL */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
