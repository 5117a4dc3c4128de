/* SPDX-License-Identifier: Apache-2.0 */
/* Fields as text: what a person may write, what is shown, and what is said when it is wrong. */
#include "common/field.h"
#include "common/scope.h"
#include "common/text.h"
#include "common/text_unit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct field *param(enum method_id id, const char *name)
{
    const struct method *m = &api_methods[id];
    const struct field *f = field_find(m->params, m->n_params, name, strlen(name));
    assert_non_null(f);
    return f;
}

/* Parses text as the parameter and gives it back as text; NULL when it is refused. */
static const char *again(enum method_id id, const char *name, const char *text, struct arena *a, struct err *e)
{
    const struct field *f = param(id, name);
    void *owner = arena_alloc(a, api_methods[id].size);
    *e = (struct err){ 0 };
    if (text_to_field(f, text, a, owner, e) != OK)
        return NULL;
    assert_true(field_is_set(f, owner));
    return text_from_field(f, owner, a);
}

/* The first field of this type in any record: no parameter has one yet. */
static const struct field *of_record(enum field_type type, const struct record_type **ret)
{
    for (int id = RECORD_NONE + 1; id < RECORD_COUNT; id++)
        for (size_t i = 0; i < api_records[id].n_fields; i++)
            if (api_records[id].fields[i].type == type) {
                *ret = &api_records[id];
                return &api_records[id].fields[i];
            }
    fail_msg("no record has a field of type %d", (int)type);
    return NULL;
}

static void test_types_of_records(void **state)
{
    (void)state;
    static const struct {
        enum field_type type;
        const char *text, *expected;
    } samples[] = {
        { FIELD_INSTANT, "2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000000Z" },
        { FIELD_INSTANT, "2026-11-23", "must be an instant such as 2026-11-23T10:00:00Z" },
        { FIELD_BYTES, "Zf", "must be bytes in hexadecimal" },
        { FIELD_BYTES, "0fa", "must be bytes in hexadecimal, two digits each" },
        { FIELD_DURATION, "1h30", "1h30" },
        { FIELD_DURATION, "soon", "must be a duration such as 6h, 1h30 or 90m" },
    };
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const struct record_type *record = NULL;
        const struct field *f = of_record(samples[i].type, &record);
        void *owner = arena_alloc(&a, record->size);
        struct err e = { 0 };
        int code = text_to_field(f, samples[i].text, &a, owner, &e);
        assert_string_equal(code == OK ? text_from_field(f, owner, &a) : e.message, samples[i].expected);
    }
}

struct specimen {
    enum method_id method;
    const char *name, *text, *expected; /* expected: the text given back, or the message */
};

static void test_accepted(void **state)
{
    (void)state;
    static const struct specimen samples[] = {
        { METHOD_coop_create, "name", "Coopemel, R.L.", "Coopemel, R.L." },
        { METHOD_coop_create, "cluster", "honey", "honey" },
        { METHOD_coop_create, "phone", "+506 1", "+506 1" },
        { METHOD_backup_create, "keep", "12", "12" },
        { METHOD_member_list, "ended", "yes", "yes" },
        { METHOD_member_list, "ended", "false", "no" },
        { METHOD_audit_plan, "on", "2026-11-23", "2026-11-23" },
        { METHOD_audit_plan, "kind", "stage_1", "stage_1" },
        { METHOD_audit_plan, "kind", "surv", "surveillance" },
        { METHOD_audit_plan, "kind", "Internal-A", "internal_audit" },
        { METHOD_assist_list, "kind", "internal_audit", "internal_audit" },
        { METHOD_assist_deliver, "cost", "1200.5 USD", "1200.50 USD" },
        { METHOD_audit_record, "responses", "4.1,conforming", "1" },
        { METHOD_due_list, "within", "30", "30" },
        { METHOD_due_list, "within", "0d", "0" },
        { METHOD_due_list, "within", "6w", "42" },
        { METHOD_system_describe, NULL, NULL, NULL },
    };
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 1 << 20);
    for (const struct specimen *s = samples; s->name != NULL; s++) {
        struct err e;
        const char *got = again(s->method, s->name, s->text, &a, &e);
        if (got == NULL || strcmp(got, s->expected) != 0)
            fail_msg("%s '%s': %s, %s", s->name, s->text, got == NULL ? "refused" : got, e.message);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct specimen samples[] = {
        { METHOD_coop_create, "name", "", "must be 1 to 200 bytes long" },
        { METHOD_coop_create, "country", "CRI", "must be 2 bytes long: Country (ISO 3166-1 alpha-2)" },
        { METHOD_coop_create, "name", "\xff", "must be UTF-8" },
        { METHOD_backup_create, "keep", "0", "must be from 1 to 10000" },
        { METHOD_backup_create, "keep", "12x", "must be an integer" },
        { METHOD_backup_create, "keep", " 12", "must be an integer" },
        { METHOD_backup_create, "keep", "", "must be an integer" },
        { METHOD_backup_create, "keep", "99999999999999999999", "must be from 1 to 10000" },
        { METHOD_member_list, "ended", "ja", "must be yes or no" },
        { METHOD_audit_plan, "on", "2026-02-29", "must be a valid date, such as 2026-11-23" },
        { METHOD_finding_list, "class", "mjaor",
          "unknown value 'mjaor' (did you mean major?); must be one of major, minor, observation, opportunity" },
        { METHOD_finding_list, "class", "m",
          "'m' is ambiguous; must be one of major, minor, observation, opportunity" },
        { METHOD_finding_list, "class", "", "must be one of major, minor, observation, opportunity" },
        { METHOD_finding_list, "class", "severe", "must be one of major, minor, observation, opportunity" },
        { METHOD_assist_deliver, "cost", "12", "must be an amount and a currency, such as '1200.50 USD'" },
        { METHOD_due_list, "within", "3m", "must be a number of days or weeks, such as 30d or 6w" },
        { METHOD_due_list, "within", "-1", "must be a number of days or weeks, such as 30d or 6w" },
        { METHOD_due_list, "within", "w", "must be a number of days or weeks, such as 30d or 6w" },
        { METHOD_due_list, "within", "12dd", "must be a number of days or weeks, such as 30d or 6w" },
        { METHOD_due_list, "within", "36601", "must be from 0 to 36600" },
        { METHOD_due_list, "within", "999999999999", "must be a number of days or weeks, such as 30d or 6w" },
        { METHOD_system_describe, NULL, NULL, NULL },
    };
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 1 << 20);
    for (const struct specimen *s = samples; s->name != NULL; s++) {
        struct err e;
        const char *got = again(s->method, s->name, s->text, &a, &e);
        assert_null(got);
        assert_int_equal(e.code, ERR_INVALID_PARAM);
        assert_string_equal(e.field, s->name);
        assert_string_equal(e.message, s->expected);
    }
}

