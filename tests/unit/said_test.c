/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of days and lines of text at every door: calls, options, cells, rows; and what is kept meets none of
 * it. */
#include "common/blank.h"
#include "common/field.h"
#include "common/said.h"
#include "common/text.h"
#include "tests/support/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define RIGHT_TO_LEFT "\xe2\x80\xae"

static const char *const early = "1899-12-31", *const late = "2201-01-01";

/* A daemon decodes this value of the field, as the only parameter. */
static int decode(const struct method *m, const struct field *f, const char *text, struct err *e)
{
    struct arena a;
    void *params;
    char value[64];
    snprintf(value, sizeof value, "%s", text);
    msgpack_object_kv kv = { .key = { .type = MSGPACK_OBJECT_STR, .via.str = { (uint32_t)strlen(f->name), f->name } },
                             .val = { .type = MSGPACK_OBJECT_STR, .via.str = { (uint32_t)strlen(value), value } } };
    const msgpack_object map = { .type = MSGPACK_OBJECT_MAP, .via.map = { 1, &kv } };
    arena_init(&a, 1 << 20);
    struct method alone = *m;
    alone.params = f;
    alone.n_params = 1;
    alone.options = RECORD_NONE;
    err_clear(e);
    codec_decode_params(&alone, &map, &a, &params, e);
    arena_reset(&a);
    return e->code;
}

static int type(const struct method *m, const struct field *f, const char *text, struct err *e)
{
    struct arena a;
    err_clear(e);
    arena_init(&a, 1 << 20);
    int code = text_to_field(f, text, &a, arena_alloc(&a, m->size), e);
    arena_reset(&a);
    return code;
}

static void refuses(const struct method *m, const struct field *f, const char *text, const char *says)
{
    struct err wire, typed;
    decode(m, f, text, &wire);
    type(m, f, text, &typed);
    if (wire.code != ERR_INVALID_PARAM || typed.code != ERR_INVALID_PARAM || strcmp(wire.field, f->name) != 0
        || strstr(wire.message, says) == NULL || strcmp(wire.message, typed.message) != 0)
        fail_msg("%s %s: '%s' on the wire, '%s' as an option", m->name, f->name, wire.message, typed.message);
}

static void takes(const struct method *m, const struct field *f, const char *text)
{
    struct err wire, typed;
    if (decode(m, f, text, &wire) != OK || type(m, f, text, &typed) != OK)
        fail_msg("%s %s: %s", m->name, f->name, wire.message);
}

static void test_every_day_of_every_method(void **state)
{
    (void)state;
    int days = 0;
    for (const struct method *m = api_methods; m < api_methods + METHOD_COUNT; m++)
        for (const struct field *f = m->params; f < m->params + m->n_params; f++)
            if (f->type == FIELD_DATE) {
                days++;
                refuses(m, f, early, "must be a day from 1900-01-01 to 2200-12-31, not 1899-12-31");
                refuses(m, f, late, "must be a day from 1900-01-01 to 2200-12-31, not 2201-01-01");
                refuses(m, f, "0201-03-01", "not 0201-03-01");
                takes(m, f, "1900-01-01");
                takes(m, f, "2200-12-31");
            }
    assert_true(days > 100);
}

static void test_every_line_of_every_method(void **state)
{
    (void)state;
    int lines = 0;
    for (const struct method *m = api_methods; m < api_methods + METHOD_COUNT; m++)
        for (const struct field *f = m->params; f < m->params + m->n_params; f++) {
            if ((f->type != FIELD_TEXT && f->type != FIELD_PERSONAL) || f->lo > 10 || f->hi < 12)
                continue;
            if (f->hi > 200) {
                takes(m, f, "a" RIGHT_TO_LEFT "bc");
                continue;
            }
            lines++;
            refuses(m, f, "a" RIGHT_TO_LEFT "bc", "must not contain the invisible character U+202E");
        }
    assert_true(lines > 30);
}

static void test_hidden(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t hidden; /* 0: none */
    } rows[] = {
        { "Cooperativa Melífera", 0 },
        { "ශ්‍රී ලංකා", 0 }, /* a joiner, as Sinhala is written */
        { "می‌خواهم", 0 },            /* a non-joiner, as Persian is */
        { "عسل", 0 },
        { "👩‍🌾", 0 },
        { "a\xc2\xad"
          "b",
          0xAD },
        { "\xe2\x80\x8f"
          "a",
          0x200F },
        { "a\xe2\x81\xa6", 0x2066 },
        { "a\xe2\x80\x8b"
          "b",
          0x200B },
        { "\xef\xbb\xbf"
          "a",
          0xFEFF },
        { "a\xe2\x80\xa8"
          "b",
          0x2028 },
        { "a\xf3\xa0\x81\x81", 0xE0041 },
        { "a\xd8\x9c", 0x61C },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t hidden = 0;
        bool hides = blank_hides(rows[i].text, &hidden);
        assert_int_equal(hides, rows[i].hidden != 0);
        if (hides)
            assert_int_equal(hidden, rows[i].hidden);
    }
}

/* A row within a list is named. */
static void test_rows(void **state)
{
    (void)state;
    struct desk desk;
    struct enterprise_row rows[] = {
        { .row = 1, .has_row = true, .code = "f1", .name = "Finca 1", .activity = ACTIVITY_FARM },
        { .row = 2, .has_row = true, .code = "f2", .name = "Finca " RIGHT_TO_LEFT "2", .activity = ACTIVITY_FARM }
    };
    struct member_row members[] = {
        { .row = 1, .has_row = true, .enterprise = "f1", .cooperative = "c", .joined_on = desk_day("2201-01-01") }
    };
    desk_start(&desk, "2026-06-15");
    assert_int_equal(DESK(&desk, import_enterprises, NULL, .rows = rows, .n_rows = 2), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "rows[1].name");
    assert_int_equal(DESK(&desk, import_members, NULL, .rows = members, .n_rows = 1), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "rows[0].joined_on");
    desk_stop(&desk);
}

/* What is kept may be of an older version: results and packed records are read as they are. */
static void test_kept(void **state)
{
    (void)state;
    struct arena a;
    struct err e = { 0 };
    struct buf out;
    const struct membership old = { .membership.text = "M1",
                                    .cooperative.text = "c",
                                    .enterprise.text = "e",
                                    .name = "e" RIGHT_TO_LEFT,
                                    .joined_on = desk_day("0201-03-01") };
    struct membership *again;
    size_t n;
    buf_init(&out, 1 << 20);
    arena_init(&a, 1 << 20);
    assert_int_equal(codec_pack_list(RECORD_membership, &old, 1, &out, &e), OK);
    assert_int_equal(codec_unpack_list(RECORD_membership, out.data, out.size, &a, (void **)&again, &n, &e), OK);
    assert_int_equal(again->joined_on.day, old.joined_on.day);
    arena_reset(&a);
    buf_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_of_every_method),
        cmocka_unit_test(test_every_line_of_every_method),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
