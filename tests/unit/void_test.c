/* SPDX-License-Identifier: Apache-2.0 */
/* What was recorded by mistake: who may declare it void and until when, and what it takes with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <string.h>

enum { MANAGER = 2001, AUDITOR = 2002 };

static struct desk desk;

static int start(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "one", "1");
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    for (int i = 1; i <= 2; i++) {
        char code[] = "E0";
        code[1] = (char)('0' + i);
        must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                             .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-03-10")));
    }
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "2001", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")));
    must(&desk.err, DESK(&desk, grant_add, NULL, .user = "2002", .role = ROLE_AUDITOR));
    return 0;
}

static int stop(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void record(const char *holder, enum audit_kind kind, const char *on, const char *results, const char *planned)
{
    size_t n;
    const struct response *rows = sample_responses(results, &n);
    struct response copy[16];
    memcpy(copy, rows, n * sizeof *rows);
    must(&desk.err,
         DESK(&desk, audit_record, NULL, .holder = desk_ref(holder), .edition = desk_ref("one"), .kind = kind,
              .on = desk_day(on), .planned = desk_ref(planned), .responses = copy, .n_responses = n));
}

static int void_audit(const char *audit)
{
    return DESK(&desk, audit_void, NULL, .audit = desk_ref(audit), .reason = "of another farm");
}

static void test_who_and_until_when(void **state)
{
    (void)state;
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-01-10", "1.1=c", NULL); /* A1 */
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-01-11", "1.1=c", NULL); /* A2 */
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-01-12", "1.3=m", NULL); /* A3 */
    record("E1", AUDIT_STAGE_2, "2026-01-13", "1.1=c", NULL);             /* A4 */
    desk_set_today(&desk, "2026-04-09");
    desk_as_user(&desk, "mia", MANAGER);
    must(&desk.err, void_audit("A1")); /* on the thirtieth day */
    refused(&desk.err, void_audit("A1"), ERR_CONFLICT, "audit", "A1 is void since 2026-04-09 already");
    refused(&desk.err, void_audit("A3"), ERR_DENIED, "audit", "A3 raised the nonconformity F1; only an administrator");
    refused(&desk.err, void_audit("A4"), ERR_DENIED, "audit", "only an auditor may record");
    desk_set_today(&desk, "2026-04-10");
    refused(&desk.err, void_audit("A2"), ERR_DENIED, "audit",
            "A2 was recorded on 2026-03-10, more than 30 days ago; only an administrator");
    desk_as_user(&desk, "leo", AUDITOR);
    refused(&desk.err, void_audit("A2"), ERR_DENIED, "audit", "a manager or inspector");
    refused(&desk.err, void_audit("A4"), ERR_DENIED, "audit", "more than 30 days ago");
    desk_as_admin(&desk);
    must(&desk.err, void_audit("A2"));
    must(&desk.err, void_audit("A3"));
    must(&desk.err, void_audit("A4"));
}

