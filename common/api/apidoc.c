/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the interface table: as plain lines to compare with (api), as the generated parts of the
 * manual pages smed-api(7) (man-api) and sme-ctl(1) (man-ctl), in scdoc. Runs while building. */
#include "common/describe.h"
#include "common/field.h"
#include "common/scope.h"
#include "common/text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *shape_name(enum method_shape shape)
{
    return shape == PAGE ? "page" : "one";
}

static const char *reach_name(enum method_reach reach)
{
    return reach == EVERYWHERE ? "everywhere" : "anywhere";
}

/* --- plain lines ----------------------------------------------------------------------------- */

static void plain_fields(const char *what, const char *owner, const struct field *fields, size_t n)
{
    static const char *const needs[] = { "REQ", "OPT", "ARG", "OPTARG", "WIDE" };
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        printf("%s %s.%s %s %s", what, owner, f->name, describe_type(f), needs[f->need]);
        if (describe_has_bounds(f))
            printf(" %" PRId64 "..%" PRId64, f->lo, f->hi);
        if (describe_of(f) != NULL)
            printf(" of %s", describe_of(f));
        putchar('\n');
        const char *old;
        for (size_t k = 0; (old = field_old_name(f, k)) != NULL; k++)
            printf("was %s.%s %s\n", owner, f->name, old);
    }
}

static void plain_methods(struct arena *a)
{
    for (int i = 0; i < METHOD_COUNT; i++) {
        const struct method *m = &api_methods[i];
        printf("method %s %s %s %s of %s for %s\n", m->name, describe_kind(m->kind), reach_name(m->reach),
               shape_name(m->shape), api_records[m->result].name, describe_roles(m, a));
        plain_fields("param", m->name, m->params, m->n_params);
    }
}

static void plain_enums(void)
{
    for (int id = ENUM_NONE + 1; id < ENUM_COUNT; id++)
        for (int value = 1; value <= api_enums[id].count; value++)
            printf("enum %s %d %s\n", api_enums[id].name, value, api_enums[id].choices[value].text);
}

static void print_plain(struct arena *a)
{
    plain_methods(a);
    for (int id = RECORD_NONE + 1; id < RECORD_COUNT; id++)
        plain_fields("field", api_records[id].name, api_records[id].fields, api_records[id].n_fields);
    plain_enums();
    for (int id = NOUN_NONE + 1; id < NOUN_COUNT; id++)
        printf("noun %s %s\n", api_nouns[id].name, api_nouns[id].letters[0] == '\0' ? "-" : api_nouns[id].letters);
    for (int code = api_error_next(0); code != 0; code = api_error_next(code))
        printf("error %d %s exit %d\n", code, api_error(code)->name, api_error(code)->exit);
}

/* --- scdoc ------------------------------------------------------------------------------------ */

/* Escapes text for scdoc: its markup, anywhere or at the start of a line. */
static void put_escaped(const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("\\*_#[]|", *text) != NULL)
            putchar('\\');
        putchar(*text);
    }
}

static void put_strong(const char *text)
{
    putchar('*');
    put_escaped(text);
    putchar('*');
}

static void put_underlined(const char *text)
{
    putchar('_');
    put_escaped(text);
    putchar('_');
}

/* A name and its attributes; the indented text that explains it follows. */
static void put_doc(const char *doc)
{
    fputs("\n\t", stdout);
    put_escaped(doc);
    fputs(".\n\n", stdout);
}

static void put_bounds(const struct field *f)
{
    bool is_count = field_is_list(f);
    if (f->hi == INT64_MAX)
        printf(", %" PRId64 " or more", f->lo);
    else if (is_count)
        printf(", up to %" PRId64 " rows", f->hi);
    else if (f->lo == f->hi)
        printf(", %" PRId64, f->hi);
    else
        printf(", %" PRId64 " to %" PRId64, f->lo, f->hi);
}

static void put_field(const struct field *f)
{
    put_strong(f->name);
    putchar(' ');
    put_underlined(describe_type(f));
    if (describe_of(f) != NULL) {
        fputs(" of ", stdout);
        put_underlined(describe_of(f));
    }
    if (describe_has_bounds(f) && f->type != FIELD_UUID && f->type != FIELD_REF && f->type != FIELD_DURATION)
        put_bounds(f);
    fputs(field_is_required(f) ? ", required" : "", stdout);
    const char *old;
    for (size_t i = 0; (old = field_old_name(f, i)) != NULL; i++) {
        fputs("; or by its old name ", stdout);
        put_strong(old);
    }
    put_doc(f->doc);
}

static void put_fields(const struct field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_field(&fields[i]);
}

static void put_heading(const char *level, const char *name, const char *doc)
{
    printf("%s ", level);
    put_escaped(name);
    fputs("\n\n", stdout);
    put_escaped(doc);
    fputs(".\n\n", stdout);
}

