/* SPDX-License-Identifier: Apache-2.0 */
/* Framing with tiny limits, at every split of the stream. */
#include "common/frame.h"
#include "common/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LIMIT = 64 };

static void put_sample(struct buf *b, uint32_t id)
{
    SCOPED(buf_fini) struct buf params;
    buf_init(&params, LIMIT);
    buf_append(&params, "\x81\xa4name\xa1x", 8);
    frame_put_request(b, id, "coop.show", &params);
}

static void assert_sample(const struct message *m, uint32_t id)
{
    assert_int_equal(m->kind, FRAME_REQUEST);
    assert_int_equal(m->id, id);
    assert_int_equal(m->method_length, 9);
    assert_memory_equal(m->method, "coop.show", 9);
    assert_int_equal(m->params->type, MSGPACK_OBJECT_MAP);
    assert_int_equal(m->params->via.map.size, 1);
}

static void push_ok(struct frame *f, const void *data, size_t size)
{
    struct err e = { 0 };
    assert_int_equal(frame_push(f, data, size, &e), OK);
}

static void test_every_split_of_two_messages(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf stream;
    buf_init(&stream, 1024);
    put_sample(&stream, 7);
    put_sample(&stream, 70000);
    for (size_t split = 0; split <= stream.size; split++) {
        SCOPED(frame_fini) struct frame f;
        struct message m;
        struct err e = { 0 };
        uint32_t ids[] = { 7, 70000 };
        int n = 0;
        frame_init(&f, LIMIT);
        for (int part = 0; part < 2; part++) {
            size_t from = part == 0 ? 0 : split, to = part == 0 ? split : stream.size;
            push_ok(&f, stream.data + from, to - from);
            while (frame_pop(&f, &m, &e) == 1)
                assert_sample(&m, ids[n++]);
            assert_int_equal(e.code, OK);
        }
        assert_int_equal(n, 2);
        assert_false(frame_is_partial(&f));
        assert_null(f.in.data);
    }
}

static void test_byte_by_byte(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf stream;
    SCOPED(frame_fini) struct frame f;
    struct message m;
    struct err e = { 0 };
    buf_init(&stream, 1024);
    frame_init(&f, LIMIT);
    put_sample(&stream, 1);
    for (size_t i = 0; i < stream.size; i++) {
        assert_int_equal(frame_is_partial(&f), i > 0);
        push_ok(&f, stream.data + i, 1);
        assert_int_equal(frame_pop(&f, &m, &e), i + 1 == stream.size);
    }
    assert_sample(&m, 1);
    assert_int_equal(m.size, stream.size);
}

struct specimen {
    const char *what, *bytes;
    size_t size;
    int expected, code;
    uint32_t id;
};
#define SAMPLE(what, bytes, ...)                                                                                       \
    {                                                                                                                  \
        what, bytes, sizeof(bytes) - 1, __VA_ARGS__                                                                    \
    }

