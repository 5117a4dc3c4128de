/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 18 };

void text_add(struct text *t, const char *chars, size_t size)
{
    if (t->size + size + 1 > t->room) {
        size_t room = 2 * (t->size + size) + 200;
        char *bigger = keep(arena_alloc(&arena, room));
        if (t->size > 0)
            memcpy(bigger, t->chars, t->size);
        t->chars = bigger;
        t->room = room;
    }
    memcpy(t->chars + t->size, chars, size);
    t->size += size;
    t->chars[t->size] = '\0';
}

void text_print(struct text *t, const char *format, ...)
{
    char *printed;
    va_list args;
    va_start(args, format);
    int size = vasprintf(&printed, format, args);
    va_end(args);
    if (size < 0)
        keep(NULL);
    text_add(t, printed, (size_t)size);
    free(printed);
}

char *text_of_file(const char *path)
{
    struct place at = { path, 0 };
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        fail(at, "cannot be read");
    char *text = keep(arena_alloc(&arena, FILE_MAX));
    size_t size = fread(text, 1, FILE_MAX, f);
    fclose(f);
    if (size == FILE_MAX)
        fail(at, "is too big");
    return text;
}

const char *text_copy(const char *chars, size_t size)
{
    while (size > 0 && isspace((unsigned char)chars[size - 1]))
        size--;
    while (size > 0 && isspace((unsigned char)*chars)) {
        chars++;
        size--;
    }
    return keep(arena_text(&arena, chars, size));
}

bool text_is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

size_t text_word(const char *p)
{
    size_t n = 0;
    while (text_is_word(p[n]))
        n++;
    return n;
}

const char *text_skip_quoted(const char *p)
{
    const char *end = strchr(p + 1, *p);
    return end == NULL ? NULL : end + 1;
}
