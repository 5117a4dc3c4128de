/* SPDX-License-Identifier: Apache-2.0 */
/* What a table gives up, and in which order, to fit a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "client/write/table_layout.h"

static const struct table_column columns[] = {
    { "audit", 0 },
    { "edition", 0 },
    { "not_applicable", TABLE_RIGHT },
    { "ready", TABLE_WHOLE },
};
enum { AUDIT, EDITION, NOT_APPLICABLE, READY, COLUMNS };

static struct arena arena;

static struct table two_rows(const char *first_edition, const char *second_edition)
{
    struct table t;
    table_init(&t, &arena, columns, COLUMNS);
    const char *editions[] = { first_edition, second_edition };
    for (int i = 0; i < 2; i++) {
        const char **cells = table_row(&t);
        cells[AUDIT] = "A1";
        cells[EDITION] = editions[i];
        cells[NOT_APPLICABLE] = "12";
        cells[READY] = "3/6 #####";
    }
    return t;
}

static int close_arena(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, 1 << 20);
    return 0;
}

static void test_room_enough(void **state)
{
    (void)state;
    struct table t = two_rows("iso-14001:2015", "iso-14001:2015");
    struct table_layout l = table_layout_of(&t, 80);
    assert_false(l.wrapped);
    assert_int_equal(l.widths[EDITION], 14);
    assert_int_equal(l.widths[NOT_APPLICABLE], 14);
    l = table_layout_of(&t, 0); /* no terminal: nothing is fitted */
    assert_false(l.wrapped || l.lifted[EDITION]);
}

static void test_headings_break_first(void **state)
{
    (void)state;
    struct table t = two_rows("iso-14001:2015", "iso-9001:2015");
    struct table_layout l = table_layout_of(&t, 44); /* needs 48, and 44 with the heading on two lines */
    assert_true(l.wrapped);
    assert_int_equal(l.widths[NOT_APPLICABLE], 10);
    assert_int_equal(l.widths[EDITION], 14);
}

static void test_what_is_common_is_lifted(void **state)
{
    (void)state;
    struct table t = two_rows("iso-14001:2015", "iso-14001:2015");
    struct table_layout l = table_layout_of(&t, 40);
    assert_true(l.lifted[EDITION]);
    assert_int_equal(l.widths[EDITION], 0);
    assert_false(l.lifted[READY]); /* a bar stays with its row */
}

static void test_headings_are_cut_then_codes(void **state)
{
    (void)state;
    struct table t = two_rows("iso-14001:2015", "iso-9001:2015");
    struct table_layout l = table_layout_of(&t, 36);
    assert_false(l.lifted[EDITION]);
    assert_true(l.lifted[AUDIT]); /* says the same in both rows */
    assert_int_equal(l.widths[EDITION], 14);
    assert_int_equal(l.widths[NOT_APPLICABLE], 10);
    assert_true(l.bare); /* a bar is left out before anything is cut, and the share stays */
    assert_int_equal(l.widths[READY], 5);
    l = table_layout_of(&t, 32);
    assert_int_equal(l.widths[EDITION], 14);
    assert_int_equal(l.widths[NOT_APPLICABLE], 9);
    l = table_layout_of(&t, 22);
    assert_int_equal(l.widths[EDITION], 10);
    assert_int_equal(l.widths[NOT_APPLICABLE], 4);
    assert_int_equal(l.widths[READY], 4);
}

/* A date or a code cut short is of no use; a name still is. */
static void test_codes_outlast_names_and_headings(void **state)
{
    (void)state;
    static const struct table_column of_names[] = {
        { "edition", 0 },
        { "name", TABLE_PROSE },
        { "nonconforming", TABLE_RIGHT },
    };
    struct table t;
    table_init(&t, &arena, of_names, 3);
    for (int i = 0; i < 2; i++) {
        const char **cells = table_row(&t);
        cells[0] = i == 0 ? "iso-14001:2015" : "iso-9001:2015";
        cells[1] = i == 0 ? "Cooperativa Melífera" : "Cooperativa Quesera";
        cells[2] = "1";
    }
    struct table_layout l = table_layout_of(&t, 34);
    assert_int_equal(l.widths[0], 14);
    assert_int_equal(l.widths[1], 8);
    assert_int_equal(l.widths[2], 8);
}

static void test_a_single_row_is_told_above_rather_than_cut(void **state)
{
    (void)state;
    struct table t = two_rows("iso-14001:2015", "iso-9001:2015");
    t.n_rows = 1;
    struct table_layout l = table_layout_of(&t, 40);
    assert_true(l.lifted[EDITION]);
    assert_false(l.lifted[READY]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_room_enough),
        cmocka_unit_test(test_headings_break_first),
        cmocka_unit_test(test_what_is_common_is_lifted),
        cmocka_unit_test(test_headings_are_cut_then_codes),
        cmocka_unit_test(test_codes_outlast_names_and_headings),
        cmocka_unit_test(test_a_single_row_is_told_above_rather_than_cut),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
