/* SPDX-License-Identifier: Apache-2.0 */
/* The codec by example: messages, positional rows, options, pages, and the bytes that are stored
 * and hashed, which must never change. */
#include "common/codec.h"
#include "common/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define REQUEST "01890a5d-ac96-774b-bcce-b302099a8057"

struct fixture {
    struct arena a;
    struct buf b;
    struct err e;
    msgpack_packer pk;
    msgpack_unpacked unpacked;
};

static int set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){ 0 };
    arena_init(&f.a, 1 << 20);
    buf_init(&f.b, 1 << 20);
    mp_packer_init(&f.pk, &f.b);
    msgpack_unpacked_init(&f.unpacked);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    msgpack_unpacked_destroy(&f->unpacked);
    arena_reset(&f->a);
    buf_fini(&f->b);
    return 0;
}

/* What f->b holds, decoded as the parameters of a method. */
static void *decode(struct fixture *f, enum method_id id)
{
    void *params = NULL;
    size_t used = 0;
    assert_int_equal(msgpack_unpack_next(&f->unpacked, (const char *)f->b.data, f->b.size, &used),
                     MSGPACK_UNPACK_SUCCESS);
    codec_decode_params(&api_methods[id], &f->unpacked.data, &f->a, &params, &f->e);
    return params;
}

static void put_pair(struct fixture *f, const char *key, const char *value)
{
    mp_put_text(&f->pk, key);
    mp_put_text(&f->pk, value);
}

static void assert_error(const struct fixture *f, const char *field, const char *message)
{
    assert_int_equal(f->e.code, ERR_INVALID_PARAM);
    assert_string_equal(f->e.field, field);
    assert_string_equal(f->e.message, message);
}

static void test_params(void **state)
{
    struct fixture *f = *state;
    msgpack_pack_map(&f->pk, 4);
    put_pair(f, "name", "Coopemel");
    put_pair(f, "code", "coopemel");
    put_pair(f, "cluster", "honey");
    put_pair(f, "request", REQUEST);
    const struct coop_create *p = decode(f, METHOD_coop_create);
    assert_non_null(p);
    assert_string_equal(p->code, "coopemel");
    assert_string_equal(p->name, "Coopemel");
    assert_string_equal(p->cluster.text, "honey");
    assert_int_equal(p->cluster.id, 0);
    assert_string_equal(p->write.request, REQUEST);
    assert_null(p->country);
}

static void test_messages(void **state)
{
    struct fixture *f = *state;
    msgpack_pack_map(&f->pk, 1);
    put_pair(f, "cod", "x");
    assert_null(decode(f, METHOD_cluster_create));
    assert_error(f, "cod", "unknown parameter; cluster.create takes code, name, country, region, request");
    buf_clear(&f->b);
    msgpack_pack_map(&f->pk, 2);
    put_pair(f, "request", REQUEST);
    put_pair(f, "code", "x");
    assert_null(decode(f, METHOD_cluster_create));
    assert_error(f, "name", "is required: Name");
    buf_clear(&f->b);
    msgpack_pack_map(&f->pk, 1);
    put_pair(f, "country", "CRI");
    assert_null(decode(f, METHOD_cluster_create));
    assert_error(f, "country", "must be 2 bytes long: Country (ISO 3166-1 alpha-2)");
}

static void test_no_parameters(void **state)
{
    struct fixture *f = *state;
    void *params = NULL;
    msgpack_object list = { .type = MSGPACK_OBJECT_ARRAY };
    assert_int_equal(codec_decode_params(&api_methods[METHOD_system_ping], NULL, &f->a, &params, &f->e), OK);
    assert_non_null(params);
    codec_decode_params(&api_methods[METHOD_cluster_create], NULL, &f->a, &params, &f->e);
    assert_error(f, "code", "is required: Code, chosen by you");
    codec_decode_params(&api_methods[METHOD_system_ping], &list, &f->a, &params, &f->e);
    assert_error(f, "", "params must be [] or [map]; system.ping takes named parameters");
}

