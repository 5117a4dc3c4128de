/* SPDX-License-Identifier: Apache-2.0 */
#include "common/frame.h"

#include <stdio.h>
#include <string.h>

void frame_init(struct frame *f, size_t limit)
{
    *f = (struct frame){ 0 };
    buf_init(&f->in, limit + FRAME_PUSH_MAX);
    mp_guard_init(&f->guard, limit);
    msgpack_unpacked_init(&f->unpacked);
}

void frame_fini(struct frame *f)
{
    msgpack_unpacked_destroy(&f->unpacked);
    buf_fini(&f->in);
    f->popped = 0;
}

int frame_push(struct frame *f, const void *data, size_t size, struct err *e)
{
    /* only an unfinished message is moved, and once: the next push finds nothing popped */
    buf_consume(&f->in, f->popped);
    f->popped = 0;
    buf_append(&f->in, data, size);
    return f->in.failed ? err_set(e, ERR_TOO_BIG, NULL, "out of memory for %zu more bytes", size) : OK;
}

/* The id in [type, id, ...], read without the rest; 0 if unreadable. */
static uint32_t peek_id(const uint8_t *data, size_t size)
{
    enum { AT = 2 }; /* after the array header and the type */
    if (size <= AT || data[0] != 0x94 || data[1] > FRAME_RESPONSE)
        return 0;
    if (data[AT] <= 0x7F)
        return data[AT];
    size_t n = data[AT] == 0xCC ? 1 : data[AT] == 0xCD ? 2 : data[AT] == 0xCE ? 4 : 0;
    if (size - AT - 1 < n)
        return 0;
    uint32_t id = 0;
    for (size_t i = 1; i <= n; i++)
        id = id << 8 | data[AT + i];
    return id;
}

static bool is_id(const msgpack_object *o)
{
    return o->type == MSGPACK_OBJECT_POSITIVE_INTEGER && o->via.u64 <= UINT32_MAX;
}

static bool set_method(const msgpack_object *o, struct message *ret)
{
    if (o->type != MSGPACK_OBJECT_STR || !mp_text_is_valid(o->via.str.ptr, o->via.str.size))
        return false;
    ret->method = o->via.str.ptr;
    ret->method_length = o->via.str.size;
    return true;
}

/* params is an array of at most one value. Anything else is passed on for the codec to refuse: the stream is still in
 * sync, and the caller gets an answer. */
static void set_params(const msgpack_object *o, struct message *ret)
{
    bool is_array = o->type == MSGPACK_OBJECT_ARRAY;
    if (is_array && o->via.array.size == 0)
        ret->params = NULL;
    else
        ret->params = is_array && o->via.array.size == 1 ? &o->via.array.ptr[0] : o;
}

static bool read_message(const msgpack_object *o, struct message *ret)
{
    if (o->type != MSGPACK_OBJECT_ARRAY || o->via.array.size < 3)
        return false;
    const msgpack_object *part = o->via.array.ptr;
    if (part[0].type != MSGPACK_OBJECT_POSITIVE_INTEGER || part[0].via.u64 > FRAME_NOTIFY)
        return false;
    ret->kind = (enum frame_kind)part[0].via.u64;
    if (ret->kind == FRAME_NOTIFY) {
        set_params(&part[2], ret);
        return o->via.array.size == 3 && set_method(&part[1], ret);
    }
    if (o->via.array.size != 4 || !is_id(&part[1]))
        return false;
    ret->id = (uint32_t)part[1].via.u64;
    if (ret->kind == FRAME_REQUEST) {
        set_params(&part[3], ret);
        return set_method(&part[2], ret);
    }
    ret->error = part[2].type == MSGPACK_OBJECT_NIL ? NULL : &part[2];
    ret->result = &part[3];
    return true;
}

static int malformed(struct err *e, const char *why)
{
    err_set(e, ERR_MALFORMED, NULL, "not a MessagePack-RPC message: %s", why);
    return -1;
}

/* The guard has verified that the size bytes at data are one value. */
static int take(struct frame *f, const uint8_t *data, size_t size, struct message *ret, struct err *e)
{
    size_t used = 0;
    msgpack_unpack_return r = msgpack_unpack_next(&f->unpacked, (const char *)data, size, &used);
    if (r == MSGPACK_UNPACK_NOMEM_ERROR) {
        err_set(e, ERR_TOO_BIG, NULL, "out of memory for a message of %zu bytes", size);
        return -1;
    }
    if (r != MSGPACK_UNPACK_SUCCESS || used != size)
        return malformed(e, "cannot be decoded");
    if (!read_message(&f->unpacked.data, ret))
        return malformed(e, "must be [0, id, method, params], [1, id, error, result] or [2, method, params]");
    ret->size = size;
    f->popped += size;
    mp_guard_init(&f->guard, f->guard.limit);
    return 1;
}

int frame_pop(struct frame *f, struct message *ret, struct err *e)
{
    *ret = (struct message){ 0 };
    msgpack_unpacked_destroy(&f->unpacked);
    if (!frame_is_partial(f)) {
        buf_fini(&f->in);
        f->popped = 0;
        return 0;
    }
    const uint8_t *data = f->in.data + f->popped;
    size_t size = f->in.size - f->popped;
    ret->id = peek_id(data, size);
    switch (mp_guard_feed(&f->guard, data, size)) {
    case MP_MORE:
        return 0;
    case MP_WHOLE:
        return take(f, data, f->guard.at, ret, e);
    case MP_TOO_BIG:
        err_set(e, ERR_TOO_BIG, NULL, "message too large (limit: %zu bytes, %zu values); send it in parts",
                f->guard.limit, f->guard.objects_max);
        return -1;
    case MP_BAD:
        break;
    }
    return malformed(e, "not MessagePack, ext type, or nested too deep");
}

