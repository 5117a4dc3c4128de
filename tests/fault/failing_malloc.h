/* SPDX-License-Identifier: Apache-2.0 */
/* malloc of a test program, in front of the C library's: armed, it fails at one call or from one call on. Only one file
 * of a program includes this. Under a sanitizer, which has taken malloc itself, SANITIZED is 1 and nothing is defined.
 */
#pragma once

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#if defined(__has_feature)
#define SANITIZED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

#if !SANITIZED

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *memory, size_t size);

static struct {
    int at, seen; /* at 0: nothing fails */
    bool sticky, fired;
} armed;

static bool fails(void)
{
    if (armed.at == 0)
        return false;
    armed.seen++;
    bool now = armed.sticky ? armed.seen >= armed.at : armed.seen == armed.at;
    armed.fired = armed.fired || now;
    if (now)
        errno = ENOMEM;
    return now;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}

#endif
