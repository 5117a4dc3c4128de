/* SPDX-License-Identifier: Apache-2.0 */
#include "common/err.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put_before(char *text, size_t size, const char *prefix)
{
    char rest[ERR_MESSAGE];
    size_t n = strnlen(text, sizeof rest - 1);
    memcpy(rest, text, n);
    rest[n] = '\0';
    if (snprintf(text, size, "%s%s", prefix, rest) >= (int)size)
        text[err_parts_whole(text, strlen(text))] = '\0';
}

int err_vset(struct err *e, int code, const char *field, const char *format, va_list args)
{
    assert(e != NULL);
    e->code = code;
    snprintf(e->field, sizeof e->field, "%s", field == NULL ? "" : field);
    err_parts_print(&e->parts, e->message, sizeof e->message, format, args);
    return code;
}

int err_set(struct err *e, int code, const char *field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    err_vset(e, code, field, format, args);
    va_end(args);
    return code;
}

int err_say(struct err *e, int code, const char *field, const char *sentence)
{
    err_set(e, code, field, "%s", sentence);
    err_parts_say(&e->parts, sentence);
    return code;
}

int err_wrap(struct err *e, const char *format, ...)
{
    char prefix[ERR_MESSAGE];
    va_list args;
    va_start(args, format);
    err_parts_print(&e->parts, prefix, sizeof prefix, format, args);
    va_end(args);
    put_before(e->message, sizeof e->message, prefix);
    err_parts_wrap(&e->parts, strlen(prefix), strlen(e->message) - strlen(prefix));
    return e->code;
}

int err_within(struct err *e, const char *format, ...)
{
    char prefix[ERR_FIELD];
    va_list args;
    va_start(args, format);
    vsnprintf(prefix, sizeof prefix, format, args);
    va_end(args);
    put_before(e->field, sizeof e->field, prefix);
    return e->code;
}

void err_clear(struct err *e)
{
    *e = (struct err){ 0 };
}
