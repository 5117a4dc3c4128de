/* SPDX-License-Identifier: Apache-2.0 */
#include "common/codec.h"

#include "common/codec_part.h"
#include "common/field.h"
#include "common/said.h"
#include "common/text_unit.h"

#include <stdio.h>
#include <string.h>

/* The fields of one struct: its own, and those a method has by its kind. */
struct shape {
    const char *kind, *name; /* for messages: "parameter" of coop.create, "field" of response */
    const struct field *own, *options;
    size_t n_own, n_options;
    size_t options_at; /* offset of the options' struct */
};

static struct shape shape_of_record(enum record_id id)
{
    const struct record_type *r = &api_records[id];
    return (struct shape){ .kind = "field", .name = r->name, .own = r->fields, .n_own = r->n_fields };
}

static struct shape shape_of_method(const struct method *m)
{
    struct shape s = { .kind = "parameter", .name = m->name, .own = m->params, .n_own = m->n_params };
    s.options = api_records[m->options].fields;
    s.n_options = api_records[m->options].n_fields;
    s.options_at = m->options_at;
    return s;
}

static const struct field *shape_field(const struct shape *s, size_t i)
{
    return i < s->n_own ? &s->own[i] : &s->options[i - s->n_own];
}

static void *shape_owner(const struct shape *s, size_t i, void *owner)
{
    return i < s->n_own ? owner : (char *)owner + s->options_at;
}

static int no_memory(struct err *e)
{
    return err_set(e, ERR_TOO_BIG, NULL, "request too large; send it in parts");
}

static int get_text(const struct field *f, const msgpack_object *from, struct arena *a, void *owner, struct err *e)
{
    if (from->type != MSGPACK_OBJECT_STR)
        return field_wrong_type(f, e);
    const msgpack_object_str *s = &from->via.str;
    if (!mp_text_is_valid(s->ptr, s->size))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be UTF-8 without NUL");
    char *text = arena_text(a, s->ptr, s->size);
    if (text == NULL)
        return no_memory(e);
    field_set_text(f, owner, text);
    return OK;
}

