/* SPDX-License-Identifier: Apache-2.0 */
/* Rows become records, column by column, or say which column does not fit. The rows come from a driver
 * made of a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/inner.h"
#include "daemon/store/row.h"

#include <string.h>

/* The engine of this test: a statement is its one row. */
struct driver_statement {
    const struct value *row;
};

static enum value_type column_type(const struct driver_statement *s, int i)
{
    return s->row[i].type;
}
static int64_t column_int(const struct driver_statement *s, int i)
{
    return s->row[i].number;
}

static const char *column_text(const struct driver_statement *s, int i, size_t *ret_size)
{
    *ret_size = s->row[i].size;
    return s->row[i].data;
}

static struct bytes column_blob(const struct driver_statement *s, int i)
{
    return (struct bytes){ s->row[i].data, s->row[i].size };
}

static const struct driver table_driver = {
    .column_type = column_type, .column_int = column_int, .column_text = column_text, .column_blob = column_blob
};

static struct arena arena;
static struct err err;

static int read_as(enum record_id declared, const struct value *row, enum record_id record, void *ret)
{
    static struct store store = { .driver = &table_driver };
    struct driver_statement table = { .row = row };
    const struct query query = { .name = "row", .record = declared };
    struct stmt q = { .store = &store, .handle = &table, .query = &query };
    err_clear(&err);
    return row_to_record(&q, record, &arena, ret, &err);
}

static int read_row(const struct value *row, enum record_id record, void *ret)
{
    return read_as(record, row, record, ret);
}

static const struct value finding[] = {
    { .type = VALUE_INT, .number = 112 },    /* finding */
    { VALUE_TEXT, 0, "GA0010000", 9 },       /* holder */
    { .type = VALUE_INT, .number = 7 },      /* audit */
    { VALUE_TEXT, 0, "iso-14001:2015", 14 }, /* edition */
    { VALUE_TEXT, 0, "4.1", 3 },             /* requirement */
    { VALUE_TEXT, 0, "minor", 5 },           /* class */
    { VALUE_TEXT, 0, "open", 4 },            /* state */
    { .type = VALUE_INT, .number = 3 },      /* count */
    { VALUE_TEXT, 0, "2026-11-23", 10 },     /* raised_on */
    { .type = VALUE_NULL },                  /* closed_on */
    { .type = VALUE_NULL },                  /* reason */
    { .type = VALUE_NULL },                  /* verified_by */
    { .type = VALUE_NULL },                  /* notified_on */
    { VALUE_TEXT, 0, "plan", 4 },            /* next_step */
    { .type = VALUE_NULL },                  /* scheduled_on */
    { VALUE_TEXT, 0, "2026-12-21", 10 },     /* due_on */
    { .type = VALUE_INT, .number = 1 },      /* overdue */
    { .type = VALUE_NULL },                  /* counts_as */
    { .type = VALUE_NULL },                  /* corrected_by */
    { .type = VALUE_NULL },                  /* void_on */
    { VALUE_TEXT, 0, "2026-12-28", 10 },     /* close_by */
    { .type = VALUE_INT, .number = 0 },      /* late */
    { .type = VALUE_INT, .number = 1 },      /* beyond */
};
enum { FINDING_COLUMNS = sizeof finding / sizeof finding[0] };

static void fills_every_type(void **state)
{
    (void)state;
    struct finding f = { 0 };
    assert_int_equal(read_row(finding, RECORD_finding, &f), OK);
    assert_string_equal(f.finding.text, "F112");
    assert_int_equal(f.finding.id, 112);
    assert_string_equal(f.holder.text, "GA0010000");
    assert_string_equal(f.audit.text, "A7");
    assert_int_equal(f.class, CLASS_MINOR);
    assert_true(f.has_count && f.count == 3);
    assert_int_equal(f.raised_on.day, date_of(2026, 11, 23).day);
    assert_false(date_is_set(f.closed_on));
    assert_null(f.reason);
    assert_int_equal(f.next_step, STEP_PLAN);
    assert_true(f.has_overdue && f.overdue);
}

static void fills_money_bytes_and_flags(void **state)
{
    (void)state;
    const struct value paid[] = { { VALUE_TEXT, 0, "bank", 4 },
                                  { .type = VALUE_INT, .number = 120050 },
                                  { VALUE_TEXT, 0, "USD", 3 } };
    struct payment p = { 0 };
    assert_int_equal(read_row(paid, RECORD_payment, &p), OK);
    assert_int_equal(p.amount.minor, 120050);
    assert_string_equal(p.amount.currency, "USD");
    const struct value value = { VALUE_BLOB, 0, "\0\1", 2 };
    struct detached_value d = { 0 };
    assert_int_equal(read_row(&value, RECORD_detached_value, &d), OK);
    assert_int_equal(d.value.size, 2);
    assert_memory_equal(d.value.data, "\0\1", 2);
}

/* With column i replaced, the error names it. */
static void refuses(int i, struct value wrong, const char *why)
{
    struct finding f = { 0 };
    struct value row[FINDING_COLUMNS];
    memcpy(row, finding, sizeof row);
    row[i] = wrong;
    assert_int_equal(read_row(row, RECORD_finding, &f), ERR_INTERNAL);
    assert_non_null(strstr(err.message, why));
}

static void refuses_what_does_not_fit(void **state)
{
    (void)state;
    refuses(1, (struct value){ .type = VALUE_INT, .number = 1 },
            "column holder of the query does not match the record: not text");
    refuses(0, (struct value){ VALUE_TEXT, 0, "F1", 2 }, "not a number");
    refuses(5, (struct value){ VALUE_TEXT, 0, "tiny", 4 }, "not a known value");
    refuses(8, (struct value){ VALUE_TEXT, 0, "yesterday", 9 }, "not a day");
}

/* Only a query that says which record it fills was checked when it was built. */
static void refuses_another_record(void **state)
{
    (void)state;
    struct finding f = { 0 };
    assert_int_equal(read_as(RECORD_NONE, finding, RECORD_finding, &f), ERR_INTERNAL);
    assert_string_equal(err.message, "query row does not fill the record finding");
    assert_int_equal(read_as(RECORD_payment, finding, RECORD_finding, &f), ERR_INTERNAL);
}

static void refuses_when_memory_ends(void **state)
{
    (void)state;
    struct finding f = { 0 };
    arena_reset(&arena);
    arena_init(&arena, 1);
    assert_int_equal(read_row(finding, RECORD_finding, &f), ERR_INTERNAL);
}

static int prepare(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fills_every_type, prepare, clean),
        cmocka_unit_test_setup_teardown(fills_money_bytes_and_flags, prepare, clean),
        cmocka_unit_test_setup_teardown(refuses_what_does_not_fit, prepare, clean),
        cmocka_unit_test_setup_teardown(refuses_another_record, prepare, clean),
        cmocka_unit_test_setup_teardown(refuses_when_memory_ends, prepare, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
