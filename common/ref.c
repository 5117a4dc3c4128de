/* SPDX-License-Identifier: Apache-2.0 */
#include "common/ref.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NUMBER_DIGITS_MAX = 18 };

const char *ref_put(enum noun noun, int64_t id, char text[REF_TEXT])
{
    snprintf(text, REF_TEXT, "%s%" PRId64, api_nouns[noun].letters, id);
    return text;
}

const char *ref_text(struct arena *a, enum noun noun, int64_t id)
{
    char text[REF_TEXT];
    return arena_dup(a, ref_put(noun, id, text));
}

struct ref ref_to(struct arena *a, enum noun noun, int64_t id)
{
    return id > 0 ? (struct ref){ ref_text(a, noun, id), id } : (struct ref){ 0 };
}

bool ref_number(enum noun noun, const char *text, int64_t *ret)
{
    size_t letters = strlen(api_nouns[noun].letters);
    if (strncasecmp(text, api_nouns[noun].letters, letters) == 0)
        text += letters;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > NUMBER_DIGITS_MAX || text[digits] != '\0')
        return false;
    *ret = strtoll(text, NULL, 10);
    return *ret > 0;
}
