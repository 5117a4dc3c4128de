/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/help.h"

#include "client/cli/option.h"
#include "client/write/utf8.h"
#include "client/write/wrap.h"
#include "client/write/writer.h"
#include "client/xmalloc.h"
#include "common/field.h"
#include "common/text.h"

#include <string.h>

enum { COLUMNS = 79, DOC_AT = 26, NOUN_DOC_AT = 16, USAGE_AT = 7, VALUE_MOST = 50 };

/* A term and its meaning, in two columns. */
static void put_item(struct buf *b, const char *item, const char *doc, int doc_at)
{
    int column = 2 + utf8_width(item, strlen(item));
    buf_printf(b, "  %s", item);
    if (column + 2 > doc_at) {
        buf_append(b, "\n", 1);
        column = 0;
    }
    wrap_text(b, doc, doc_at, column, COLUMNS);
}

/* The values of a choice are in the text, which can be wrapped; a row with very many members is only for programs. */
static const char *value_of(const struct field *f, struct arena *a)
{
    const char *text = f->type == FIELD_CHOICE ? option_capitals(f->name, a) : text_placeholder(f, a);
    return utf8_width(text, strlen(text)) <= VALUE_MOST ? text : "ROW";
}

static const char *doc_of(const struct command *command, const struct field *f, struct arena *a)
{
    const char *doc = option_doc(f, a);
    const struct extra *teller = command != NULL ? command_teller(command, f) : NULL;
    if (field_is_list(f))
        return xmalloc_printf(a, "%s (may be repeated)", doc);
    if (teller != NULL)
        return xmalloc_printf(a, "%s (required without --%s)", doc, teller->name);
    /* sme-ctl makes a request id if none is given. */
    return f->need == REQ && f->type != FIELD_UUID ? xmalloc_printf(a, "%s (required)", doc) : doc;
}

/* Each member of a row written as VALUE,VALUE. */
static void put_members(struct buf *b, const struct field *f, struct arena *a)
{
    const struct record_type *r = &api_records[f->of];
    for (size_t i = 0; i < r->n_fields; i++)
        wrap_text(b, xmalloc_printf(a, "%s: %s", option_capitals(r->fields[i].name, a), doc_of(NULL, &r->fields[i], a)),
                  DOC_AT + 2, 0, COLUMNS);
}

static void put_option(struct buf *b, const struct command *command, const struct option *o, struct arena *a)
{
    const char *value = o->field != NULL   ? value_of(o->field, a)
                        : o->extra != NULL ? o->extra->placeholder
                                           : o->setting->placeholder;
    const char *letter = o->letter != 0 ? xmalloc_printf(a, "-%c, ", o->letter) : "    ";
    const char *name = option_spelled(o->name, a);
    const char *item = o->takes_value ? xmalloc_printf(a, "%s%s=%s", letter, name, value)
                                      : xmalloc_printf(a, "%s%s", letter, name);
    put_item(b, item, o->field != NULL ? doc_of(command, o->field, a) : o->doc, DOC_AT);
    if (o->field != NULL && field_is_list(o->field) && strchr(value, ',') != NULL)
        put_members(b, o->field, a);
}

static bool is_argument(const struct option *o)
{
    return o->field != NULL && (o->field->need == ARG || o->field->need == OPTARG);
}

/* what: the arguments, the command's own options, or those that every command takes. */
enum part { ARGUMENTS, OWN_OPTIONS, COMMON_OPTIONS };

static enum part part_of(const struct option *o)
{
    if (o->kind == OPTION_SETTING)
        return COMMON_OPTIONS;
    return is_argument(o) ? ARGUMENTS : OWN_OPTIONS;
}

static void put_part(struct buf *b, const struct command *command, enum part part, const char *title, struct arena *a)
{
    struct option o;
    bool begun = false;
    for (size_t i = 0; option_at(command, i, &o); i++) {
        if (part_of(&o) != part)
            continue;
        if (!begun)
            buf_printf(b, "\n%s:\n", title);
        begun = true;
        if (part == ARGUMENTS)
            put_item(b, option_capitals(o.name, a), doc_of(command, o.field, a), DOC_AT);
        else
            put_option(b, command, &o, a);
    }
}

