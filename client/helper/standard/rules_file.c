/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/standard/rules_file.h"

#include "client/helper/standard/share.h"
#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"
#include "common/codec.h"
#include "common/field.h"
#include "common/scope.h"

#include <stdio.h>
#include <string.h>

static const struct record_type *whole(void)
{
    return &api_records[RECORD_rules];
}

/* The second number of a share is the field after the first. */
static bool is_share(const struct record_type *r, const struct field *f)
{
    size_t length = strlen(f->name);
    if (f + 1 == r->fields + r->n_fields || f->type != FIELD_INT)
        return false;
    return strncmp(f[1].name, f->name, length) == 0 && strcmp(f[1].name + length, "_of") == 0;
}

/* The names of second numbers are not keys. */
static const char *const *seconds(struct yaml *y, const struct record_type *r)
{
    const char **names = xmalloc_array(y->arena, r->n_fields + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < r->n_fields; i++)
        if (is_share(r, &r->fields[i]))
            names[n++] = r->fields[i + 1].name;
    return names;
}

static void take_share(struct yaml *y, const struct field *f, const struct yaml_pair *pair, void *owner)
{
    uint32_t numbers[2];
    struct err e = { 0 };
    if (!share_read(y, pair, &numbers[0], &numbers[1]))
        return;
    for (int i = 0; i < 2 && e.code == OK; i++) {
        field_set_number(&f[i], owner, numbers[i]);
        if (field_check(&f[i], owner, &e) != OK)
            yaml_complain(y, pair->value, "%s: %s", f[i].name, e.message);
    }
}

static void read_record(struct yaml *y, const struct yaml_pair *at, const struct record_type *r, void *ret)
{
    const struct yaml_keys keys = { r->fields, r->n_fields, NULL, seconds(y, r) };
    struct yaml_pair pair;
    size_t before = y->n_problems;
    for (void *place = NULL; yaml_next_pair(y, at->value, at->name, &place, &pair);) {
        const struct field *f = yaml_record_field(&keys, pair.name);
        if (f == NULL)
            yaml_record_unknown(y, &keys, &pair);
        else if (is_share(r, f))
            take_share(y, f, &pair, ret);
        else
            yaml_record_take(y, f, &pair, ret);
    }
    if (y->n_problems == before)
        yaml_record_require(y, &keys, ret, at->value != NULL ? at->value : at->key);
}

static void read_nest(struct yaml *y, const struct field *f, const struct yaml_pair *pair, struct rules *rules)
{
    const struct record_type *r = &api_records[f->of];
    void *nest = xmalloc_array(y->arena, 1, r->size);
    read_record(y, pair, r, nest);
    *(void **)field_at(f, rules) = nest;
}

static size_t *count_at(const struct field *f, struct rules *rules)
{
    return (size_t *)(void *)((char *)rules + f->extra);
}

static void read_list(struct yaml *y, const struct field *f, const struct yaml_pair *pair, struct rules *rules,
                      struct rules_part *part)
{
    const struct record_type *r = &api_records[f->of];
    char *rows = xmalloc_array(y->arena, (size_t)f->hi, r->size);
    size_t *n = count_at(f, rules);
    void *at = NULL;
    part->rows = xmalloc_array(y->arena, (size_t)f->hi, sizeof(struct fy_node *));
    *(void **)field_at(f, rules) = rows;
    *n = 0;
    for (struct fy_node *item; (item = yaml_next_item(y, pair->value, f->name, &at)) != NULL;) {
        if (*n == (size_t)f->hi) {
            yaml_complain(y, item, "%s: at most %zu rows", f->name, *n);
            break;
        }
        struct yaml_pair row = { f->name, item, item };
        part->rows[*n] = item;
        read_record(y, &row, r, rows + *n * r->size);
        ++*n;
    }
    part->n_rows = *n;
}

void rules_file_read(struct yaml *y, const struct yaml_pair *pair, struct rules **ret, struct rules_nodes *ret_nodes)
{
    const struct record_type *r = whole();
    const struct yaml_keys keys = { r->fields, r->n_fields, NULL, NULL };
    struct yaml_pair part;
    *ret = xmalloc_array(y->arena, 1, sizeof **ret);
    *ret_nodes = (struct rules_nodes){ y, pair->key, xmalloc_array(y->arena, r->n_fields, sizeof(struct rules_part)) };
    for (void *at = NULL; yaml_next_pair(y, pair->value, pair->name, &at, &part);) {
        const struct field *f = yaml_record_field(&keys, part.name);
        if (f == NULL) {
            yaml_record_unknown(y, &keys, &part);
            continue;
        }
        struct rules_part *place = &ret_nodes->parts[f - r->fields];
        *place = (struct rules_part){ .yaml = y, .key = part.key };
        if (f->type == FIELD_LIST)
            read_list(y, f, &part, *ret, place);
        else
            read_nest(y, f, &part, *ret);
    }
}