static void put_audit(struct fixture *f, const char *result)
{
    msgpack_pack_map(&f->pk, 6);
    put_pair(f, "holder", "GA0010000");
    put_pair(f, "edition", "iso-14001");
    put_pair(f, "kind", "stage_1");
    put_pair(f, "on", "2026-11-23");
    put_pair(f, "request", REQUEST);
    mp_put_text(&f->pk, "responses");
    msgpack_pack_array(&f->pk, 2);
    msgpack_pack_array(&f->pk, 2);
    put_pair(f, "4.1", "conforming");
    msgpack_pack_array(&f->pk, 5);
    put_pair(f, "4.2", result);
    mp_put_text(&f->pk, NULL);
    msgpack_pack_int(&f->pk, 3);
    mp_put_text(&f->pk, "no list");
}

static void test_positional_rows(void **state)
{
    struct fixture *f = *state;
    put_audit(f, "nonconforming");
    const struct audit_record *p = decode(f, METHOD_audit_record);
    assert_int_equal(p->n_responses, 2);
    assert_int_equal(p->responses[0].result, RESULT_CONFORMING);
    assert_false(p->responses[0].has_count);
    assert_int_equal(p->responses[1].class, 0);
    assert_int_equal(p->responses[1].count, 3);
    assert_string_equal(p->responses[1].note, "no list");
    assert_int_equal(p->on.day, date_of(2026, 11, 23).day);
}

static void test_paths(void **state)
{
    struct fixture *f = *state;
    put_audit(f, "failed");
    assert_null(decode(f, METHOD_audit_record));
    assert_error(f, "responses[1].result", "must be one of conforming, nonconforming, not_applicable, not_assessed");
}

static void test_row_that_is_no_row(void **state)
{
    struct fixture *f = *state;
    msgpack_pack_map(&f->pk, 1);
    mp_put_text(&f->pk, "responses");
    msgpack_pack_array(&f->pk, 1);
    msgpack_pack_array(&f->pk, 6);
    for (int i = 0; i < 6; i++)
        msgpack_pack_nil(&f->pk);
    assert_null(decode(f, METHOD_audit_record));
    assert_error(f, "responses[0]", "has 6 values, but a response has 5");
}

static void test_memory_limit(void **state)
{
    struct fixture *f = *state;
    put_audit(f, "conforming");
    arena_reset(&f->a);
    f->a.limit = 200;
    assert_null(decode(f, METHOD_audit_record));
    assert_int_equal(f->e.code, ERR_TOO_BIG);
}

static void test_page(void **state)
{
    struct fixture *f = *state;
    const struct method *m = &api_methods[METHOD_cluster_list];
    struct page page = { .next = "c40" }, again;
    size_t used = 0;
    for (int i = 0; i < 40; i++) {
        struct cluster row = { .cluster.text = arena_printf(&f->a, "c%d", i + 1), .name = "x" };
        assert_true(page_push(&page, &f->a, &row, sizeof row));
    }
    assert_int_equal(codec_encode_result(m, &page, &f->b, &f->e), OK);
    msgpack_unpack_next(&f->unpacked, (const char *)f->b.data, f->b.size, &used);
    assert_int_equal(codec_decode_result(m, &f->unpacked.data, &f->a, &again, &f->e), OK);
    assert_int_equal(again.n, 40);
    assert_string_equal(((struct cluster *)again.rows)[39].cluster.text, "c40");
    assert_string_equal(again.next, "c40");
}

static void test_empty_page(void **state)
{
    struct fixture *f = *state;
    struct page page = { 0 };
    assert_int_equal(codec_encode_result(&api_methods[METHOD_cluster_list], &page, &f->b, &f->e), OK);
    assert_int_equal(f->b.size, 7);
    assert_memory_equal(f->b.data, "\x81\xa4rows\x90", 7);
}

