/* SPDX-License-Identifier: Apache-2.0 */
#include "client/write/utf8.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

bool utf8_is_locale(void)
{
    static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0')
            return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
    }
    return false;
}

/* The next character and its length; an invalid byte stands for itself. */
static uint32_t decode(const char *text, size_t length, size_t *ret_length)
{
    unsigned char first = (unsigned char)*text;
    size_t n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (n > length)
        n = 1;
    uint32_t c = n == 1 ? first : first & (0x7fu >> n);
    for (size_t i = 1; i < n; i++)
        c = c << 6 | ((unsigned char)text[i] & 0x3f);
    *ret_length = n;
    return c;
}

/* Latin letters, punctuation and blocks: one column each, and nearly everything ever printed. */
static bool is_narrow(uint32_t c)
{
    return c < 0x300 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2580 && c <= 0x259f);
}

/* The system's width tables are the slowest thing to load: only if needed. */
static int width_of(uint32_t c)
{
    if (is_narrow(c))
        return 1;
    static bool loaded;
    if (!loaded && setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        setlocale(LC_CTYPE, "");
    loaded = true;
    int width = wcwidth((wchar_t)c);
    return width < 0 ? 1 : width;
}

int utf8_width(const char *text, size_t length)
{
    int columns = 0;
    for (size_t at = 0, n; at < length; at += n)
        columns += width_of(decode(text + at, length - at, &n));
    return columns;
}

size_t utf8_fit(const char *text, size_t length, int columns)
{
    size_t at = 0;
    for (size_t n; at < length; at += n) {
        columns -= width_of(decode(text + at, length - at, &n));
        if (columns < 0)
            break;
    }
    return at;
}
