/* SPDX-License-Identifier: Apache-2.0 */
#include "common/blank.h"

#include <stddef.h>

/* Ascending. */
struct range {
    uint32_t first, last;
};

/* White_Space and Default_Ignorable_Code_Point of Unicode 15.0 (PropList.txt, DerivedCoreProperties.txt), Cc, and the
 * blank pattern of Braille. */
static const struct range unseen[] = {
    { 0x01, 0x20 },       { 0x7F, 0xA0 },       { 0xAD, 0xAD },     { 0x34F, 0x34F },   { 0x61C, 0x61C },
    { 0x115F, 0x1160 },   { 0x1680, 0x1680 },   { 0x17B4, 0x17B5 }, { 0x180B, 0x180F }, { 0x2000, 0x200F },
    { 0x2028, 0x202F },   { 0x205F, 0x206F },   { 0x2800, 0x2800 }, { 0x3000, 0x3000 }, { 0x3164, 0x3164 },
    { 0xFE00, 0xFE0F },   { 0xFEFF, 0xFEFF },   { 0xFFA0, 0xFFA0 }, { 0xFFF0, 0xFFF8 }, { 0x1BCA0, 0x1BCA3 },
    { 0x1D173, 0x1D17A }, { 0xE0000, 0xE0FFF },
};

/* Format characters (Cf) of Unicode 15, but for the joiners U+200C and U+200D and those that show. */
static const struct range hiding[] = {
    { 0x00AD, 0x00AD }, { 0x061C, 0x061C },   { 0x180E, 0x180E },   { 0x200B, 0x200B },
    { 0x200E, 0x200F }, { 0x2028, 0x202E },   { 0x2060, 0x206F },   { 0xFEFF, 0xFEFF },
    { 0xFFF9, 0xFFFB }, { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0001, 0xE007F },
};

/* The next character; text is valid. */
static uint32_t take(const char **text)
{
    const unsigned char *p = (const unsigned char *)*text;
    int more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
    uint32_t c = more == 0 ? *p : *p & (0x3FU >> more);
    for (p++; more > 0 && *p != '\0'; more--)
        c = c << 6 | (*p++ & 0x3FU);
    *text = (const char *)p;
    return c;
}

static bool is_in(uint32_t c, const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n && ranges[i].first <= c; i++)
        if (c <= ranges[i].last)
            return true;
    return false;
}

bool blank_only(const char *text)
{
    while (*text != '\0')
        if (!is_in(take(&text), unseen, sizeof unseen / sizeof unseen[0]))
            return false;
    return true;
}

bool blank_has_control(const char *text)
{
    while (*text != '\0') {
        uint32_t c = take(&text);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            return true;
    }
    return false;
}

bool blank_hides(const char *text, uint32_t *ret)
{
    while (*text != '\0') {
        *ret = take(&text);
        if (is_in(*ret, hiding, sizeof hiding / sizeof hiding[0]))
            return true;
    }
    return false;
}