static void test_result_out_of_bounds_is_ours(void **state)
{
    struct fixture *f = *state;
    struct page page = { 0 };
    struct cluster row = { .cluster.text = "c1" };
    page_push(&page, &f->a, &row, sizeof row);
    assert_int_equal(codec_encode_result(&api_methods[METHOD_cluster_list], &page, &f->b, &f->e), ERR_INTERNAL);
    assert_string_equal(f->e.field, "rows[0].name");
    struct cooperative coop = { .cooperative.text = "c", .name = "x", .members = -1 };
    assert_int_equal(codec_encode_record(RECORD_cooperative, &coop, &f->b, &f->e), ERR_INTERNAL);
    assert_string_equal(f->e.field, "members");
}

static void test_required_number_is_always_given_in_results(void **state)
{
    struct fixture *f = *state;
    struct cooperative coop = { .cooperative.text = "c", .name = "x", .members = 0 };
    assert_int_equal(codec_encode_record(RECORD_cooperative, &coop, &f->b, &f->e), OK);
    assert_memory_equal(f->b.data, "\x83\xab", 2);
}

static void test_encoding_params_wants_what_is_required(void **state)
{
    struct fixture *f = *state;
    struct cluster_create p = { .code = "c", .name = "x" };
    assert_int_equal(codec_encode_params(&api_methods[METHOD_cluster_create], &p, &f->b, &f->e), ERR_INVALID_PARAM);
    assert_string_equal(f->e.field, "request");
    p.write.request = REQUEST;
    assert_int_equal(codec_encode_params(&api_methods[METHOD_cluster_create], &p, &f->b, &f->e), OK);
    assert_non_null(decode(f, METHOD_cluster_create));
}

static void test_no_room(void **state)
{
    struct fixture *f = *state;
    struct cluster row = { .cluster.text = "c1", .name = "a name that does not fit" };
    f->b.limit = 20;
    assert_int_equal(codec_encode_record(RECORD_cluster, &row, &f->b, &f->e), ERR_TOO_BIG);
}

static void assert_golden(const struct buf *b, const char *hex)
{
    char text[1024] = "";
    assert_true(b->size < sizeof text / 2);
    for (size_t i = 0; i < b->size; i++)
        snprintf(text + 2 * i, 3, "%02x", b->data[i]);
    assert_string_equal(text, hex);
}

static const struct response responses[] = {
    { .requirement = "4.1", .result = RESULT_CONFORMING },
    { .requirement = "4.2", .result = RESULT_NONCONFORMING, .class = CLASS_MINOR, .count = 300, .has_count = true },
    { .requirement = "ñ", .result = RESULT_NOT_APPLICABLE, .note = "none" },
};

static void test_packed_list_golden(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(codec_pack_list(RECORD_response, responses, 3, &f->b, &f->e), OK);
    assert_golden(&f->b, "93"
                         "92a3342e3101"
                         "94a3342e320202cd012c"
                         "95a2c3b103c0c0a46e6f6e65");
}

static void test_packed_dates_and_money_golden(void **state)
{
    struct fixture *f = *state;
    struct payment payment = { .payer = "ngo", .amount = { 120050, "USD" } };
    struct pursuit_step step = { .state = PURSUIT_CERTIFIED, .on = date_of(2026, 11, 23) };
    assert_int_equal(codec_pack_list(RECORD_payment, &payment, 1, &f->b, &f->e), OK);
    assert_golden(&f->b, "9192a36e676fab313230302e353020555344");
    buf_clear(&f->b);
    assert_int_equal(codec_pack_list(RECORD_pursuit_step, &step, 1, &f->b, &f->e), OK);
    assert_golden(&f->b, "919205aa323032362d31312d3233");
}

