/* SPDX-License-Identifier: Apache-2.0 */
#include "client/cli/complete.h"

#include "client/cli/option.h"
#include "client/xmalloc.h"
#include "common/field.h"

#include <string.h>

/* Nobody waits for a completion: a slower daemon gives none. */
enum { PATIENCE_MS = 400, NAMES_MAX = 1000 };

struct completion {
    struct client *client;
    char noun[COMMAND_NOUN];
    struct command command;
    bool has_noun, has_command;
    struct option pending; /* its value comes next */
    bool has_pending;
    size_t n_arguments;
    const char *last;   /* what is being typed */
    const char *before; /* prefix of each candidate: '--kind=' */
};

static void offer(struct completion *p, const char *value, const char *doc)
{
    if (strncmp(value, p->last, strlen(p->last)) != 0)
        return;
    buf_printf(&p->client->out.b, "%s%s", p->before, value);
    if (doc != NULL)
        buf_printf(&p->client->out.b, "\t%s", doc);
    buf_text(&p->client->out.b, "\n");
}

/* A word before the last one; its mistakes do not matter here. */
static void pass_word(struct completion *p, const char *word)
{
    struct err e = { 0 };
    struct command c;
    if (!p->has_noun) {
        p->has_noun = command_complete_noun(word, p->noun, &e) == OK;
    } else if (!p->has_command && p->n_arguments == 0 && command_complete_verb(p->noun, word, &c, &e) == OK) {
        p->command = c;
        p->has_command = true;
        return;
    } else {
        p->n_arguments++;
    }
    if (p->has_noun && !p->has_command)
        p->has_command = command_get(p->noun, NULL, &p->command) && p->n_arguments > 0;
}

static const struct command *current(struct completion *p)
{
    if (!p->has_command && p->has_noun && command_get(p->noun, NULL, &p->command))
        return &p->command;
    return p->has_command ? &p->command : NULL;
}

static void pass_option(struct completion *p, const char *word)
{
    struct err e = { 0 };
    bool letter = word[1] != '-';
    size_t length = letter ? 1 : strcspn(word + 2, "=");
    const char *value = letter ? word + 2 : word + 2 + length;
    int code = letter ? option_find_letter(current(p), word[1], &p->pending, &e)
                      : option_find(current(p), word + 2, length, &p->pending, &e);
    p->has_pending = code == OK && p->pending.takes_value && *value == '\0';
}

/* Only the daemon's address matters; other values do not. */
static void pass_value(struct completion *p, const char *word)
{
    struct err e = { 0 };
    if (p->pending.kind == OPTION_SETTING)
        settings_apply(&p->client->settings, p->pending.setting, word, &e);
    p->has_pending = false;
}

static void pass(struct completion *p, const char *word)
{
    /* bash splits --kind=K into words at the =. */
    if (strcmp(word, "=") == 0)
        return;
    if (p->has_pending)
        pass_value(p, word);
    else if (word[0] == '-' && word[1] != '\0' && strcmp(word, "--") != 0)
        pass_option(p, word);
    else
        pass_word(p, word);
}

static const char *name_in(const struct record_type *r, const void *row)
{
    for (size_t i = 0; i < r->n_fields; i++)
        if (strcmp(r->fields[i].name, "name") == 0 || strcmp(r->fields[i].name, "title") == 0)
            return field_text(&r->fields[i], row);
    return NULL;
}

struct offering {
    struct completion *completion;
    const struct record_type *record;
};

static int offer_page(void *context, const struct page *page, struct err *e)
{
    (void)e;
    struct offering *o = context;
    for (size_t i = 0; i < page->n; i++) {
        const void *row = (const char *)page->rows + i * o->record->size;
        offer(o->completion, field_text(&o->record->fields[0], row), name_in(o->record, row));
    }
    return OK;
}

/* A list without required parameters whose rows begin with such a name. */
static const struct method *list_of(int noun)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        const struct method *m = &api_methods[i];
        const struct field *first = &api_records[m->result].fields[0];
        if (m->shape == PAGE && first->type == FIELD_REF && first->of == noun
            && (m->n_params == 0 || m->params[0].need != ARG))
            return m;
    }
    return NULL;
}

