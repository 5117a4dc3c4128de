/* SPDX-License-Identifier: Apache-2.0 */
/* Technical assistance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/expect.h"

#include <string.h>

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    desk_publish(&desk, "iso", "2015");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "FUND", .name = "Fund", .kind = BODY_FUNDER), OK);
    static const char *const codes[] = { "E1", "E2" };
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = codes[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-01-01")),
                         OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E3", .name = "x", .activity = ACTIVITY_FARM), OK);
    return 0;
}

static struct participation took_part(const char *enterprise, int64_t planned, int64_t attended)
{
    return (struct participation){ .enterprise = enterprise,
                                   .planned = planned,
                                   .has_planned = planned > 0,
                                   .attended = attended,
                                   .has_attended = attended > 0 };
}

static struct money usd(int64_t cents)
{
    return (struct money){ cents, "USD" };
}

/* A delivered training with both members, addressing R1, paid by two. */
struct training {
    struct participation participations[2];
    struct addressed requirements[1];
    struct payment payments[2];
    struct assist_record p;
};

static struct training *training(void)
{
    static struct training t;
    t = (struct training){
        .participations = { took_part("E1", 360, 300), took_part("E2", 360, 0) },
        .requirements = { { .edition = "iso", .requirement = "R1" } },
        .payments = { { .payer = "FUND", .amount = usd(90000) }, { .payer = "ALFA", .amount = usd(10000) } },
        .p = { .title = "Hygiene", .kind = TA_TRAINING, .cooperative = desk_ref("ALFA"), .source = "T-1" },
    };
    t.p.delivered_on = desk_day("2026-02-01");
    t.p.cost = usd(100000);
    t.p.participations = t.participations;
    t.p.n_participations = 2;
    t.p.requirements = t.requirements;
    t.p.n_requirements = 1;
    t.p.payments = t.payments;
    t.p.n_payments = 2;
    return &t;
}

static int record(const struct training *t, struct intervention *ret)
{
    return desk_call(&desk, METHOD_assist_record, &t->p, ret);
}

