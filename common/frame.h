/* SPDX-License-Identifier: Apache-2.0 */
/* MessagePack-RPC messages out of a stream of bytes, and into one. No I/O: the daemon, the client and the fuzzer push
 * bytes and pop messages. One thread at a time. */
#pragma once

#include "common/err.h"
#include "common/mp.h"

enum frame_kind { FRAME_REQUEST = 0, FRAME_RESPONSE = 1, FRAME_NOTIFY = 2 };

/* The most that one push may add to an unfinished message: readers pop everything before reading more. */
enum { FRAME_PUSH_MAX = 1024 * 1024 };

/* A message; its contents are valid until the next frame_push or frame_pop on the same frame. */
struct message {
    enum frame_kind kind;
    uint32_t id;
    const char *method; /* request and notify: not terminated */
    size_t method_length;
    const msgpack_object *params; /* request and notify: the value in params, or NULL when params is [] */
    const msgpack_object *error;  /* response: NULL when the call succeeded */
    const msgpack_object *result; /* response */
    size_t size;                  /* bytes of the message */
};

struct frame {
    struct buf in; /* bytes not yet popped; without memory when idle */
    size_t popped; /* bytes at the front that belong to messages already popped */
    struct mp_guard guard;
    msgpack_unpacked unpacked;
};

/* limit: largest message. */
void frame_init(struct frame *f, size_t limit);
void frame_fini(struct frame *f);
/* Adds received bytes. ERR_TOO_BIG if there is no memory for them. */
int frame_push(struct frame *f, const void *data, size_t size, struct err *e);
/* 1: *ret is a message; 0: more bytes are needed; negative: *e is set (ERR_MALFORMED, ERR_TOO_BIG) and the stream is
 * unusable. ret->id is the id of the bad message if it was readable. */
int frame_pop(struct frame *f, struct message *ret, struct err *e);
/* Whether a message has begun and is incomplete. */
bool frame_is_partial(const struct frame *f);

/* Output: each appends one message to b. */
void frame_put_request(struct buf *b, uint32_t id, const char *method, const struct buf *params);
void frame_put_result(struct buf *b, uint32_t id, const struct buf *result);
void frame_put_error(struct buf *b, uint32_t id, const struct err *error);
/* The inverse of frame_put_error; a foreign error (any value) becomes ERR_INTERNAL. */
void frame_get_error(const msgpack_object *error, struct err *ret);
