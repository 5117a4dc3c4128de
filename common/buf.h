/* SPDX-License-Identifier: Apache-2.0 */
/* A growable byte buffer with a limit and a sticky error: append freely, check once. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
    uint8_t *data; /* owned */
    size_t size, capacity, limit;
    bool failed; /* out of memory or over the limit; later appends do nothing */
};

void buf_init(struct buf *b, size_t limit);
void buf_fini(struct buf *b);  /* accepts a zeroed one */
void buf_clear(struct buf *b); /* keeps the memory, clears the error */
void buf_append(struct buf *b, const void *data, size_t size);
void buf_text(struct buf *b, const char *text);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Drops the first n bytes. */
void buf_consume(struct buf *b, size_t n);
