/* SPDX-License-Identifier: Apache-2.0 */
#include "common/json.h"

#include <inttypes.h>
#include <string.h>

static bool is_plain(unsigned char c)
{
    return c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
}

static void put_escape(unsigned char c, struct buf *out)
{
    static const char letters[] = "btnfr\"\\", meant[] = "\b\t\n\f\r\"\\";
    const char *known = memchr(meant, c, sizeof meant - 1);
    if (known != NULL)
        buf_printf(out, "\\%c", letters[known - meant]);
    else
        buf_printf(out, "\\u%04x", c);
}

void json_text(const char *text, size_t length, struct buf *out)
{
    buf_append(out, "\"", 1);
    for (size_t at = 0; at < length;) {
        size_t n = 0;
        while (at + n < length && is_plain((unsigned char)text[at + n]))
            n++;
        buf_append(out, text + at, n);
        at += n;
        if (at < length)
            put_escape((unsigned char)text[at++], out);
    }
    buf_append(out, "\"", 1);
}

static void put_bytes(const msgpack_object_bin *bin, struct buf *out)
{
    buf_append(out, "\"", 1);
    for (uint32_t i = 0; i < bin->size; i++)
        buf_printf(out, "%02x", (unsigned char)bin->ptr[i]);
    buf_append(out, "\"", 1);
}

static void put_key(const msgpack_object *key, struct buf *out)
{
    if (key->type == MSGPACK_OBJECT_STR || key->type == MSGPACK_OBJECT_BIN) {
        json_from_object(key, out);
        return;
    }
    buf_append(out, "\"", 1);
    json_from_object(key, out);
    buf_append(out, "\"", 1);
}

static void put_array(const msgpack_object_array *array, struct buf *out)
{
    buf_append(out, "[", 1);
    for (uint32_t i = 0; i < array->size; i++) {
        if (i > 0)
            buf_append(out, ",", 1);
        json_from_object(&array->ptr[i], out);
    }
    buf_append(out, "]", 1);
}

static void put_map(const msgpack_object_map *map, struct buf *out)
{
    buf_append(out, "{", 1);
    for (uint32_t i = 0; i < map->size; i++) {
        if (i > 0)
            buf_append(out, ",", 1);
        put_key(&map->ptr[i].key, out);
        buf_append(out, ":", 1);
        json_from_object(&map->ptr[i].val, out);
    }
    buf_append(out, "}", 1);
}

/* Recursion is bounded: no message is deeper than MP_DEPTH_MAX. */
void json_from_object(const msgpack_object *object, struct buf *out)
{
    switch (object->type) {
    case MSGPACK_OBJECT_BOOLEAN:
        buf_text(out, object->via.boolean ? "true" : "false");
        break;
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
        buf_printf(out, "%" PRIu64, object->via.u64);
        break;
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
        buf_printf(out, "%" PRId64, object->via.i64);
        break;
    case MSGPACK_OBJECT_FLOAT32:
    case MSGPACK_OBJECT_FLOAT64:
        buf_printf(out, "%.17g", object->via.f64);
        break;
    case MSGPACK_OBJECT_STR:
        json_text(object->via.str.ptr, object->via.str.size, out);
        break;
    case MSGPACK_OBJECT_BIN:
        put_bytes(&object->via.bin, out);
        break;
    case MSGPACK_OBJECT_ARRAY:
        put_array(&object->via.array, out);
        break;
    case MSGPACK_OBJECT_MAP:
        put_map(&object->via.map, out);
        break;
    default:
        buf_text(out, "null");
    }
}
