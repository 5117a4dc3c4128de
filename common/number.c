#include "common/number.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS_MAX = 18 };

bool number_read(enum noun noun, const char *text, int64_t *ret)
{
    if (toupper((unsigned char)text[0]) == api_nouns[noun].letter)
        text++;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > NUMBER_DIGITS_MAX || text[digits] != '\0')
        return false;
    *ret = strtoll(text, NULL, 10);
    return *ret > 0;
}
