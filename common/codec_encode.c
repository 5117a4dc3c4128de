/* SPDX-License-Identifier: Apache-2.0 */
#include "common/codec.h"

#include "common/field.h"
#include "common/scope.h"
#include "common/text_unit.h"

#include <string.h>

/* How values are written: over the wire, packed (positional, enumerations by number), or canonical
 * (as over the wire, but personal and detached values as digests). */
struct writer {
    msgpack_packer pk;
    struct buf *out;
    struct err *e;
    bool packed;
    bool lenient;         /* a required number counts as given: results set only its value */
    codec_digest *digest; /* canonical only */
    const uint8_t *salt;
    const msgpack_object *like; /* names fields as this map does; may be NULL */
};

static void writer_init(struct writer *w, struct buf *out, struct err *e)
{
    *w = (struct writer){ .out = out, .e = e };
    mp_packer_init(&w->pk, out);
}

static int no_room(struct err *e)
{
    return err_set(e, ERR_TOO_BIG, NULL, "answer too large; use a smaller limit");
}

static int writer_end(const struct writer *w)
{
    return w->out->failed ? no_room(w->e) : OK;
}

static bool is_given(const struct writer *w, const struct field *f, const void *owner)
{
    bool always = field_is_required(f) && (field_is_list(f) || (w->lenient && field_is_number(f)));
    return always || field_is_set(f, owner);
}

static int put_struct(struct writer *w, const struct field *fields, size_t n, const void *owner);

static int put_rows(struct writer *w, enum record_id record, const char *name, const void *rows, size_t n)
{
    const struct record_type *type = &api_records[record];
    msgpack_pack_array(&w->pk, n);
    for (size_t i = 0; i < n; i++)
        if (put_struct(w, type->fields, type->n_fields, (const char *)rows + i * type->size) != OK)
            return err_within(w->e, "%s[%zu].", name, i);
    return OK;
}

static int put_nest(struct writer *w, const struct field *f, const void *owner)
{
    const struct record_type *type = &api_records[f->of];
    if (put_struct(w, type->fields, type->n_fields, *(void *const *)field_in(f, owner)) != OK)
        return err_within(w->e, "%s.", f->name);
    return OK;
}

static int put_digest(struct writer *w, const void *salt, size_t salt_size, const void *data, size_t size)
{
    uint8_t digest[32];
    if (!w->digest(salt, salt_size, data, size, digest)) {
        w->out->failed = true;
        return no_room(w->e);
    }
    mp_put_bytes(&w->pk, digest, sizeof digest);
    return OK;
}

static void put_text(struct writer *w, const struct field *f, const void *owner)
{
    const char *text = field_text(f, owner);
    if (f->type == FIELD_PERSONAL && w->digest != NULL)
        put_digest(w, w->salt, 16, text, strlen(text));
    else
        mp_put_text(&w->pk, text);
}

static int put_detached(struct writer *w, const struct field *f, const void *owner)
{
    SCOPED(buf_fini) struct buf packed;
    buf_init(&packed, SIZE_MAX / 2);
    const void *rows = *(void *const *)field_in(f, owner);
    int r = codec_pack_list((enum record_id)f->of, rows, field_count(f, owner), &packed, w->e);
    return r != OK ? r : put_digest(w, NULL, 0, packed.data, packed.size);
}

static int put_list(struct writer *w, const struct field *f, const void *owner)
{
    if (f->type == FIELD_DETACHED && w->digest != NULL)
        return put_detached(w, f, owner);
    return put_rows(w, (enum record_id)f->of, f->name, *(void *const *)field_in(f, owner), field_count(f, owner));
}

static void put_choice(struct writer *w, const struct field *f, const void *owner)
{
    int64_t n = field_number(f, owner);
    if (w->packed)
        msgpack_pack_int64(&w->pk, n);
    else
        mp_put_text(&w->pk, api_choice_text((enum enum_id)f->of, (int)n));
}

static int put_value(struct writer *w, const struct field *f, const void *owner)
{
    char text[TEXT_MONEY]; /* a day's is shorter */
    const void *member = field_in(f, owner);
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
    case FIELD_REF:
        put_text(w, f, owner);
        break;
    case FIELD_INT:
    case FIELD_DURATION:
    case FIELD_INSTANT:
        msgpack_pack_int64(&w->pk, field_number(f, owner));
        break;
    case FIELD_DECIMAL:
        mp_put_text(&w->pk, text_put_decimal(field_number(f, owner), text));
        break;
    case FIELD_BOOL:
        (*(const bool *)member ? msgpack_pack_true : msgpack_pack_false)(&w->pk);
        break;
    case FIELD_CHOICE:
        put_choice(w, f, owner);
        break;
    case FIELD_DATE:
        mp_put_text(&w->pk, date_format(*(const struct date *)member, text));
        break;
    case FIELD_MONEY:
        mp_put_text(&w->pk, text_put_money(*(const struct money *)member, text));
        break;
    case FIELD_BYTES:
        mp_put_bytes(&w->pk, ((const struct bytes *)member)->data, ((const struct bytes *)member)->size);
        break;
    case FIELD_NEST:
        return put_nest(w, f, owner);
    case FIELD_LIST:
    case FIELD_DETACHED:
        return put_list(w, f, owner);
    }
    return OK;
}