static void copy_part(const struct field *f, const struct rules *from, struct rules *to)
{
    memcpy(field_at(f, to), field_in(f, from), sizeof(void *));
    if (f->type == FIELD_LIST)
        *count_at(f, to) = field_count(f, from);
}

/* Whether both say the same, as stored: rules with nothing but this part. */
static bool is_same_part(const struct field *f, const struct rules *a, const struct rules *b)
{
    enum { PACKED_MAX = 1024 * 1024 };
    const struct rules *both[] = { a, b };
    SCOPED(buf_fini) struct buf x, y;
    struct buf *packed[] = { &x, &y };
    struct err e = { 0 };
    for (int i = 0; i < 2; i++) {
        struct rules only = { 0 };
        buf_init(packed[i], PACKED_MAX);
        copy_part(f, both[i], &only);
        codec_pack_list(RECORD_rules, &only, 1, packed[i], &e);
    }
    return e.code == OK && x.size == y.size && memcmp(x.data, y.data, x.size) == 0;
}

static void merge_part(const struct field *f, const struct rules *more, const struct rules_part *from,
                       struct rules *rules, struct rules_part *to)
{
    if (from->key == NULL || (to->key != NULL && is_same_part(f, more, rules)))
        return;
    if (to->key != NULL) {
        yaml_complain(to->yaml, to->key, "%s: also in %s, line %d; remove it from one of the files", f->name,
                      from->yaml->file, yaml_line(from->key));
        return;
    }
    copy_part(f, more, rules);
    *to = *from;
}

static void make_rules(struct arena *a, struct yaml *y, struct fy_node *at, struct rules **ret,
                       struct rules_nodes *nodes)
{
    if (*ret != NULL)
        return;
    *ret = xmalloc_array(a, 1, sizeof **ret);
    *nodes = (struct rules_nodes){ y, at, xmalloc_array(a, whole()->n_fields, sizeof(struct rules_part)) };
}

void rules_file_merge(struct arena *a, const struct rules *more, const struct rules_nodes *more_nodes,
                      struct rules **ret, struct rules_nodes *nodes)
{
    const struct record_type *r = whole();
    if (more == NULL)
        return;
    make_rules(a, more_nodes->yaml, more_nodes->at, ret, nodes);
    for (size_t i = 0; i < r->n_fields; i++)
        merge_part(&r->fields[i], more, &more_nodes->parts[i], *ret, &nodes->parts[i]);
}

void rules_file_inherit(struct yaml *y, struct fy_node *at, const struct rules *base, struct rules **ret,
                        struct rules_nodes *nodes)
{
    const struct record_type *r = whole();
    if (base == NULL)
        return;
    make_rules(y->arena, y, at, ret, nodes);
    for (size_t i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (nodes->parts[i].key != NULL || *(void *const *)field_in(f, base) == NULL)
            continue;
        copy_part(f, base, *ret);
        nodes->parts[i] = (struct rules_part){ .yaml = y, .key = at };
    }
}

bool rules_file_place(const struct rules_nodes *nodes, const char *field, struct yaml **ret_yaml,
                      struct fy_node **ret_at)
{
    const struct record_type *r = whole();
    char name[32] = "";
    size_t i = SIZE_MAX;
    if (nodes->at == NULL || strncmp(field, "rules", 5) != 0)
        return false;
    *ret_yaml = nodes->yaml;
    *ret_at = nodes->at;
    if (sscanf(field, "rules.%31[a-z_][%zu]", name, &i) < 1)
        return true;
    const struct field *f = field_find(r->fields, r->n_fields, name, strlen(name));
    const struct rules_part *part = f != NULL ? &nodes->parts[f - r->fields] : NULL;
    if (part == NULL || part->key == NULL)
        return true;
    *ret_yaml = part->yaml;
    *ret_at = i < part->n_rows ? part->rows[i] : part->key;
    return true;
}
