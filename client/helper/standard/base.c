/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/base.h"

#include "client/xmalloc.h"

#include <string.h>

const char *base_path(struct yaml *y, const char *name)
{
    const char *slash = strrchr(y->file, '/');
    if (slash == NULL || name[0] == '/')
        return name;
    return xmalloc_printf(y->arena, "%.*s/%s", (int)(slash - y->file), y->file, name);
}

static void merge_head(const struct standard_publish *from, struct standard_publish *to)
{
    if (to->standard == NULL)
        to->standard = from->standard;
    if (to->name == NULL)
        to->name = from->name;
    if (to->source == NULL)
        to->source = from->source;
    edition_file_take_head(from, to);
}

static struct fy_node **same_place(struct arena *a, struct fy_node *at, size_t n)
{
    struct fy_node **nodes = xmalloc_array(a, n + 1, sizeof *nodes);
    for (size_t i = 0; i < n; i++)
        nodes[i] = at;
    return nodes;
}

static void merge_pass(struct yaml *y, struct fy_node *at, const struct standard_publish *from,
                       struct edition_file *edition)
{
    if (edition->pass.at != NULL)
        return;
    edition->pass = (struct edition_place){ y, at };
    edition->pass_nodes = same_place(y->arena, at, from->n_pass);
    edition->publish.pass = from->pass;
    edition->publish.n_pass = from->n_pass;
}

/* The rows being merged, sections before their parts. */
struct rows {
    struct requirement *rows;
    struct fy_node **nodes;
    size_t n;
};

/* The row with this code, or the number of rows. */
static size_t row_of(const struct rows *r, const char *code)
{
    size_t i = 0;
    while (i < r->n && (code == NULL || r->rows[i].code == NULL || strcmp(r->rows[i].code, code) != 0))
        i++;
    return i;
}

static bool is_below(const struct rows *r, size_t i, size_t section)
{
    while (i < r->n && i != section)
        i = r->rows[i].parent != NULL ? row_of(r, r->rows[i].parent) : r->n;
    return i == section;
}

static void insert(struct rows *r, size_t at, const struct requirement *row, struct fy_node *node)
{
    memmove(&r->rows[at + 1], &r->rows[at], (r->n - at) * sizeof *r->rows);
    memmove(&r->nodes[at + 1], &r->nodes[at], (r->n - at) * sizeof *r->nodes);
    r->rows[at] = *row;
    r->nodes[at] = node;
    r->n++;
}

static void take(struct rows *r, const struct requirement *row, struct fy_node *node)
{
    size_t same = row_of(r, row->code), section = row_of(r, row->parent);
    if (same < r->n) {
        const char *parent = row->parent != NULL ? row->parent : r->rows[same].parent;
        r->rows[same] = *row;
        r->rows[same].parent = parent;
        r->nodes[same] = node;
        return;
    }
    size_t at = section < r->n ? section + 1 : r->n;
    while (at < r->n && is_below(r, at, section))
        at++;
    insert(r, at, row, node);
}

static void merge_requirements(struct yaml *y, struct fy_node *at, const struct standard_publish *from,
                               struct edition_file *edition)
{
    struct standard_publish *to = &edition->publish;
    size_t most = from->n_requirements + to->n_requirements;
    struct rows r = { xmalloc_array(y->arena, most, sizeof *r.rows), same_place(y->arena, at, most),
                      from->n_requirements };
    memcpy(r.rows, from->requirements, from->n_requirements * sizeof *r.rows);
    for (size_t i = 0; i < to->n_requirements; i++)
        take(&r, &to->requirements[i], edition->requirement_nodes[i]);
    to->requirements = r.rows;
    to->n_requirements = r.n;
    edition->requirement_nodes = r.nodes;
}

void base_merge(struct yaml *y, struct fy_node *at, const struct edition_file *base, struct edition_file *edition)
{
    merge_head(&base->publish, &edition->publish);
    merge_pass(y, at, &base->publish, edition);
    rules_file_inherit(y, at, base->publish.rules, &edition->publish.rules, &edition->rules);
    merge_requirements(y, at, &base->publish, edition);
}