static bool is_integer(const msgpack_object *from, int64_t *ret)
{
    if (from->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
        *ret = from->via.i64;
    else if (from->type == MSGPACK_OBJECT_POSITIVE_INTEGER)
        *ret = from->via.u64 > INT64_MAX ? INT64_MAX : (int64_t)from->via.u64;
    return from->type == MSGPACK_OBJECT_NEGATIVE_INTEGER || from->type == MSGPACK_OBJECT_POSITIVE_INTEGER;
}

static int get_number(const struct field *f, const msgpack_object *from, void *owner, struct err *e)
{
    int64_t n = 0;
    if (!is_integer(from, &n))
        return field_wrong_type(f, e);
    if (from->type == MSGPACK_OBJECT_POSITIVE_INTEGER && from->via.u64 > INT64_MAX)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be at most %lld", (long long)f->hi);
    if (f->type == FIELD_INSTANT && n <= 0)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be an instant after 1970");
    field_set_number(f, owner, n);
    return OK;
}

static int get_bool(const struct field *f, const msgpack_object *from, void *owner, struct err *e)
{
    if (from->type != MSGPACK_OBJECT_BOOLEAN)
        return field_wrong_type(f, e);
    field_set_number(f, owner, from->via.boolean);
    return OK;
}

/* Enumerations are text on the wire and numbers in packed rows. */
static int get_choice(const struct field *f, const msgpack_object *from, bool packed, void *owner, struct err *e)
{
    int64_t n = 0;
    if (packed ? !is_integer(from, &n) : from->type != MSGPACK_OBJECT_STR)
        return field_wrong_type(f, e);
    if (!packed)
        n = api_choice_by_text((enum enum_id)f->of, from->via.str.ptr, from->via.str.size);
    if (n < 1 || n > api_enums[f->of].count)
        return field_wrong_choice(f, e);
    field_set_number(f, owner, n);
    return OK;
}

static int get_date(const struct field *f, const msgpack_object *from, void *owner, struct err *e)
{
    if (from->type != MSGPACK_OBJECT_STR || !date_parse(from->via.str.ptr, from->via.str.size, field_at(f, owner)))
        return field_wrong_type(f, e);
    return OK;
}

/* A short text in the form people write. */
static int get_written(const struct field *f, const msgpack_object *from, void *owner, struct err *e)
{
    char text[TEXT_MONEY];
    int64_t thousandths;
    if (from->type != MSGPACK_OBJECT_STR || from->via.str.size >= sizeof text
        || !mp_text_is_valid(from->via.str.ptr, from->via.str.size))
        return field_wrong_type(f, e);
    snprintf(text, sizeof text, "%.*s", (int)from->via.str.size, from->via.str.ptr);
    if (f->type == FIELD_MONEY)
        return text_parse_money(text, field_at(f, owner)) ? OK : field_wrong_type(f, e);
    if (!text_parse_decimal(text, &thousandths))
        return field_wrong_type(f, e);
    field_set_number(f, owner, thousandths);
    return OK;
}

static int get_bytes(const struct field *f, const msgpack_object *from, struct arena *a, void *owner, struct err *e)
{
    if (from->type != MSGPACK_OBJECT_BIN)
        return field_wrong_type(f, e);
    const char *copy = arena_text(a, from->via.bin.ptr, from->via.bin.size);
    if (copy == NULL)
        return no_memory(e);
    *(struct bytes *)field_at(f, owner) = (struct bytes){ (const uint8_t *)copy, from->via.bin.size };
    return OK;
}

static int get_struct(const struct shape *s, const msgpack_object *from, bool packed, struct arena *a, void *owner,
                      struct err *e);

static int get_nest(const struct field *f, const msgpack_object *from, bool packed, struct arena *a, void *owner,
                    struct err *e)
{
    struct shape s = shape_of_record((enum record_id)f->of);
    void *nest = arena_alloc(a, api_records[f->of].size);
    if (nest == NULL)
        return no_memory(e);
    if (get_struct(&s, from, packed, a, nest, e) != OK)
        return err_within(e, e->field[0] == '\0' ? "%s" : "%s.", f->name);
    *(void **)field_at(f, owner) = nest;
    return OK;
}

int codec_get_rows(const struct codec_rows *to, const msgpack_object *from, struct arena *a, void **ret_rows,
                   size_t *ret_n, struct err *e)
{
    const struct record_type *record = &api_records[to->record];
    struct shape s = shape_of_record(to->record);
    if (from->type != MSGPACK_OBJECT_ARRAY)
        return err_set(e, ERR_INVALID_PARAM, to->name, "must be a list of rows");
    size_t n = from->via.array.size;
    if (n > to->max)
        return err_set(e, ERR_INVALID_PARAM, to->name, "may have at most %zu rows", to->max);
    char *rows = arena_array(a, n, record->size);
    if (rows == NULL)
        return no_memory(e);
    for (size_t i = 0; i < n; i++)
        if (get_struct(&s, &from->via.array.ptr[i], to->packed, a, rows + i * record->size, e) != OK)
            return err_within(e, e->field[0] == '\0' ? "%s[%zu]" : "%s[%zu].", to->name, i);
    *ret_rows = rows;
    *ret_n = n;
    return OK;
}

static int get_list(const struct field *f, const msgpack_object *from, bool packed, struct arena *a, void *owner,
                    struct err *e)
{
    struct codec_rows to = { (enum record_id)f->of, f->name, (size_t)f->hi, packed };
    return codec_get_rows(&to, from, a, field_at(f, owner), (size_t *)(void *)((char *)owner + f->extra), e);
}

static int get_value(const struct field *f, const msgpack_object *from, bool packed, struct arena *a, void *owner,
                     struct err *e)
{
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
    case FIELD_REF:
        return get_text(f, from, a, owner, e);
    case FIELD_INT:
    case FIELD_DURATION:
    case FIELD_INSTANT:
        return get_number(f, from, owner, e);
    case FIELD_BOOL:
        return get_bool(f, from, owner, e);
    case FIELD_CHOICE:
        return get_choice(f, from, packed, owner, e);
    case FIELD_DATE:
        return get_date(f, from, owner, e);
    case FIELD_MONEY:
    case FIELD_DECIMAL:
        return get_written(f, from, owner, e);
    case FIELD_BYTES:
        return get_bytes(f, from, a, owner, e);
    case FIELD_NEST:
        return get_nest(f, from, packed, a, owner, e);
    case FIELD_LIST:
    case FIELD_DETACHED:
        return get_list(f, from, packed, a, owner, e);
    }
    return err_set(e, ERR_INTERNAL, f->name, "has no type");
}

