/* SPDX-License-Identifier: Apache-2.0 */
#include "common/describe.h"

#include "common/codec.h"
#include "common/field.h"

static int no_memory(struct err *e)
{
    return err_set(e, ERR_TOO_BIG, NULL, "out of memory");
}

const char *describe_type(const struct field *f)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "text",       [FIELD_PERSONAL] = "personal", [FIELD_UUID] = "uuid",
        [FIELD_INT] = "int",         [FIELD_DURATION] = "duration", [FIELD_BOOL] = "bool",
        [FIELD_DATE] = "date",       [FIELD_INSTANT] = "instant",   [FIELD_MONEY] = "money",
        [FIELD_BYTES] = "bytes",     [FIELD_CHOICE] = "choice",     [FIELD_REF] = "ref",
        [FIELD_NEST] = "nest",       [FIELD_LIST] = "list",         [FIELD_DETACHED] = "detached",
        [FIELD_DECIMAL] = "decimal",
    };
    return names[f->type];
}

const char *describe_of(const struct field *f)
{
    switch (f->type) {
    case FIELD_CHOICE:
        return api_enums[f->of].name;
    case FIELD_REF:
        return api_nouns[f->of].name;
    case FIELD_NEST:
    case FIELD_LIST:
    case FIELD_DETACHED:
        return api_records[f->of].name;
    default:
        return NULL;
    }
}

bool describe_has_bounds(const struct field *f)
{
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
    case FIELD_REF:
    case FIELD_INT:
    case FIELD_DURATION:
    case FIELD_BYTES:
    case FIELD_LIST:
    case FIELD_DETACHED:
        return true;
    default:
        return false;
    }
}

const char *describe_kind(enum method_kind kind)
{
    return kind == READ ? "read" : kind == LONG ? "long" : "write";
}

const char *describe_roles(const struct method *m, struct arena *a)
{
    const struct choice_set *set = &api_enums[ENUM_role];
    const char *text = NULL;
    if (m->roles == ANYONE)
        return "anyone";
    for (int role = 1; role <= set->count; role++) {
        if ((m->roles >> role & 1) == 0)
            continue;
        text = text == NULL ? set->choices[role].text : arena_printf(a, "%s, %s", text, set->choices[role].text);
        if (text == NULL)
            return NULL;
    }
    return text;
}

static void describe_field(const struct field *f, struct field_doc *ret)
{
    *ret = (struct field_doc){
        .name = f->name,
        .type = describe_type(f),
        .required = field_is_required(f),
        .argument = f->need == ARG || f->need == OPTARG,
        .min = f->lo,
        .has_min = describe_has_bounds(f),
        .max = f->hi,
        .has_max = describe_has_bounds(f),
        .of = describe_of(f),
        .personal = f->type == FIELD_PERSONAL,
        .doc = f->doc,
    };
}

static void describe_fields(const struct field *fields, size_t n, struct field_doc *ret)
{
    for (size_t i = 0; i < n; i++)
        describe_field(&fields[i], &ret[i]);
}

static int describe_methods(struct arena *a, struct description *ret, struct err *e)
{
    ret->methods = arena_array(a, METHOD_COUNT, sizeof *ret->methods);
    if (ret->methods == NULL)
        return no_memory(e);
    for (; ret->n_methods < METHOD_COUNT; ret->n_methods++) {
        const struct method *m = &api_methods[ret->n_methods];
        const struct record_type *options = &api_records[m->options];
        size_t n = m->n_params + options->n_fields;
        struct field_doc *params = arena_array(a, n, sizeof *params);
        const char *roles = describe_roles(m, a);
        if (params == NULL || roles == NULL)
            return no_memory(e);
        describe_fields(m->params, m->n_params, params);
        describe_fields(options->fields, options->n_fields, params + m->n_params);
        ret->methods[ret->n_methods] = (struct method_doc){
            .name = m->name,
            .doc = m->doc,
            .kind = describe_kind(m->kind),
            .roles = roles,
            .pages = m->shape == PAGE,
            .result = api_records[m->result].name,
            .params = params,
            .n_params = n,
        };
    }
    return OK;
}

static int describe_records(struct arena *a, struct description *ret, struct err *e)
{
    ret->records = arena_array(a, RECORD_COUNT, sizeof *ret->records);
    if (ret->records == NULL)
        return no_memory(e);
    for (int id = RECORD_NONE + 1; id < RECORD_COUNT; id++) {
        const struct record_type *r = &api_records[id];
        struct field_doc *fields = arena_array(a, r->n_fields, sizeof *fields);
        if (fields == NULL)
            return no_memory(e);
        describe_fields(r->fields, r->n_fields, fields);
        ret->records[ret->n_records++] = (struct record_doc){
            .name = r->name, .doc = r->doc, .fields = fields, .n_fields = r->n_fields
        };
    }
    return OK;
}

static int describe_enums(struct arena *a, struct description *ret, struct err *e)
{
    ret->enums = arena_array(a, ENUM_COUNT, sizeof *ret->enums);
    if (ret->enums == NULL)
        return no_memory(e);
    for (int id = ENUM_NONE + 1; id < ENUM_COUNT; id++) {
        const struct choice_set *set = &api_enums[id];
        size_t n = (size_t)set->count;
        struct choice_doc *values = arena_array(a, n, sizeof *values);
        if (values == NULL)
            return no_memory(e);
        for (size_t i = 0; i < n; i++)
            values[i] = (struct choice_doc){ .name = set->choices[i + 1].text, .doc = set->choices[i + 1].doc };
        ret->enums[ret->n_enums++] = (struct enum_doc){
            .name = set->name, .doc = set->doc, .values = values, .n_values = n
        };
    }
    return OK;
}

static int describe_errors(struct arena *a, struct description *ret, struct err *e)
{
    size_t n = 0;
    for (int code = api_error_next(0); code != 0; code = api_error_next(code))
        n++;
    ret->errors = arena_array(a, n, sizeof *ret->errors);
    if (ret->errors == NULL)
        return no_memory(e);
    for (int code = api_error_next(0); code != 0; code = api_error_next(code)) {
        const struct error_type *type = api_error(code);
        ret->errors[ret->n_errors++] = (struct error_doc){
            .code = code,
            .has_code = true,
            .name = type->name,
            .exit = type->exit,
            .has_exit = true,
            .doc = type->doc,
        };
    }
    return OK;
}

int describe_build(struct arena *a, struct description *ret, struct err *e)
{
    *ret = (struct description){ .api = API_VERSION, .has_api = true };
    int r = describe_methods(a, ret, e);
    if (r == OK)
        r = describe_records(a, ret, e);
    if (r == OK)
        r = describe_enums(a, ret, e);
    return r == OK ? describe_errors(a, ret, e) : r;
}