static void test_memberships(void **state)
{
    (void)state;
    struct page page;
    struct standing_check check;
    struct membership m;
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-03-10", "1.1=M", NULL);
    desk_as_user(&desk, "mia", MANAGER);
    must(&desk.err, DESK(&desk, member_void, &m, .membership = desk_ref("M1"), .reason = "it was E3"));
    assert_int_equal(m.void_on.day, desk_day("2026-03-10").day);
    refused(&desk.err, DESK(&desk, member_void, NULL, .membership = desk_ref("M1"), .reason = "it was E3"),
            ERR_CONFLICT, "membership", "void since 2026-03-10 already");
    must(&desk.err, DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA")));
    assert_int_equal(page.n, 1);
    must(&desk.err, DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA"), .ended = true, .has_ended = true));
    assert_int_equal(page.n, 2);
    /* On the same day again, and not a second member for it; an ended one may be void too. */
    desk_as_admin(&desk);
    must(&desk.err, DESK(&desk, member_join, NULL, .cooperative = desk_ref("ALFA"), .enterprise = "E1"));
    desk_set_today(&desk, "2026-03-20");
    must(&desk.err, DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1")));
    must(&desk.err, DESK(&desk, member_void, NULL, .membership = desk_ref("M3"), .reason = "never was one"));
    must(&desk.err, DESK(&desk, standing_verify, &check, .page = { 0 }));
    assert_int_equal(check.differing, 0);
    must(&desk.err, DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA"), .as_of = desk_day("2026-03-19")));
    assert_int_equal(page.n, 2); /* as it was known then */
    desk_set_today(&desk, "2026-04-10");
    desk_as_user(&desk, "mia", MANAGER);
    refused(&desk.err, DESK(&desk, member_void, NULL, .membership = desk_ref("M2"), .reason = "late"), ERR_DENIED,
            "membership", "more than 30 days ago");
}

static void test_appointments(void **state)
{
    (void)state;
    struct page page;
    desk_as_user(&desk, "mia", MANAGER);
    const struct inspector_void p = { .cooperative = desk_ref("ALFA"),
                                      .person = desk_ref("ana"),
                                      .reason = "it was Eva" };
    refused(&desk.err, desk_call(&desk, METHOD_inspector_void, &p, NULL), ERR_CONFLICT, "person", "never appointed");
    must(&desk.err, DESK(&desk, inspector_appoint, NULL, .cooperative = desk_ref("ALFA"), .person = desk_ref("ana")));
    desk_set_today(&desk, "2026-03-12");
    must(&desk.err, desk_call(&desk, METHOD_inspector_void, &p, NULL));
    must(&desk.err, DESK(&desk, inspector_list, &page, .cooperative = desk_ref("ALFA")));
    assert_int_equal(page.n, 0);
    must(&desk.err,
         DESK(&desk, inspector_list, &page, .cooperative = desk_ref("ALFA"), .as_of = desk_day("2026-03-11")));
    assert_int_equal(page.n, 1);
    desk_as_admin(&desk);
    refused(&desk.err, DESK(&desk, person_void, NULL, .appointment = desk_ref("N1"), .reason = "x"), ERR_CONFLICT,
            "appointment", "void since 2026-03-12 already");
    refused(&desk.err, DESK(&desk, person_release, NULL, .appointment = desk_ref("N1")), ERR_BAD_STATE, "appointment",
            "void since 2026-03-12");
}

/* Closed by A2, planned before: back to its plan, which did not come from A2. */
static void test_what_it_closed_is_as_it_was(void **state)
{
    (void)state;
    struct planned_action action = {
        .kind = ACTION_CORRECTIVE, .text = "Fence", .owner = "ana", .due_on = desk_day("2026-12-01")
    };
    struct finding_detail d;
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-03-01", "1.1=M", NULL);
    must(&desk.err, DESK(&desk, finding_plan, NULL, .finding = desk_ref("F1"), .correction = "x", .root_cause = "y",
                         .actions = &action, .n_actions = 1, .on = desk_day("2026-03-02")));
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-03-03", "1.1=c", NULL);
    must(&desk.err, DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .audit = desk_ref("A2"),
                         .reason = "fenced", .on = desk_day("2026-03-03")));
    desk_set_today(&desk, "2026-03-12");
    must(&desk.err, void_audit("A2"));
    must(&desk.err, DESK(&desk, finding_show, &d, .finding = desk_ref("F1")));
    assert_int_equal(d.finding->state, FINDING_PLANNED);
    assert_false(date_is_set(d.finding->closed_on));
    assert_string_equal(d.steps[d.n_steps - 1].reason, "A2, which closed it, is void");
    must(&desk.err, DESK(&desk, finding_show, &d, .finding = desk_ref("F1"), .as_of = desk_day("2026-03-11")));
    assert_int_equal(d.finding->state, FINDING_CLOSED);
    assert_int_equal(d.finding->closed_on.day, desk_day("2026-03-03").day);
    assert_string_equal(d.finding->reason, "fenced");
    /* Closed again, and again by an audit that is void: each closing is kept. */
    record("E1", AUDIT_INTERNAL_INSPECTION, "2026-03-12", "1.1=c", NULL);
    must(&desk.err, DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .audit = desk_ref("A3"),
                         .reason = "fenced at last"));
    desk_set_today(&desk, "2026-03-14");
    must(&desk.err, void_audit("A3"));
    must(&desk.err, DESK(&desk, finding_show, &d, .finding = desk_ref("F1"), .as_of = desk_day("2026-03-13")));
    assert_string_equal(d.finding->reason, "fenced at last");
    must(&desk.err, DESK(&desk, finding_show, &d, .finding = desk_ref("F1"), .as_of = desk_day("2026-03-12")));
    assert_int_equal(d.finding->state, FINDING_CLOSED);
    must(&desk.err, DESK(&desk, finding_show, &d, .finding = desk_ref("F1"), .as_of = desk_day("2026-03-10")));
    assert_string_equal(d.finding->reason, "fenced");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_and_until_when, start, stop),
        cmocka_unit_test_setup_teardown(test_memberships, start, stop),
        cmocka_unit_test_setup_teardown(test_appointments, start, stop),
        cmocka_unit_test_setup_teardown(test_what_it_closed_is_as_it_was, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
