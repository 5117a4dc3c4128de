/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/parts.h"

#include "client/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Sorted codes with their rows: 5,000 requirements need thousands of look-ups. */
struct entry {
    const char *code;
    size_t row;
};

struct index {
    struct entry *entries;
    size_t n;
};

static int by_code(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static struct index index_of(struct yaml *y, const struct standard_publish *p)
{
    struct index index = { xmalloc_array(y->arena, p->n_requirements, sizeof(struct entry)), p->n_requirements };
    for (size_t i = 0; i < p->n_requirements; i++)
        index.entries[i] = (struct entry){ p->requirements[i].code, i };
    qsort(index.entries, index.n, sizeof(struct entry), by_code);
    return index;
}

/* The row with this code, or the number of rows if none. */
static size_t row_of(const struct index *index, const char *code)
{
    size_t from = 0, to = index->n;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (strcmp(index->entries[middle].code, code) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from < index->n && strcmp(index->entries[from].code, code) == 0 ? index->entries[from].row : index->n;
}

static void check_codes(struct yaml *y, const struct edition_file *e, const struct index *index)
{
    for (size_t i = 1; i < index->n; i++) {
        const struct entry *one = &index->entries[i - 1], *two = &index->entries[i];
        if (strcmp(one->code, two->code) == 0)
            yaml_complain(y, e->requirement_nodes[two->row], "duplicate code %s; the first is on line %d", two->code,
                          yaml_line(e->requirement_nodes[one->row]));
    }
}

static void check_requirement(struct yaml *y, const struct requirement *r, struct fy_node *at)
{
    bool assessable = r->has_assessable ? r->assessable : r->level != 0;
    bool weighs = r->level != 0 || r->has_points || r->na_allowed || r->gate || r->autofail || r->fundamental
                  || r->evidence != 0;
    if (assessable && r->level == 0)
        yaml_complain(y, at, "%s: an assessable requirement needs a level", r->code);
    else if (!assessable && weighs)
        yaml_complain(y, at,
                      "%s: only an assessable requirement can have level, points, na_allowed, gate, autofail, "
                      "fundamental or evidence",
                      r->code);
    else if (assessable && (r->level == LEVEL_POINTS) != r->has_points)
        yaml_complain(y, at, "%s: points are required for the level points, and only for it", r->code);
}

static void check_clause(struct yaml *y, const struct pass_clause *c, const struct index *index, struct fy_node *at)
{
    if (c->section != NULL && row_of(index, c->section) == index->n)
        yaml_complain(y, at, "section: unknown requirement %s", c->section);
    if (c->has_at_least && c->at_least > c->out_of)
        yaml_complain(y, at, "at_least: %lld/%lld is more than 1", (long long)c->at_least, (long long)c->out_of);
}

static void check_surveillance(const struct edition_file *e, size_t i, const struct index *index)
{
    const char *code = e->publish.rules->surveillance[i].requirement;
    char field[64];
    struct yaml *yaml;
    struct fy_node *at;
    snprintf(field, sizeof field, "rules.surveillance[%zu]", i);
    if (row_of(index, code) == index->n && rules_file_place(&e->rules, field, &yaml, &at))
        yaml_complain(yaml, at, "surveillance: unknown requirement %s", code);
}

void parts_check(struct yaml *y, const struct edition_file *e)
{
    const struct standard_publish *p = &e->publish;
    struct index index = index_of(y, p);
    check_codes(y, e, &index);
    size_t assessable = 0;
    for (size_t i = 0; i < p->n_requirements; i++) {
        const struct requirement *r = &p->requirements[i];
        check_requirement(y, r, e->requirement_nodes[i]);
        if (r->parent != NULL && row_of(&index, r->parent) >= i)
            yaml_complain(y, e->requirement_nodes[i], "%s: its parent %s must come before it", r->code, r->parent);
        assessable += r->level != 0;
    }
    for (size_t i = 0; i < p->n_pass; i++)
        check_clause(e->pass.yaml, &p->pass[i], &index, e->pass_nodes[i]);
    for (size_t i = 0; p->rules != NULL && i < p->rules->n_surveillance; i++)
        check_surveillance(e, i, &index);
    if (assessable == 0)
        yaml_complain(y, yaml_root(y), "requirements: none has a level; at least one must be assessable");
    if (p->n_pass == 0)
        yaml_complain(y, yaml_root(y), "pass: at least one clause is required");
}
