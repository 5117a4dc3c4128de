/* SPDX-License-Identifier: Apache-2.0 */
/* Every field of every method and record: each way of getting it wrong is refused and names the
 * field, its bounds are accepted, and what is decoded encodes to the same bytes again. */
#include "common/codec.h"
#include "common/field.h"
#include "common/scope.h"
#include "common/text_unit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 64 << 20, LONGEST = 1 << 20, BUF = 4 << 20 };

enum mutation {
    NONE,
    MISSING,
    NIL,
    WRONG_TYPE,
    EXT,
    FLOAT,
    TWICE,
    LEAST,
    MOST,
    BELOW,
    ABOVE,
    BAD_UTF8,
    WITH_NUL,
    BAD_VALUE,
    MUTATIONS,
};

/* A method's parameters or a record. */
struct subject {
    const char *name;
    const struct method *method; /* NULL for a record */
    enum record_id record;
    const struct field *fields[2];
    size_t n[2];
};

/* What to write: every field or the required ones, and one of them wrongly. */
struct plan {
    bool full;
    const struct field *target;
    enum mutation mutation;
    bool unknown;
};

static const struct plan FULL = { .full = true };

static void put_filler(msgpack_packer *pk, size_t length, bool as_bin)
{
    static char filler[LONGEST + 1];
    if (filler[0] == '\0')
        memset(filler, 'a', sizeof filler);
    assert_true(length <= sizeof filler);
    if (as_bin)
        mp_put_bytes(pk, filler, length);
    else
        msgpack_pack_str_with_body(pk, filler, length);
}

static void put_record(msgpack_packer *pk, enum record_id record);

static bool is_text(const struct field *f)
{
    return f->type == FIELD_TEXT || f->type == FIELD_PERSONAL || f->type == FIELD_REF;
}

static void put_valid(msgpack_packer *pk, const struct field *f)
{
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_REF:
        put_filler(pk, (size_t)(f->lo < 3 && f->hi >= 3 ? 3 : f->lo), false);
        break;
    case FIELD_UUID:
        mp_put_text(pk, "01890a5d-ac96-774b-bcce-b302099a8057");
        break;
    case FIELD_INT:
    case FIELD_DURATION:
        msgpack_pack_int64(pk, f->hi > 300 ? 300 : f->hi);
        break;
    case FIELD_INSTANT:
        msgpack_pack_int64(pk, INT64_C(1795429230000001));
        break;
    case FIELD_BOOL:
        msgpack_pack_true(pk);
        break;
    case FIELD_DATE:
        mp_put_text(pk, "2026-11-23");
        break;
    case FIELD_DECIMAL:
        mp_put_text(pk, "12.5");
        break;
    case FIELD_MONEY:
        mp_put_text(pk, "1200.50 USD");
        break;
    case FIELD_BYTES:
        mp_put_bytes(pk, "\0\1", 2);
        break;
    case FIELD_CHOICE:
        mp_put_text(pk, api_enums[f->of].choices[api_enums[f->of].count].text);
        break;
    case FIELD_NEST:
        put_record(pk, (enum record_id)f->of);
        break;
    case FIELD_LIST:
    case FIELD_DETACHED:
        msgpack_pack_array(pk, 1);
        put_record(pk, (enum record_id)f->of);
        break;
    }
}

static void put_record(msgpack_packer *pk, enum record_id record)
{
    const struct record_type *r = &api_records[record];
    msgpack_pack_map(pk, r->n_fields);
    for (size_t i = 0; i < r->n_fields; i++) {
        mp_put_text(pk, r->fields[i].name);
        put_valid(pk, &r->fields[i]);
    }
}

static void put_wrong_type(msgpack_packer *pk, const struct field *f)
{
    if (is_text(f) || f->type == FIELD_UUID || f->type == FIELD_BOOL || f->type == FIELD_DECIMAL
        || f->type == FIELD_NEST)
        msgpack_pack_int(pk, 1);
    else if (f->type == FIELD_DATE || f->type == FIELD_MONEY || f->type == FIELD_CHOICE || field_is_list(f))
        msgpack_pack_true(pk);
    else
        mp_put_text(pk, "1");
}

static void put_number_above(msgpack_packer *pk, const struct field *f)
{
    if (f->hi == INT64_MAX)
        msgpack_pack_uint64(pk, (uint64_t)INT64_MAX + 1);
    else
        msgpack_pack_int64(pk, f->hi + 1);
}

static void put_decimal_bound(msgpack_packer *pk, const struct field *f, enum mutation mutation)
{
    char text[TEXT_DECIMAL];
    int64_t n = mutation == LEAST || mutation == BELOW ? f->lo : f->hi + (mutation == ABOVE);
    mp_put_text(pk, mutation == BELOW ? "-0.001" : text_put_decimal(n, text));
}

static void put_rows_above(msgpack_packer *pk, const struct field *f)
{
    msgpack_pack_array(pk, (size_t)f->hi + 1);
    for (int64_t i = 0; i <= f->hi; i++)
        msgpack_pack_map(pk, 0);
}

