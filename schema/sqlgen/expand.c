/* SPDX-License-Identifier: Apache-2.0 */
/* Puts fragments and sets into a query, and numbers its parameters.
 *
 * An argument is the text between commas, inserted unchanged; its names are those of the calling query, never of the
 * fragment. To keep a table of the fragment from capturing it, an argument may not name a table or alias of the
 * fragment, and a bare column is refused if the fragment selects. A fragment with an OR brackets it, so that an AND
 * beside it does not take it apart. */
#include "schema/sqlgen/sqlgen.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { ARGUMENTS_MAX = PARAMETERS_MAX };

/* What is being expanded: the fragment (NULL: the query itself) and the values of its parameters. */
struct inside {
    struct query *query;
    struct fragment *fragment;
    const char *arguments[ARGUMENTS_MAX];
};

static void expand(struct text *out, const struct inside *in, const char *text);

__attribute__((noreturn)) static void fail_in(const struct inside *in, const char *what)
{
    if (in->fragment == NULL)
        fail(in->query->at, "%s: %s", in->query->name, what);
    fail(in->query->at, "%s: %s, in the fragment %s of %s:%d", in->query->name, what, in->fragment->name,
         in->fragment->at.file, in->fragment->at.line);
}

__attribute__((format(printf, 2, 3), noreturn)) static void fail_at(const struct inside *in, const char *format, ...);

static void fail_at(const struct inside *in, const char *format, ...)
{
    char what[300];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    fail_in(in, what);
}

static const char *skip_quoted(const struct inside *in, const char *p)
{
    const char *end = text_skip_quoted(p);
    if (end == NULL)
        fail_in(in, "a quote is not closed");
    return end;
}

static bool is_column_alone(const char *argument)
{
    return islower((unsigned char)argument[0]) && argument[text_word(argument)] == '\0';
}

static const char *argument_of(const struct inside *in, const char *name, size_t n, char next)
{
    const struct fragment *f = in->fragment;
    for (size_t i = 0; i < f->n_parameters; i++) {
        if (strlen(f->parameters[i]) != n || strncmp(f->parameters[i], name, n) != 0)
            continue;
        if (next != '.' && is_column_alone(in->arguments[i]) && strstr(f->text, "FROM") != NULL)
            fail_at(in, "give %s with its table", in->arguments[i]);
        return in->arguments[i];
    }
    fail_at(in, "there is no parameter $%.*s", (int)n, name);
}

/* A parameter's number for the engines. */
static void number(struct text *out, const struct inside *in, const char *name, size_t n)
{
    struct query *q = in->query;
    for (size_t i = 0; i < q->n_values; i++)
        if (strlen(q->values[i].name) == n && strncmp(q->values[i].name, name, n) == 0) {
            q->values[i].used = true;
            text_print(out, "$%zu", i + 1);
            return;
        }
    fail_at(in, "there is no parameter $%.*s", (int)n, name);
}

static const char *parameter(struct text *out, const struct inside *in, const char *p)
{
    const char *name = p + 1;
    size_t n = text_word(name);
    if (in->fragment != NULL) {
        const char *argument = argument_of(in, name, n, name[n]);
        text_add(out, argument, strlen(argument));
    } else {
        number(out, in, name, n);
    }
    return name + n;
}

/* The end of an argument: the comma or bracket after it. */
static const char *argument_end(const struct inside *in, const char *p)
{
    int open = 0;
    while (*p != '\0' && (open > 0 || (*p != ',' && *p != ')'))) {
        if (*p == '\'' || *p == '"') {
            p = skip_quoted(in, p);
            continue;
        }
        open += *p == '(' ? 1 : *p == ')' ? -1 : 0;
        p++;
    }
    if (*p == '\0')
        fail_in(in, "the bracket of a fragment is not closed");
    return p;
}

static const char *read_arguments(const struct inside *in, const char *p, const char *arguments[ARGUMENTS_MAX],
                                  size_t *ret_n)
{
    *ret_n = 0;
    while (isspace((unsigned char)p[1]))
        p++;
    if (p[1] == ')')
        return p + 2;
    do {
        const char *begin = ++p;
        p = argument_end(in, begin);
        struct text argument = { 0 };
        if (*ret_n == ARGUMENTS_MAX)
            fail_in(in, "too many arguments");
        expand(&argument, in, text_copy(begin, (size_t)(p - begin)));
        arguments[(*ret_n)++] = argument.size == 0 ? "" : argument.chars;
    } while (*p == ',');
    return p + 1;
}

static bool names_table(const char *text, const char *name, size_t n)
{
    for (const char *p = text; *p != '\0';) {
        size_t word = text_word(p);
        if (word == n && strncmp(p, name, n) == 0 && p[word] == '.' && (p == text || p[-1] != '$'))
            return true;
        p += word > 0 ? word : 1;
    }
    return false;
}