/* nil means "not given", like omitting the field. */
static int get_field(const struct shape *s, size_t i, const msgpack_object *from, bool packed, struct arena *a,
                     void *owner, struct err *e)
{
    const struct field *f = shape_field(s, i);
    void *at = shape_owner(s, i, owner);
    if (from->type == MSGPACK_OBJECT_NIL)
        return field_is_required(f) ? field_missing(f, e) : OK;
    int r = get_value(f, from, packed, a, at, e);
    return r != OK ? r : field_check(f, at, e);
}

static int unknown_field(const struct shape *s, const msgpack_object *key, struct err *e)
{
    char name[ERR_FIELD] = "", list[ERR_MESSAGE] = "";
    size_t used = 0;
    for (size_t i = 0; i < s->n_own + s->n_options && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 0 ? ", " : "", shape_field(s, i)->name);
    if (key->type == MSGPACK_OBJECT_STR && mp_text_is_valid(key->via.str.ptr, key->via.str.size)
        && key->via.str.size < sizeof name)
        snprintf(name, sizeof name, "%.*s", (int)key->via.str.size, key->via.str.ptr);
    return err_set(e, ERR_INVALID_PARAM, name, "unknown %s; %s takes %s", s->kind, s->name,
                   list[0] == '\0' ? "none" : list);
}

/* The index of the field that key names; the number of fields if none. */
static size_t find_key(const struct shape *s, const msgpack_object *key)
{
    size_t n = s->n_own + s->n_options;
    if (key->type != MSGPACK_OBJECT_STR)
        return n;
    const char *name = key->via.str.ptr;
    const struct field *f = field_find(s->own, s->n_own, name, key->via.str.size);
    if (f != NULL)
        return (size_t)(f - s->own);
    f = field_find(s->options, s->n_options, name, key->via.str.size);
    return f != NULL ? s->n_own + (size_t)(f - s->options) : n;
}

static int check_missing(const struct shape *s, uint64_t seen, struct err *e)
{
    for (size_t i = 0; i < s->n_own + s->n_options; i++)
        if ((seen >> i & 1) == 0 && field_is_required(shape_field(s, i)))
            return field_missing(shape_field(s, i), e);
    return OK;
}

static int get_map(const struct shape *s, const msgpack_object_map *from, bool packed, struct arena *a, void *owner,
                   struct err *e)
{
    uint64_t seen = 0; /* a bit per field: no struct has more than 64 */
    for (uint32_t k = 0; k < from->size; k++) {
        size_t i = find_key(s, &from->ptr[k].key);
        if (i == s->n_own + s->n_options)
            return unknown_field(s, &from->ptr[k].key, e);
        if (seen >> i & 1)
            return err_set(e, ERR_INVALID_PARAM, shape_field(s, i)->name, "is given more than once");
        seen |= UINT64_C(1) << i;
        int r = get_field(s, i, &from->ptr[k].val, packed, a, owner, e);
        if (r != OK)
            return r;
    }
    return check_missing(s, seen, e);
}

