/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/args.h"

#include "client/cli/option.h"
#include "client/cli/typed.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"

#include <string.h>

struct parser {
    struct args *args;
    struct settings *settings;
    struct arena *arena;
    char **argv;
    int argc, at;
    bool has_noun, has_command, only_words; /* only_words: after -- */
    size_t n_arguments;
};

static const struct command *known_command(const struct parser *p)
{
    return p->has_command ? &p->args->command : NULL;
}

static void begin_command(struct parser *p)
{
    struct args *args = p->args;
    p->has_command = true;
    if (args->command.method != NULL)
        args->params = xmalloc_zero(p->arena, args->command.method->size);
    args->given = xmalloc_array(p->arena, (size_t)p->argc + 1, sizeof *args->given);
    args->typed = xmalloc_array(p->arena, (size_t)p->argc + 1, sizeof *args->typed);
    args->words = xmalloc_array(p->arena, (size_t)p->argc + 1, sizeof *args->words);
}

/* The noun, and the command if the noun alone is one and none of its verbs follows. */
static int take_noun(struct parser *p, const char *word, struct err *e)
{
    struct command *c = &p->args->command;
    char noun[COMMAND_NOUN];
    if (command_complete_noun(word, noun, e) != OK)
        return e->code;
    p->has_noun = true;
    struct command with_verb;
    bool verb_follows = p->at < p->argc && command_get(noun, p->argv[p->at], &with_verb);
    if (!verb_follows && command_get(noun, NULL, c)) {
        begin_command(p);
    } else {
        *c = (struct command){ 0 };
        strcpy(c->noun, noun);
    }
    return OK;
}

static int take_verb(struct parser *p, const char *word, struct err *e)
{
    char noun[COMMAND_NOUN];
    strcpy(noun, p->args->command.noun);
    if (command_complete_verb(noun, word, &p->args->command, e) == OK)
        begin_command(p);
    return e->code;
}

static int take_argument(struct parser *p, char *word, struct err *e)
{
    const struct command *c = &p->args->command;
    if (c->how & COMMAND_RAW) {
        p->args->words[p->args->n_words++] = word;
        return OK;
    }
    const struct field *f = option_argument(c, p->n_arguments++);
    if (f == NULL)
        return err_set(e, ERR_NO_METHOD, NULL, "unexpected argument '%s'; see sme-ctl %s --help", word,
                       command_name(c, p->arena));
    typed_note(p->args, f, NULL, word);
    return text_to_field(f, word, p->arena, p->args->params, e);
}

static int take_word(struct parser *p, char *word, struct err *e)
{
    if (!p->has_noun)
        return take_noun(p, word, e);
    return p->has_command ? take_argument(p, word, e) : take_verb(p, word, e);
}

/* The name by which an option of the field was typed before, if it was another: what has an old name is given once. */
static const char *other_name(const struct args *args, const struct field *f, const char *word)
{
    for (size_t i = 0; i < args->n_typed; i++) {
        const struct typed *t = &args->typed[i];
        if (t->field == f && t->option != NULL && field_old_name(f, 0) != NULL && strcmp(t->option, word) != 0)
            return t->option;
    }
    return NULL;
}

/* word: the option as typed; value: NULL for a bare flag. */
static int apply(struct parser *p, const struct option *o, const char *word, const char *value, struct err *e)
{
    if (o->kind == OPTION_SETTING)
        return settings_apply(p->settings, o->setting, value, e);
    if (o->kind == OPTION_PARAM) {
        value = value != NULL ? value : "yes";
        const char *other = other_name(p->args, o->field, word);
        if (other != NULL)
            return err_set(e, ERR_NO_METHOD, NULL, "%s and %s are the same; give one of them", other, word);
        typed_note(p->args, o->field, word, value);
        return text_to_field(o->field, value, p->arena, p->args->params, e);
    }
    if (!(o->extra->how & EXTRA_MANY) && command_extra(p->args, o->name) != NULL)
        return err_set(e, ERR_NO_METHOD, NULL, "%s is given more than once", option_spelled(o->name, p->arena));
    p->args->given[p->args->n_given++] = (struct given){ o->extra, value != NULL ? value : "" };
    return OK;
}

static int next_value(struct parser *p, const char *spelled, const char **ret, struct err *e)
{
    if (p->at == p->argc)
        return err_set(e, ERR_NO_METHOD, NULL, "%s needs a value", spelled);
    *ret = p->argv[p->at++];
    return OK;
}

static int take_long(struct parser *p, const char *word, struct err *e)
{
    size_t length = strcspn(word, "=");
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    struct option o;
    if (option_find(known_command(p), word, length, &o, e) != OK)
        return e->code;
    if (o.takes_value && value == NULL && next_value(p, option_spelled(o.name, p->arena), &value, e) != OK)
        return e->code;
    if (value != NULL && !o.takes_value && o.kind != OPTION_PARAM)
        return err_set(e, ERR_NO_METHOD, NULL, "%s takes no value", option_spelled(o.name, p->arena));
    return apply(p, &o, xmalloc_printf(p->arena, "--%.*s", (int)length, word), value, e);
}

/* -w, -Hhost, -H host, -wh. */
static int take_letters(struct parser *p, const char *letters, struct err *e)
{
    for (; *letters != '\0'; letters++) {
        struct option o;
        if (option_find_letter(known_command(p), *letters, &o, e) != OK)
            return e->code;
        const char *value = NULL, spelled[3] = { '-', *letters, '\0' };
        if (o.takes_value) {
            value = letters[1] != '\0' ? letters + 1 : NULL;
            if (value == NULL && next_value(p, spelled, &value, e) != OK)
                return e->code;
        }
        if (apply(p, &o, spelled, value, e) != OK || value != NULL)
            return e->code;
    }
    return OK;
}

static int take(struct parser *p, char *word, struct err *e)
{
    bool raw = p->has_command && p->args->command.how & COMMAND_RAW;
    if (p->only_words || raw || word[0] != '-' || word[1] == '\0')
        return take_word(p, word, e);
    if (strcmp(word, "--") == 0) {
        p->only_words = true;
        return OK;
    }
    return word[1] == '-' ? take_long(p, word + 2, e) : take_letters(p, word + 1, e);
}

int args_parse(struct args *ret, struct settings *s, struct arena *a, int argc, char **argv, struct err *e)
{
    *ret = (struct args){ .line = argv, .n_line = argc };
    struct parser p = { .args = ret, .settings = s, .arena = a, .argv = argv, .argc = argc };
    while (p.at < argc)
        if (take(&p, argv[p.at++], e) != OK)
            return e->code;
    if (p.has_noun && !p.has_command && !s->help)
        return err_set(e, ERR_NO_METHOD, NULL, "%s: missing verb; see sme-ctl help %s", ret->command.noun,
                       ret->command.noun);
    return OK;
}
