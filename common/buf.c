/* SPDX-License-Identifier: Apache-2.0 */
#include "common/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_MIN = 256 };

void buf_init(struct buf *b, size_t limit)
{
    *b = (struct buf){ .limit = limit };
}

void buf_fini(struct buf *b)
{
    free(b->data);
    *b = (struct buf){ .limit = b->limit };
}

void buf_clear(struct buf *b)
{
    b->size = 0;
    b->failed = false;
}

/* Doubles, so that n appends copy each byte a constant number of times. */
static bool reserve(struct buf *b, size_t more)
{
    if (b->failed)
        return false;
    b->failed = b->size > b->limit || more > b->limit - b->size;
    if (b->failed || more <= b->capacity - b->size)
        return !b->failed;
    b->failed = true;
    size_t need = b->size + more;
    size_t capacity = b->capacity < CAPACITY_MIN ? CAPACITY_MIN : b->capacity;
    while (capacity < need)
        capacity = capacity > b->limit / 2 ? b->limit : capacity * 2;
    uint8_t *data = realloc(b->data, capacity);
    if (data == NULL)
        return false;
    b->data = data;
    b->capacity = capacity;
    b->failed = false;
    return true;
}

void buf_append(struct buf *b, const void *data, size_t size)
{
    if (size == 0 || !reserve(b, size))
        return;
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

void buf_text(struct buf *b, const char *text)
{
    buf_append(b, text, strlen(text));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0)
        b->failed = true;
    if (length <= 0 || !reserve(b, (size_t)length + 1))
        return;
    va_start(args, format);
    vsnprintf((char *)b->data + b->size, (size_t)length + 1, format, args);
    va_end(args);
    b->size += (size_t)length;
}

void buf_consume(struct buf *b, size_t n)
{
    if (n == 0)
        return;
    memmove(b->data, b->data + n, b->size - n);
    b->size -= n;
}
