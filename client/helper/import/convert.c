#include "client/helper/import/convert.h"

#include "client/helper/import/bind.h"
#include "client/helper/import/cell.h"
#include "client/helper/import/response.h"
#include "client/xmalloc.h"
#include "common/field.h"

#include <string.h>

void convert_init(struct convert *c, const struct noun_import *noun, struct map *map, struct problems *problems,
                  struct arena *a)
{
    *c = (struct convert){ .noun = noun, .map = map, .problems = problems, .items = { .noun = noun, .arena = a } };
}

const char *convert_column(const struct convert *c, const char *field)
{
    for (size_t i = 0; i < c->map->n_fields; i++)
        if (strcmp(c->map->fields[i].field->name, field) == 0 && c->map->fields[i].source.n > 0)
            return source_name(&c->map->fields[i].source);
    return field;
}

/* The text of every mapped field in this row; NULL, with problems, if one cannot be had. */
static const char **texts_of(struct convert *c, const struct sheet_row *row)
{
    const char **texts = xmalloc_array(c->items.arena, c->map->n_fields + 1, sizeof *texts);
    size_t before = c->problems->n;
    for (size_t i = 0; i < c->map->n_fields; i++) {
        const struct source *source = &c->map->fields[i].source;
        const char *given = "";
        const char *text = source_text(source, row, c->items.arena, &given);
        if (text == NULL)
            problem_add(c->problems, row->line, source_name(source), "the map's values for '%s' do not name '%s'",
                        c->map->fields[i].field->name, given);
        else
            texts[i] = xmalloc_text(c->items.arena, text, strlen(text));
    }
    return c->problems->n == before ? texts : NULL;
}

/* What tells the row's item from another, and NULL with a problem where it is not whole. */
static const char *key_of(struct convert *c, const struct sheet_row *row, const char **texts)
{
    const char *key = "";
    for (size_t k = 0; k < NOUN_KEYS && c->noun->keys[k] != NULL; k++)
        for (size_t i = 0; i < c->map->n_fields; i++) {
            const struct map_field *f = &c->map->fields[i];
            if (f->list >= 0 || strcmp(f->field->name, c->noun->keys[k]) != 0)
                continue;
            if (*texts[i] == '\0' && field_is_required(f->field)) {
                problem_add(c->problems, row->line, source_name(&f->source), "a value is missing here: %s",
                            f->field->doc);
                return NULL;
            }
            key = xmalloc_printf(c->items.arena, "%s%s\x1f", key, texts[i]);
        }
    return key;
}

static void take_own_fields(struct convert *c, struct item *item, const char **texts)
{
    item->texts = texts;
    for (size_t i = 0; i < c->map->n_fields; i++) {
        const struct map_field *f = &c->map->fields[i];
        struct err e = { 0 };
        if (f->list < 0 && *texts[i] != '\0'
            && cell_take(f->field, texts[i], c->map->date, c->items.arena, item->record, &e) != OK)
            problem_add(c->problems, item->line, source_name(&f->source), "%s", e.message);
        else if (f->list < 0 && *texts[i] == '\0' && field_is_required(f->field))
            problem_add(c->problems, item->line, source_name(&f->source), "a value is missing here: %s", f->field->doc);
    }
}

/* A further row of the same key says the same of what is told once. */
static void compare_own_fields(struct convert *c, const struct item *item, const struct sheet_row *row,
                               const char **texts)
{
    if (!c->noun->grouped && c->map->repeated == MAP_FIRST)
        return;
    for (size_t i = 0; i < c->map->n_fields; i++) {
        const struct map_field *f = &c->map->fields[i];
        if (f->list < 0 && strcmp(item->texts[i], texts[i]) != 0)
            problem_add(c->problems, row->line, source_name(&f->source),
                        "'%s' here, but '%s' on line %d for the same %s", texts[i], item->texts[i], item->line,
                        c->noun->keys[0]);
    }
}

/* Constants alone do not make an entry. */
static bool says_anything(const struct convert *c, int list, const char **texts)
{
    for (size_t i = 0; i < c->map->n_fields; i++)
        if (c->map->fields[i].list == list && c->map->fields[i].source.n > 0 && *texts[i] != '\0')
            return true;
    return false;
}

static bool has_part(const struct convert *c, const struct item *item, int list, const char *text)
{
    size_t n = item_parts(&c->items, item, list);
    for (size_t i = 0; i < n; i++)
        if (strcmp(item->parts[list][i].text, text) == 0)
            return true;
    return false;
}

/* An entry of a list; the same entry on several rows is one. */
static void take_part(struct convert *c, struct item *item, int list, const struct sheet_row *row, const char **texts)
{
    const char *all = "";
    for (size_t i = 0; i < c->map->n_fields; i++)
        if (c->map->fields[i].list == list)
            all = xmalloc_printf(c->items.arena, "%s%s\x1f", all, texts[i]);
    if (has_part(c, item, list, all))
        return;
    void *part = item_add_part(&c->items, item, list, (struct item_part){ row->line, "", all });
    for (size_t i = 0; i < c->map->n_fields; i++) {
        const struct map_field *f = &c->map->fields[i];
        struct err e = { 0 };
        if (f->list == list && *texts[i] != '\0'
            && cell_take(f->field, texts[i], c->map->date, c->items.arena, part, &e) != OK)
            problem_add(c->problems, row->line, source_name(&f->source), "%s", e.message);
    }
}

static void take_lists(struct convert *c, struct item *item, const struct sheet_row *row, const char **texts)
{
    for (int list = 0; noun_list(c->noun, (size_t)list) != NULL; list++) {
        if (!says_anything(c, list, texts))
            continue;
        if (response_are_of(c->noun))
            response_take_row(c, item, row, texts);
        else
            take_part(c, item, list, row, texts);
    }
    response_take_columns(c, item, row);
}

static bool is_skipped(const struct convert *c, const struct sheet_row *row)
{
    for (size_t i = 0; i < c->map->n_skip; i++)
        if (*row->cells[c->skip_index[i]] == '\0')
            return true;
    return false;
}

static void take_item(struct convert *c, const struct sheet_row *row, const char **texts, const char *key)
{
    bool new;
    size_t before = c->problems->n;
    struct item *item = item_put(&c->items, key, row->line, &new);
    if (new)
        take_own_fields(c, item, texts);
    else
        compare_own_fields(c, item, row, texts);
    take_lists(c, item, row, texts);
    item->bad |= c->problems->n > before;
}

static void take_row(void *context, const struct sheet_row *row)
{
    struct convert *c = context;
    c->rows++;
    if (is_skipped(c, row)) {
        c->skipped++;
        response_skip(c, row);
        return;
    }
    const char **texts = texts_of(c, row);
    const char *key = texts != NULL ? key_of(c, row, texts) : NULL;
    if (key != NULL)
        take_item(c, row, texts, key);
}

static bool take_header(void *context, const struct sheet_row *header)
{
    return bind_header(context, header);
}

bool convert_file(struct convert *c, const char *file)
{
    struct sheet_reader reader = { take_header, take_row, c };
    return sheet_read(file, &reader, c->problems);
}

bool convert_text(struct convert *c, const char *data, size_t size)
{
    struct sheet_reader reader = { take_header, take_row, c };
    return sheet_parse(data, size, &reader, c->problems);
}
