/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of enterprises: what each kind takes, which one counts on a day, who sees them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"

#include <string.h>

static struct desk desk;

/* E1 and E2 are members of ALFA, E3 of BETA. */
static int open_desk(void **state)
{
    static const char *const codes[] = { "E1", "E2", "E3" };
    (void)state;
    desk_start(&desk, "2026-03-10");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = codes[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref(i < 2 ? "ALFA" : "BETA"), .joined_on = desk_day("2024-01-01")),
                         OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct enterprise_measure number(enum measure_kind kind, int64_t thousandths, const char *unit, const char *on)
{
    return (struct enterprise_measure){ .enterprise = desk_ref("E1"),
                                        .kind = kind,
                                        .value = thousandths,
                                        .has_value = true,
                                        .unit = unit,
                                        .on = on != NULL ? desk_day(on) : (struct date){ 0 },
                                        .source = MEASURE_DECLARED };
}

static struct enterprise_measure money(enum measure_kind kind, int64_t minor, const char *on)
{
    return (struct enterprise_measure){ .enterprise = desk_ref("E1"),
                                        .kind = kind,
                                        .amount = { minor, "USD" },
                                        .on = on != NULL ? desk_day(on) : (struct date){ 0 },
                                        .source = MEASURE_DOCUMENT };
}

static int put(struct enterprise_measure p, struct measure *ret)
{
    return desk_call(&desk, METHOD_enterprise_measure, &p, ret);
}

static void refuses(struct enterprise_measure p, const char *field, const char *message)
{
    assert_int_equal(put(p, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, field);
    assert_string_equal(desk.err.message, message);
}

static struct page list(struct enterprise_measures p)
{
    struct page rows = { 0 };
    assert_int_equal(desk_call(&desk, METHOD_enterprise_measures, &p, &rows), OK);
    return rows;
}

static void each_kind_takes_its_figure(void **state)
{
    (void)state;
    struct measure m;
    assert_int_equal(put(number(MEASURE_HECTARES, 2500, NULL, "2026-01-31"), &m), OK);
    assert_string_equal(m.measure.text, "ME1");
    assert_string_equal(m.enterprise.text, "E1");
    assert_int_equal(m.value, 2500);
    assert_true(m.counts);
    assert_int_equal(m.on.day, desk_day("2026-01-31").day);
    assert_int_equal(m.recorded_on.day, desk_day("2026-03-10").day);
    assert_int_equal(put(money(MEASURE_SALES, 120050, NULL), &m), OK);
    assert_int_equal(m.amount.minor, 120050);
    assert_string_equal(m.amount.currency, "USD");
    assert_false(m.has_value);
    assert_int_equal(m.on.day, desk_day("2026-03-10").day);
    assert_int_equal(put(number(MEASURE_OUTPUT, 4000000, "kg", NULL), &m), OK);
    assert_string_equal(m.unit, "kg");
    assert_int_equal(put(number(MEASURE_EMPLOYEES, 7000, NULL, NULL), &m), OK);
}

static void wrong_figures_change_nothing(void **state)
{
    (void)state;
    struct enterprise_measure both = money(MEASURE_SALES, 100, NULL);
    both.value = 1;
    both.has_value = true;
    refuses(both, "amount", "sales and exports need an amount of money, such as '1200.50 USD'");
    refuses(number(MEASURE_EXPORTS, 1, NULL, NULL), "amount",
            "sales and exports need an amount of money, such as '1200.50 USD'");
    refuses(money(MEASURE_HECTARES, 1, NULL), "value",
            "employees, hectares and output need a number, not an amount of money");
    refuses(number(MEASURE_OUTPUT, 1, NULL, NULL), "unit", "output needs a unit, such as kg");
    refuses(number(MEASURE_EMPLOYEES, 1000, "people", NULL), "unit", "only output has a unit");
    refuses(number(MEASURE_EMPLOYEES, 1500, NULL, NULL), "value", "the number of employees must be whole");
    assert_int_equal(put(number(MEASURE_HECTARES, 1, NULL, "2026-03-11"), NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(list((struct enterprise_measures){ .history = true, .has_history = true }).n, 0);
}

static void nothing_is_measured_after_the_end(void **state)
{
    (void)state;
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1"),
                          .on = desk_day("2026-02-01")),
                     OK);
    assert_int_equal(DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("E1"), .on = desk_day("2026-02-01")), OK);
    assert_int_equal(put(number(MEASURE_HECTARES, 1, NULL, "2026-02-02"), NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.message, "E1 ended on 2026-02-01; name another, or use an earlier day");
    assert_int_equal(put(number(MEASURE_HECTARES, 1, NULL, "2026-02-01"), NULL), OK);
}

static void the_latest_of_a_kind_counts(void **state)
{
    (void)state;
    assert_int_equal(put(number(MEASURE_HECTARES, 3000, NULL, "2026-02-01"), NULL), OK);
    assert_int_equal(put(number(MEASURE_HECTARES, 2000, NULL, "2025-02-01"), NULL), OK);
    assert_int_equal(put(number(MEASURE_HECTARES, 4000, NULL, "2026-02-01"), NULL), OK);
    assert_int_equal(put(number(MEASURE_EMPLOYEES, 7000, NULL, "2025-06-01"), NULL), OK);

    struct page now = list((struct enterprise_measures){ .holder = desk_ref("E1") });
    const struct measure *rows = now.rows;
    assert_int_equal(now.n, 2);
    assert_string_equal(rows[0].measure.text, "ME3"); /* of one day, the last recorded */
    assert_string_equal(rows[1].measure.text, "ME4");

    struct page then = list((struct enterprise_measures){ .holder = desk_ref("E1"), .as_of = desk_day("2025-12-31") });
    rows = then.rows;
    assert_int_equal(then.n, 2);
    assert_int_equal(rows[0].value, 2000);

    struct page all = list(
        (struct enterprise_measures){ .kind = MEASURE_HECTARES, .history = true, .has_history = true });
    rows = all.rows;
    assert_int_equal(all.n, 3);
    assert_false(rows[0].counts);
    assert_false(rows[1].counts);
    assert_true(rows[2].counts);
    assert_int_equal(
        list((struct enterprise_measures){ .as_of = desk_day("2025-01-31"), .history = true, .has_history = true }).n,
        0);
}

static void a_cooperative_has_those_of_its_members(void **state)
{
    (void)state;
    struct enterprise_measure other = number(MEASURE_HECTARES, 1000, NULL, NULL);
    other.enterprise = desk_ref("E3");
    assert_int_equal(put(number(MEASURE_HECTARES, 2000, NULL, NULL), NULL), OK);
    assert_int_equal(put(other, NULL), OK);
    struct page alfa = list((struct enterprise_measures){ .holder = desk_ref("ALFA") });
    assert_int_equal(alfa.n, 1);
    assert_string_equal(((const struct measure *)alfa.rows)[0].enterprise.text, "E1");
    assert_int_equal(list((struct enterprise_measures){ 0 }).n, 2);
    struct page first = list((struct enterprise_measures){ .page = { .limit = 1, .has_limit = true } });
    assert_int_equal(first.n, 1);
    assert_string_equal(first.next, "ME1");
    struct page next = list((struct enterprise_measures){ .page = { .after = first.next } });
    assert_int_equal(next.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_kind_takes_its_figure, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(wrong_figures_change_nothing, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(nothing_is_measured_after_the_end, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(the_latest_of_a_kind_counts, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(a_cooperative_has_those_of_its_members, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