static void test_damaged_packed_list(void **state)
{
    struct fixture *f = *state;
    void *rows;
    size_t n;
    assert_int_equal(codec_pack_list(RECORD_response, responses, 3, &f->b, &f->e), OK);
    for (size_t size = 0; size < f->b.size; size++)
        assert_int_equal(codec_unpack_list(RECORD_response, f->b.data, size, &f->a, &rows, &n, &f->e), ERR_MALFORMED);
    f->b.data[6] = 0x09; /* no such result */
    assert_int_not_equal(codec_unpack_list(RECORD_response, f->b.data, f->b.size, &f->a, &rows, &n, &f->e), OK);
    assert_string_equal(f->e.field, "response[0].result");
}

/* Shows what it was asked for: sizes, and the first bytes of salt and data. */
static bool digest_sample(const void *salt, size_t salt_size, const void *data, size_t size, uint8_t ret[32])
{
    memset(ret, 0, 32);
    ret[0] = (uint8_t)salt_size;
    ret[1] = (uint8_t)size;
    ret[2] = salt_size > 0 ? *(const uint8_t *)salt : 0xEE;
    memcpy(ret + 3, data, size < 8 ? size : 8);
    return true;
}

static const uint8_t salt[16] = { 0x5A };

static void test_canonical_personal_golden(void **state)
{
    struct fixture *f = *state;
    struct person_create p = { .write.request = REQUEST, .code = "p1", .name = "Ana" };
    assert_int_equal(
        codec_canonical_params(&api_methods[METHOD_person_create], &p, salt, digest_sample, NULL, &f->b, &f->e), OK);
    assert_golden(&f->b, "82"
                         "a4636f6465a27031"
                         "a46e616d65c420"
                         "10035a416e610000000000000000000000000000000000000000000000000000");
}

static void put_renewal(struct fixture *f, const char *day, const char *again)
{
    msgpack_pack_map(&f->pk, again == NULL ? 3 : 4);
    put_pair(f, "request", REQUEST);
    put_pair(f, "certificate", "C1");
    put_pair(f, day, "2026-01-02");
    if (again != NULL)
        put_pair(f, again, "2026-01-02");
}

static void test_an_old_name_is_taken(void **state)
{
    struct fixture *f = *state;
    put_renewal(f, "on", NULL);
    const struct cert_renew *p = decode(f, METHOD_cert_renew);
    assert_non_null(p);
    assert_int_equal(p->decided_on.day, date_of(2026, 1, 2).day);
}

static void test_an_old_name_beside_the_new_one_is_refused(void **state)
{
    struct fixture *f = *state;
    put_renewal(f, "decided_on", "on");
    assert_null(decode(f, METHOD_cert_renew));
    assert_error(f, "decided_on", "is given more than once");
}

/* What an earlier version stored is compared with the same call of today. */
static void test_canonical_names_as_they_were_stored(void **state)
{
    struct fixture *f = *state;
    const struct cert_renew p = { .certificate.text = "C1", .decided_on = date_of(2026, 1, 2) };
    size_t used = 0;
    static const char *const names[] = { "on", "decided_on" };
    for (int i = 0; i < 2; i++) {
        SCOPED(buf_fini) struct buf stored, again;
        msgpack_packer pk;
        buf_init(&stored, 1 << 10);
        buf_init(&again, 1 << 10);
        mp_packer_init(&pk, &stored);
        msgpack_pack_map(&pk, 2);
        mp_put_text(&pk, "certificate");
        mp_put_text(&pk, "C1");
        mp_put_text(&pk, names[i]);
        mp_put_text(&pk, "2026-01-02");
        used = 0;
        assert_int_equal(msgpack_unpack_next(&f->unpacked, (const char *)stored.data, stored.size, &used),
                         MSGPACK_UNPACK_SUCCESS);
        assert_int_equal(codec_canonical_params(&api_methods[METHOD_cert_renew], &p, salt, digest_sample,
                                                &f->unpacked.data, &again, &f->e),
                         OK);
        assert_int_equal(again.size, stored.size);
        assert_memory_equal(again.data, stored.data, stored.size);
    }
}

