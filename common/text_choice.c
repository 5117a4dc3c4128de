/* SPDX-License-Identifier: Apache-2.0 */
#include "common/text_choice.h"

#include "common/field.h"

#include <ctype.h>
#include <string.h>

/* People write not-applicable as readily as not_applicable. */
static char plain(char c)
{
    return (char)(c == '-' ? '_' : tolower((unsigned char)c));
}

static bool begins_with(const char *whole, const char *start)
{
    while (*start != '\0' && plain(*whole) == plain(*start)) {
        whole++;
        start++;
    }
    return *start == '\0';
}

size_t text_choice_distance(const char *a, const char *b)
{
    size_t row[32], n = strlen(b);
    if (n >= sizeof row / sizeof row[0])
        return SIZE_MAX;
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t replace = diagonal + (plain(a[i - 1]) != plain(b[j - 1]));
            size_t other = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replace < other ? replace : other;
        }
    }
    return row[n];
}

static const char *closest_choice(enum enum_id id, const char *text)
{
    const struct choice_set *set = &api_enums[id];
    const char *closest = NULL;
    size_t best = strlen(text) / 3 + 1;
    for (int i = 1; i <= set->count; i++) {
        size_t edits = text_choice_distance(text, set->choices[i].text);
        if (edits <= best) {
            closest = set->choices[i].text;
            best = edits - (edits > 0);
        }
    }
    return closest;
}

int text_choice_parse(const struct field *f, const char *text, void *owner, struct err *e)
{
    const struct choice_set *set = &api_enums[f->of];
    int found = 0, n = 0;
    for (int i = 1; i <= set->count && *text != '\0'; i++)
        if (begins_with(set->choices[i].text, text)) {
            bool is_whole = strlen(set->choices[i].text) == strlen(text);
            found = i;
            n = is_whole ? 1 : n + 1;
            if (is_whole)
                break;
        }
    if (n == 1) {
        field_set_number(f, owner, found);
        return OK;
    }
    const char *closest = n == 0 ? closest_choice((enum enum_id)f->of, text) : NULL;
    field_wrong_choice(f, e);
    if (n > 1)
        return err_wrap(e, "'%.40s' is ambiguous; ", text);
    return closest == NULL ? e->code : err_wrap(e, "unknown value '%.40s' (did you mean %s?); ", text, closest);
}
