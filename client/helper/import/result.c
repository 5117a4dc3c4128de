/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/result.h"

#include "client/helper/import/grow.h"
#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { COUNT_MAX = 10000 };

static struct result_code *add(struct result_codes *codes, struct arena *a, const char *code)
{
    codes->codes = grow_array(a, codes->codes, codes->n, sizeof *codes->codes);
    struct result_code *row = &codes->codes[codes->n++];
    *row = (struct result_code){ .code = code };
    return row;
}

void result_default(struct result_codes *ret, struct arena *a)
{
    *ret = (struct result_codes){ 0 };
    for (int i = 1; i <= api_enums[ENUM_result].count; i++)
        add(ret, a, api_choice_text(ENUM_result, i))->result = (enum result)i;
    for (int i = 1; i <= api_enums[ENUM_class].count; i++) {
        struct result_code *row = add(ret, a, api_choice_text(ENUM_class, i));
        row->class = (enum class)i;
        row->result = i <= CLASS_MINOR ? RESULT_NONCONFORMING : RESULT_CONFORMING;
    }
    add(ret, a, "");
}

/* result, class and note are fields of a response; a code is one without its requirement. */
static void take_meaning(struct yaml *y, const struct yaml_pair *pair, struct result_code *row)
{
    static const char *const less[] = { "requirement", "count", NULL };
    const struct record_type *record = &api_records[RECORD_response];
    const struct yaml_keys keys = { record->fields, record->n_fields, NULL, less };
    struct response response = { 0 };
    struct yaml_pair term = { "result", pair->key, pair->value };
    if (!yaml_is_map(pair->value)) {
        const char *text = yaml_text(y, pair->value != NULL ? pair->value : pair->key);
        if (text == NULL || strcmp(text, "skip") == 0)
            return;
        yaml_record_take(y, yaml_record_field(&keys, "result"), &term, &response);
    } else {
        for (void *at = NULL; yaml_next_pair(y, pair->value, "a result", &at, &term);) {
            const struct field *f = yaml_record_field(&keys, term.name);
            if (f != NULL)
                yaml_record_take(y, f, &term, &response);
            else
                yaml_record_unknown(y, &keys, &term);
        }
        if (response.result == 0)
            yaml_complain(y, pair->key, "missing key 'result'");
    }
    row->result = response.result;
    row->class = response.class;
    row->note = response.note;
}

static bool knows(const struct result_codes *codes, const char *code)
{
    for (size_t i = 0; i < codes->n; i++)
        if (strcmp(codes->codes[i].code, code) == 0)
            return true;
    return false;
}

void result_read(struct yaml *y, struct fy_node *map, struct result_codes *ret)
{
    struct yaml_pair pair;
    *ret = (struct result_codes){ 0 };
    for (void *at = NULL; yaml_next_pair(y, map, "results", &at, &pair);)
        take_meaning(y, &pair, add(ret, y->arena, pair.name));
    if (!knows(ret, ""))
        add(ret, y->arena, "");
}

void result_read_counts(struct yaml *y, struct fy_node *node, struct result_codes *ret)
{
    const struct record_type *record = &api_records[RECORD_response];
    static const char *const less[] = { "requirement", "result", "count", "note", NULL };
    const struct yaml_keys keys = { record->fields, record->n_fields, NULL, less };
    struct response response = { 0 };
    struct yaml_pair term;
    if (!yaml_is_map(node)) {
        const char *text = yaml_text(y, node);
        if (text != NULL && strcmp(text, "yes") != 0 && strcmp(text, "true") != 0)
            yaml_complain(y, node, "counts: yes, or {class: minor}");
    } else {
        for (void *at = NULL; yaml_next_pair(y, node, "counts", &at, &term);) {
            const struct field *f = yaml_record_field(&keys, term.name);
            if (f != NULL)
                yaml_record_take(y, f, &term, &response);
            else
                yaml_record_unknown(y, &keys, &term);
        }
    }
    *ret = (struct result_codes){ .counts = true };
    add(ret, y->arena, "0")->result = RESULT_CONFORMING;
    struct result_code *seen = add(ret, y->arena, "1 or more");
    seen->result = RESULT_NONCONFORMING;
    seen->class = response.class;
    add(ret, y->arena, "");
}

static struct result_code *find_count(struct result_codes *codes, const char *text, int64_t *ret_count)
{
    char *end;
    long long count = strtoll(text, &end, 10);
    if (*text == '\0')
        return &codes->codes[2];
    if (*text < '0' || *text > '9' || *end != '\0' || count > COUNT_MAX)
        return NULL;
    *ret_count = count;
    return &codes->codes[count > 0];
}

struct result_code *result_find(struct result_codes *codes, const char *text, int64_t *ret_count)
{
    *ret_count = 0;
    if (codes->counts)
        return find_count(codes, text, ret_count);
    for (size_t i = 0; i < codes->n; i++)
        if (strcmp(codes->codes[i].code, text) == 0)
            return &codes->codes[i];
    return NULL;
}

const char *result_names(const struct result_codes *codes, struct arena *a)
{
    if (codes->counts)
        return "0, 1, 2, ...";
    const char *names = "";
    for (size_t i = 0; i < codes->n; i++)
        if (*codes->codes[i].code != '\0')
            names = xmalloc_printf(a, "%s%s%s", names, *names != '\0' ? ", " : "", codes->codes[i].code);
    return names;
}
