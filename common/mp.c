/* SPDX-License-Identifier: Apache-2.0 */
#include "common/mp.h"

#include <string.h>

void mp_guard_init(struct mp_guard *g, size_t limit)
{
    size_t by_size = limit / (MP_MESSAGE_MAX / MP_OBJECTS_MAX);
    *g = (struct mp_guard){ .limit = limit, .objects_max = by_size > MP_OBJECTS_MAX ? by_size : MP_OBJECTS_MAX };
}

/* The header of one value. */
struct header {
    size_t size;       /* of the header itself */
    uint64_t payload;  /* bytes that follow it */
    uint64_t children; /* values that follow it */
    bool is_container;
};

/* How the bytes c0 to df are built: a scalar has its size in payload; text, bin and containers have
 * their length in the bytes after the first. */
struct form {
    enum { FORM_REFUSED, FORM_SCALAR, FORM_BYTES, FORM_ARRAY, FORM_MAP } kind;
    uint8_t size; /* of a scalar's payload, or of the length */
};

static const struct form forms[32] = {
    [0x00] = { FORM_SCALAR, 0 }, [0x02] = { FORM_SCALAR, 0 }, [0x03] = { FORM_SCALAR, 0 }, /* nil, false, true */
    [0x04] = { FORM_BYTES, 1 },  [0x05] = { FORM_BYTES, 2 },  [0x06] = { FORM_BYTES, 4 },  /* bin */
    [0x0A] = { FORM_SCALAR, 4 }, [0x0B] = { FORM_SCALAR, 8 },                              /* float */
    [0x0C] = { FORM_SCALAR, 1 }, [0x0D] = { FORM_SCALAR, 2 }, [0x0E] = { FORM_SCALAR, 4 }, /* uint */
    [0x0F] = { FORM_SCALAR, 8 },                                                           /* uint 64 */
    [0x10] = { FORM_SCALAR, 1 }, [0x11] = { FORM_SCALAR, 2 }, [0x12] = { FORM_SCALAR, 4 }, /* int */
    [0x13] = { FORM_SCALAR, 8 },                                                           /* int 64 */
    [0x19] = { FORM_BYTES, 1 },  [0x1A] = { FORM_BYTES, 2 },  [0x1B] = { FORM_BYTES, 4 },  /* str */
    [0x1C] = { FORM_ARRAY, 2 },  [0x1D] = { FORM_ARRAY, 4 },                               /* array */
    [0x1E] = { FORM_MAP, 2 },    [0x1F] = { FORM_MAP, 4 },                                 /* map */
};

static uint64_t read_length(const uint8_t *data, size_t size)
{
    uint64_t n = 0;
    for (size_t i = 0; i < size; i++)
        n = n << 8 | data[i];
    return n;
}

static void set_long_header(const uint8_t *data, struct form form, struct header *ret)
{
    uint64_t length = form.kind == FORM_SCALAR ? 0 : read_length(data + 1, form.size);
    ret->size = form.kind == FORM_SCALAR ? 1 : 1 + (size_t)form.size;
    ret->payload = form.kind == FORM_SCALAR ? form.size : form.kind == FORM_BYTES ? length : 0;
    ret->children = form.kind == FORM_ARRAY ? length : form.kind == FORM_MAP ? 2 * length : 0;
    ret->is_container = form.kind == FORM_ARRAY || form.kind == FORM_MAP;
}

static enum mp_guard_state read_header(const uint8_t *data, size_t size, struct header *ret)
{
    uint8_t first = data[0];
    *ret = (struct header){ .size = 1 };
    if (first <= 0x7F || first >= 0xE0)
        return MP_WHOLE;
    if (first <= 0x9F) {
        ret->is_container = true;
        ret->children = first <= 0x8F ? 2u * (first & 0x0F) : first & 0x0F;
        return MP_WHOLE;
    }
    if (first <= 0xBF) {
        ret->payload = first & 0x1F;
        return MP_WHOLE;
    }
    struct form form = forms[first - 0xC0];
    if (form.kind == FORM_REFUSED)
        return MP_BAD;
    if (form.kind != FORM_SCALAR && size < 1 + (size_t)form.size)
        return MP_MORE;
    set_long_header(data, form, ret);
    return MP_WHOLE;
}

/* The current value is complete except for its children. */
static enum mp_guard_state enter(struct mp_guard *g, const struct header *h)
{
    if (g->depth > 0)
        g->left[g->depth - 1]--;
    else
        g->objects = 1;
    if (h->is_container) {
        if (g->depth == MP_DEPTH_MAX)
            return MP_BAD;
        if (h->children > g->objects_max - g->objects)
            return MP_TOO_BIG;
        g->objects += (size_t)h->children;
        g->left[g->depth++] = h->children;
    }
    g->at += h->size + (size_t)h->payload;
    while (g->depth > 0 && g->left[g->depth - 1] == 0)
        g->depth--;
    return g->depth == 0 ? MP_WHOLE : MP_MORE;
}

enum mp_guard_state mp_guard_feed(struct mp_guard *g, const uint8_t *data, size_t size)
{
    while (g->at < size) {
        struct header h;
        enum mp_guard_state state = read_header(data + g->at, size - g->at, &h);
        if (state != MP_WHOLE)
            return state;
        /* every child is a byte at least */
        if (h.size + h.payload + h.children > g->limit - g->at)
            return MP_TOO_BIG;
        if (h.payload > size - g->at - h.size)
            return MP_MORE;
        state = enter(g, &h);
        if (state != MP_MORE)
            return state;
    }
    return g->at < g->limit ? MP_MORE : MP_TOO_BIG;
}

/* The bytes that may follow a lead byte: how many, and the bounds of the first of them, which exclude surrogates,
 * values above 10FFFF and overlong forms. */
static size_t continuation(unsigned char lead, unsigned char *ret_lo, unsigned char *ret_hi)
{
    *ret_lo = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *ret_hi = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 2;
    return lead >= 0xF0 && lead <= 0xF4 ? 3 : 0;
}

bool mp_text_is_valid(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char lead = (unsigned char)text[i], lo, hi;
        if (lead > 0 && lead < 0x80)
            continue;
        size_t more = continuation(lead, &lo, &hi);
        if (more == 0 || more > length - i - 1)
            return false;
        for (; more > 0; more--, lo = 0x80, hi = 0xBF) {
            unsigned char c = (unsigned char)text[++i];
            if (c < lo || c > hi)
                return false;
        }
    }
    return true;
}

static int append(void *context, const char *data, size_t size)
{
    struct buf *b = context;
    buf_append(b, data, size);
    return b->failed ? -1 : 0;
}

void mp_packer_init(msgpack_packer *pk, struct buf *b)
{
    msgpack_packer_init(pk, b, append);
}

void mp_put_text(msgpack_packer *pk, const char *text)
{
    if (text == NULL)
        msgpack_pack_nil(pk);
    else
        msgpack_pack_str_with_body(pk, text, strlen(text));
}

void mp_put_bytes(msgpack_packer *pk, const void *data, size_t size)
{
    msgpack_pack_bin_with_body(pk, data, size);
}
