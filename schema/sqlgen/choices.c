/* SPDX-License-Identifier: Apache-2.0 */
#include "common/api/api_set.h"
#include "schema/sqlgen/sqlgen.h"

#include <stdlib.h>
#include <string.h>

enum enum_id choices_enumeration(struct place at, const char *name)
{
    for (int i = 1; i < ENUM_COUNT; i++)
        if (strcmp(api_enums[i].name, name) == 0)
            return (enum enum_id)i;
    fail(at, "common/api/enum.def has no enumeration '%s'", name);
}

static void add_choice(struct text *out, const char *choice)
{
    text_print(out, "%s'%s'", out->size > 0 ? ", " : "(", choice);
}

const char *choices_of_set(struct place at, const char *enumeration, const char *set)
{
    const struct choice_set *e = &api_enums[choices_enumeration(at, enumeration)];
    for (int i = 1; i < SET_COUNT; i++) {
        if (&api_enums[api_sets[i].of] != e || strcmp(api_sets[i].name, set) != 0)
            continue;
        struct text list = { 0 };
        for (int value = 1; value <= e->count; value++)
            if (api_set_has((enum set_id)i, value))
                add_choice(&list, e->choices[value].text);
        text_add(&list, ")", 1);
        return list.chars;
    }
    fail(at, "common/api/enum.def has no set '%s' of %s", set, enumeration);
}

/* The first n values only: adding values must not change a migration. */
static void add_check(struct text *out, struct place at, const char *said, const char *end)
{
    size_t word = text_word(said);
    char *rest;
    const struct choice_set *e = &api_enums[choices_enumeration(at, text_copy(said, word))];
    long n = said[word] == ',' ? strtol(said + word + 1, &rest, 10) : 0;
    if (n < 1 || n > e->count || rest != end)
        fail(at, "write @check(%s, %d): how many values it has today", e->name, e->count);
    struct text list = { 0 };
    for (long value = 1; value <= n; value++)
        add_choice(&list, e->choices[value].text);
    text_print(out, "%s)", list.chars);
}

const char *choices_in_migration(struct place at, const char *text)
{
    static const char mark[] = "@check(";
    struct text out = { 0 };
    const char *p;
    while ((p = strstr(text, mark)) != NULL) {
        const char *said = p + sizeof mark - 1, *end = strchr(said, ')');
        if (end == NULL)
            fail(at, "the bracket of @check is not closed");
        text_add(&out, text, (size_t)(p - text));
        add_check(&out, at, said, end);
        text = end + 1;
    }
    text_add(&out, text, strlen(text));
    return out.chars;
}
