/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies, pursuits and certificates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"

#include <stdio.h>
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
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "One", .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2020-01-01")),
                     OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY),
                     OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "LAB", .name = "Lab", .kind = BODY_LABORATORY), OK);
    return 0;
}

/* One from before the register: nothing is known of how it was decided. */
static int grant(const char *number, const char *decided, const char *from, const char *until, struct certificate *ret)
{
    return DESK(&desk, cert_grant, ret, .holder = desk_ref("E1"), .edition = desk_ref("iso"), .number = number,
                .body = desk_ref("CB"), .decided_on = desk_day(decided),
                .valid_from = from != NULL ? desk_day(from) : (struct date){ 0 }, .valid_until = desk_day(until),
                .override = "granted before the register began");
}

static void test_body(void **state)
{
    (void)state;
    struct body body;
    struct page page;
    assert_int_equal(DESK(&desk, body_update, &body, .body = desk_ref("CB"), .accreditation = "X-1"), OK);
    assert_string_equal(body.accreditation, "X-1");
    assert_int_equal(DESK(&desk, body_update, NULL, .body = desk_ref("CB")), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, body_list, &page, .kind = BODY_LABORATORY), OK);
    assert_int_equal(page.n, 1);
    assert_string_equal(((struct body *)page.rows)[0].body.text, "LAB");
    assert_int_equal(DESK(&desk, body_show, &body, .body = desk_ref("L")), OK);
    assert_string_equal(body.body.text, "LAB");
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "x", .kind = BODY_FUNDER), ERR_EXISTS);
}

static void test_pursuit(void **state)
{
    (void)state;
    struct pursuit pursuit;
    struct pursuit_detail detail;
    struct page page;
    assert_int_equal(DESK(&desk, pursuit_enrol, &pursuit, .holder = desk_ref("E1"), .edition = desk_ref("iso"),
                          .on = desk_day("2026-01-01"), .target_on = desk_day("2027-01-01")),
                     OK);
    assert_string_equal(pursuit.edition.text, "iso:2015");
    assert_int_equal(pursuit.route, ROUTE_INDIVIDUAL);
    assert_int_equal(DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso:2015")),
                     ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "P1"));
    assert_int_equal(DESK(&desk, pursuit_move, NULL, .pursuit = desk_ref("P1"), .state = PURSUIT_CERTIFIED),
                     ERR_BAD_STATE);
    assert_string_equal(desk.err.field, "state");
    assert_int_equal(DESK(&desk, pursuit_move, NULL, .pursuit = desk_ref("P1"), .state = PURSUIT_PREPARING,
                          .on = desk_day("2025-12-31")),
                     ERR_CONFLICT);
    assert_int_equal(DESK(&desk, pursuit_move, NULL, .pursuit = desk_ref("P1"), .state = PURSUIT_PREPARING,
                          .on = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, pursuit_move, &pursuit, .pursuit = desk_ref("1"), .state = PURSUIT_PREPARING,
                          .on = desk_day("2026-02-01"), .reason = "began"),
                     OK);
    assert_int_equal(pursuit.state, PURSUIT_PREPARING);
    assert_int_equal(DESK(&desk, pursuit_show, &detail, .pursuit = desk_ref("p1")), OK);
    assert_int_equal(detail.n_steps, 2);
    assert_string_equal(detail.steps[1].reason, "began");
    assert_int_equal(DESK(&desk, pursuit_list, &page, .holder = desk_ref("ALFA")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, pursuit_list, &page, .state = PURSUIT_APPLIED), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, pursuit_move, NULL, .pursuit = desk_ref("P1"), .state = PURSUIT_ENDED), OK);
    assert_int_equal(DESK(&desk, pursuit_enrol, &pursuit, .holder = desk_ref("E1"), .edition = desk_ref("iso")), OK);
    assert_string_equal(pursuit.pursuit.text, "P2");
}

static void test_pursuit_dates(void **state)
{
    (void)state;
    assert_int_equal(DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso"),
                          .on = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso"),
                          .target_on = desk_day("2026-03-09")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "target_on");
    assert_int_equal(DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso:2016")),
                     ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "edition");
}

