/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/requirement.h"

#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"
#include "common/api/bound.h"
#include "common/text.h"

#include <string.h>

enum { REQUIREMENTS_MAX = BOUND(standard_publish, requirements), LANGUAGES_MAX = BOUND(requirement, texts) };

struct rows {
    struct requirement *rows;
    struct fy_node **nodes;
    size_t n;
};

static const char *const more[] = { "title", "body", "parts", NULL };
static const char *const less[] = { "texts", NULL };

static void trim_end(char *text)
{
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\n", text[n - 1]) != NULL)
        text[--n] = '\0';
}

static struct requirement_text *text_in(struct yaml *y, struct requirement *r, const struct yaml_pair *language)
{
    for (size_t i = 0; i < r->n_texts; i++)
        if (strcmp(r->texts[i].lang, language->name) == 0)
            return &r->texts[i];
    if (r->n_texts == LANGUAGES_MAX) {
        yaml_complain(y, language->key, "at most %d languages", LANGUAGES_MAX);
        return NULL;
    }
    struct requirement_text *text = &r->texts[r->n_texts];
    struct err e = { 0 };
    if (text_to_field(&api_records[RECORD_requirement_text].fields[0], language->name, y->arena, text, &e) != OK) {
        yaml_complain(y, language->key, "lang: %s", e.message);
        return NULL;
    }
    r->n_texts++;
    return text;
}

/* The title or body in one language. */
static void take_text(struct yaml *y, const char *name, const struct yaml_pair *language, struct requirement *r)
{
    const struct record_type *record = &api_records[RECORD_requirement_text];
    const struct yaml_keys keys = { record->fields, record->n_fields, NULL, NULL };
    struct requirement_text *text = text_in(y, r, language);
    if (text == NULL)
        return;
    yaml_record_take(y, yaml_record_field(&keys, name), language, text);
    const char **member = strcmp(name, "title") == 0 ? &text->title : &text->body;
    if (*member == NULL)
        return;
    char *trimmed = xmalloc_text(y->arena, *member, strlen(*member));
    trim_end(trimmed);
    *member = trimmed;
}

/* A single value is in English; a map gives one per language. */
static void take_texts(struct yaml *y, const struct yaml_pair *pair, struct requirement *r)
{
    struct yaml_pair language = { "en", pair->key, pair->value };
    if (!yaml_is_map(pair->value)) {
        take_text(y, pair->name, &language, r);
        return;
    }
    for (void *at = NULL; yaml_next_pair(y, pair->value, pair->name, &at, &language);)
        take_text(y, pair->name, &language, r);
}

static void check_texts(struct yaml *y, struct fy_node *node, const struct requirement *r)
{
    if (r->n_texts == 0)
        yaml_complain(y, node, "missing key 'title': %s", api_records[RECORD_requirement_text].fields[1].doc);
    for (size_t i = 0; i < r->n_texts; i++)
        if (r->texts[i].title == NULL)
            yaml_complain(y, node, "%s: body without title in '%s'", r->code, r->texts[i].lang);
}

/* Fills the row; ret_parts: the node of its parts, or NULL. */
static void take_row(struct yaml *y, struct fy_node *node, struct requirement *r, struct fy_node **ret_parts)
{
    const struct record_type *record = &api_records[RECORD_requirement];
    const struct yaml_keys keys = { record->fields, record->n_fields, more, less };
    bool nested = r->parent != NULL;
    size_t before = y->n_problems;
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, node, "a requirement", &at, &pair);) {
        const struct field *f = yaml_record_field(&keys, pair.name);
        if (strcmp(pair.name, "parts") == 0)
            *ret_parts = pair.value != NULL ? pair.value : pair.key;
        else if (strcmp(pair.name, "title") == 0 || strcmp(pair.name, "body") == 0)
            take_texts(y, &pair, r);
        else if (f == NULL)
            yaml_record_unknown(y, &keys, &pair);
        else if (nested && strcmp(f->name, "parent") == 0)
            yaml_complain(y, pair.key, "parent: not allowed for parts of %s", r->parent);
        else
            yaml_record_take(y, f, &pair, r);
    }
    if (y->n_problems > before)
        return;
    yaml_record_require(y, &keys, r, node);
    check_texts(y, node, r);
}

static void take_list(struct yaml *y, struct fy_node *list, const char *parent, struct rows *rows);

static void take_requirement(struct yaml *y, struct fy_node *node, const char *parent, struct rows *rows)
{
    struct fy_node *parts = NULL;
    struct requirement *r = &rows->rows[rows->n];
    rows->nodes[rows->n++] = node;
    r->parent = parent;
    r->texts = xmalloc_array(y->arena, LANGUAGES_MAX, sizeof *r->texts);
    take_row(y, node, r, &parts);
    if (parts != NULL)
        take_list(y, parts, r->code != NULL ? r->code : "?", rows);
}

/* Depth is bounded by libfyaml. */
static void take_list(struct yaml *y, struct fy_node *list, const char *parent, struct rows *rows)
{
    void *at = NULL;
    for (struct fy_node *item; (item = yaml_next_item(y, list, "a list of requirements", &at)) != NULL;) {
        if (rows->n == REQUIREMENTS_MAX) {
            yaml_complain(y, item, "at most %d requirements", REQUIREMENTS_MAX);
            return;
        }
        take_requirement(y, item, parent, rows);
    }
}

void requirement_read(struct yaml *y, struct fy_node *list, struct requirement **ret, size_t *ret_n,
                      struct fy_node ***ret_nodes)
{
    struct rows rows = {
        .rows = xmalloc_array(y->arena, REQUIREMENTS_MAX, sizeof *rows.rows),
        .nodes = xmalloc_array(y->arena, REQUIREMENTS_MAX, sizeof *rows.nodes),
    };
    take_list(y, list, NULL, &rows);
    *ret = rows.rows;
    *ret_nodes = rows.nodes;
    *ret_n = rows.n;
}
