/* SPDX-License-Identifier: Apache-2.0 */
/* The guard against the library it guards, over the public MessagePack vectors and hostile headers. */
#include "common/mp.h"
#include "common/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { FORMS_MAX = 16, FORM_MAX = 64, LIMIT = 1024 };

struct form {
    uint8_t data[FORM_MAX];
    size_t size;
};

/* All encodings of one value. */
struct vector {
    struct form forms[FORMS_MAX];
    int n;
    bool is_ext;
};

/* A line such as   "ce-00-00", is one encoding; false for any other line. */
static bool read_form(const char *line, struct form *ret)
{
    unsigned byte;
    const char *at = line + strspn(line, " ");
    ret->size = 0;
    if (*at++ != '"')
        return false;
    for (int used; sscanf(at, "%2x%n", &byte, &used) == 1 && used == 2; at += *at == '-') {
        ret->data[ret->size++] = (uint8_t)byte;
        at += used;
    }
    return ret->size > 0 && *at == '"' && strchr(at, ':') == NULL;
}

/* Fills *ret with the next value of the suite; false at its end. */
static bool next_vector(FILE *file, struct vector *ret)
{
    char line[512];
    bool in_forms = false;
    ret->n = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (strstr(line, ".yaml\"") != NULL)
            ret->is_ext = strstr(line, "timestamp") != NULL || strstr(line, "ext") != NULL;
        else if (strstr(line, "\"msgpack\": [") != NULL)
            in_forms = true;
        else if (in_forms && !read_form(line, &ret->forms[ret->n++])) {
            ret->n--;
            return true;
        }
    }
    return false;
}

static enum mp_guard_state feed(const uint8_t *data, size_t size, size_t limit, size_t *ret_length)
{
    struct mp_guard g;
    mp_guard_init(&g, limit);
    enum mp_guard_state state = mp_guard_feed(&g, data, size);
    *ret_length = g.at;
    return state;
}

/* The same, a byte more at each call. */
static enum mp_guard_state feed_slowly(const uint8_t *data, size_t size, size_t limit)
{
    struct mp_guard g;
    mp_guard_init(&g, limit);
    enum mp_guard_state state = MP_MORE;
    for (size_t n = 0; n <= size && state == MP_MORE; n++) {
        state = mp_guard_feed(&g, data, n);
        if (state == MP_WHOLE)
            assert_int_equal(n, size);
    }
    return state;
}

static bool is_one_of(const struct vector *v, const struct buf *b)
{
    for (int i = 0; i < v->n; i++)
        if (v->forms[i].size == b->size && memcmp(v->forms[i].data, b->data, b->size) == 0)
            return true;
    return false;
}

static void check_repacked(const struct vector *v, const struct form *form)
{
    SCOPED(msgpack_unpacked_destroy) msgpack_unpacked unpacked;
    SCOPED(buf_fini) struct buf again;
    msgpack_packer pk;
    size_t used = 0;
    msgpack_unpacked_init(&unpacked);
    assert_int_equal(msgpack_unpack_next(&unpacked, (const char *)form->data, form->size, &used),
                     MSGPACK_UNPACK_SUCCESS);
    assert_int_equal(used, form->size);
    buf_init(&again, LIMIT);
    mp_packer_init(&pk, &again);
    msgpack_pack_object(&pk, unpacked.data);
    assert_false(again.failed);
    assert_true(is_one_of(v, &again));
}

static void test_public_vectors(void **state)
{
    (void)state;
    FILE *file = fopen(SMED_SOURCE_DIR "/tests/data/msgpack/msgpack-test-suite.json", "r");
    struct vector v = { 0 };
    int values = 0, encodings = 0;
    size_t length;
    assert_non_null(file);
    for (; next_vector(file, &v); values++)
        for (int i = 0; i < v.n; i++, encodings++) {
            const struct form *form = &v.forms[i];
            enum mp_guard_state expected = v.is_ext ? MP_BAD : MP_WHOLE;
            assert_int_equal(feed(form->data, form->size, LIMIT, &length), expected);
            assert_int_equal(feed_slowly(form->data, form->size, LIMIT), expected);
            if (v.is_ext)
                continue;
            assert_int_equal(length, form->size);
            check_repacked(&v, form);
        }
    fclose(file);
    assert_int_equal(values, 85);
    assert_int_equal(encodings, 233);
}

struct specimen {
    const char *what;
    const char *bytes;
    size_t size;
    enum mp_guard_state expected;
};
#define SAMPLE(what, bytes, expected)                                                                                  \
    {                                                                                                                  \
        what, bytes, sizeof(bytes) - 1, expected                                                                       \
    }

