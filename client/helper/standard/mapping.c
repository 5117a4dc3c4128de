/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/mapping.h"

#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"
#include "common/api/bound.h"

#include <stdio.h>
#include <string.h>

enum { ROWS_MAX = BOUND(map_publish, rows) };

static const char *const lists[] = { "rows", NULL };

static struct yaml_keys mapping_keys(void)
{
    const struct method *m = &api_methods[METHOD_map_publish];
    return (struct yaml_keys){ m->params, m->n_params, lists, lists };
}

static void check_row(struct yaml *y, const struct map_row *row, struct fy_node *at)
{
    if (row->from == NULL && row->to == NULL)
        yaml_complain(y, at, "a row needs 'from', 'to' or both");
    else if (row->relation != MAP_NONE && (row->from == NULL || row->to == NULL))
        yaml_complain(y, at, "relation %s needs two requirements; missing key '%s'",
                      api_choice_text(ENUM_map_relation, (int)row->relation), row->from == NULL ? "from" : "to");
}

static void take_row(struct yaml *y, struct fy_node *node, struct map_row *row)
{
    const struct record_type *record = &api_records[RECORD_map_row];
    const struct yaml_keys keys = { record->fields, record->n_fields, NULL, NULL };
    size_t before = y->n_problems;
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, node, "a row", &at, &pair);) {
        const struct field *f = yaml_record_field(&keys, pair.name);
        if (f == NULL)
            yaml_record_unknown(y, &keys, &pair);
        else
            yaml_record_take(y, f, &pair, row);
    }
    if (y->n_problems == before)
        yaml_record_require(y, &keys, row, node);
    if (y->n_problems == before)
        check_row(y, row, node);
}

static void take_rows(struct yaml *y, struct fy_node *list, struct mapping *ret)
{
    struct map_publish *p = &ret->publish;
    void *at = NULL;
    p->rows = xmalloc_array(y->arena, ROWS_MAX, sizeof *p->rows);
    ret->rows = xmalloc_array(y->arena, ROWS_MAX, sizeof(struct fy_node *));
    for (struct fy_node *item; (item = yaml_next_item(y, list, "rows", &at)) != NULL;) {
        if (p->n_rows == ROWS_MAX) {
            yaml_complain(y, item, "rows: at most %d", ROWS_MAX);
            return;
        }
        ret->rows[p->n_rows] = item;
        take_row(y, item, &p->rows[p->n_rows++]);
    }
}

bool mapping_read(struct yaml *y, struct mapping *ret)
{
    *ret = (struct mapping){ 0 };
    struct yaml_keys keys = mapping_keys();
    struct fy_node *root = yaml_root(y);
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, root, "a map", &at, &pair);) {
        const struct field *f = yaml_record_field(&keys, pair.name);
        if (f != NULL)
            yaml_record_take(y, f, &pair, &ret->publish);
        else if (strcmp(pair.name, "rows") == 0)
            take_rows(y, pair.value != NULL ? pair.value : pair.key, ret);
        else
            yaml_record_unknown(y, &keys, &pair);
    }
    if (y->n_problems == 0)
        yaml_record_require(y, &keys, &ret->publish, root);
    if (y->n_problems == 0 && ret->publish.n_rows == 0)
        yaml_complain(y, root, "rows: at least one row is required");
    return y->n_problems == 0;
}

/* The value of a key, or the map itself. */
static struct fy_node *value_of(struct yaml *y, struct fy_node *map, const char *name)
{
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, map, "a map", &at, &pair);)
        if (strcmp(pair.name, name) == 0)
            return pair.value;
    return map;
}

void mapping_complain(struct yaml *y, const struct mapping *mapping, const struct err *e)
{
    size_t i;
    char name[32];
    struct fy_node *at = yaml_root(y);
    if (sscanf(e->field, "rows[%zu].%31[a-z]", &i, name) == 2 && i < mapping->publish.n_rows)
        at = value_of(y, mapping->rows[i], name);
    else if (*e->field != '\0')
        at = value_of(y, at, e->field);
    yaml_complain(y, at, "%s%s%s", e->field, *e->field != '\0' ? ": " : "", e->message);
}
