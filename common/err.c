#include "common/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message that is cut must not end in half a character. */
static void drop_partial_character(char *text)
{
    size_t n = strlen(text), back = 0;
    while (back < n && back < 4 && ((unsigned char)text[n - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == n)
        return;
    unsigned char lead = (unsigned char)text[n - 1 - back];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (need > back)
        text[n - 1 - back] = '\0';
}

static void print(char *to, size_t size, const char *format, va_list args) __attribute__((format(printf, 3, 0)));

static void print(char *to, size_t size, const char *format, va_list args)
{
    if (vsnprintf(to, size, format, args) >= (int)size)
        drop_partial_character(to);
}

static void put_before(char *text, size_t size, const char *prefix)
{
    char rest[ERR_MESSAGE];
    size_t n = strnlen(text, sizeof rest - 1);
    memcpy(rest, text, n);
    rest[n] = '\0';
    if (snprintf(text, size, "%s%s", prefix, rest) >= (int)size)
        drop_partial_character(text);
}

int err_set(struct err *e, int code, const char *field, const char *format, ...)
{
    assert(e != NULL);
    e->code = code;
    snprintf(e->field, sizeof e->field, "%s", field == NULL ? "" : field);
    va_list args;
    va_start(args, format);
    print(e->message, sizeof e->message, format, args);
    va_end(args);
    return code;
}

int err_wrap(struct err *e, const char *format, ...)
{
    char prefix[ERR_MESSAGE];
    va_list args;
    va_start(args, format);
    print(prefix, sizeof prefix, format, args);
    va_end(args);
    put_before(e->message, sizeof e->message, prefix);
    return e->code;
}

int err_within(struct err *e, const char *format, ...)
{
    char prefix[ERR_FIELD];
    va_list args;
    va_start(args, format);
    print(prefix, sizeof prefix, format, args);
    va_end(args);
    put_before(e->field, sizeof e->field, prefix);
    return e->code;
}

void err_clear(struct err *e)
{
    *e = (struct err){ 0 };
}
