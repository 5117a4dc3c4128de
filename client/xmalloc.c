/* SPDX-License-Identifier: Apache-2.0 */
#include "client/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>

void *xmalloc_need(void *p)
{
    if (p == NULL) {
        fputs("sme-ctl: out of memory\n", stderr);
        exit(1);
    }
    return p;
}

void *xmalloc_zero(struct arena *a, size_t size)
{
    return xmalloc_need(arena_alloc(a, size));
}

void *xmalloc_array(struct arena *a, size_t n, size_t size)
{
    return xmalloc_need(arena_array(a, n, size));
}

char *xmalloc_text(struct arena *a, const char *text, size_t length)
{
    return xmalloc_need(arena_text(a, text, length));
}

char *xmalloc_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = xmalloc_array(a, (size_t)length + 1, 1);
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}

void xmalloc_check(const struct buf *b)
{
    if (b->failed)
        xmalloc_need(NULL);
}
