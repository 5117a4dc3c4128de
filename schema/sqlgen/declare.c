/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <string.h>

const struct type_words type_words[] = {
    [TYPE_ID] = { "id", "int64_t ", "v_id" },
    [TYPE_INT] = { "int", "int64_t ", "v_int" },
    [TYPE_BOOL] = { "bool", "bool ", "v_int" },
    [TYPE_TEXT] = { "text", "const char *", "v_text" },
    [TYPE_SCOPE] = { "scope", "const char *", "v_text" },
    [TYPE_BLOB] = { "blob", "struct bytes ", "v_bytes" },
    [TYPE_DATE] = { "date", "struct date ", "V_DATE" },
    [TYPE_INSTANT] = { "instant", "struct instant ", "v_instant" },
    [TYPE_MONEY] = { "money", "struct money ", NULL },
    [TYPE_CHOICE] = { "choice", NULL, NULL },
};
enum { N_TYPES = sizeof type_words / sizeof type_words[0] };

/* The next word of a declaration; NULL if there is none. */
static const char *next_word(const char **p)
{
    while (isspace((unsigned char)**p))
        ++*p;
    size_t n = text_word(*p);
    const char *word = n == 0 ? NULL : text_copy(*p, n);
    *p += n;
    return word;
}

static bool next_is(const char **p, char c)
{
    while (isspace((unsigned char)**p))
        ++*p;
    if (**p != c)
        return false;
    ++*p;
    return true;
}

static const char *next_name(struct place at, const char **p, const char *what)
{
    const char *name = next_word(p);
    if (name == NULL)
        fail(at, "%s is named in lower case, digits and _", what);
    for (const char *c = name; *c != '\0'; c++)
        if (!islower((unsigned char)*c) && (c == name || (!isdigit((unsigned char)*c) && *c != '_')))
            fail(at, "%s is named in lower case, digits and _: '%s'", what, name);
    return name;
}

static enum type type_of(const struct query *q, const char *parameter, const char *name)
{
    for (int i = 1; name != NULL && i < N_TYPES; i++)
        if (strcmp(type_words[i].name, name) == 0)
            return (enum type)i;
    fail(q->at,
         "%s: the type of %s is one of id, int, bool, text, scope, blob, date, instant, money, choice ENUMERATION",
         q->name, parameter);
}

static void add_value(struct query *q, const char *name)
{
    for (size_t i = 0; i < q->n_values; i++)
        if (strcmp(q->values[i].name, name) == 0)
            fail(q->at, "%s: there are two parameters %s", q->name, name);
    if (q->n_values == PARAMETERS_MAX)
        fail(q->at, "%s: more than %d parameters", q->name, PARAMETERS_MAX);
    q->values[q->n_values++].name = name;
}

static void add_parameter(struct query *q, const char **p)
{
    struct parameter m = { .name = next_name(q->at, p, "a parameter") };
    m.type = type_of(q, m.name, next_word(p));
    if (m.type == TYPE_CHOICE) {
        const char *of = next_word(p);
        m.of = choices_enumeration(q->at, of == NULL ? "" : of);
    }
    m.optional = next_is(p, '?');
    if (m.optional && m.type != TYPE_INT && m.type != TYPE_BOOL)
        fail(q->at, "%s: only an int or a bool needs '?'; %s has a value for 'not given'", q->name, m.name);
    add_value(q, m.name);
    if (m.type == TYPE_MONEY) {
        struct text currency = { 0 };
        text_print(&currency, "%s_currency", m.name);
        add_value(q, currency.chars);
    }
    q->parameters[q->n_parameters++] = m;
}

/* Whether parameters stand in the brackets that open here. */
static bool open_brackets(struct place at, const char *name, const char **p)
{
    if (!next_is(p, '('))
        fail(at, "%s: parameters are declared in brackets, none as ()", name);
    return !next_is(p, ')');
}

static void close_brackets(struct place at, const char *name, const char **p)
{
    if (!next_is(p, ')'))
        fail(at, "%s: a comma or the closing bracket is missing at '%.20s'", name, *p);
}

static void end_heading(struct place at, const char *name, const char *p)
{
    if (!next_is(&p, '\0'))
        fail(at, "%s: nothing may stand behind the brackets: '%.20s'", name, p);
}

void declare_query(struct query *q, const char *heading)
{
    const char *p = heading;
    q->name = next_name(q->at, &p, "a query");
    if (open_brackets(q->at, q->name, &p)) {
        do
            add_parameter(q, &p);
        while (next_is(&p, ','));
        close_brackets(q->at, q->name, &p);
    }
    end_heading(q->at, q->name, p);
}

void declare_fragment(struct fragment *f, const char *heading)
{
    const char *p = heading;
    f->name = next_name(f->at, &p, "a fragment");
    if (open_brackets(f->at, f->name, &p)) {
        do {
            if (f->n_parameters == PARAMETERS_MAX)
                fail(f->at, "%s: more than %d parameters", f->name, PARAMETERS_MAX);
            f->parameters[f->n_parameters++] = next_name(f->at, &p, "a parameter");
        } while (next_is(&p, ','));
        close_brackets(f->at, f->name, &p);
    }
    end_heading(f->at, f->name, p);
}

void declare_row(struct query *q, const char *name)
{
    q->row = next_name(q->at, &name, "a row");
}

void declare_record(struct query *q, const char *name)
{
    const char *wanted = text_copy(name, strlen(name));
    for (int i = 1; i < RECORD_COUNT; i++)
        if (strcmp(api_records[i].name, wanted) == 0)
            q->record = (enum record_id)i;
    if (q->record == RECORD_NONE)
        fail(q->at, "%s: common/api has no record '%s'", q->name, wanted);
}
