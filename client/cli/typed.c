/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/typed.h"

#include "client/cli/option.h"
#include "client/write/utf8.h"
#include "client/xmalloc.h"
#include "common/field.h"

#include <stdlib.h>
#include <string.h>

enum { QUOTED = 40 }; /* the most of a row that an error repeats */

void typed_note(struct args *args, const struct field *field, const char *option, const char *value)
{
    args->typed[args->n_typed++] = (struct typed){ field, option, value };
}

/* The row-th value of the field, counted from 0; *ret_n is how many there are. */
static const struct typed *find(const struct args *args, const struct field *f, size_t row, size_t *ret_n)
{
    const struct typed *found = NULL;
    *ret_n = 0;
    for (size_t i = 0; i < args->n_typed; i++)
        if (args->typed[i].field == f && (*ret_n)++ == row)
            found = &args->typed[i];
    return found;
}

static const char *spelled(const struct args *args, const struct field *f, struct arena *a)
{
    const struct extra *teller = command_teller(&args->command, f);
    if (f->need == ARG || f->need == OPTARG)
        return option_capitals(f->name, a);
    return option_spelled(teller != NULL ? teller->name : f->name, a);
}

/* The name of a row that was not typed, such as the requirement of a response; NULL if it has none. */
static const char *row_name(const struct args *args, const struct field *f, size_t row)
{
    const struct field *first = &api_records[f->of].fields[0];
    if ((first->type != FIELD_TEXT && first->type != FIELD_REF) || row >= field_count(f, args->params))
        return NULL;
    return field_text(first, field_row(f, args->params, row));
}

static const char *shortened(const char *text, struct arena *a)
{
    size_t length = strlen(text), fits = utf8_fit(text, length, QUOTED);
    return fits == length ? text : xmalloc_printf(a, "%.*s...", (int)fits, text);
}

static const char *place_of_row(const struct args *args, const struct field *f, const char *path, struct arena *a)
{
    char *rest;
    size_t row = strtoul(path + 1, &rest, 10), n;
    const struct typed *t = find(args, f, row, &n);
    const char *place = t != NULL && t->option != NULL ? t->option : spelled(args, f, a);
    if (t == NULL && row_name(args, f, row) != NULL)
        place = xmalloc_printf(a, "%s %s", option_capitals(f->name, a), row_name(args, f, row));
    else if (t == NULL)
        place = xmalloc_printf(a, "%s, row %zu", place, row + 1);
    else if (n > 1)
        place = xmalloc_printf(a, "%s '%s'", place, shortened(t->value, a));
    rest += strspn(rest, "].");
    return *rest == '\0' ? place : xmalloc_printf(a, "%s, %s", place, option_capitals(rest, a));
}

static const struct field *field_of(const struct command *command, const char *name, size_t length)
{
    struct option o;
    for (size_t i = 0; command->method != NULL && option_at(command, i, &o); i++)
        if (o.kind == OPTION_PARAM && strlen(o.name) == length && memcmp(o.name, name, length) == 0)
            return o.field;
    return NULL;
}

const char *typed_place(const struct args *args, const char *path, struct arena *a)
{
    size_t length = strcspn(path, ".["), n;
    const struct field *f = field_of(&args->command, path, length);
    if (f == NULL)
        return path;
    if (path[length] == '[')
        return place_of_row(args, f, path + length, a);
    const struct typed *t = find(args, f, 0, &n);
    return t != NULL && t->option != NULL ? t->option : spelled(args, f, a);
}