static void offer_names(struct completion *p, int noun)
{
    struct client *c = p->client;
    if (noun == NOUN_holder) {
        offer_names(p, NOUN_cooperative);
        noun = NOUN_enterprise;
    }
    /* A standard's code means its newest edition, and no shell splits it at a colon. */
    const struct method *m = list_of(noun == NOUN_edition ? NOUN_standard : noun);
    struct err e = { 0 };
    if (m == NULL)
        return;
    c->rpc.timeout_ms = PATIENCE_MS;
    if (c->settings.socket != NULL)
        c->rpc.socket = c->settings.socket;
    if (c->settings.host != NULL)
        c->rpc.host = c->settings.host;
    struct offering o = { p, &api_records[m->result] };
    rpc_each(&c->rpc, m, xmalloc_zero(&c->arena, m->size), NAMES_MAX, offer_page, &o, &e);
}

static void offer_values(struct completion *p, const struct field *f)
{
    if (f->type == FIELD_CHOICE)
        for (int i = 1; i <= api_enums[f->of].count; i++)
            offer(p, api_enums[f->of].choices[i].text, api_enums[f->of].choices[i].doc);
    else if (f->type == FIELD_REF)
        offer_names(p, f->of);
}

static void offer_option_values(struct completion *p, const struct option *o)
{
    if (o->field != NULL)
        offer_values(p, o->field);
    if (o->setting != NULL && o->setting->choices != NULL)
        for (size_t i = 0; o->setting->choices[i] != NULL; i++)
            offer(p, o->setting->choices[i], NULL);
}

static void offer_options(struct completion *p)
{
    struct option o;
    for (size_t i = 0; option_at(current(p), i, &o); i++)
        offer(p, option_spelled(o.name, &p->client->arena), o.doc);
}

static void offer_nouns(struct completion *p)
{
    struct command c, earlier;
    for (size_t i = 0; command_at(i, &c); i++) {
        bool told = c.how & COMMAND_HIDDEN;
        for (size_t k = 0; k < i && command_at(k, &earlier); k++)
            told = told || strcmp(earlier.noun, c.noun) == 0;
        if (!told)
            offer(p, c.noun, c.verb == NULL ? c.doc : NULL);
    }
}

static void offer_verbs(struct completion *p)
{
    struct command c;
    for (size_t i = 0; command_at(i, &c); i++)
        if (strcmp(c.noun, p->noun) == 0 && c.verb != NULL)
            offer(p, c.verb, c.doc);
}

/* The words of 'bash|zsh|fish' and the like; capitals are placeholders. */
static void offer_fixed(struct completion *p, const char *const *words)
{
    for (; *words != NULL; words++)
        offer(p, *words, NULL);
}

static void offer_words(struct completion *p)
{
    static const char *const shells[] = { "bash", "zsh", "fish", NULL };
    static const char *const imports[] = { "enterprises", "members", "audits", "assists", NULL };
    const struct command *command = current(p);
    if (!p->has_command)
        offer_verbs(p);
    if (command == NULL || p->n_arguments > 0)
        return;
    if (strcmp(command->noun, "completion") == 0)
        offer_fixed(p, shells);
    else if (strcmp(command->noun, "import") == 0)
        offer_fixed(p, imports);
    else if (strcmp(command->noun, "help") == 0)
        offer_nouns(p);
}

static void offer_next(struct completion *p)
{
    struct err e = { 0 };
    size_t length = strcspn(p->last, "=");
    if (strcmp(p->last, "=") == 0)
        p->last = "";
    if (p->has_pending) {
        offer_option_values(p, &p->pending);
    } else if (strncmp(p->last, "--", 2) == 0 && p->last[length] == '=') {
        p->before = xmalloc_text(&p->client->arena, p->last, length + 1);
        if (option_find(current(p), p->last + 2, length - 2, &p->pending, &e) == OK) {
            p->last += length + 1;
            offer_option_values(p, &p->pending);
        }
    } else if (*p->last == '-') {
        offer_options(p);
    } else if (!p->has_noun) {
        offer_nouns(p);
    } else {
        offer_words(p);
        const struct field *f = current(p) != NULL ? option_argument(current(p), p->n_arguments) : NULL;
        if (f != NULL)
            offer_values(p, f);
    }
}

void complete_words(struct client *c, char **words, int n)
{
    struct completion p = { .client = c, .last = n > 0 ? words[n - 1] : "", .before = "" };
    for (int i = 0; i < n - 1; i++)
        pass(&p, words[i]);
    offer_next(&p);
}
