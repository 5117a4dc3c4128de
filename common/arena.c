/* SPDX-License-Identifier: Apache-2.0 */
#include "common/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t size, used; /* of data */
    alignas(max_align_t) unsigned char data[];
};

/* Blocks double from the first, so that small calls stay small and large ones need few blocks. */
enum { BLOCK_MIN = 4096, BLOCK_MAX = 256 * 1024 };

void arena_init(struct arena *a, size_t limit)
{
    *a = (struct arena){ .limit = limit };
}

void arena_reset(struct arena *a)
{
    while (a->blocks != NULL) {
        struct arena_block *block = a->blocks;
        a->blocks = block->next;
        free(block);
    }
    a->used = 0;
}

static struct arena_block *add_block(struct arena *a, size_t need)
{
    size_t size = a->blocks == NULL ? BLOCK_MIN : a->blocks->size * 2;
    size = size > BLOCK_MAX ? BLOCK_MAX : size;
    size_t left = a->limit - a->used;
    if (sizeof(struct arena_block) > left || need > left - sizeof(struct arena_block))
        return NULL;
    left -= sizeof(struct arena_block);
    size = size > left ? left : size;
    size = size < need ? need : size;
    struct arena_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    block->used = 0;
    a->used += sizeof *block + size;
    block->next = a->blocks;
    a->blocks = block;
    return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
    enum { ALIGN = alignof(max_align_t) };
    if (size > SIZE_MAX - ALIGN)
        return NULL;
    size = (size == 0 ? 1 : size) + ALIGN - 1;
    size -= size % ALIGN;
    struct arena_block *block = a->blocks;
    if (block == NULL || block->size - block->used < size)
        block = add_block(a, size);
    if (block == NULL)
        return NULL;
    void *p = block->data + block->used;
    block->used += size;
    return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t bytes;
    return __builtin_mul_overflow(n, size, &bytes) ? NULL : arena_alloc(a, bytes);
}

char *arena_text(struct arena *a, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? arena_alloc(a, length + 1) : NULL;
    if (copy != NULL && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *arena_dup(struct arena *a, const char *text)
{
    return text == NULL ? NULL : arena_text(a, text, strlen(text));
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : arena_alloc(a, (size_t)length + 1);
    if (text == NULL)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}