static void test_shapes(void **state)
{
    (void)state;
    static const struct specimen samples[] = {
        SAMPLE("no parameters", "\x94\x00\x05\xa1m\x90", 1, OK, 5),
        SAMPLE("notify", "\x93\x02\xa1m\x90", 1, OK, 0),
        SAMPLE("response", "\x94\x01\xcd\x01\x00\xc0\x80", 1, OK, 256),
        SAMPLE("two parameters: the codec refuses them", "\x94\x00\x05\xa1m\x92\xc0\xc0", 1, OK, 5),
        SAMPLE("params that are no array", "\x94\x00\x05\xa1m\xc0", 1, OK, 5),
        SAMPLE("not an array", "\x80", -1, ERR_MALFORMED, 0),
        SAMPLE("an empty array", "\x90", -1, ERR_MALFORMED, 0),
        SAMPLE("unknown type", "\x94\x03\x05\xa1m\x90", -1, ERR_MALFORMED, 0),
        SAMPLE("type is text", "\x94\xa1x\x05\xa1m\x90", -1, ERR_MALFORMED, 0),
        SAMPLE("negative id", "\x94\x00\xff\xa1m\x90", -1, ERR_MALFORMED, 0),
        SAMPLE("id of 33 bits", "\x94\x00\xcf\x00\x00\x00\x01\x00\x00\x00\x00\xa1m\x90", -1, ERR_MALFORMED, 0),
        SAMPLE("method is a number", "\x94\x00\x05\x01\x90", -1, ERR_MALFORMED, 5),
        SAMPLE("method is not UTF-8", "\x94\x00\x05\xa1\xff\x90", -1, ERR_MALFORMED, 5),
        SAMPLE("too short", "\x93\x00\x05\xa1m", -1, ERR_MALFORMED, 0),
        SAMPLE("too long", "\x95\x00\x05\xa1m\x90\xc0", -1, ERR_MALFORMED, 0),
        SAMPLE("notify of four", "\x94\x02\xa1m\x90\xc0", -1, ERR_MALFORMED, 0),
        SAMPLE("ext in params", "\x94\x00\xcc\xc8\xa1m\x91\xd4\x01\x00", -1, ERR_MALFORMED, 200),
        SAMPLE("too big", "\x94\x00\xce\x00\x01\x00\x00\xa1m\x91\xd9\x80", -1, ERR_TOO_BIG, 65536),
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const struct specimen *s = &samples[i];
        SCOPED(frame_fini) struct frame f;
        struct message m;
        struct err e = { 0 };
        frame_init(&f, LIMIT);
        push_ok(&f, s->bytes, s->size);
        int r = frame_pop(&f, &m, &e);
        if (r != s->expected || e.code != s->code || m.id != s->id)
            fail_msg("%s: %d code %d id %u", s->what, r, e.code, m.id);
    }
}

static void test_parameters(void **state)
{
    (void)state;
    SCOPED(frame_fini) struct frame f;
    struct message m;
    struct err e = { 0 };
    frame_init(&f, LIMIT);
    push_ok(&f, "\x94\x00\x05\xa1m\x90\x94\x00\x05\xa1m\x91\x80\x94\x00\x05\xa1m\x92\xc0\xc0", 21);
    assert_int_equal(frame_pop(&f, &m, &e), 1);
    assert_null(m.params);
    assert_int_equal(frame_pop(&f, &m, &e), 1);
    assert_int_equal(m.params->type, MSGPACK_OBJECT_MAP);
    assert_int_equal(frame_pop(&f, &m, &e), 1);
    assert_int_equal(m.params->type, MSGPACK_OBJECT_ARRAY);
    assert_int_equal(frame_pop(&f, &m, &e), 0);
}

static void put_and_get(const struct err *sent, struct err *ret)
{
    SCOPED(buf_fini) struct buf b;
    SCOPED(frame_fini) struct frame f;
    struct message m;
    struct err e = { 0 };
    buf_init(&b, 1024);
    frame_init(&f, 1024);
    frame_put_error(&b, 9, sent);
    push_ok(&f, b.data, b.size);
    assert_int_equal(frame_pop(&f, &m, &e), 1);
    assert_int_equal(m.kind, FRAME_RESPONSE);
    assert_int_equal(m.id, 9);
    assert_int_equal(m.result->type, MSGPACK_OBJECT_NIL);
    frame_get_error(m.error, ret);
}

static void test_errors_round_trip(void **state)
{
    (void)state;
    for (int code = api_error_next(0); code != 0; code = api_error_next(code)) {
        struct err sent = { 0 }, got;
        err_set(&sent, code, "responses[3].class", "must be one of %s, not %d", "major, minor", 3);
        put_and_get(&sent, &got);
        assert_int_equal(got.code, code);
        assert_string_equal(got.field, sent.field);
        assert_string_equal(got.message, sent.message);
        assert_memory_equal(&got.parts, &sent.parts, sizeof got.parts);
        put_and_get(&(struct err){ .code = code }, &got);
        assert_string_equal(got.field, "");
        assert_string_equal(got.message, api_error(code)->doc);
        assert_string_equal(got.parts.format, got.message);
    }
}

