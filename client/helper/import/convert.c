/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/convert.h"

#include "client/helper/import/bind.h"
#include "client/helper/import/cell.h"
#include "client/helper/import/response.h"
#include "client/xmalloc.h"
#include "common/field.h"

#include <string.h>

/* The text of every mapped field in this row; NULL, with problems, if one is unavailable. */
static const char **texts_of(struct gather *g, const struct sheet_row *row)
{
    const char **texts = xmalloc_array(g->items.arena, g->map->n_fields + 1, sizeof *texts);
    size_t before = g->problems->n;
    for (size_t i = 0; i < g->map->n_fields; i++) {
        const struct source *source = &g->map->fields[i].source;
        const char *given = "";
        const char *text = source_text(source, row, g->items.arena, &given);
        if (text == NULL)
            problem_add(g->problems, row->line, source_name(source),
                        "the values of the map for '%s' do not contain '%s'", g->map->fields[i].field->name, given);
        else
            texts[i] = xmalloc_text(g->items.arena, text, strlen(text));
    }
    return g->problems->n == before ? texts : NULL;
}

/* The key of the row's item; NULL, with a problem, if incomplete. */
static const char *key_of(struct gather *g, const struct sheet_row *row, const char **texts)
{
    const char *key = "";
    for (size_t k = 0; k < NOUN_KEYS && g->noun->keys[k] != NULL; k++)
        for (size_t i = 0; i < g->map->n_fields; i++) {
            const struct map_field *f = &g->map->fields[i];
            if (f->list >= 0 || strcmp(f->field->name, g->noun->keys[k]) != 0)
                continue;
            if (*texts[i] == '\0' && field_is_required(f->field)) {
                problem_add(g->problems, row->line, source_name(&f->source), "missing value: %s", f->field->doc);
                return NULL;
            }
            key = xmalloc_printf(g->items.arena, "%s%s\x1f", key, texts[i]);
        }
    return key;
}

static void take_own_fields(struct gather *g, struct item *item, const char **texts)
{
    item->texts = texts;
    for (size_t i = 0; i < g->map->n_fields; i++) {
        const struct map_field *f = &g->map->fields[i];
        struct err e = { 0 };
        if (f->list < 0 && *texts[i] != '\0'
            && cell_take(f->field, texts[i], &g->map->date, g->items.arena, item->record, &e) != OK)
            problem_add(g->problems, item->line, source_name(&f->source), "%s", e.message);
        else if (f->list < 0 && *texts[i] == '\0' && field_is_required(f->field))
            problem_add(g->problems, item->line, source_name(&f->source), "missing value: %s", f->field->doc);
    }
}

/* Further rows with the same key must agree on fields that are given once. */
static void compare_own_fields(struct gather *g, const struct item *item, const struct sheet_row *row,
                               const char **texts)
{
    if (!g->noun->grouped && g->map->repeated == MAP_FIRST)
        return;
    for (size_t i = 0; i < g->map->n_fields; i++) {
        const struct map_field *f = &g->map->fields[i];
        if (f->list < 0 && strcmp(item->texts[i], texts[i]) != 0)
            problem_add(g->problems, row->line, source_name(&f->source),
                        "'%s' contradicts '%s' on line %d for the same %s", texts[i], item->texts[i], item->line,
                        g->noun->keys[0]);
    }
}

/* Constants alone do not make an entry. */
static bool says_anything(const struct gather *g, int list, const char **texts)
{
    for (size_t i = 0; i < g->map->n_fields; i++)
        if (g->map->fields[i].list == list && g->map->fields[i].source.n > 0 && *texts[i] != '\0')
            return true;
    return false;
}

static bool has_part(const struct gather *g, const struct item *item, int list, const char *text)
{
    size_t n = item_parts(&g->items, item, list);
    for (size_t i = 0; i < n; i++)
        if (strcmp(item->parts[list][i].text, text) == 0)
            return true;
    return false;
}

/* An entry of a list; the same entry in several rows counts once. */
static void take_part(struct gather *g, struct item *item, int list, const struct sheet_row *row, const char **texts)
{
    const char *all = "";
    for (size_t i = 0; i < g->map->n_fields; i++)
        if (g->map->fields[i].list == list)
            all = xmalloc_printf(g->items.arena, "%s%s\x1f", all, texts[i]);
    if (has_part(g, item, list, all))
        return;
    void *part = item_add_part(&g->items, item, list, (struct item_part){ row->line, "", all });
    for (size_t i = 0; i < g->map->n_fields; i++) {
        const struct map_field *f = &g->map->fields[i];
        struct err e = { 0 };
        if (f->list == list && *texts[i] != '\0'
            && cell_take(f->field, texts[i], &g->map->date, g->items.arena, part, &e) != OK)
            problem_add(g->problems, row->line, source_name(&f->source), "%s", e.message);
    }
}

static void take_lists(struct gather *g, struct item *item, const struct sheet_row *row, const char **texts)
{
    for (int list = 0; noun_list(g->noun, (size_t)list) != NULL; list++) {
        if (!says_anything(g, list, texts))
            continue;
        if (response_are_of(g->noun))
            response_take_row(g, item, row, texts);
        else
            take_part(g, item, list, row, texts);
    }
    response_take_columns(g, item, row);
}

static bool is_skipped(const struct gather *g, const struct sheet_row *row)
{
    for (size_t i = 0; i < g->map->n_skip; i++)
        if (*row->cells[g->skip_index[i]] == '\0')
            return true;
    return false;
}

static void take_item(struct gather *g, const struct sheet_row *row, const char **texts, const char *key)
{
    bool new;
    size_t before = g->problems->n;
    struct item *item = item_put(&g->items, key, row->line, &new);
    if (new)
        take_own_fields(g, item, texts);
    else
        compare_own_fields(g, item, row, texts);
    take_lists(g, item, row, texts);
    item->bad |= g->problems->n > before;
}

static void take_row(void *context, const struct sheet_row *row)
{
    struct gather *g = context;
    g->rows++;
    if (is_skipped(g, row)) {
        g->skipped++;
        response_skip(g, row);
        return;
    }
    const char **texts = texts_of(g, row);
    const char *key = texts != NULL ? key_of(g, row, texts) : NULL;
    if (key != NULL)
        take_item(g, row, texts, key);
}

static bool take_header(void *context, const struct sheet_row *header)
{
    return bind_header(context, header);
}

bool convert_file(struct gather *g, const char *file)
{
    struct sheet_reader reader = { .header = take_header, .row = take_row, .context = g };
    return sheet_read(file, &reader, g->problems);
}

bool convert_text(struct gather *g, const char *data, size_t size)
{
    struct sheet_reader reader = { .header = take_header, .row = take_row, .context = g };
    return sheet_parse(data, size, &reader, g->problems);
}