static int get_positional(const struct shape *s, const msgpack_object_array *from, bool packed, struct arena *a,
                          void *owner, struct err *e)
{
    if (from->size > s->n_own)
        return err_set(e, ERR_INVALID_PARAM, NULL, "has %u values, but a %s has %zu", from->size, s->name, s->n_own);
    for (size_t i = 0; i < from->size; i++) {
        int r = get_field(s, i, &from->ptr[i], packed, a, owner, e);
        if (r != OK)
            return r;
    }
    return check_missing(s, (UINT64_C(1) << from->size) - 1, e);
}

static int get_struct(const struct shape *s, const msgpack_object *from, bool packed, struct arena *a, void *owner,
                      struct err *e)
{
    if (from->type == MSGPACK_OBJECT_ARRAY)
        return get_positional(s, &from->via.array, packed, a, owner, e);
    if (from->type == MSGPACK_OBJECT_MAP)
        return get_map(s, &from->via.map, packed, a, owner, e);
    return err_set(e, ERR_INVALID_PARAM, NULL, "must be a map");
}

int codec_decode_params(const struct method *m, const msgpack_object *params, struct arena *a, void **ret_params,
                        struct err *e)
{
    static const msgpack_object none = { .type = MSGPACK_OBJECT_MAP };
    struct shape s = shape_of_method(m);
    const msgpack_object *from = params == NULL ? &none : params;
    void *owner = arena_alloc(a, m->size);
    if (owner == NULL)
        return no_memory(e);
    if (from->type != MSGPACK_OBJECT_MAP)
        return err_set(e, ERR_INVALID_PARAM, NULL, "params must be [] or [map]; %s takes named parameters", m->name);
    int r = get_map(&s, &from->via.map, false, a, owner, e);
    if (r == OK)
        r = said_check_params(m, owner, e);
    if (r == OK)
        *ret_params = owner;
    return r;
}

int codec_decode_record(enum record_id record, const msgpack_object *from, struct arena *a, void *ret, struct err *e)
{
    struct shape s = shape_of_record(record);
    return get_struct(&s, from, false, a, ret, e);
}

static int decode_page(const struct method *m, const msgpack_object *from, struct arena *a, struct page *ret,
                       struct err *e)
{
    static const struct field next = { .name = "next", .type = FIELD_TEXT, .need = OPT, .lo = 1, .hi = 400 };
    struct codec_rows to = { m->result, "rows", SIZE_MAX, false };
    struct page page = { 0 };
    if (from->type != MSGPACK_OBJECT_MAP)
        return err_set(e, ERR_INVALID_PARAM, NULL, "must be a map with rows and next");
    for (uint32_t i = 0; i < from->via.map.size; i++) {
        const msgpack_object *key = &from->via.map.ptr[i].key, *value = &from->via.map.ptr[i].val;
        bool is_text = key->type == MSGPACK_OBJECT_STR && key->via.str.size == 4;
        int r;
        if (is_text && memcmp(key->via.str.ptr, "rows", 4) == 0 && page.rows == NULL)
            r = codec_get_rows(&to, value, a, &page.rows, &page.n, e);
        else if (is_text && memcmp(key->via.str.ptr, "next", 4) == 0 && page.next == NULL)
            r = get_text(&next, value, a, &page.next, e);
        else
            r = err_set(e, ERR_INVALID_PARAM, NULL, "must contain rows and next, once each");
        if (r != OK)
            return r;
    }
    if (page.rows == NULL)
        return err_set(e, ERR_INVALID_PARAM, "rows", "is missing");
    page.capacity = page.n;
    *ret = page;
    return OK;
}

int codec_decode_result(const struct method *m, const msgpack_object *from, struct arena *a, void *ret, struct err *e)
{
    return m->shape == PAGE ? decode_page(m, from, a, ret, e) : codec_decode_record(m->result, from, a, ret, e);
}
