/* SPDX-License-Identifier: Apache-2.0 */
#include "common/api/api.h"

#include <string.h>

#define NOUN(id, letters, table, key, scope, born, was, list, doc) \
    [NOUN_##id] = { #id, doc, letters, table, key, scope, born, was, list, sizeof(scope) > 1 },
const struct noun_type api_nouns[NOUN_COUNT] = {
    [NOUN_NONE] = { "", "", "", "", "", "", "", "", "", false }, /* of a plain number */
#include "common/api/api.inc"
};

#define ENDED(id, day, bound, words) [NOUN_##id] = { day, bound, words },
const struct noun_end api_noun_ends[NOUN_COUNT] = {
#include "common/api/api.inc"
};

#define KEEPS(id, field, why) { METHOD_##id, #field, why },
const struct kept_field api_kept_fields[] = {
#include "common/api/api.inc"
};
const size_t api_kept_fields_n = sizeof api_kept_fields / sizeof api_kept_fields[0];

#define ENUM(id, doc) static const struct choice id##_choices[] = { { "", "" },
#define VALUE(id, constant, text, doc) [constant] = { text, doc },
#define END_ENUM(id) };
#include "common/api/api.inc"

#define ENUM(id, doc) [ENUM_##id] = { #id, doc, id##_choices, id##_end_ - 1 },
const struct choice_set api_enums[ENUM_COUNT] = {
#include "common/api/api.inc"
};

#define OF_NONE 0
#define OF_ENUM(id) ENUM_##id
#define OF_RECORD(id) RECORD_##id
#define OF_NOUN(id) NOUN_##id
#define OF_UNIT(id) UNIT_##id
#define OF_DAY(bits) DAY_##bits
#define PLAIN(owner, type, field) 0
#define GIVEN(owner, type, field) offsetof(struct owner, has_##field)
#define MANY(owner, type, field) offsetof(struct owner, n_##field)
#define RECORD(id, doc) static const struct field id##_fields[] = {
#define END_RECORD(id) { 0 } };
#define METHOD(id, name, kind, roles, reach, shape, result, doc) static const struct field id##_fields[] = {
#define END_METHOD(id) { 0 } };
#define MEMBER(owner, field, need, type, ctype, lo, hi, of, doc) \
    { #field, doc, FIELD_##type, need, lo, hi, of, offsetof(struct owner, field), ctype },
#include "common/api/api.inc"

#define COUNT_FIELDS(id) (sizeof(id##_fields) / sizeof(id##_fields[0]) - 1)

#define WAS(owner, field, old) { owner##_fields, COUNT_FIELDS(owner), offsetof(struct owner, field), old },
const struct field_rename api_renames[] = {
#include "common/api/api.inc"
    { 0 },
};

#define RECORD(id, doc) [RECORD_##id] = { #id, doc, id##_fields, COUNT_FIELDS(id), sizeof(struct id) },
const struct record_type api_records[RECORD_COUNT] = {
#include "common/api/api.inc"
};

#define OPTIONS_OF(kind, shape) \
    ((kind) == WRITE ? RECORD_write_options : (shape) == PAGE ? RECORD_page_options : RECORD_NONE)
#define METHOD(id, name, kind, roles, reach, shape, result, doc) \
    [METHOD_##id] = { name, doc, kind, roles, reach, shape, RECORD_##result, id##_fields, COUNT_FIELDS(id), \
                      sizeof(struct id), OPTIONS_OF(kind, shape), \
                      (kind) == WRITE ? offsetof(struct id, write) : offsetof(struct id, page) },
const struct method api_methods[METHOD_COUNT] = {
#include "common/api/api.inc"
};

static const struct error_type errors[] = {
#define ERROR(constant, number, name, exit, doc) [constant] = { name, doc, exit },
#include "common/api/api.inc"
};

enum { ERROR_END = sizeof(errors) / sizeof(errors[0]) };

const struct error_type *api_error(int code)
{
    if (code <= 0 || code >= ERROR_END || errors[code].name == NULL)
        return &errors[ERR_INTERNAL];
    return &errors[code];
}

int api_error_next(int code)
{
    while (++code < ERROR_END)
        if (errors[code].name != NULL)
            return code;
    return 0;
}

struct write_options *api_write_options(const struct method *m, void *params)
{
    return m->options == RECORD_write_options ? (void *)((char *)params + m->options_at) : NULL;
}

struct page_options *api_page_options(const struct method *m, void *params)
{
    return m->options == RECORD_page_options ? (void *)((char *)params + m->options_at) : NULL;
}

const struct method *api_method_by_name(const char *name, size_t length)
{
    for (size_t i = 0; i < METHOD_COUNT; i++)
        if (strncmp(api_methods[i].name, name, length) == 0 && api_methods[i].name[length] == '\0')
            return &api_methods[i];
    return NULL;
}

int api_choice_by_text(enum enum_id set, const char *text, size_t length)
{
    for (int i = 1; i <= api_enums[set].count; i++)
        if (strlen(api_enums[set].choices[i].text) == length
            && memcmp(api_enums[set].choices[i].text, text, length) == 0)
            return i;
    return 0;
}

const char *api_choice_text(enum enum_id set, int value)
{
    return value > 0 && value <= api_enums[set].count ? api_enums[set].choices[value].text : "";
}