static void not_recorded(const struct training *t, int code, const char *field)
{
    struct page page;
    refused(&desk.err, record(t, NULL), code, field, NULL);
    assert_int_equal(DESK(&desk, assist_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
}

static void test_record(void **state)
{
    (void)state;
    struct intervention i;
    struct intervention_detail d;
    assert_int_equal(record(training(), &i), OK);
    assert_string_equal(i.intervention.text, "T1");
    assert_int_equal(i.state, TA_DELIVERED);
    assert_int_equal(i.participants, 2);
    assert_int_equal(i.planned, 720);
    assert_int_equal(i.attended, 300);
    assert_int_equal(i.cost.minor, 100000);
    assert_string_equal(i.cost.currency, "USD");
    assert_int_equal(DESK(&desk, assist_show, &d, .intervention = desk_ref("T1")), OK);
    assert_int_equal(d.n_participations, 2);
    assert_int_equal(d.participations[0].attended, 300);
    assert_false(d.participations[1].has_attended);
    assert_string_equal(d.requirements[0].edition, "iso:2015");
    assert_string_equal(d.payments[0].payer, "FUND");
    assert_int_equal(d.payments[1].amount.minor, 10000);
    assert_int_equal(record(training(), NULL), ERR_EXISTS);
    assert_string_equal(desk.err.field, "source");
}

static void test_refusals_of_parts(void **state)
{
    (void)state;
    struct training *t = training();
    t->participations[1].enterprise = "E3";
    not_recorded(t, ERR_CONFLICT, "participations[1].enterprise");
    t = training();
    t->participations[1].enterprise = "E9";
    not_recorded(t, ERR_NOT_FOUND, "participations[1].enterprise");
    t = training();
    t->participations[1].enterprise = "E1";
    not_recorded(t, ERR_INVALID_PARAM, "participations");
    t = training();
    t->p.delivered_on = desk_day("2025-12-31");
    not_recorded(t, ERR_CONFLICT, "participations[0].enterprise");
    t = training();
    t->requirements[0].requirement = "R9";
    not_recorded(t, ERR_INVALID_PARAM, "requirements[0].requirement");
    t = training();
    t->requirements[0].edition = "haccp";
    not_recorded(t, ERR_NOT_FOUND, "requirements[0].edition");
}

static void test_refusals_of_money(void **state)
{
    (void)state;
    struct training *t = training();
    t->payments[0].amount = usd(90001);
    not_recorded(t, ERR_CONFLICT, "payments");
    t = training();
    strcpy(t->payments[1].amount.currency, "EUR");
    not_recorded(t, ERR_CONFLICT, "payments");
    t = training();
    t->payments[0].payer = "NOBODY";
    not_recorded(t, ERR_NOT_FOUND, "payments[0].payer");
    t = training();
    t->payments[0].amount = usd(0);
    not_recorded(t, ERR_INVALID_PARAM, "payments[0].amount");
    t = training();
    t->p.cost = (struct money){ 0 };
    not_recorded(t, ERR_CONFLICT, "cost");
}

static void test_refusals_of_days(void **state)
{
    (void)state;
    struct training *t = training();
    t->p.delivered_on = desk_day("2026-03-11");
    not_recorded(t, ERR_INVALID_PARAM, "delivered_on");
    t = training();
    t->p.delivered_on = (struct date){ 0 };
    not_recorded(t, ERR_INVALID_PARAM, "delivered_on");
    t = training();
    t->p.delivered_on = (struct date){ 0 };
    t->p.planned_on = desk_day("2026-04-01");
    not_recorded(t, ERR_CONFLICT, "participations[0].attended");
}

static void test_deliver(void **state)
{
    (void)state;
    struct intervention i;
    struct intervention_detail d;
    struct training *t = training();
    t->p.delivered_on = (struct date){ 0 };
    t->p.planned_on = desk_day("2026-03-05");
    t->participations[0].has_attended = false;
    assert_int_equal(record(t, &i), OK);
    assert_int_equal(i.state, TA_PLANNED);
    struct participation attended[] = { took_part("E2", 0, 120) };
    struct payment payments[] = { { .payer = "FUND", .amount = usd(80000) } };
    assert_int_equal(DESK(&desk, assist_deliver, NULL, .intervention = desk_ref("T1"), .on = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, assist_deliver, NULL, .intervention = desk_ref("T1"), .on = desk_day("2026-03-06"),
                          .cost = usd(80000)),
                     ERR_CONFLICT); /* who paid the rest? */
    assert_int_equal(DESK(&desk, assist_deliver, &i, .intervention = desk_ref("T1"), .on = desk_day("2026-03-06"),
                          .cost = usd(80000), .participations = attended, .n_participations = 1, .payments = payments,
                          .n_payments = 1),
                     OK);
    assert_int_equal(i.state, TA_DELIVERED);
    assert_int_equal(i.planned, 720);
    assert_int_equal(i.attended, 120);
    assert_int_equal(DESK(&desk, assist_show, &d, .intervention = desk_ref("T1")), OK);
    assert_int_equal(d.n_payments, 1);
    assert_int_equal(DESK(&desk, assist_deliver, NULL, .intervention = desk_ref("T1"), .on = desk_day("2026-03-06")),
                     ERR_BAD_STATE);
    assert_int_equal(DESK(&desk, assist_cancel, NULL, .intervention = desk_ref("T1"), .reason = "x"), ERR_BAD_STATE);
    assert_int_equal(DESK(&desk, assist_evaluate, &i, .intervention = desk_ref("T1"), .note = "went well"), OK);
    assert_int_equal(i.state, TA_EVALUATED);
    assert_string_equal(i.note, "went well");
}

/* What was kept of an earlier day is whole; a member of one cooperative is told no more of it than of today. */
static void test_scope_of_earlier_days(void **state)
{
    (void)state;
    struct intervention_detail d;
    struct participation who[] = { took_part("E1", 60, 0), took_part("E3", 60, 0) };
    must(&desk.err, DESK(&desk, assist_record, NULL, .title = "Open day", .kind = TA_AWARENESS,
                         .planned_on = desk_day("2026-03-12"), .participations = who, .n_participations = 2));
    must(&desk.err, DESK(&desk, grant_add, NULL, .user = "1000", .role = ROLE_VIEWER, .cooperative = desk_ref("ALFA")));
    desk_set_today(&desk, "2026-03-20");
    must(&desk.err, DESK(&desk, assist_deliver, NULL, .intervention = desk_ref("T1"), .on = desk_day("2026-03-12")));
    must(&desk.err, DESK(&desk, assist_show, &d, .intervention = desk_ref("T1"), .as_of = desk_day("2026-03-11")));
    assert_int_equal(d.n_participations, 2);
    desk_as_user(&desk, "ana", 1000);
    must(&desk.err, DESK(&desk, assist_show, &d, .intervention = desk_ref("T1"), .as_of = desk_day("2026-03-11")));
    assert_int_equal(d.intervention->state, TA_PLANNED);
    assert_int_equal(d.n_participations, 1);
    assert_string_equal(d.participations[0].enterprise, "E1");
}

static void test_notes_join(void **state)
{
    (void)state;
    struct intervention i;
    static char words[4001];
    struct training *t = training();
    t->p.note = "in the hall";
    assert_int_equal(record(t, NULL), OK);
    memset(words, 'x', sizeof words - 1);
    assert_int_equal(DESK(&desk, assist_evaluate, NULL, .intervention = desk_ref("T1"), .note = words),
                     ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, assist_evaluate, &i, .intervention = desk_ref("T1"), .note = "went well"), OK);
    assert_string_equal(i.note, "in the hall\nwent well");
}

static void test_list(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(record(training(), NULL), OK);
    assert_int_equal(DESK(&desk, assist_list, &page, .holder = desk_ref("ALFA")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, assist_list, &page, .holder = desk_ref("E1")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, assist_list, &page, .holder = desk_ref("E3")), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, assist_list, &page, .from = desk_day("2026-02-01")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, assist_list, &page, .from = desk_day("2026-02-02")), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, assist_list, &page, .until = desk_day("2026-02-01"), .kind = TA_TRAINING), OK);
    assert_int_equal(page.n, 1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_record),  TEST(test_refusals_of_parts),     TEST(test_refusals_of_money), TEST(test_refusals_of_days),
        TEST(test_deliver), TEST(test_scope_of_earlier_days), TEST(test_notes_join),        TEST(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
