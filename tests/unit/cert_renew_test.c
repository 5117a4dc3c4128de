/* SPDX-License-Identifier: Apache-2.0 */
/* Renewal before expiry and after it, the limit of a suspension. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/decision.h"
#include "tests/support/expect.h"

#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    decision_open(&desk);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* Granted on 2026-03-01, so valid until 2029-02-28. */
static void grant_first(void)
{
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
}

static int renew(const char *on, const char *audit_id, struct certificate *ret)
{
    return DESK(&desk, cert_renew, ret, .certificate = desk_ref("C1"), .audit = desk_ref(audit_id),
                .decided_by = desk_ref("bea"), .decided_on = desk_day(on), .number = "N9");
}

static void test_renew(void **state)
{
    (void)state;
    struct certificate c;
    struct certificate_detail detail;
    grant_first();
    desk_set_today(&desk, "2029-02-20");
    assert_int_equal(renew("2028-08-27", "A1", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "decided_on");
    assert_non_null(strstr(desk.err.message, "can be renewed 6 months before, from 2028-08-28"));
    assert_int_equal(renew("2029-02-10", "A1", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "audit");
    assert_non_null(strstr(desk.err.message, "before the last decision, on 2026-03-01"));
    decision_audit("E1", AUDIT_RECERTIFICATION, "2029-01-15", decision_all_conforming, true);
    must(&desk.err, renew("2029-02-10", "A2", &c));
    assert_string_equal(c.number, "N9");
    assert_int_equal(c.valid_from.day, desk_day("2026-03-01").day);
    assert_int_equal(c.valid_until.day, desk_day("2032-02-29").day);
    assert_int_equal(c.state, CERT_ACTIVE);
    /* The day before the decision nothing of it is known. */
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1"), .as_of = desk_day("2029-02-09")));
    assert_string_equal(detail.certificate->number, "N1");
    assert_int_equal(detail.certificate->valid_until.day, desk_day("2029-02-28").day);
    assert_int_equal(detail.n_terms, 1);
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1")));
    assert_int_equal(detail.n_terms, 2);
    assert_int_equal(detail.terms[1].kind, TERM_RENEWAL);
    assert_int_equal(detail.terms[1].valid_from.day, desk_day("2029-03-01").day);
    /* A body's number is another certificate's no more. */
    decision_audit("E2", AUDIT_STAGE_2, "2029-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    p.holder = desk_ref("E2");
    p.audit = desk_ref("A3");
    p.decided_on = desk_day("2029-02-10");
    p.number = "N9";
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "number");
    /* Nothing happens to it before its last decision. */
    assert_int_equal(
        DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2029-02-09"), .reason = "x"),
        ERR_CONFLICT);
}

static void test_restore(void **state)
{
    (void)state;
    struct certificate c;
    struct certificate_detail detail;
    grant_first();
    desk_set_today(&desk, "2029-08-30");
    decision_audit("E1", AUDIT_RECERTIFICATION, "2029-05-15", decision_all_conforming, true);
    assert_int_equal(renew("2029-08-29", "A2", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "restored for 6 months, until 2029-08-28"));
    must(&desk.err, renew("2029-06-01", "A2", &c));
    assert_int_equal(c.state, CERT_ACTIVE);
    assert_int_equal(c.valid_until.day, desk_day("2032-02-29").day);
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1"), .as_of = desk_day("2029-05-31")));
    assert_int_equal(detail.certificate->state, CERT_EXPIRED);
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1"), .as_of = desk_day("2029-06-01")));
    assert_int_equal(detail.certificate->state, CERT_ACTIVE);
    assert_int_equal(detail.terms[1].kind, TERM_RESTORATION);
    struct status status;
    must(&desk.err, DESK(&desk, status_show, &status, .holder = desk_ref("E1")));
    assert_int_equal(status.standings[0].certificate, CERT_ACTIVE);
    assert_int_equal(status.standings[0].valid_until.day, desk_day("2032-02-29").day);
}

static void test_suspension_has_a_limit(void **state)
{
    (void)state;
    struct certificate c;
    grant_first();
    desk_set_today(&desk, "2027-03-01");
    must(&desk.err,
         DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-04-30"), .reason = "x"));
    assert_int_equal(renew("2026-12-01", "A1", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "lift the suspension first"));
    assert_int_equal(
        DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-10-31"), .reason = "mended"),
        ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "the limit is 6 months, until 2026-10-30"));
    assert_int_equal(DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-10-30"),
                          .reason = "mended", .override = "why not"),
                     ERR_INVALID_PARAM);
    desk_as_user(&desk, "cleo", DECISION_CERTIFIER);
    assert_int_equal(DESK(&desk, cert_lift, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-10-31"),
                          .reason = "mended", .override = "mended in time, seen late"),
                     ERR_DENIED);
    desk_as_admin(&desk);
    must(&desk.err, DESK(&desk, cert_lift, &c, .certificate = desk_ref("C1"), .on = desk_day("2026-10-31"),
                         .reason = "mended", .override = "mended in time, seen late"));
    assert_int_equal(c.state, CERT_ACTIVE);
    struct certificate_detail detail;
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1")));
    assert_string_equal(detail.events[2].override, "mended in time, seen late");
    must(&desk.err,
         DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-12-01"), .reason = "x"));
    must(&desk.err,
         DESK(&desk, cert_lift, &c, .certificate = desk_ref("C1"), .on = desk_day("2027-03-01"), .reason = "mended"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = { TEST(test_renew), TEST(test_restore), TEST(test_suspension_has_a_limit) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