static void test_hostile_headers(void **state)
{
    (void)state;
    static const struct specimen samples[] = {
        SAMPLE("never used", "\xc1", MP_BAD),
        SAMPLE("ext 8", "\xc7\x01\x01\x00", MP_BAD),
        SAMPLE("ext 16", "\xc8\x00\x01\x01\x00", MP_BAD),
        SAMPLE("ext 32", "\xc9\x00\x00\x00\x01\x01\x00", MP_BAD),
        SAMPLE("fixext 1", "\xd4\x01\x00", MP_BAD),
        SAMPLE("fixext 16", "\xd8\x01", MP_BAD),
        SAMPLE("ext deep inside", "\x91\x81\xa1k\xd4", MP_BAD),
        SAMPLE("an array of 4 Gi", "\xdd\xff\xff\xff\xff", MP_TOO_BIG),
        SAMPLE("a map of 4 Gi", "\xdf\xff\xff\xff\xff", MP_TOO_BIG),
        SAMPLE("text of 4 Gi", "\xdb\xff\xff\xff\xff", MP_TOO_BIG),
        SAMPLE("bin of 4 Gi", "\xc6\xff\xff\xff\xff", MP_TOO_BIG),
        SAMPLE("more children than bytes allowed", "\xdc\x04\x00", MP_TOO_BIG),
        SAMPLE("a header cut short", "\xdd\xff\xff\xff", MP_MORE),
        SAMPLE("nothing", "", MP_MORE),
        SAMPLE("text cut short",
               "\xa5"
               "four",
               MP_MORE),
        SAMPLE("an empty map", "\x80", MP_WHOLE),
        SAMPLE("a value and one more", "\x80\x80", MP_WHOLE),
    };
    size_t length;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        enum mp_guard_state s = feed((const uint8_t *)samples[i].bytes, samples[i].size, LIMIT, &length);
        if (s != samples[i].expected)
            fail_msg("%s: %d, not %d", samples[i].what, (int)s, (int)samples[i].expected);
    }
}

static void test_depth(void **state)
{
    (void)state;
    uint8_t nested[MP_DEPTH_MAX + 2];
    size_t length;
    memset(nested, 0x91, sizeof nested);
    nested[MP_DEPTH_MAX] = 0xC0;
    assert_int_equal(feed(nested, MP_DEPTH_MAX + 1, LIMIT, &length), MP_WHOLE);
    nested[MP_DEPTH_MAX] = 0x90;
    assert_int_equal(feed(nested, MP_DEPTH_MAX + 1, LIMIT, &length), MP_BAD);
}

static void test_limit(void **state)
{
    (void)state;
    size_t length;
    const uint8_t *text = (const uint8_t *)"\xa7seven..";
    assert_int_equal(feed(text, 8, 8, &length), MP_WHOLE);
    assert_int_equal(feed(text, 8, 7, &length), MP_TOO_BIG);
    assert_int_equal(feed((const uint8_t *)"\x92\xc0", 2, 2, &length), MP_TOO_BIG);
    assert_int_equal(feed((const uint8_t *)"\x92\xc0", 2, 3, &length), MP_MORE);
    assert_int_equal(feed((const uint8_t *)"\x91\xcf", 2, 9, &length), MP_TOO_BIG);
}

static enum mp_guard_state feed_many(size_t rows, size_t limit)
{
    SCOPED(buf_fini) struct buf b;
    msgpack_packer pk;
    size_t length;
    buf_init(&b, SIZE_MAX / 2);
    mp_packer_init(&pk, &b);
    msgpack_pack_array(&pk, rows);
    for (size_t i = 0; i < rows; i++)
        msgpack_pack_array(&pk, 1), msgpack_pack_nil(&pk);
    return feed(b.data, b.size, limit, &length);
}

static void test_number_of_objects(void **state)
{
    (void)state;
    enum { HALF = MP_OBJECTS_MAX / 2 };
    assert_int_equal(feed_many(HALF - 1, MP_MESSAGE_MAX), MP_WHOLE);
    assert_int_equal(feed_many(HALF, MP_MESSAGE_MAX), MP_TOO_BIG);
    assert_int_equal(feed_many(HALF, 2 * MP_MESSAGE_MAX), MP_WHOLE);
}

/* 98 bytes that would make the library reserve 50 MB. */
static void test_nested_reservations(void **state)
{
    (void)state;
    uint8_t nested[3 * 8];
    size_t length;
    for (size_t i = 0; i < sizeof nested; i += 3)
        memcpy(nested + i, "\xdc\xff\xff", 3);
    assert_int_equal(feed(nested, sizeof nested, MP_MESSAGE_MAX, &length), MP_TOO_BIG);
    assert_true(length <= 3);
}

static void test_text(void **state)
{
    (void)state;
    static const char *const good[] = { "", "a", "ñ", "─", "😀", "\xef\xbf\xbd", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf" };
    static const char *const bad[] = { "\x80",         "\xc0\x80",     "\xc1\xbf",         "\xc3",
                                       "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                                       "\xf5",         "\xe2\x82",     "\xff\xfe",         "a\xc3 b" };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(mp_text_is_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(mp_text_is_valid(bad[i], strlen(bad[i])));
    assert_false(mp_text_is_valid("a\0b", 3));
}

static void test_packer_stops_at_the_limit(void **state)
{
    (void)state;
    SCOPED(buf_fini) struct buf b;
    msgpack_packer pk;
    buf_init(&b, 6);
    mp_packer_init(&pk, &b);
    mp_put_text(&pk, "four");
    assert_false(b.failed);
    mp_put_text(&pk, NULL);
    mp_put_text(&pk, NULL);
    assert_true(b.failed);
    assert_int_equal(b.size, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_public_vectors),
        cmocka_unit_test(test_hostile_headers),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_number_of_objects),
        cmocka_unit_test(test_nested_reservations),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_packer_stops_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