/* Checked before anything is written: every given field is within bounds, and none is missing. */
static int check_struct(struct writer *w, const struct field *fields, size_t n, const void *owner, size_t *ret_given)
{
    for (size_t i = 0; i < n; i++) {
        int r = OK;
        if (is_given(w, &fields[i], owner)) {
            r = field_check(&fields[i], owner, w->e);
            ++*ret_given;
        } else if (field_is_required(&fields[i])) {
            r = field_missing(&fields[i], w->e);
        }
        if (r != OK)
            return r;
    }
    return OK;
}

static bool has_key(const msgpack_object *map, const char *name)
{
    for (uint32_t i = 0; map->type == MSGPACK_OBJECT_MAP && i < map->via.map.size; i++) {
        const msgpack_object *key = &map->via.map.ptr[i].key;
        if (key->type == MSGPACK_OBJECT_STR && key->via.str.size == strlen(name)
            && memcmp(key->via.str.ptr, name, key->via.str.size) == 0)
            return true;
    }
    return false;
}

static const char *name_of(const struct writer *w, const struct field *f)
{
    const char *old;
    for (size_t i = 0; w->like != NULL && (old = field_old_name(f, i)) != NULL; i++)
        if (has_key(w->like, old))
            return old;
    return f->name;
}

static int put_named(struct writer *w, const struct field *fields, size_t n, const void *owner)
{
    for (size_t i = 0; i < n; i++) {
        if (!is_given(w, &fields[i], owner))
            continue;
        mp_put_text(&w->pk, name_of(w, &fields[i]));
        int r = put_value(w, &fields[i], owner);
        if (r != OK)
            return r;
    }
    return OK;
}

static int put_positional(struct writer *w, const struct field *fields, size_t n, const void *owner)
{
    while (n > 0 && !is_given(w, &fields[n - 1], owner))
        n--;
    msgpack_pack_array(&w->pk, n);
    for (size_t i = 0; i < n; i++) {
        int r = OK;
        if (is_given(w, &fields[i], owner))
            r = put_value(w, &fields[i], owner);
        else
            msgpack_pack_nil(&w->pk);
        if (r != OK)
            return r;
    }
    return OK;
}

static int put_struct(struct writer *w, const struct field *fields, size_t n, const void *owner)
{
    size_t given = 0;
    int r = check_struct(w, fields, n, owner, &given);
    if (r != OK)
        return r;
    if (w->packed)
        return put_positional(w, fields, n, owner);
    msgpack_pack_map(&w->pk, given);
    return put_named(w, fields, n, owner);
}

/* Our answer does not fit its declaration: our mistake, not the caller's. */
static int ours(struct err *e)
{
    e->code = ERR_INTERNAL;
    return err_wrap(e, "invalid answer: ");
}

static int put_page(struct writer *w, enum record_id record, const struct page *page)
{
    msgpack_pack_map(&w->pk, page->next == NULL ? 1 : 2);
    mp_put_text(&w->pk, "rows");
    int r = put_rows(w, record, "rows", page->rows, page->n);
    if (r == OK && page->next != NULL) {
        mp_put_text(&w->pk, "next");
        mp_put_text(&w->pk, page->next);
    }
    return r;
}

int codec_encode_result(const struct method *m, const void *result, struct buf *out, struct err *e)
{
    if (m->shape != PAGE)
        return codec_encode_record(m->result, result, out, e);
    struct writer w;
    writer_init(&w, out, e);
    w.lenient = true;
    return put_page(&w, m->result, result) == OK ? writer_end(&w) : ours(e);
}

int codec_encode_record(enum record_id record, const void *from, struct buf *out, struct err *e)
{
    struct writer w;
    writer_init(&w, out, e);
    w.lenient = true;
    const struct record_type *type = &api_records[record];
    return put_struct(&w, type->fields, type->n_fields, from) == OK ? writer_end(&w) : ours(e);
}

int codec_encode_params(const struct method *m, const void *params, struct buf *out, struct err *e)
{
    struct writer w;
    size_t given = 0;
    const struct record_type *options = &api_records[m->options];
    const void *options_owner = (const char *)params + m->options_at;
    writer_init(&w, out, e);
    int r = check_struct(&w, m->params, m->n_params, params, &given);
    if (r == OK)
        r = check_struct(&w, options->fields, options->n_fields, options_owner, &given);
    if (r != OK)
        return r;
    msgpack_pack_map(&w.pk, given);
    r = put_named(&w, m->params, m->n_params, params);
    if (r == OK)
        r = put_named(&w, options->fields, options->n_fields, options_owner);
    return r == OK ? writer_end(&w) : r;
}

int codec_pack_list(enum record_id record, const void *rows, size_t n, struct buf *out, struct err *e)
{
    struct writer w;
    writer_init(&w, out, e);
    w.packed = w.lenient = true;
    int r = put_rows(&w, record, api_records[record].name, rows, n);
    return r == OK ? writer_end(&w) : r;
}

int codec_canonical_params(const struct method *m, const void *params, const uint8_t salt[16], codec_digest *digest,
                           const msgpack_object *like, struct buf *out, struct err *e)
{
    struct writer w;
    writer_init(&w, out, e);
    w.lenient = true;
    w.digest = digest;
    w.salt = salt;
    w.like = like;
    int r = put_struct(&w, m->params, m->n_params, params);
    return r == OK ? writer_end(&w) : r;
}
