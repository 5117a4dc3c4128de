/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/source.h"

#include "client/helper/import/grow.h"
#include "client/helper/yaml/yaml_record.h"
#include "client/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static const char *const keys[] = { "column", "any_of", "join",   "with",    "from",
                                    "length", "prefix", "values", "default", NULL };

static void add_column(struct yaml *y, struct fy_node *node, struct source *ret)
{
    const char *name = yaml_text(y, node);
    if (name == NULL)
        return;
    if (ret->n == SOURCE_COLUMNS)
        yaml_complain(y, node, "at most %d columns per field", SOURCE_COLUMNS);
    else
        ret->columns[ret->n++] = name;
}

static void add_columns(struct yaml *y, struct fy_node *list, struct source *ret)
{
    void *at = NULL;
    for (struct fy_node *item; (item = yaml_next_item(y, list, "the columns", &at)) != NULL;)
        add_column(y, item, ret);
}

static void take_values(struct yaml *y, struct fy_node *map, struct source *ret)
{
    struct source_value *values = NULL;
    struct yaml_pair pair;
    for (void *at = NULL; yaml_next_pair(y, map, "values", &at, &pair);) {
        values = grow_array(y->arena, values, ret->n_values, sizeof *values);
        const char *to = yaml_text_or_empty(y, pair.value != NULL ? pair.value : pair.key);
        values[ret->n_values++] = (struct source_value){ pair.name, to };
    }
    ret->values = values;
}

static int number(struct yaml *y, struct fy_node *node)
{
    const char *text = yaml_text(y, node);
    char *end = NULL;
    long value = text != NULL ? strtol(text, &end, 10) : 1;
    if (text != NULL && (*end != '\0' || value < 1 || value > 10000))
        yaml_complain(y, node, "must be a number from 1 to 10000, not '%s'", text);
    return (int)value;
}

static void take_key(struct yaml *y, const struct yaml_pair *pair, struct source *ret)
{
    static const struct yaml_keys none = { .more = keys };
    struct fy_node *value = pair->value != NULL ? pair->value : pair->key;
    if (strcmp(pair->name, "column") == 0)
        add_column(y, value, ret);
    else if (strcmp(pair->name, "any_of") == 0)
        add_columns(y, value, ret);
    else if (strcmp(pair->name, "join") == 0)
        ret->join = true, add_columns(y, value, ret);
    else if (strcmp(pair->name, "with") == 0)
        ret->with = yaml_text_or_empty(y, value);
    else if (strcmp(pair->name, "from") == 0)
        ret->from = number(y, value);
    else if (strcmp(pair->name, "length") == 0)
        ret->length = number(y, value);
    else if (strcmp(pair->name, "prefix") == 0)
        ret->prefix = yaml_text(y, value);
    else if (strcmp(pair->name, "values") == 0)
        take_values(y, value, ret);
    else if (strcmp(pair->name, "default") == 0)
        ret->otherwise = yaml_text(y, value);
    else
        yaml_record_unknown(y, &none, pair);
}

void source_read(struct yaml *y, struct fy_node *node, struct source *ret)
{
    *ret = (struct source){ .with = "" };
    struct yaml_pair pair;
    if (!yaml_is_map(node)) {
        add_column(y, node, ret);
        return;
    }
    for (void *at = NULL; yaml_next_pair(y, node, "a field", &at, &pair);)
        take_key(y, &pair, ret);
    if (ret->n == 0)
        yaml_complain(y, node, "missing column: use column, any_of or join");
}

bool source_bind(struct source *s, const struct sheet_row *header, struct problems *problems)
{
    bool good = true;
    for (size_t i = 0; i < s->n; i++) {
        size_t at = 0;
        while (at < header->n && strcmp(header->cells[at], s->columns[i]) != 0)
            at++;
        s->index[i] = at;
        if (at == header->n) {
            problem_add(problems, header->line, s->columns[i], "no such column in the file");
            good = false;
        }
    }
    return good;
}

static const char *joined(const struct source *s, const struct sheet_row *row, struct arena *a)
{
    const char *text = row->cells[s->index[0]];
    for (size_t i = 1; i < s->n; i++)
        text = xmalloc_printf(a, "%s%s%s", text, s->with, row->cells[s->index[i]]);
    return text;
}

static const char *first_given(const struct source *s, const struct sheet_row *row)
{
    for (size_t i = 0; i < s->n; i++)
        if (*row->cells[s->index[i]] != '\0')
            return row->cells[s->index[i]];
    return "";
}

/* Past n characters of UTF-8. */
static const char *past(const char *text, int n)
{
    for (; n > 0 && *text != '\0'; n--)
        do
            text++;
        while (((unsigned char)*text & 0xC0) == 0x80);
    return text;
}

static const char *translate(const struct source *s, const char *text)
{
    for (size_t i = 0; i < s->n_values; i++)
        if (strcmp(s->values[i].from, text) == 0)
            return s->values[i].to;
    return *text == '\0' && s->otherwise == NULL ? text : s->otherwise;
}

const char *source_text(const struct source *s, const struct sheet_row *row, struct arena *a, const char **ret_given)
{
    if (s->n == 0)
        return s->constant;
    const char *text = s->join ? joined(s, row, a) : first_given(s, row);
    if (s->from > 0)
        text = past(text, s->from - 1);
    if (s->length > 0)
        text = xmalloc_text(a, text, (size_t)(past(text, s->length) - text));
    *ret_given = text;
    if (s->n_values > 0)
        text = translate(s, text);
    else if (*text == '\0' && s->otherwise != NULL)
        text = s->otherwise;
    if (text == NULL || *text == '\0' || s->prefix == NULL)
        return text;
    return xmalloc_printf(a, "%s%s", s->prefix, text);
}

const char *source_name(const struct source *s)
{
    return s->n > 0 ? s->columns[0] : "";
}
