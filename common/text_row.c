/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a list in a single text. */
#include "common/text_row.h"

#include "common/field.h"
#include "common/text_value.h"

#include <string.h>

/* Capacity doubles each time n reaches a power of two, so that it need not be stored. */
static void *append_row(const struct field *f, struct arena *a, void *owner)
{
    size_t size = api_records[f->of].size;
    size_t *n = (size_t *)(void *)((char *)owner + f->extra);
    void **rows = field_at(f, owner);
    if ((*n & (*n - 1)) == 0) {
        void *more = arena_array(a, *n == 0 ? 1 : *n * 2, size);
        if (more == NULL)
            return NULL;
        if (*n > 0)
            memcpy(more, *rows, *n * size);
        *rows = more;
    }
    return (char *)*rows + (*n)++ * size;
}

static int set_part(const struct field *f, const char *text, size_t length, struct arena *a, void *row, struct err *e)
{
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    if (length == 0)
        return OK;
    if (field_is_list(f) || f->type == FIELD_NEST)
        return err_set(e, ERR_INVALID_PARAM, f->name, "cannot be given inside a row");
    char *part = arena_text(a, text, length);
    if (part == NULL)
        return err_set(e, ERR_TOO_BIG, f->name, "out of memory");
    return text_value_take(f, part, a, row, e);
}

/* The field that text names: "class=" at its start. */
static const struct field *named_part(const struct record_type *r, const char *text)
{
    size_t length = strcspn(text, "=,");
    return text[length] == '=' ? field_find(r->fields, r->n_fields, text, length) : NULL;
}

/* A comma belongs to the value unless the name of a field follows it. */
static int set_named(const struct record_type *r, const char *text, struct arena *a, void *row, struct err *e)
{
    while (*text != '\0') {
        const struct field *f = named_part(r, text);
        const char *value = strchr(text, '=') + 1, *end = value;
        while (*end != '\0' && (*end != ',' || named_part(r, end + 1) == NULL))
            end++;
        int code = set_part(f, value, (size_t)(end - value), a, row, e);
        if (code != OK)
            return code;
        text = *end == ',' ? end + 1 : end;
    }
    return OK;
}

/* The last field takes the rest, commas and all. */
static int set_positional(const struct record_type *r, const char *text, struct arena *a, void *row, struct err *e)
{
    for (size_t i = 0; i < r->n_fields && *text != '\0'; i++) {
        bool is_last = i + 1 == r->n_fields;
        size_t length = is_last ? strlen(text) : strcspn(text, ",");
        int code = set_part(&r->fields[i], text, length, a, row, e);
        if (code != OK)
            return code;
        text += length + (text[length] == ',');
    }
    return OK;
}

static int check_required(const struct record_type *r, const void *row, struct err *e)
{
    for (size_t i = 0; i < r->n_fields; i++)
        if (field_is_required(&r->fields[i]) && !field_is_set(&r->fields[i], row))
            return field_missing(&r->fields[i], e);
    return OK;
}

int text_row_append(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    const struct record_type *r = &api_records[f->of];
    size_t i = field_count(f, owner);
    if ((int64_t)i >= f->hi)
        return err_set(e, ERR_INVALID_PARAM, f->name, "may have at most %lld rows", (long long)f->hi);
    void *row = append_row(f, a, owner);
    if (row == NULL)
        return err_set(e, ERR_TOO_BIG, f->name, "out of memory");
    int code = named_part(r, text) != NULL ? set_named(r, text, a, row, e) : set_positional(r, text, a, row, e);
    if (code == OK)
        code = check_required(r, row, e);
    return code == OK ? OK : err_within(e, "%s[%zu].", f->name, i);
}