static void refuse_capture(const struct inside *in, const struct fragment *f, const char *argument)
{
    for (const char *p = argument; *p != '\0';) {
        size_t n = text_word(p);
        if (n > 0 && p[n] == '.' && names_table(f->text, p, n))
            fail_at(in, "'%s' means another %.*s inside the fragment %s of %s:%d; call one of them otherwise", argument,
                    (int)n, p, f->name, f->at.file, f->at.line);
        p += n > 0 ? n : 1;
    }
}

/* Whether a word stands in the text outside all brackets. */
static bool has_loose(const struct inside *in, const char *text, const char *word)
{
    int open = 0;
    for (const char *p = text; *p != '\0';) {
        size_t n = text_word(p);
        if (n == strlen(word) && open == 0 && strncasecmp(p, word, n) == 0 && (p == text || p[-1] != '$'))
            return true;
        if (*p == '\'' || *p == '"') {
            p = skip_quoted(in, p);
            continue;
        }
        open += *p == '(' ? 1 : *p == ')' ? -1 : 0;
        p += n > 0 ? n : 1;
    }
    return false;
}

static bool ends_with_not(const struct text *out)
{
    size_t n = out->size;
    while (n > 0 && isspace((unsigned char)out->chars[n - 1]))
        n--;
    return n >= 3 && strncasecmp(out->chars + n - 3, "NOT", 3) == 0;
}

/* A fragment is put in as it stands: what is beside it must not take it apart. */
static void refuse_loose(const struct text *out, const struct inside *in, const struct fragment *f)
{
    if (has_loose(in, f->text, "or"))
        fail_at(in, "the fragment %s of %s:%d has an OR outside brackets", f->name, f->at.file, f->at.line);
    if (ends_with_not(out) && has_loose(in, f->text, "and"))
        fail_at(in, "write NOT (@%s(...)): the fragment of %s:%d has an AND outside brackets", f->name, f->at.file,
                f->at.line);
}

static void put_fragment(struct text *out, const struct inside *in, struct fragment *f, struct inside *inner, size_t n)
{
    if (f->open)
        fail_at(in, "the fragment %s of %s:%d uses itself", f->name, f->at.file, f->at.line);
    if (n != f->n_parameters)
        fail_at(in, "the fragment %s of %s:%d takes %zu arguments, not %zu", f->name, f->at.file, f->at.line,
                f->n_parameters, n);
    for (size_t i = 0; i < n; i++)
        refuse_capture(in, f, inner->arguments[i]);
    refuse_loose(out, in, f);
    f->used = f->open = true;
    expand(out, inner, f->text);
    f->open = false;
}

/* @name(arguments) */
static const char *call(struct text *out, const struct inside *in, const char *p)
{
    size_t length = text_word(p + 1), n;
    const char *name = text_copy(p + 1, length);
    if (length == 0 || p[1 + length] != '(')
        fail_at(in, "a fragment is used as @%s(...)", name);
    struct inside inner = { .query = in->query };
    const char *end = read_arguments(in, p + 1 + length, inner.arguments, &n);
    if (strcmp(name, "set") == 0 && n == 2) {
        text_print(out, "%s", choices_of_set(in->query->at, inner.arguments[0], inner.arguments[1]));
        return end;
    }
    for (size_t i = 0; i < all.n_fragments; i++)
        if (strcmp(all.fragments[i].name, name) == 0) {
            inner.fragment = &all.fragments[i];
            put_fragment(out, in, inner.fragment, &inner, n);
            return end;
        }
    fail_at(in, "there is no fragment %s", name);
}

static void expand(struct text *out, const struct inside *in, const char *text)
{
    for (const char *p = text; *p != '\0';) {
        const char *from = p;
        if (*p == '$') {
            p = parameter(out, in, p);
            continue;
        }
        if (*p == '@') {
            p = call(out, in, p);
            continue;
        }
        p = *p == '\'' || *p == '"' ? skip_quoted(in, p) : p + 1;
        text_add(out, from, (size_t)(p - from));
    }
}

void expand_query(struct query *q)
{
    struct text out = { 0 };
    expand(&out, &(struct inside){ .query = q }, q->text);
    q->text = out.size == 0 ? "" : out.chars;
    for (size_t i = 0; i < q->n_values; i++)
        if (!q->values[i].used)
            fail(q->at, "%s: the parameter %s is not used", q->name, q->values[i].name);
}

static bool uses_parameter(const struct fragment *f, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = strchr(f->text, '$'); p != NULL; p = strchr(p + 1, '$'))
        if (text_word(p + 1) == n && strncmp(p + 1, name, n) == 0)
            return true;
    return false;
}

void expand_unused(void)
{
    for (size_t i = 0; i < all.n_fragments; i++) {
        const struct fragment *f = &all.fragments[i];
        if (!f->used)
            fail(f->at, "no one uses the fragment %s", f->name);
        for (size_t k = 0; k < f->n_parameters; k++)
            if (!uses_parameter(f, f->parameters[k]))
                fail(f->at, "%s: the parameter %s is not used", f->name, f->parameters[k]);
    }
}
