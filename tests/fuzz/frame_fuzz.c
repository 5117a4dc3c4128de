/* SPDX-License-Identifier: Apache-2.0 */
/* A stream of bytes, cut into pieces: what the guard lets through, the library must read whole. The
 * first byte says how long the pieces are. */
#include "common/frame.h"
#include "common/scope.h"
#include "tests/fuzz/fuzz.h"

enum { LIMIT = 4096 };

/* The promise that everything else rests on: n bytes to the guard are n bytes to the library. */
static void check_guard(const uint8_t *data, size_t size)
{
    struct mp_guard guard;
    mp_guard_init(&guard, LIMIT);
    if (mp_guard_feed(&guard, data, size) != MP_WHOLE)
        return;
    SCOPED(msgpack_unpacked_destroy) msgpack_unpacked unpacked;
    size_t used = 0;
    msgpack_unpacked_init(&unpacked);
    FUZZ_CHECK(msgpack_unpack_next(&unpacked, (const char *)data, size, &used) == MSGPACK_UNPACK_SUCCESS);
    FUZZ_CHECK(used == guard.at);
}

/* Pops all there is; false once the stream is out of step. */
static bool pop_all(struct frame *f, size_t *popped)
{
    struct message m;
    struct err e = { 0 };
    int r;
    while ((r = frame_pop(f, &m, &e)) == 1) {
        *popped += m.size;
        FUZZ_CHECK(m.size > 0 && m.size <= LIMIT);
        FUZZ_CHECK(m.kind == FRAME_RESPONSE || mp_text_is_valid(m.method, m.method_length));
        if (m.error != NULL)
            frame_get_error(m.error, &e);
    }
    FUZZ_CHECK(r == 0 || e.code == ERR_MALFORMED || e.code == ERR_TOO_BIG);
    return r == 0;
}

static size_t pop_in_pieces(const uint8_t *data, size_t size, size_t piece)
{
    SCOPED(frame_fini) struct frame f;
    struct err e;
    size_t popped = 0;
    bool in_step = true;
    frame_init(&f, LIMIT);
    for (size_t at = 0; at < size && in_step; at += piece) {
        size_t n = piece < size - at ? piece : size - at;
        FUZZ_CHECK(frame_push(&f, data + at, n, &e) == OK);
        in_step = pop_all(&f, &popped);
        FUZZ_CHECK(frame_is_partial(&f) || f.in.data == NULL || !in_step);
    }
    return popped;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > FRAME_PUSH_MAX)
        return 0;
    check_guard(data + 1, size - 1);
    size_t whole = pop_in_pieces(data + 1, size - 1, size);
    size_t pieces = pop_in_pieces(data + 1, size - 1, 1 + data[0] % 64u);
    FUZZ_CHECK(whole == pieces);
    return 0;
}
