/* SPDX-License-Identifier: Apache-2.0 */
#include "common/err_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A message being built. */
struct printing {
    struct err_parts *parts;
    char *text;
    size_t size, used;
    bool full;
};

static void forget(struct err_parts *p)
{
    p->format[0] = '\0';
    p->n_args = 0;
}

size_t err_parts_whole(const char *text, size_t size)
{
    size_t back = 0;
    while (back < size && back < 4 && ((unsigned char)text[size - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == size)
        return size;
    unsigned char lead = (unsigned char)text[size - 1 - back];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    return need > back ? size - 1 - back : size;
}

static void put(struct printing *p, const char *text, size_t size)
{
    size_t room = p->full ? 0 : p->size - 1 - p->used;
    if (size > room) {
        size = room;
        p->full = true;
    }
    memcpy(p->text + p->used, text, size);
    p->used += size;
    if (size > 0 && p->full)
        p->used = err_parts_whole(p->text, p->used);
    p->text[p->used] = '\0';
}

static void put_argument(struct printing *p, const char *text, size_t size)
{
    size_t at = p->used, i = p->parts->n_args++;
    put(p, text, size);
    if (i < ERR_ARGS)
        p->parts->args[i] = (struct err_arg){ (uint16_t)at, (uint16_t)(p->used - at) };
}

static void put_number(struct printing *p, bool negative, uintmax_t magnitude)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%s%ju", negative ? "-" : "", magnitude);
    put_argument(p, digits, (size_t)n);
}

static void put_signed(struct printing *p, intmax_t value)
{
    put_number(p, value < 0, value < 0 ? -(uintmax_t)value : (uintmax_t)value);
}

static void put_text(struct printing *p, const char *text, size_t precision)
{
    if (text == NULL)
        text = "(null)";
    put_argument(p, text, err_parts_whole(text, strnlen(text, precision)));
}

enum conversion { NONE, PERCENT, CHARACTER, TEXT, CUT_TEXT, INT, UNSIGNED, LONG_LONG, UNSIGNED_LONG_LONG, SIZE };

/* The conversion at a % and where it ends; *precision is the literal precision, if any. */
static enum conversion conversion_at(const char *format, const char **ret_end, size_t *precision)
{
    static const struct {
        const char *spelled;
        enum conversion is;
    } all[] = {
        { "%%", PERCENT },     { "%s", TEXT },  { "%.*s", CUT_TEXT },
        { "%c", CHARACTER },   { "%d", INT },   { "%u", UNSIGNED },
        { "%lld", LONG_LONG }, { "%zu", SIZE }, { "%llu", UNSIGNED_LONG_LONG },
    };
    *precision = SIZE_MAX;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        *ret_end = format + strlen(all[i].spelled);
        if (strncmp(format, all[i].spelled, strlen(all[i].spelled)) == 0)
            return all[i].is;
    }
    char *end = NULL;
    if (format[1] == '.' && format[2] >= '0' && format[2] <= '9')
        *precision = strtoul(format + 2, &end, 10);
    if (end == NULL || *end != 's')
        return NONE;
    *ret_end = end + 1;
    return TEXT;
}

/* Returns false at a conversion that is not one of those above. */
static bool put_all(struct printing *p, const char *format, va_list args)
{
    const char *end;
    for (const char *at = format; *at != '\0'; at = end) {
        size_t plain = strcspn(at, "%"), precision;
        put(p, at, plain);
        end = at += plain;
        if (*at == '\0')
            break;
        switch (conversion_at(at, &end, &precision)) {
        case PERCENT:
            put(p, "%", 1);
            break;
        case CHARACTER:
            put_argument(p, &(char){ (char)va_arg(args, int) }, 1);
            break;
        case CUT_TEXT:
            precision = (size_t)va_arg(args, int);
            put_text(p, va_arg(args, const char *), precision);
            break;
        case TEXT:
            put_text(p, va_arg(args, const char *), precision);
            break;
        case INT:
            put_signed(p, va_arg(args, int));
            break;
        case UNSIGNED:
            put_number(p, false, va_arg(args, unsigned));
            break;
        case LONG_LONG:
            put_signed(p, va_arg(args, long long));
            break;
        case UNSIGNED_LONG_LONG:
            put_number(p, false, va_arg(args, unsigned long long));
            break;
        case SIZE:
            put_number(p, false, va_arg(args, size_t));
            break;
        case NONE:
            return false;
        }
    }
    return true;
}

void err_parts_print(struct err_parts *parts, char *text, size_t size, const char *format, va_list args)
{
    struct printing p = { .parts = parts, .text = text, .size = size };
    int length = snprintf(parts->format, sizeof parts->format, "%s", format);
    parts->n_args = 0;
    text[0] = '\0';
    va_list again;
    va_copy(again, args);
    bool known = put_all(&p, format, args) && length < (int)sizeof parts->format && parts->n_args <= ERR_ARGS;
    if (!known)
        forget(parts);
    if (!known && vsnprintf(text, size, format, again) >= (int)size)
        text[err_parts_whole(text, strlen(text))] = '\0';
    va_end(again);
}

void err_parts_say(struct err_parts *p, const char *sentence)
{
    size_t n = 0;
    p->n_args = 0;
    for (const char *c = sentence; *c != '\0'; c++) {
        if (n + 2 >= sizeof p->format) {
            forget(p);
            return;
        }
        p->format[n++] = *c;
        if (*c == '%')
            p->format[n++] = '%';
    }
    p->format[n] = '\0';
}

void err_parts_wrap(struct err_parts *p, size_t at, size_t size)
{
    size_t length = strlen(p->format);
    if (length == 0 || length + sizeof "%s" > sizeof p->format || p->n_args == ERR_ARGS || at + size > UINT16_MAX) {
        forget(p);
        return;
    }
    memcpy(p->format + length, "%s", sizeof "%s");
    p->args[p->n_args++] = (struct err_arg){ (uint16_t)at, (uint16_t)size };
}

/* Whether text continues with this or was truncated within it; moves *text past it. */
static bool goes_on(const char **text, const char *with, size_t size)
{
    size_t n = strnlen(*text, size);
    bool same = memcmp(*text, with, n) == 0;
    *text += n;
    return same;
}

bool err_parts_match(struct err_parts *p, const char *text, const struct bytes *args, size_t n)
{
    const char *rest = text, *end;
    size_t precision;
    bool same = n <= ERR_ARGS;
    p->n_args = 0;
    for (const char *at = p->format; same && *at != '\0'; at = end) {
        size_t plain = strcspn(at, "%");
        same = goes_on(&rest, at, plain);
        end = at += plain;
        if (!same || *at == '\0')
            break;
        enum conversion is = conversion_at(at, &end, &precision);
        if (is == PERCENT) {
            same = goes_on(&rest, "%", 1);
            continue;
        }
        const char *from = rest;
        same = is != NONE && p->n_args < n && goes_on(&rest, (const char *)args[p->n_args].data, args[p->n_args].size);
        if (same)
            p->args[p->n_args++] = (struct err_arg){ (uint16_t)(from - text), (uint16_t)(rest - from) };
    }
    if (same && *rest == '\0' && p->n_args == n)
        return true;
    forget(p);
    return false;
}