bool frame_is_partial(const struct frame *f)
{
    return f->in.size > f->popped;
}

void frame_put_request(struct buf *b, uint32_t id, const char *method, const struct buf *params)
{
    msgpack_packer pk;
    bool bare = params == NULL || params->size == 0;
    mp_packer_init(&pk, b);
    msgpack_pack_array(&pk, 4);
    msgpack_pack_int(&pk, FRAME_REQUEST);
    msgpack_pack_uint32(&pk, id);
    mp_put_text(&pk, method);
    msgpack_pack_array(&pk, bare ? 0 : 1);
    if (!bare)
        buf_append(b, params->data, params->size);
    b->failed |= params != NULL && params->failed;
}

void frame_put_result(struct buf *b, uint32_t id, const struct buf *result)
{
    msgpack_packer pk;
    mp_packer_init(&pk, b);
    msgpack_pack_array(&pk, 4);
    msgpack_pack_int(&pk, FRAME_RESPONSE);
    msgpack_pack_uint32(&pk, id);
    msgpack_pack_nil(&pk);
    buf_append(b, result->data, result->size);
    b->failed |= result->failed;
}

/* An error without a message gets the sentence of its type, which takes no arguments. */
static void put_parts(msgpack_packer *pk, const struct err *error, const char *sentence)
{
    const struct err_parts *parts = &error->parts;
    bool own = error->message[0] != '\0';
    mp_put_text(pk, "format");
    mp_put_text(pk, !own ? sentence : parts->format[0] != '\0' ? parts->format : NULL);
    mp_put_text(pk, "args");
    msgpack_pack_array(pk, own ? parts->n_args : 0);
    for (size_t i = 0; own && i < parts->n_args; i++)
        msgpack_pack_str_with_body(pk, error->message + parts->args[i].at, parts->args[i].size);
}

void frame_put_error(struct buf *b, uint32_t id, const struct err *error)
{
    const struct error_type *type = api_error(error->code);
    msgpack_packer pk;
    mp_packer_init(&pk, b);
    msgpack_pack_array(&pk, 4);
    msgpack_pack_int(&pk, FRAME_RESPONSE);
    msgpack_pack_uint32(&pk, id);
    msgpack_pack_map(&pk, 6);
    mp_put_text(&pk, "code");
    msgpack_pack_int(&pk, error->code);
    mp_put_text(&pk, "name");
    mp_put_text(&pk, type->name);
    mp_put_text(&pk, "field");
    mp_put_text(&pk, error->field[0] == '\0' ? NULL : error->field);
    mp_put_text(&pk, "message");
    mp_put_text(&pk, error->message[0] == '\0' ? type->doc : error->message);
    put_parts(&pk, error, type->doc);
    msgpack_pack_nil(&pk);
}

static const msgpack_object *member(const msgpack_object *map, const char *key)
{
    const msgpack_object *found = NULL;
    for (uint32_t i = 0; i < map->via.map.size; i++) {
        const msgpack_object *k = &map->via.map.ptr[i].key;
        if (k->type == MSGPACK_OBJECT_STR && k->via.str.size == strlen(key)
            && memcmp(k->via.str.ptr, key, strlen(key)) == 0)
            found = &map->via.map.ptr[i].val;
    }
    return found;
}

static bool is_text(const msgpack_object *o)
{
    return o != NULL && o->type == MSGPACK_OBJECT_STR && mp_text_is_valid(o->via.str.ptr, o->via.str.size);
}

/* Text of the map's member, truncated to size; "" if there is none. */
static void get_text(const msgpack_object *map, const char *key, char *ret, size_t size)
{
    const msgpack_object *o = member(map, key);
    ret[0] = '\0';
    if (is_text(o))
        snprintf(ret, size, "%.*s", (int)o->via.str.size, o->via.str.ptr);
}

/* An older daemon sends none; parts that do not produce the message are dropped. */
static void get_parts(const msgpack_object *map, struct err *ret)
{
    const msgpack_object *list = member(map, "args");
    struct bytes args[ERR_ARGS];
    size_t n = 0;
    if (list == NULL || list->type != MSGPACK_OBJECT_ARRAY || list->via.array.size > ERR_ARGS)
        return;
    for (; n < list->via.array.size && is_text(&list->via.array.ptr[n]); n++)
        args[n] = (struct bytes){ .data = (const uint8_t *)list->via.array.ptr[n].via.str.ptr,
                                  .size = list->via.array.ptr[n].via.str.size };
    get_text(map, "format", ret->parts.format, sizeof ret->parts.format);
    err_parts_match(&ret->parts, ret->message, args, n);
}

static int code_by_name(const char *name)
{
    for (int code = api_error_next(0); code != 0; code = api_error_next(code))
        if (strcmp(api_error(code)->name, name) == 0)
            return code;
    return ERR_INTERNAL;
}

void frame_get_error(const msgpack_object *error, struct err *ret)
{
    char name[ERR_FIELD];
    *ret = (struct err){ .code = ERR_INTERNAL };
    if (error->type == MSGPACK_OBJECT_MAP) {
        get_text(error, "name", name, sizeof name);
        get_text(error, "field", ret->field, sizeof ret->field);
        get_text(error, "message", ret->message, sizeof ret->message);
        get_parts(error, ret);
        ret->code = code_by_name(name);
    } else if (error->type == MSGPACK_OBJECT_STR && mp_text_is_valid(error->via.str.ptr, error->via.str.size)) {
        snprintf(ret->message, sizeof ret->message, "%.*s", (int)error->via.str.size, error->via.str.ptr);
    }
    if (ret->message[0] == '\0')
        snprintf(ret->message, sizeof ret->message, "%s", api_error(ret->code)->doc);
}
