/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/response.h"

#include "client/helper/import/cell.h"
#include "client/xmalloc.h"

#include <string.h>

bool response_are_of(const struct noun_import *noun)
{
    const struct field *list = noun_list(noun, 0);
    return list != NULL && list->of == RECORD_response;
}

static const struct map_field *field_of(const struct gather *g, const char *name)
{
    for (size_t i = 0; i < g->map->n_fields; i++)
        if (g->map->fields[i].list == 0 && strcmp(g->map->fields[i].field->name, name) == 0)
            return &g->map->fields[i];
    return NULL;
}

void response_check_header(struct gather *g, int line)
{
    bool by_row = field_of(g, "requirement") != NULL;
    if (by_row == (g->map->n_requirements > 0))
        problem_add(g->problems, line, NULL,
                    "no requirements: name the column of the requirement (one row per response), or map columns with "
                    "'requirements'");
    if (by_row && field_of(g, "result") == NULL)
        problem_add(g->problems, line, NULL, "missing 'result': neither a column nor a constant of the map");
}

static const struct result_code *meaning_of(struct gather *g, const char *text, int line, const char *column,
                                            int64_t *ret_count)
{
    struct result_code *code = result_find(&g->map->results, text, ret_count);
    if (code == NULL) {
        problem_add(g->problems, line, column, "'%s' is not a result (results: %s)", text,
                    result_names(&g->map->results, g->items.arena));
        return NULL;
    }
    code->taken++;
    g->map->results.times += *ret_count;
    return code;
}

static void complete(struct response *r, const struct result_code *code, int64_t count)
{
    r->result = code->result;
    if (r->class == 0)
        r->class = code->class;
    if (r->note == NULL)
        r->note = code->note;
    if (count > 1 && !r->has_count) {
        r->count = count;
        r->has_count = true;
    }
}

/* The same requirement again in one audit. */
static void repeat(struct gather *g, struct response *old, const struct response *r, int line, int first_line)
{
    if (g->map->repeated == MAP_FIRST)
        return;
    bool alike = old->result == r->result && old->class == r->class && r->result == RESULT_NONCONFORMING;
    if (g->map->repeated == MAP_REFUSE || !alike) {
        problem_add(g->problems, line, gather_column(g, "requirement"),
                    "%s already has a response in this audit, on line %d%s", r->requirement, first_line,
                    g->map->repeated == MAP_COUNT ? ", which is not an equal nonconformity" : "");
        return;
    }
    old->count = (old->has_count ? old->count : 1) + (r->has_count ? r->count : 1);
    old->has_count = true;
}

static void add(struct gather *g, struct item *item, const struct response *r, int line, const char *column)
{
    size_t n = item_parts(&g->items, item, 0);
    for (size_t i = 0; i < n; i++) {
        struct response *old = item_part(&g->items, item, 0, i);
        if (strcmp(old->requirement, r->requirement) == 0) {
            repeat(g, old, r, line, item->parts[0][i].line);
            return;
        }
    }
    struct item_part part = { line, column, r->requirement };
    *(struct response *)item_add_part(&g->items, item, 0, part) = *r;
}

void response_take_row(struct gather *g, struct item *item, const struct sheet_row *row, const char **texts)
{
    struct response r = { 0 };
    const struct result_code *code = NULL;
    int64_t count = 0;
    size_t before = g->problems->n;
    for (size_t i = 0; i < g->map->n_fields; i++) {
        const struct map_field *f = &g->map->fields[i];
        struct err e = { 0 };
        if (f->list != 0)
            continue;
        if (strcmp(f->field->name, "result") == 0)
            code = meaning_of(g, texts[i], row->line, source_name(&f->source), &count);
        else if (*texts[i] != '\0' && cell_take(f->field, texts[i], &g->map->date, g->items.arena, &r, &e) != OK)
            problem_add(g->problems, row->line, source_name(&f->source), "%s", e.message);
    }
    if (r.requirement == NULL && g->problems->n == before)
        problem_add(g->problems, row->line, gather_column(g, "requirement"), "missing requirement");
    if (g->problems->n > before || code->result == 0)
        return;
    complete(&r, code, count);
    add(g, item, &r, row->line, "");
}

void response_take_columns(struct gather *g, struct item *item, const struct sheet_row *row)
{
    for (size_t i = 0; i < g->map->n_requirements; i++) {
        const struct map_requirement *column = &g->map->requirements[i];
        int64_t count;
        const struct result_code *code = meaning_of(g, row->cells[column->index], row->line, column->column, &count);
        if (code == NULL || code->result == 0)
            continue;
        struct response r = { .requirement = column->code };
        complete(&r, code, count);
        add(g, item, &r, row->line, column->column);
    }
}

static void count_skipped(struct gather *g, const char *text)
{
    int64_t count;
    struct result_code *code = result_find(&g->map->results, text, &count);
    if (code != NULL)
        code->skipped++;
}

void response_skip(struct gather *g, const struct sheet_row *row)
{
    const struct map_field *result = field_of(g, "result");
    const char *given;
    const char *text = result != NULL ? source_text(&result->source, row, g->items.arena, &given) : NULL;
    if (text != NULL)
        count_skipped(g, text);
    for (size_t i = 0; i < g->map->n_requirements; i++)
        count_skipped(g, row->cells[g->map->requirements[i].index]);
}
