/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/command.h"

#include "client/xmalloc.h"

#include <stdio.h>
#include <string.h>

enum { NO_METHOD = -1 };

enum place { BEFORE, AFTER };

static const struct special {
    enum place place;
    int method; /* of the table, or NO_METHOD */
    struct command command;
} specials[] = {
#define COMMAND(id, place, noun, verb, method, run, how, words, doc)                                                   \
    { place, method, { COMMAND_##id, noun, verb, NULL, how, words, doc } },
#include "client/cli/command.def"
};

static const struct extra extras[] = {
#define EXTRA(command, name, placeholder, letter, how, tells, doc)                                                     \
    { COMMAND_##command, name, placeholder, letter, how, tells, doc },
#include "client/cli/command.def"
};

enum { SPECIALS = sizeof specials / sizeof specials[0], EXTRAS = sizeof extras / sizeof extras[0] };

/* The helper reads its files and calls these. */
static bool is_helpers(const struct method *m)
{
    return strncmp(m->name, "import.", strlen("import.")) == 0;
}

static bool is_special(int method)
{
    for (size_t i = 0; i < SPECIALS; i++)
        if (specials[i].method == method)
            return true;
    return false;
}

static void from_special(const struct special *s, struct command *ret)
{
    *ret = s->command;
    if (s->method != NO_METHOD)
        ret->method = &api_methods[s->method];
    if (ret->doc == NULL)
        ret->doc = ret->method->doc;
}

static void from_method(const struct method *m, struct command *ret)
{
    const char *dot = strchr(m->name, '.');
    *ret = (struct command){ .id = COMMAND_PLAIN, .verb = dot + 1, .doc = m->doc, .method = m };
    size_t length = (size_t)(dot - m->name);
    memcpy(ret->noun, m->name, length < COMMAND_NOUN ? length : COMMAND_NOUN - 1);
}

/* Subtracts from *i what it has passed. */
static bool special_at(enum place place, size_t *i, struct command *ret)
{
    for (size_t k = 0; k < SPECIALS; k++) {
        if (specials[k].place != place || (*i)-- > 0)
            continue;
        from_special(&specials[k], ret);
        return true;
    }
    return false;
}

bool command_at(size_t i, struct command *ret)
{
    if (special_at(BEFORE, &i, ret))
        return true;
    for (int m = 0; m < METHOD_COUNT; m++) {
        if (is_special(m) || is_helpers(&api_methods[m]) || i-- > 0)
            continue;
        from_method(&api_methods[m], ret);
        return true;
    }
    return special_at(AFTER, &i, ret);
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool command_get(const char *noun, const char *verb, struct command *ret)
{
    for (size_t i = 0; command_at(i, ret); i++)
        if (strcmp(ret->noun, noun) == 0 && is_same(ret->verb, verb))
            return true;
    return false;
}

/* Collects candidates for a message or a decision. */
struct candidates {
    const char *word;
    struct buf names;
    struct command last;
    int n;
};

static void consider(struct candidates *c, const struct command *command, const char *name)
{
    char known[COMMAND_NOUN + 3];
    snprintf(known, sizeof known, ", %s,", name);
    buf_append(&c->names, "", 1);
    bool repeated = strstr((const char *)c->names.data, known) != NULL;
    c->names.size--;
    if (repeated || strncmp(name, c->word, strlen(c->word)) != 0)
        return;
    buf_printf(&c->names, " %s,", name);
    c->last = *command;
    c->n++;
}

/* A single candidate is the answer; the message lists none or several. */
static int decide(struct candidates *c, const char *what, const char *where, struct err *e)
{
    xmalloc_check(&c->names);
    if (c->n == 1)
        return OK;
    if (c->n == 0)
        return err_set(e, ERR_NO_METHOD, NULL, "unknown %s '%s'; see sme-ctl help%s%s", what, c->word,
                       where != NULL ? " " : "", where != NULL ? where : "");
    int length = (int)c->names.size - 2;
    return err_set(e, ERR_NO_METHOD, NULL, "%s '%s' is ambiguous:%.*s", what, c->word, length,
                   (char *)c->names.data + 1);
}

int command_complete_noun(const char *word, char ret_noun[COMMAND_NOUN], struct err *e)
{
    struct candidates found = { .word = word };
    buf_init(&found.names, SIZE_MAX);
    buf_text(&found.names, ",");
    struct command c;
    bool exact = false;
    for (size_t i = 0; !exact && command_at(i, &c); i++) {
        exact = strcmp(c.noun, word) == 0;
        if (!(c.how & COMMAND_HIDDEN))
            consider(&found, &c, c.noun);
    }
    if (exact || decide(&found, "command", NULL, e) == OK)
        strcpy(ret_noun, exact ? word : found.last.noun);
    buf_fini(&found.names);
    return e->code;
}

int command_complete_verb(const char *noun, const char *word, struct command *ret, struct err *e)
{
    if (command_get(noun, word, ret))
        return OK;
    struct candidates found = { .word = word };
    buf_init(&found.names, SIZE_MAX);
    buf_text(&found.names, ",");
    struct command c;
    for (size_t i = 0; command_at(i, &c); i++)
        if (strcmp(c.noun, noun) == 0 && c.verb != NULL)
            consider(&found, &c, c.verb);
    char what[COMMAND_NOUN + 8];
    snprintf(what, sizeof what, "%s command", noun);
    if (decide(&found, what, noun, e) == OK)
        *ret = found.last;
    buf_fini(&found.names);
    return e->code;
}

const char *command_name(const struct command *c, struct arena *a)
{
    return xmalloc_printf(a, "%s%s%s", c->noun, c->verb != NULL ? " " : "", c->verb != NULL ? c->verb : "");
}

const struct extra *command_extra_at(const struct command *c, size_t i)
{
    for (size_t k = 0; k < EXTRAS; k++)
        if (extras[k].command == c->id && i-- == 0)
            return &extras[k];
    return NULL;
}

const struct extra *command_teller(const struct command *c, const struct field *f)
{
    char name[COMMAND_NOUN + 2];
    snprintf(name, sizeof name, " %s ", f->name);
    const struct extra *x;
    for (size_t i = 0; (x = command_extra_at(c, i)) != NULL; i++)
        if (x->tells != NULL && strstr(x->tells, name) != NULL)
            break;
    return x;
}

const char *command_extra(const struct args *args, const char *name)
{
    const char *value = NULL;
    for (size_t i = 0; i < args->n_given; i++)
        if (strcmp(args->given[i].extra->name, name) == 0)
            value = args->given[i].value;
    return value;
}