/* At and beyond the bounds. */
static void put_bound(msgpack_packer *pk, const struct field *f, enum mutation mutation)
{
    int64_t n = mutation == LEAST || mutation == BELOW ? f->lo : f->hi;
    if (field_is_list(f))
        put_rows_above(pk, f);
    else if (f->type == FIELD_DECIMAL)
        put_decimal_bound(pk, f, mutation);
    else if (f->type == FIELD_INT || f->type == FIELD_DURATION)
        mutation == ABOVE ? put_number_above(pk, f) : (void)msgpack_pack_int64(pk, n - (mutation == BELOW));
    else
        put_filler(pk, (size_t)(n + (mutation == ABOVE) - (mutation == BELOW)), f->type == FIELD_BYTES);
}

static void put_bad_value(msgpack_packer *pk, const struct field *f)
{
    static const char *const bad[] = {
        [FIELD_UUID] = "01890a5d-ac96-774b-bcce-b302099a805x",
        [FIELD_DATE] = "2026-02-30",
        [FIELD_MONEY] = "1200.505 USD",
        [FIELD_CHOICE] = "nonsense",
        [FIELD_DECIMAL] = "12.3456",
    };
    mp_put_text(pk, bad[f->type]);
}

static void put_mutated(msgpack_packer *pk, const struct field *f, enum mutation mutation)
{
    switch (mutation) {
    case NIL:
        msgpack_pack_nil(pk);
        break;
    case WRONG_TYPE:
        put_wrong_type(pk, f);
        break;
    case EXT:
        msgpack_pack_ext_with_body(pk, "x", 1, 1);
        break;
    case FLOAT:
        msgpack_pack_double(pk, 1.0);
        break;
    case LEAST:
    case MOST:
    case BELOW:
    case ABOVE:
        put_bound(pk, f, mutation);
        break;
    case BAD_UTF8:
        msgpack_pack_str_with_body(pk, "ab\xff", 3);
        break;
    case WITH_NUL:
        msgpack_pack_str_with_body(pk, "a\0b", 3);
        break;
    case BAD_VALUE:
        put_bad_value(pk, f);
        break;
    default:
        put_valid(pk, f);
        break;
    }
}

/* Whether the mutation means anything for the field. */
static bool applies(const struct field *f, enum mutation mutation)
{
    bool number = f->type == FIELD_INT || f->type == FIELD_DURATION || f->type == FIELD_DECIMAL;
    bool sized = is_text(f) || f->type == FIELD_BYTES;
    switch (mutation) {
    case FLOAT:
        return number || f->type == FIELD_INSTANT || f->type == FIELD_BOOL;
    case LEAST:
        return number || sized;
    case MOST:
        return number || (sized && f->hi <= LONGEST);
    case BELOW:
        return (number && f->lo > INT64_MIN) || (is_text(f) && f->lo > 0);
    case ABOVE:
        return number || field_is_list(f) || (sized && f->hi <= LONGEST);
    case BAD_UTF8:
    case WITH_NUL:
        return is_text(f);
    case BAD_VALUE:
        return f->type == FIELD_UUID || f->type == FIELD_DATE || f->type == FIELD_MONEY || f->type == FIELD_CHOICE
               || f->type == FIELD_DECIMAL;
    default:
        return true;
    }
}

static bool is_accepted(const struct field *f, enum mutation mutation)
{
    if (mutation == MISSING || mutation == NIL)
        return !field_is_required(f);
    return mutation == NONE || mutation == LEAST || mutation == MOST;
}

static bool is_written(const struct plan *plan, const struct field *f)
{
    if (f == plan->target)
        return plan->mutation != MISSING;
    return plan->full || field_is_required(f);
}

static void put_subject(struct buf *b, const struct subject *s, const struct plan *plan)
{
    msgpack_packer pk;
    size_t n = plan->mutation == TWICE;
    mp_packer_init(&pk, b);
    for (int set = 0; set < 2; set++)
        for (size_t i = 0; i < s->n[set]; i++)
            n += is_written(plan, &s->fields[set][i]);
    msgpack_pack_map(&pk, n + plan->unknown);
    for (int set = 0; set < 2; set++)
        for (size_t i = 0; i < s->n[set]; i++) {
            const struct field *f = &s->fields[set][i];
            for (int times = f == plan->target && plan->mutation == TWICE ? 2 : 1; times > 0; times--)
                if (is_written(plan, f)) {
                    mp_put_text(&pk, f->name);
                    put_mutated(&pk, f, f == plan->target ? plan->mutation : NONE);
                }
        }
    if (plan->unknown) {
        mp_put_text(&pk, "nonsense");
        msgpack_pack_nil(&pk);
    }
    assert_false(b->failed);
}