static void test_money(void **state)
{
    (void)state;
    static const char *const bad[] = { "",
                                       "USD",
                                       "12",
                                       "12USD",
                                       "12 usd",
                                       "-1 USD",
                                       "1.234 USD",
                                       "1. USD",
                                       ".5 USD",
                                       "1.5 JPY",
                                       "12 USDX",
                                       "1,5 USD",
                                       "1  USD",
                                       "10000000000000.01 USD",
                                       "99999999999999999999 USD" };
    static const struct {
        const char *text;
        int64_t minor;
        const char *again;
    } good[] = {
        { "0 USD", 0, "0.00 USD" },        { "1200.5 CRC", 120050, "1200.50 CRC" },
        { "15 JPY", 15, "15 JPY" },        { "1.5 TND", 1500, "1.500 TND" },
        { "0.0001 CLF", 1, "0.0001 CLF" }, { "10000000000000 USD", INT64_C(1000000000000000), "10000000000000.00 USD" },
    };
    struct money m;
    char text[TEXT_MONEY];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (text_parse_money(bad[i], &m))
            fail_msg("'%s' is taken", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(text_parse_money(good[i].text, &m));
        assert_int_equal(m.minor, good[i].minor);
        assert_string_equal(text_put_money(m, text), good[i].again);
    }
}

static void test_decimals(void **state)
{
    (void)state;
    static const char *const bad[] = { "",
                                       ".",
                                       "1.",
                                       ".5",
                                       "1,5",
                                       "-1",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1.2345",
                                       "1.2.3",
                                       "1e3",
                                       "0x1",
                                       "9223372036854775",
                                       "99999999999999999999" };
    static const struct {
        const char *text;
        int64_t thousandths;
        const char *again;
    } good[] = {
        { "0", 0, "0" },
        { "12.5", 12500, "12.5" },
        { "12.500", 12500, "12.5" },
        { "007", 7000, "7" },
        { "0.001", 1, "0.001" },
        { "100", 100000, "100" },
        { "9223372036854774.999", INT64_C(9223372036854774999), "9223372036854774.999" },
    };
    char text[TEXT_DECIMAL];
    int64_t thousandths;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (text_parse_decimal(bad[i], &thousandths))
            fail_msg("'%s' is taken", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(text_parse_decimal(good[i].text, &thousandths));
        assert_int_equal(thousandths, good[i].thousandths);
        assert_string_equal(text_put_decimal(thousandths, text), good[i].again);
    }
}

static void test_durations(void **state)
{
    (void)state;
    static const char *const bad[] = { "",    "h",   "6x",  "6h60",      "1.5h30", "1.5m",
                                       "-1h", "6 h", "1.h", "99999999h", "1h30x" };
    static const struct {
        const char *text;
        int64_t minutes;
        const char *again;
    } good[] = {
        { "6h", 360, "6h" },    { "1h30", 90, "1h30" }, { "1h30m", 90, "1h30" }, { "90m", 90, "1h30" },
        { "1.5h", 90, "1h30" }, { "1,5h", 90, "1h30" }, { "6", 360, "6h" },      { "0.25", 15, "15m" },
        { "0", 0, "0h" },       { "1h05", 65, "1h05" },
    };
    SCOPED(arena_reset) struct arena a;
    int64_t minutes;
    arena_init(&a, 1 << 16);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (text_parse_duration(bad[i], &minutes))
            fail_msg("'%s' is taken", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        assert_true(text_parse_duration(good[i].text, &minutes));
        assert_int_equal(minutes, good[i].minutes);
        assert_string_equal(text_format_duration(minutes, &a), good[i].again);
    }
}