/* 'HOLDER EDITION --kind=KIND --on=DATE [OPTION...]' */
static const char *usage(const struct command *command, struct arena *a)
{
    if (command->words != NULL)
        return command->words;
    const char *text = "";
    for (size_t i = 0; i < command->method->n_params; i++) {
        const struct field *f = &command->method->params[i];
        const char *space = *text != '\0' ? " " : "";
        if (f->need == ARG && !(command->how & COMMAND_BARE))
            text = xmalloc_printf(a, "%s%s%s", text, space, option_capitals(f->name, a));
        else if (f->need == OPTARG || f->need == ARG)
            text = xmalloc_printf(a, "%s%s[%s]", text, space, option_capitals(f->name, a));
        else if (f->need == REQ && !field_is_list(f) && command_teller(command, f) == NULL)
            text = xmalloc_printf(a, "%s%s%s=%s", text, space, option_spelled(f->name, a), value_of(f, a));
    }
    const struct extra *x;
    for (size_t i = 0; (x = command_extra_at(command, i)) != NULL; i++)
        if (x->tells != NULL)
            text = xmalloc_printf(a, "%s --%s=%s", text, x->name, x->placeholder);
    return xmalloc_printf(a, "%s%s[OPTION...]", text, *text != '\0' ? " " : "");
}

static void put_roles(struct buf *b, const struct method *m, struct arena *a)
{
    if (m->roles == ANYONE)
        return;
    const char *text = "Allowed roles: ";
    bool first = true;
    for (int role = 1; role <= api_enums[ENUM_role].count; role++)
        if (m->roles & 1u << role) {
            text = xmalloc_printf(a, "%s%s%s", text, first ? "" : ", ", api_choice_text(ENUM_role, role));
            first = false;
        }
    buf_text(b, "\n");
    wrap_text(b, text, 0, 0, COLUMNS);
}

void help_command(struct buf *b, const struct command *command)
{
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    buf_text(b, "Usage: ");
    wrap_text(b, xmalloc_printf(&a, "sme-ctl %s %s", command_name(command, &a), usage(command, &a)), USAGE_AT, USAGE_AT,
              COLUMNS);
    buf_text(b, "\n");
    wrap_text(b, command->doc, 0, 0, COLUMNS);
    put_part(b, command, ARGUMENTS, "Arguments", &a);
    put_part(b, command, OWN_OPTIONS, "Options", &a);
    put_part(b, command, COMMON_OPTIONS, "Common options", &a);
    if (command->method != NULL)
        put_roles(b, command->method, &a);
    arena_reset(&a);
}

void help_noun(struct buf *b, const char *noun)
{
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    buf_printf(b, "Usage: sme-ctl %s VERB [ARGUMENT...] [OPTION...]\n\nCommands:\n", noun);
    struct command c;
    for (size_t i = 0; command_at(i, &c); i++)
        if (strcmp(c.noun, noun) == 0)
            put_item(b, command_name(&c, &a), c.doc, DOC_AT);
    buf_printf(b, "\nUse sme-ctl %s VERB --help for details.\n", noun);
    arena_reset(&a);
}

/* A noun with its verbs, at its first command. */
static void put_noun(struct buf *b, size_t at, struct arena *a)
{
    struct command first, c;
    command_at(at, &first);
    for (size_t i = 0; i < at && command_at(i, &c); i++)
        if (strcmp(c.noun, first.noun) == 0)
            return;
    const char *verbs = "";
    for (size_t i = at; command_at(i, &c); i++)
        if (strcmp(c.noun, first.noun) == 0 && c.verb != NULL)
            verbs = xmalloc_printf(a, "%s%s%s", verbs, *verbs != '\0' ? ", " : "", c.verb);
    if (first.verb == NULL)
        verbs = *verbs != '\0' ? xmalloc_printf(a, "%s; also: %s", first.doc, verbs) : first.doc;
    put_item(b, first.noun, verbs, NOUN_DOC_AT);
}

static void put_exit_statuses(struct buf *b, struct arena *a)
{
    static const struct {
        int status;
        const char *doc;
    } statuses[] = {
        { 0, "done" },
#define EXIT(constant, status, doc) { constant, doc },
#include "common/api/api.inc"
    };
    buf_text(b, "\nExit status:\n");
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        put_item(b, xmalloc_printf(a, "%d", statuses[i].status), statuses[i].doc, 6);
}

void help_main(struct buf *b)
{
    struct arena a = { 0 };
    arena_init(&a, SIZE_MAX);
    buf_text(b, "Usage: sme-ctl [OPTION...] NOUN [VERB] [ARGUMENT...]\n\nQuery and update the certification register: "
                "who is ready, who is not, and why.\n\nCommands:\n");
    struct command c;
    for (size_t i = 0; command_at(i, &c); i++)
        if (!(c.how & COMMAND_HIDDEN))
            put_noun(b, i, &a);
    put_part(b, NULL, COMMON_OPTIONS, "Options", &a);
    put_exit_statuses(b, &a);
    buf_text(b, "\nNouns, verbs, options and codes may be abbreviated to a unique prefix.\nUse sme-ctl NOUN VERB "
                "--help for details, or see sme-ctl(1).\n");
    arena_reset(&a);
}
