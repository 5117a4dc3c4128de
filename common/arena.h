/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that lives as long as one call: chained blocks, released together. One thread at a time; it may move between
 * threads. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used, limit;         /* bytes requested from malloc so far, and the maximum */
};

/* limit: the most bytes a call may use; exceeding it yields NULL, like running out of memory. */
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