/* What a daemon of 0.1 sends: nothing but a sentence. */
static void test_errors_without_parts(void **state)
{
    (void)state;
    msgpack_object_kv pairs[] = {
        { { .type = MSGPACK_OBJECT_STR, .via.str = { 4, "name" } },
          { .type = MSGPACK_OBJECT_STR, .via.str = { 6, "exists" } } },
        { { .type = MSGPACK_OBJECT_STR, .via.str = { 7, "message" } },
          { .type = MSGPACK_OBJECT_STR, .via.str = { 8, "it's 100%" } } },
        { { .type = MSGPACK_OBJECT_STR, .via.str = { 4, "args" } }, { .type = MSGPACK_OBJECT_POSITIVE_INTEGER } },
    };
    for (uint32_t n = 2; n <= 3; n++) {
        struct err got;
        frame_get_error(&(msgpack_object){ .type = MSGPACK_OBJECT_MAP, .via.map = { n, pairs } }, &got);
        assert_int_equal(got.code, ERR_EXISTS);
        assert_string_equal(got.message, "it's 100");
        assert_string_equal(got.parts.format, "");
        assert_int_equal(got.parts.n_args, 0);
    }
}

static void test_foreign_errors(void **state)
{
    (void)state;
    struct err got;
    msgpack_object text = { .type = MSGPACK_OBJECT_STR, .via.str = { 5, "no luck" } };
    frame_get_error(&text, &got);
    assert_int_equal(got.code, ERR_INTERNAL);
    assert_string_equal(got.message, "no lu");
    frame_get_error(&(msgpack_object){ .type = MSGPACK_OBJECT_BOOLEAN }, &got);
    assert_int_equal(got.code, ERR_INTERNAL);
    assert_string_equal(got.message, api_error(ERR_INTERNAL)->doc);
}

static void test_result(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf b, result;
    buf_init(&b, 64);
    buf_init(&result, 64);
    buf_append(&result, "\x80", 1);
    frame_put_result(&b, 3, &result);
    assert_int_equal(b.size, 5);
    assert_memory_equal(b.data, "\x94\x01\x03\xc0\x80", 5);
    result.failed = true;
    frame_put_result(&b, 3, &result);
    assert_true(b.failed);
}

static void test_push_is_bounded(void **state)
{
    (void)state;
    SCOPED(frame_fini) struct frame f;
    struct err e = { 0 };
    static const uint8_t zeros[FRAME_PUSH_MAX];
    frame_init(&f, LIMIT);
    push_ok(&f, zeros, sizeof zeros);
    push_ok(&f, zeros, LIMIT);
    assert_int_equal(frame_push(&f, zeros, 1, &e), ERR_TOO_BIG);
}

/* 20,000 messages in one push: popping must not move what follows each time. */
static void test_many_in_one_push(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf stream;
    SCOPED(frame_fini) struct frame f;
    struct message m;
    struct err e = { 0 };
    buf_init(&stream, FRAME_PUSH_MAX);
    frame_init(&f, LIMIT);
    for (uint32_t i = 0; i < 20000; i++)
        put_sample(&stream, i);
    push_ok(&f, stream.data, stream.size);
    const uint8_t *data = f.in.data;
    for (uint32_t i = 0; i < 20000; i++) {
        assert_int_equal(frame_pop(&f, &m, &e), 1);
        assert_sample(&m, i);
        assert_ptr_equal(f.in.data, data);
    }
    assert_int_equal(frame_pop(&f, &m, &e), 0);
    assert_null(f.in.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_split_of_two_messages),
        cmocka_unit_test(test_byte_by_byte),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_errors_round_trip),
        cmocka_unit_test(test_errors_without_parts),
        cmocka_unit_test(test_foreign_errors),
        cmocka_unit_test(test_result),
        cmocka_unit_test(test_push_is_bounded),
        cmocka_unit_test(test_many_in_one_push),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
