/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/option.h"

#include "client/xmalloc.h"
#include "common/field.h"

#include <ctype.h>
#include <string.h>

static void from_field(const struct field *f, struct option *ret)
{
    *ret = (struct option){
        .kind = OPTION_PARAM, .name = f->name, .doc = f->doc, .takes_value = f->type != FIELD_BOOL, .field = f
    };
}

static bool param_at(const struct method *m, size_t *i, struct option *ret)
{
    if (*i < m->n_params) {
        from_field(&m->params[*i], ret);
        return true;
    }
    *i -= m->n_params;
    if (m->kind == WRITE && (*i)-- == 0) {
        from_field(&api_records[RECORD_write_options].fields[0], ret);
        return true;
    }
    return false;
}

static bool extra_at(const struct command *command, size_t *i, struct option *ret)
{
    const struct extra *x;
    for (size_t k = 0; (x = command_extra_at(command, k)) != NULL; k++)
        if ((*i)-- == 0) {
            *ret = (struct option){ .kind = OPTION_EXTRA,
                                    .name = x->name,
                                    .doc = x->doc,
                                    .letter = x->letter,
                                    .takes_value = x->placeholder != NULL,
                                    .extra = x };
            return true;
        }
    return false;
}

static bool lists(const struct command *command)
{
    return command != NULL && command->method != NULL
           && (command->method->shape == PAGE || command->how & COMMAND_BARE);
}

static bool setting_at(const struct command *command, size_t i, struct option *ret)
{
    for (size_t s = 0; s < settings_n_options; s++) {
        const struct settings_option *o = &settings_options[s];
        if ((o->lists && !lists(command)) || i-- > 0)
            continue;
        *ret = (struct option){ .kind = OPTION_SETTING,
                                .name = o->name,
                                .doc = o->doc,
                                .letter = o->letter,
                                .takes_value = o->placeholder != NULL,
                                .setting = o };
        return true;
    }
    return false;
}

bool option_at(const struct command *command, size_t i, struct option *ret)
{
    if (command != NULL && command->method != NULL && param_at(command->method, &i, ret))
        return true;
    if (command != NULL && extra_at(command, &i, ret))
        return true;
    return setting_at(command, i, ret);
}

static char fold(char c)
{
    return c == '-' ? '_' : c;
}

static bool begins(const char *name, const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (name[i] == '\0' || fold(name[i]) != fold(word[i]))
            return false;
    return true;
}

/* 2: exact match; 1: prefix. */
static int match(const struct option *o, const char *name, size_t length)
{
    if (!begins(o->name, name, length))
        return 0;
    return strlen(o->name) == length ? 2 : 1;
}

static const char *see_help(const struct command *command, struct arena *a)
{
    if (command == NULL)
        return "sme-ctl --help";
    return xmalloc_printf(a, "sme-ctl %s --help", command_name(command, a));
}

/* A name that a parameter had, or the beginning of one. */
static bool find_renamed(const struct command *command, const char *word, size_t length, struct option *ret)
{
    if (command == NULL || command->method == NULL)
        return false;
    for (size_t i = 0; i < command->method->n_params; i++) {
        const char *old;
        for (size_t k = 0; (old = field_old_name(&command->method->params[i], k)) != NULL; k++)
            if (begins(old, word, length)) {
                from_field(&command->method->params[i], ret);
                return true;
            }
    }
    return false;
}

static bool find_param(const struct command *command, const char *name, struct option *ret)
{
    for (size_t i = 0; i < command->method->n_params; i++)
        if (strcmp(command->method->params[i].name, name) == 0) {
            from_field(&command->method->params[i], ret);
            return true;
        }
    return false;
}

/* People say --standard where an edition is asked for, and --edition where all editions of a standard are meant. */
static bool find_synonym(const struct command *command, const char *name, size_t length, struct option *ret)
{
    static const char *const words[] = { "standard", "edition" };
    for (int i = 0; i < 2 && command != NULL && command->method != NULL; i++)
        if (length > 1 && strncmp(words[i], name, length) == 0)
            return find_param(command, words[1 - i], ret);
    return false;
}

int option_find(const struct command *command, const char *name, size_t length, struct option *ret, struct err *e)
{
    struct option o, found = { 0 }, other = { 0 };
    for (size_t i = 0; option_at(command, i, &o); i++) {
        int how = match(&o, name, length);
        if (how == 2) {
            *ret = o;
            return OK;
        }
        if (how == 1)
            *(found.kind == 0 ? &found : &other) = o;
    }
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    if (found.kind == 0 && !find_renamed(command, name, length, &found) && !find_synonym(command, name, length, &found))
        err_set(e, ERR_NO_METHOD, NULL, "unknown option --%.*s; see %s", (int)length, name, see_help(command, &a));
    else if (other.kind != 0)
        err_set(e, ERR_NO_METHOD, NULL, "--%.*s is ambiguous: %s or %s", (int)length, name,
                option_spelled(found.name, &a), option_spelled(other.name, &a));
    else
        *ret = found;
    arena_reset(&a);
    return e->code;
}

int option_find_letter(const struct command *command, char letter, struct option *ret, struct err *e)
{
    for (size_t i = 0; option_at(command, i, ret); i++)
        if (ret->letter == letter)
            return OK;
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    err_set(e, ERR_NO_METHOD, NULL, "unknown option -%c; see %s", letter, see_help(command, &a));
    arena_reset(&a);
    return e->code;
}

const char *option_spelled(const char *name, struct arena *a)
{
    char *text = xmalloc_printf(a, "--%s", name);
    for (char *p = text; *p != '\0'; p++)
        if (*p == '_')
            *p = '-';
    return text;
}

const char *option_capitals(const char *name, struct arena *a)
{
    char *text = xmalloc_text(a, name, strlen(name));
    for (char *p = text; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    return text;
}

const struct field *option_argument(const struct command *command, size_t n)
{
    const struct method *m = command->method;
    for (size_t i = 0; m != NULL && i < m->n_params; i++)
        if ((m->params[i].need == ARG || m->params[i].need == OPTARG) && n-- == 0)
            return &m->params[i];
    return NULL;
}

static const char *choices(enum enum_id id, struct arena *a)
{
    const struct choice_set *set = &api_enums[id];
    const char *text = "";
    for (int i = 1; i <= set->count; i++)
        text = xmalloc_printf(a, "%s%s%s", text, i > 1 ? ", " : "", set->choices[i].text);
    return text;
}

const char *option_doc(const struct field *f, struct arena *a)
{
    return f->type == FIELD_CHOICE ? xmalloc_printf(a, "%s: %s", f->doc, choices((enum enum_id)f->of, a)) : f->doc;
}