/* The whole life, seen from every side of each day on which something happened. */
static void test_state_by_day(void **state)
{
    (void)state;
    struct certificate c;
    struct certificate_detail detail;
    assert_int_equal(grant("N1", "2024-01-10", "2024-02-01", "2026-01-31", &c), OK);
    assert_int_equal(c.state, CERT_EXPIRED);
    assert_int_equal(
        DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2024-06-01"), .reason = "late"),
        OK);
    assert_int_equal(
        DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .on = desk_day("2024-07-01"), .reason = "mended"),
        OK);
    static const struct {
        const char *day;
        enum certificate_state state;
        size_t events;
    } days[] = {
        { "2024-02-01", CERT_ACTIVE, 1 },    { "2024-05-31", CERT_ACTIVE, 1 }, { "2024-06-01", CERT_SUSPENDED, 2 },
        { "2024-06-30", CERT_SUSPENDED, 2 }, { "2024-07-01", CERT_ACTIVE, 3 }, { "2026-01-31", CERT_ACTIVE, 3 },
        { "2026-02-01", CERT_EXPIRED, 3 },
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct page page;
        assert_int_equal(DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1"), .as_of = desk_day(days[i].day)),
                         OK);
        assert_int_equal(detail.certificate->state, days[i].state);
        assert_int_equal(detail.n_events, days[i].events);
        assert_int_equal(DESK(&desk, cert_list, &page, .holder = desk_ref("ALFA"), .as_of = desk_day(days[i].day)), OK);
        assert_int_equal(page.n, 1);
        assert_int_equal(((struct certificate *)page.rows)[0].state, days[i].state);
    }
    struct page page;
    assert_int_equal(DESK(&desk, cert_list, &page, .as_of = desk_day("2024-01-09")), OK);
    assert_int_equal(page.n, 0);
}

static void test_moves(void **state)
{
    (void)state;
    struct certificate c;
    assert_int_equal(grant("N1", "2026-01-10", NULL, "2029-01-09", &c), OK);
    assert_int_equal(c.valid_from.day, desk_day("2026-01-10").day);
    assert_int_equal(DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .reason = "x"), ERR_BAD_STATE);
    assert_int_equal(
        DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-01-09"), .reason = "x"),
        ERR_CONFLICT);
    assert_int_equal(
        DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-03-11"), .reason = "x"),
        ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, cert_suspend, &c, .certificate = desk_ref("C1"), .reason = "x"), OK);
    assert_int_equal(c.state, CERT_SUSPENDED);
    assert_int_equal(DESK(&desk, cert_withdraw, &c, .certificate = desk_ref("C1"), .reason = "x"), OK);
    assert_int_equal(c.state, CERT_WITHDRAWN);
    assert_int_equal(DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .reason = "x"), ERR_BAD_STATE);
    assert_non_null(strstr(desk.err.message, "was withdrawn on"));
    /* A withdrawn one stands in nobody's way. */
    assert_int_equal(grant("N2", "2026-03-10", NULL, "2029-01-09", NULL), OK);
}

static void test_refusals(void **state)
{
    (void)state;
    assert_int_equal(grant("N1", "2026-01-10", NULL, "2027-01-09", NULL), OK);
    assert_int_equal(grant("N1", "2026-01-10", "2028-01-01", "2029-01-09", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "number");
    assert_int_equal(grant("N2", "2026-01-10", "2027-01-09", "2029-01-09", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "C1 (N1)"));
    assert_int_equal(grant("N2", "2026-01-10", "2027-01-10", "2029-01-09", NULL), OK);
    assert_int_equal(grant("N3", "2026-03-11", NULL, "2040-01-09", NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "decided_on");
    assert_int_equal(grant("N3", "2026-03-10", NULL, "2026-03-09", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "valid_until");
    assert_int_equal(grant("N3", "2026-03-10", "2026-03-09", "2026-03-19", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "valid_from");
    assert_int_equal(DESK(&desk, cert_grant, NULL, .holder = desk_ref("ALFA"), .edition = desk_ref("iso"),
                          .number = "Z", .body = desk_ref("LAB"), .decided_on = desk_day("2026-01-01"),
                          .valid_until = desk_day("2027-01-01"), .override = "x"),
                     ERR_CONFLICT);
    assert_string_equal(desk.err.field, "body");
}

static void test_audit_it_rests_on(void **state)
{
    (void)state;
    struct response responses[] = { { .requirement = "R1", .result = RESULT_CONFORMING } };
    struct audit audit;
    assert_int_equal(DESK(&desk, audit_record, &audit, .holder = desk_ref("E1"), .edition = desk_ref("iso"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2026-02-01"), .responses = responses,
                          .n_responses = 1),
                     OK);
    struct cert_grant p = { .holder = desk_ref("ALFA"),
                            .edition = desk_ref("iso"),
                            .number = "N1",
                            .body = desk_ref("CB"),
                            .audit = desk_ref("A1"),
                            .decided_on = desk_day("2026-01-31"),
                            .valid_until = desk_day("2027-01-01"),
                            .override = "granted before the register began" };
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "audit");
    p.holder = desk_ref("E1");
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "audit");
    assert_non_null(strstr(desk.err.message, "not performed by the day of the decision"));
    p.decided_on = desk_day("2026-02-02");
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), OK);
    p.audit = desk_ref("A7");
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "audit");
}