static void test_rows(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    struct audit_record p = { 0 };
    struct err e = { 0 };
    const struct field *f = param(METHOD_audit_record, "responses");
    arena_init(&a, 1 << 20);
    assert_int_equal(text_to_field(f, "4.1,conforming", &a, &p, &e), OK);
    assert_int_equal(text_to_field(f, "4.2, nonconf,minor,,the list, with a comma", &a, &p, &e), OK);
    assert_int_equal(text_to_field(f, "result=nonconforming,note=a=b, c,requirement=4.3", &a, &p, &e), OK);
    assert_int_equal(p.n_responses, 3);
    assert_int_equal(p.responses[1].class, CLASS_MINOR);
    assert_false(p.responses[1].has_count);
    assert_string_equal(p.responses[1].note, "the list, with a comma");
    assert_string_equal(p.responses[2].requirement, "4.3");
    assert_string_equal(p.responses[2].note, "a=b, c");
    assert_string_equal(text_from_field(f, &p, &a), "3");
}

static void test_wrong_rows(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    struct audit_record p = { 0 };
    struct import_audits import = { 0 };
    struct err e = { 0 };
    const struct field *f = param(METHOD_audit_record, "responses");
    arena_init(&a, 1 << 20);
    assert_int_equal(text_to_field(f, "4.1", &a, &p, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.field, "responses[0].result");
    assert_int_equal(text_to_field(f, "4.1,conforming,,x", &a, &p, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.field, "responses[1].count");
    f = param(METHOD_import_audits, "rows");
    assert_int_equal(text_to_field(f, "1,e,s,stage_1,2026-01-01,4.1", &a, &import, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.field, "rows[0].responses");
}

static void test_many_rows(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    SCOPED(arena_reset) struct arena a;
    struct audit_record p = { 0 };
    struct err e = { 0 };
    const struct field *f = param(METHOD_audit_record, "responses");
    arena_init(&a, 2 << 20);
    for (int i = 0; i < ROWS; i++)
        assert_int_equal(text_to_field(f, arena_printf(&a, "%d,conforming", i), &a, &p, &e), OK);
    assert_string_equal(p.responses[ROWS - 1].requirement, "4999");
    assert_string_equal(p.responses[0].requirement, "0");
    assert_int_equal(text_to_field(f, "x,conforming", &a, &p, &e), ERR_INVALID_PARAM);
    assert_string_equal(e.message, "may have at most 5000 rows");
}

static void test_results_as_text(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    const struct record_type *r = &api_records[RECORD_exported_entry];
    struct exported_entry entry = { .at = { INT64_C(1795429230000001) }, .hash = { (const uint8_t *)"\x01\xfe", 2 } };
    arena_init(&a, 1 << 16);
    const char *at = text_from_field(field_find(r->fields, r->n_fields, "at", 2), &entry, &a);
    const char *hash = text_from_field(field_find(r->fields, r->n_fields, "hash", 4), &entry, &a);
    assert_string_equal(at, "2026-11-23T10:20:30.000001Z");
    assert_string_equal(hash, "01fe");
    assert_null(text_from_field(field_find(r->fields, r->n_fields, "user", 4), &entry, &a));
    assert_null(text_from_field(field_find(r->fields, r->n_fields, "seq", 3), &entry, &a));
}

static void test_placeholders(void **state)
{
    (void)state;
    SCOPED(arena_reset) struct arena a;
    arena_init(&a, 1 << 16);
    assert_string_equal(text_placeholder(param(METHOD_coop_create, "name"), &a), "NAME");
    assert_string_equal(text_placeholder(param(METHOD_coop_create, "cluster"), &a), "CLUSTER");
    assert_string_equal(text_placeholder(param(METHOD_finding_list, "class"), &a),
                        "major|minor|observation|opportunity");
    assert_string_equal(text_placeholder(param(METHOD_audit_plan, "kind"), &a), "KIND");
    assert_string_equal(text_placeholder(param(METHOD_audit_plan, "on"), &a), "DATE");
    assert_string_equal(text_placeholder(param(METHOD_backup_create, "keep"), &a), "N");
    assert_string_equal(text_placeholder(param(METHOD_assist_record, "payments"), &a), "PAYER,AMOUNT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),     cmocka_unit_test(test_types_of_records),
        cmocka_unit_test(test_refused),      cmocka_unit_test(test_money),
        cmocka_unit_test(test_durations),    cmocka_unit_test(test_decimals),
        cmocka_unit_test(test_rows),         cmocka_unit_test(test_wrong_rows),
        cmocka_unit_test(test_many_rows),    cmocka_unit_test(test_results_as_text),
        cmocka_unit_test(test_placeholders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
