#include "client/standard/rules.h"

#include "client/standard/share.h"
#include "client/xmalloc.h"
#include "client/yaml/yaml_record.h"
#include "common/field.h"

#include <stdio.h>
#include <string.h>

static void read_record(struct yaml *y, const struct yaml_pair *at, enum record_id id, void *ret,
                        struct rules_nodes *nodes);

static void read_nest(struct yaml *y, const struct field *f, const struct yaml_pair *pair, void *owner,
                      struct rules_nodes *nodes)
{
    void *nest = xmalloc_array(y->arena, 1, api_records[f->of].size);
    read_record(y, pair, (enum record_id)f->of, nest, nodes);
    *(void **)field_at(f, owner) = nest;
}

static void read_list(struct yaml *y, const struct field *f, const struct yaml_pair *pair, void *owner,
                      struct rules_nodes *nodes)
{
    const struct record_type *r = &api_records[f->of];
    char *rows = xmalloc_array(y->arena, (size_t)f->hi, r->size);
    struct fy_node **places = xmalloc_array(y->arena, (size_t)f->hi, sizeof(struct fy_node *));
    size_t n = 0;
    void *at = NULL;
    for (struct fy_node *item; (item = yaml_next_item(y, pair->value, f->name, &at)) != NULL;) {
        if (n == (size_t)f->hi) {
            yaml_complain(y, item, "%s: at most %zu rows", f->name, n);
            return;
        }
        struct yaml_pair row = { f->name, item, item };
        places[n] = item;
        read_record(y, &row, (enum record_id)f->of, rows + n++ * r->size, nodes);
    }
    *(void **)field_at(f, owner) = rows;
    *(size_t *)(void *)((char *)owner + f->extra) = n;
    nodes->lists[nodes->n_lists].list = f->name;
    nodes->lists[nodes->n_lists].rows = places;
    nodes->lists[nodes->n_lists++].n = n;
}

/* The second number of a share is the field behind the first. */
static bool is_share(const struct record_type *r, const struct field *f)
{
    size_t length = strlen(f->name);
    if (f + 1 == r->fields + r->n_fields || f->type != FIELD_INT)
        return false;
    return strncmp(f[1].name, f->name, length) == 0 && strcmp(f[1].name + length, "_of") == 0;
}

static void set_number(const struct field *f, int64_t number, void *owner)
{
    *(int64_t *)field_at(f, owner) = number;
    *(bool *)(void *)((char *)owner + f->extra) = true;
}

static void take(struct yaml *y, const struct record_type *r, const struct field *f, const struct yaml_pair *pair,
                 void *owner, struct rules_nodes *nodes)
{
    uint32_t p, q;
    if (f->type == FIELD_NEST)
        read_nest(y, f, pair, owner, nodes);
    else if (f->type == FIELD_LIST)
        read_list(y, f, pair, owner, nodes);
    else if (!is_share(r, f))
        yaml_record_take(y, f, pair, owner);
    else if (share_read(y, pair, &p, &q)) {
        set_number(f, p, owner);
        set_number(f + 1, q, owner);
    }
}

static void read_record(struct yaml *y, const struct yaml_pair *at, enum record_id id, void *ret,
                        struct rules_nodes *nodes)
{
    const struct record_type *r = &api_records[id];
    const struct yaml_keys keys = { r->fields, r->n_fields, NULL, NULL };
    struct yaml_pair pair;
    size_t before = y->n_problems;
    for (void *place = NULL; yaml_next_pair(y, at->value, at->name, &place, &pair);) {
        const struct field *f = yaml_record_field(&keys, pair.name);
        if (f == NULL)
            yaml_record_unknown(y, &keys, &pair);
        else
            take(y, r, f, &pair, ret, nodes);
    }
    if (y->n_problems == before)
        yaml_record_require(y, &keys, ret, at->value != NULL ? at->value : at->key);
}

void rules_read(struct yaml *y, const struct yaml_pair *pair, struct rules **ret, struct rules_nodes *ret_nodes)
{
    *ret = xmalloc_array(y->arena, 1, sizeof **ret);
    *ret_nodes = (struct rules_nodes){ .at = pair->key };
    read_record(y, pair, RECORD_rules, *ret, ret_nodes);
}

struct fy_node *rules_place(const struct rules_nodes *nodes, const char *field)
{
    char list[32];
    size_t i;
    if (nodes->at == NULL || strncmp(field, "rules", 5) != 0)
        return NULL;
    if (sscanf(field, "rules.%31[a-z][%zu]", list, &i) == 2)
        for (size_t k = 0; k < nodes->n_lists; k++)
            if (strcmp(nodes->lists[k].list, list) == 0 && i < nodes->lists[k].n)
                return nodes->lists[k].rows[i];
    return nodes->at;
}