/* Bodies grant apart from one another: what one withdraws, another may have in force. */
static void test_of_two_bodies(void **state)
{
    (void)state;
    struct status status;
    struct certificate c;
    struct response responses[] = { { .requirement = "R1", .result = RESULT_CONFORMING } };
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB2", .name = "Other", .kind = BODY_CERTIFICATION_BODY),
                     OK);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2025-01-01"), .responses = responses,
                          .n_responses = 1),
                     OK);
    assert_int_equal(grant("N1", "2025-02-01", NULL, "2026-03-10", NULL), OK);
    assert_int_equal(DESK(&desk, cert_grant, &c, .holder = desk_ref("E1"), .edition = desk_ref("iso"), .number = "N1",
                          .body = desk_ref("CB2"), .decided_on = desk_day("2025-06-01"),
                          .valid_until = desk_day("2026-05-31"), .override = "granted before the register began"),
                     OK);
    static const struct {
        const char *suspended, *withdrawn;
        enum certificate_state state;
        const char *until;
    } cases[] = {
        { NULL, NULL, CERT_ACTIVE, "2026-05-31" },
        { "2026-01-01", NULL, CERT_ACTIVE, "2026-03-10" },
        { NULL, "2026-01-01", CERT_ACTIVE, "2026-03-10" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].suspended != NULL)
            assert_int_equal(DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C2"),
                                  .on = desk_day(cases[i].suspended), .reason = "late"),
                             OK);
        if (cases[i].withdrawn != NULL)
            assert_int_equal(DESK(&desk, cert_withdraw, NULL, .certificate = desk_ref("C2"),
                                  .on = desk_day(cases[i].withdrawn), .reason = "late"),
                             OK);
        assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1")), OK);
        assert_int_equal(status.standings[0].certificate, cases[i].state);
        assert_int_equal(status.standings[0].valid_until.day, desk_day(cases[i].until).day);
    }
    desk_set_today(&desk, "2026-03-11");
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1")), OK);
    assert_int_equal(status.standings[0].certificate, CERT_WITHDRAWN);
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1"), .as_of = desk_day("2025-05-31")), OK);
    assert_int_equal(status.standings[0].valid_until.day, desk_day("2026-03-10").day);
}

static void test_ended_holder(void **state)
{
    (void)state;
    struct response responses[] = { { .requirement = "R1", .result = RESULT_CONFORMING } };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2026-02-01"), .responses = responses,
                          .n_responses = 1),
                     OK);
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1"),
                          .on = desk_day("2026-01-15")),
                     OK);
    assert_int_equal(DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("E1"), .on = desk_day("2026-01-31")),
                     ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "A1"));
    assert_int_equal(DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("E1"), .on = desk_day("2026-02-01")), OK);
    assert_int_equal(grant("N1", "2026-02-02", NULL, "2029-01-09", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "holder");
    assert_int_equal(grant("N1", "2026-02-01", NULL, "2029-01-09", NULL), OK);
    assert_int_equal(DESK(&desk, cert_show, NULL, .certificate = desk_ref("C1"), .as_of = desk_day("2026-01-31")),
                     ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "as_of");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_body),         TEST(test_pursuit),  TEST(test_pursuit_dates),     TEST(test_state_by_day),
        TEST(test_moves),        TEST(test_refusals), TEST(test_audit_it_rests_on), TEST(test_of_two_bodies),
        TEST(test_ended_holder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