static void put_coop(struct fixture *f, const char *name, const char *region)
{
    msgpack_pack_map(&f->pk, 4);
    put_pair(f, "request", REQUEST);
    put_pair(f, "code", "otero");
    put_pair(f, "name", name);
    put_pair(f, "region", region);
}

static void test_a_blank_text_is_no_text(void **state)
{
    struct fixture *f = *state;
    put_coop(f, "\xe2\x80\x8b \xc2\xa0", "North");
    assert_null(decode(f, METHOD_coop_create));
    assert_error(f, "name", "must not be blank: Name");
}

static void test_an_optional_blank_text_is_not_given(void **state)
{
    struct fixture *f = *state;
    put_coop(f, " Otero ", "\xe3\x80\x80");
    const struct coop_create *p = decode(f, METHOD_coop_create);
    assert_non_null(p);
    assert_string_equal(p->name, " Otero ");
    assert_null(p->region);
}

static void test_a_short_text_is_one_line(void **state)
{
    struct fixture *f = *state;
    put_coop(f, "Ote\nro", "North");
    assert_null(decode(f, METHOD_coop_create));
    assert_error(f, "name", "must be one line, without control characters");
}

static void test_a_blank_text_in_a_row_is_named(void **state)
{
    struct fixture *f = *state;
    msgpack_pack_map(&f->pk, 5);
    put_pair(f, "request", REQUEST);
    put_pair(f, "finding", "F1");
    put_pair(f, "correction", "Mend it\nat once");
    put_pair(f, "root_cause", "Rain");
    mp_put_text(&f->pk, "actions");
    msgpack_pack_array(&f->pk, 1);
    msgpack_pack_array(&f->pk, 4);
    mp_put_text(&f->pk, "corrective");
    mp_put_text(&f->pk, "\t");
    mp_put_text(&f->pk, "rosa");
    mp_put_text(&f->pk, "2026-07-01");
    assert_null(decode(f, METHOD_finding_plan));
    assert_string_equal(f->e.field, "actions[0].text");
}

static void test_canonical_detached_golden(void **state)
{
    struct fixture *f = *state;
    struct response row = responses[0];
    struct audit_record p = { .holder.text = "e",
                              .edition.text = "s:1",
                              .kind = AUDIT_STAGE_1,
                              .on = date_of(2026, 1, 2),
                              .responses = &row,
                              .n_responses = 1 };
    assert_int_equal(
        codec_canonical_params(&api_methods[METHOD_audit_record], &p, salt, digest_sample, NULL, &f->b, &f->e), OK);
    assert_golden(&f->b, "85"
                         "a6686f6c646572a165"
                         "a765646974696f6ea3733a31"
                         "a46b696e64a773746167655f31"
                         "a26f6eaa323032362d30312d3032"
                         "a9726573706f6e736573c420"
                         "0007ee9192a3342e310100000000000000000000000000000000000000000000");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_params),
        TEST(test_messages),
        TEST(test_no_parameters),
        TEST(test_positional_rows),
        TEST(test_paths),
        TEST(test_row_that_is_no_row),
        TEST(test_memory_limit),
        TEST(test_page),
        TEST(test_empty_page),
        TEST(test_result_out_of_bounds_is_ours),
        TEST(test_required_number_is_always_given_in_results),
        TEST(test_encoding_params_wants_what_is_required),
        TEST(test_no_room),
        TEST(test_packed_list_golden),
        TEST(test_packed_dates_and_money_golden),
        TEST(test_damaged_packed_list),
        TEST(test_canonical_personal_golden),
        TEST(test_canonical_detached_golden),
        TEST(test_an_old_name_is_taken),
        TEST(test_an_old_name_beside_the_new_one_is_refused),
        TEST(test_canonical_names_as_they_were_stored),
        TEST(test_a_blank_text_is_no_text),
        TEST(test_an_optional_blank_text_is_not_given),
        TEST(test_a_short_text_is_one_line),
        TEST(test_a_blank_text_in_a_row_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
