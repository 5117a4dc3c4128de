/* SPDX-License-Identifier: Apache-2.0 */
/* MessagePack: writing, and the guard that checks a message before msgpack-c sees it. No I/O; any thread. */
#pragma once

#include "common/buf.h"

#include <msgpack.h>

/* Bounds of one message. Depth: the deepest declared parameter is 7 levels down, and msgpack-c stops at 32. Objects:
 * msgpack-c spends 24 bytes on each, so 65,536 cost 1.5 MiB at most; a limit above 1 MiB (the client's, for replies)
 * allows one more for each 16 bytes. Size: an audit of 5,000 responses with notes is about 700 KiB. */
enum {
    MP_DEPTH_MAX = 16,
    MP_OBJECTS_MAX = 65536,
    MP_MESSAGE_MAX = 1024 * 1024,
};

enum mp_guard_state { MP_MORE, MP_WHOLE, MP_BAD, MP_TOO_BIG };

/* Walks the headers of one message as its bytes arrive; resumable, so that a message received in small pieces is
 * scanned only once. */
struct mp_guard {
    size_t at; /* bytes looked at */
    size_t objects;
    int depth;
    uint64_t left[MP_DEPTH_MAX]; /* values still to come at each level */
    size_t limit, objects_max;   /* of one message */
};

void mp_guard_init(struct mp_guard *g, size_t limit);
/* data is the whole message so far, from its first byte. MP_WHOLE: g->at is its length. MP_BAD: not
 * MessagePack, an ext type, or nested too deep. MP_TOO_BIG: longer than the limit, or too many
 * objects, or a length that cannot fit. */
enum mp_guard_state mp_guard_feed(struct mp_guard *g, const uint8_t *data, size_t size);

/* Well-formed UTF-8 without NUL. */
bool mp_text_is_valid(const char *text, size_t length);

/* A packer that appends to b; after writing, check b->failed once. */
void mp_packer_init(msgpack_packer *pk, struct buf *b);
void mp_put_text(msgpack_packer *pk, const char *text); /* nil for NULL */
void mp_put_bytes(msgpack_packer *pk, const void *data, size_t size);