static void man_method(const struct method *m, struct arena *a)
{
    put_heading("##", m->name, m->doc);
    fputs("Kind ", stdout);
    put_underlined(describe_kind(m->kind));
    fputs("; for ", stdout);
    put_escaped(describe_roles(m, a));
    fputs(m->reach == EVERYWHERE ? ", with a grant for all cooperatives" : "", stdout);
    fputs(m->shape == PAGE ? "; answers in pages of " : "; answers with ", stdout);
    put_underlined(api_records[m->result].name);
    fputs(".\n\n", stdout);
    put_fields(m->params, m->n_params);
}

static void man_enum(const struct choice_set *set)
{
    put_heading("##", set->name, set->doc);
    for (int i = 1; i <= set->count; i++) {
        put_strong(set->choices[i].text);
        put_doc(set->choices[i].doc);
    }
}

static void man_errors(void)
{
    printf("# ERROR CODES\n\n");
    for (int code = api_error_next(0); code != 0; code = api_error_next(code)) {
        const struct error_type *type = api_error(code);
        put_strong(type->name);
        printf(" %d, exit status %d", code, type->exit);
        put_doc(type->doc);
    }
}

static void print_man_api(struct arena *a)
{
    printf("# METHODS\n\nEach _write_ takes the fields of _write\\_options_ besides its own, each method that "
           "answers in pages those of _page\\_options_.\n\n");
    for (int i = 0; i < METHOD_COUNT; i++)
        man_method(&api_methods[i], a);
    printf("# RECORDS\n\n");
    for (int id = RECORD_NONE + 1; id < RECORD_COUNT; id++) {
        put_heading("##", api_records[id].name, api_records[id].doc);
        put_fields(api_records[id].fields, api_records[id].n_fields);
    }
    printf("# ENUMERATIONS\n\n");
    for (int id = ENUM_NONE + 1; id < ENUM_COUNT; id++)
        man_enum(&api_enums[id]);
    man_errors();
}

/* --- the commands ------------------------------------------------------------------------------ */

static bool begins_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Called by sme-ctl's helper programs and described elsewhere on the page. */
static bool is_helpers(const struct method *m)
{
    return begins_with(m->name, "import.") || strcmp(m->name, "standard.publish") == 0;
}

/* coop.create is 'coop create', system.ping is 'ping'; a noun's main view is the noun alone. */
static const char *command_words(const struct method *m, struct arena *a)
{
    if (strcmp(m->name, "status.show") == 0)
        return "status";
    if (strcmp(m->name, "gaps.list") == 0)
        return "gaps";
    if (begins_with(m->name, "system."))
        return m->name + strlen("system.");
    char *words = arena_dup(a, m->name);
    for (char *dot = words == NULL ? NULL : strchr(words, '.'); dot != NULL; dot = NULL)
        *dot = ' ';
    return words == NULL ? m->name : words;
}

static void put_upper(const char *name)
{
    char text[64];
    snprintf(text, sizeof text, "%s", name);
    for (char *c = text; *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    put_underlined(text);
}

static void put_option(const char *name)
{
    char text[64];
    snprintf(text, sizeof text, "--%s", name);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '_' ? '-' : *c;
    put_strong(text);
}

static void put_synopsis(const struct method *m, struct arena *a)
{
    put_strong(command_words(m, a));
    for (size_t i = 0; i < m->n_params; i++) {
        const struct field *f = &m->params[i];
        if (f->need == ARG || f->need == OPTARG || f->need == REQ)
            putchar(' ');
        if (f->need == OPTARG)
            fputs("\\[", stdout);
        if (f->need == ARG || f->need == OPTARG)
            put_upper(f->name);
        if (f->need == OPTARG)
            fputs("\\]", stdout);
        if (f->need != REQ)
            continue;
        put_option(f->name);
        putchar(' ');
        put_upper(f->name);
    }
}

static void man_option(const struct field *f, struct arena *a)
{
    fputs("\t", stdout);
    if (f->need == ARG || f->need == OPTARG)
        put_upper(f->name);
    else
        put_option(f->name);
    putchar(' ');
    const char *takes = f->need == ARG || f->need == OPTARG ? NULL : text_placeholder(f, a);
    if (takes != NULL)
        put_underlined(takes);
    fputs("\n\t\t", stdout);
    put_escaped(f->doc);
    fputs(field_is_list(f) ? "; may be repeated.\n\n" : ".\n\n", stdout);
}

static void print_man_ctl(struct arena *a)
{
    for (int i = 0; i < METHOD_COUNT; i++) {
        const struct method *m = &api_methods[i];
        if (is_helpers(m))
            continue;
        put_synopsis(m, a);
        put_doc(m->doc);
        for (size_t j = 0; j < m->n_params; j++)
            man_option(&m->params[j], a);
    }
}

int main(int argc, char **argv)
{
    enum { MEMORY = 16 << 20 };
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, MEMORY);
    const char *part = argc == 2 ? argv[1] : "";
    if (strcmp(part, "api") == 0)
        print_plain(&a);
    else if (strcmp(part, "man-api") == 0)
        print_man_api(&a);
    else if (strcmp(part, "man-ctl") == 0)
        print_man_ctl(&a);
    else
        return fprintf(stderr, "Usage: %s api|man-api|man-ctl\n", argv[0]), 1;
    return ferror(stdout) != 0;
}