static int decode_bytes(const struct subject *s, const struct buf *b, struct arena *a, void **ret, struct err *e)
{
    SCOPED(msgpack_unpacked_destroy) msgpack_unpacked unpacked;
    size_t used = 0;
    msgpack_unpacked_init(&unpacked);
    assert_int_equal(msgpack_unpack_next(&unpacked, (const char *)b->data, b->size, &used), MSGPACK_UNPACK_SUCCESS);
    if (s->method != NULL)
        return codec_decode_params(s->method, &unpacked.data, a, ret, e);
    *ret = arena_alloc(a, api_records[s->record].size);
    return codec_decode_record(s->record, &unpacked.data, a, *ret, e);
}

static int decode_plan(const struct subject *s, const struct plan *plan, struct err *e)
{
    SCOPED(arena_reset) struct arena a;
    SCOPED(buf_fini) struct buf b;
    void *decoded;
    arena_init(&a, ARENA);
    buf_init(&b, BUF);
    put_subject(&b, s, plan);
    return decode_bytes(s, &b, &a, &decoded, e);
}

static int check_field(const struct subject *s, const struct field *f)
{
    int checked = 0;
    for (enum mutation mutation = MISSING; mutation < MUTATIONS; mutation++) {
        struct plan plan = { .full = true, .target = f, .mutation = mutation };
        struct err e = { 0 };
        if (!applies(f, mutation))
            continue;
        int code = decode_plan(s, &plan, &e);
        if (is_accepted(f, mutation) ? code != OK : code != ERR_INVALID_PARAM || strcmp(e.field, f->name) != 0)
            fail_msg("%s.%s, mutation %d: code %d, field '%s': %s", s->name, f->name, (int)mutation, code, e.field,
                     e.message);
        checked++;
    }
    return checked;
}

static void check_unknown(const struct subject *s)
{
    struct err e = { 0 };
    assert_int_equal(decode_plan(s, &(struct plan){ .full = true, .unknown = true }, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.field, "nonsense");
}

static void check_required_suffice(const struct subject *s)
{
    struct err e = { 0 };
    if (decode_plan(s, &(struct plan){ 0 }, &e) != OK)
        fail_msg("%s with what is required alone: %s: %s", s->name, e.field, e.message);
}

static int encode(const struct subject *s, const void *decoded, struct buf *out, struct err *e)
{
    return s->method != NULL ? codec_encode_params(s->method, decoded, out, e)
                             : codec_encode_record(s->record, decoded, out, e);
}

static void assert_same(const struct subject *s, const char *what, const struct buf *b, const struct buf *again)
{
    if (b->size != again->size || memcmp(b->data, again->data, b->size) != 0)
        fail_msg("%s: %s gives other bytes", s->name, what);
}

static void check_packed(const struct subject *s, const void *decoded, const struct buf *bytes, struct arena *a)
{
    SCOPED(buf_fini) struct buf packed, again;
    struct err e = { 0 };
    void *rows;
    size_t n;
    buf_init(&packed, BUF);
    buf_init(&again, BUF);
    assert_int_equal(codec_pack_list(s->record, decoded, 1, &packed, &e), OK);
    assert_int_equal(codec_unpack_list(s->record, packed.data, packed.size, a, &rows, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(encode(s, rows, &again, &e), OK);
    assert_same(s, "packing", bytes, &again);
}

static void check_round_trip(const struct subject *s)
{
    SCOPED(arena_reset) struct arena a;
    SCOPED(buf_fini) struct buf b, again;
    struct err e = { 0 };
    void *decoded;
    arena_init(&a, ARENA);
    buf_init(&b, BUF);
    buf_init(&again, BUF);
    put_subject(&b, s, &FULL);
    if (decode_bytes(s, &b, &a, &decoded, &e) != OK || encode(s, decoded, &again, &e) != OK)
        fail_msg("%s: %s: %s", s->name, e.field, e.message);
    assert_same(s, "encoding what was decoded", &b, &again);
    if (s->method == NULL)
        check_packed(s, decoded, &b, &a);
}

static int check_subject(const struct subject *s)
{
    int checked = 0;
    check_round_trip(s);
    check_required_suffice(s);
    check_unknown(s);
    for (int set = 0; set < 2; set++)
        for (size_t i = 0; i < s->n[set]; i++)
            checked += check_field(s, &s->fields[set][i]);
    return checked;
}

static void test_every_method(void **state)
{
    (void)state;
    int checked = 0;
    for (int i = 0; i < METHOD_COUNT; i++) {
        const struct method *m = &api_methods[i];
        const struct record_type *options = &api_records[m->options];
        struct subject s = {
            m->name, m, RECORD_NONE, { m->params, options->fields }, { m->n_params, options->n_fields }
        };
        checked += check_subject(&s);
    }
    assert_true(checked > METHOD_COUNT * 20);
}

static void test_every_record(void **state)
{
    (void)state;
    int checked = 0;
    for (int i = RECORD_NONE + 1; i < RECORD_COUNT; i++) {
        const struct record_type *r = &api_records[i];
        struct subject s = { r->name, NULL, (enum record_id)i, { r->fields, NULL }, { r->n_fields, 0 } };
        checked += check_subject(&s);
    }
    assert_true(checked > RECORD_COUNT * 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_method),
        cmocka_unit_test(test_every_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
