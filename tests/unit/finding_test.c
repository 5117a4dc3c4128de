/* SPDX-License-Identifier: Apache-2.0 */
/* Findings: raised by audits, closed once, by those who may, not before they were raised; seen as of any day. The work
 * on them is in finding_work_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/mend.h"
#include "tests/support/sample.h"

static struct desk desk;

enum { ANA = 1001 };

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "sample", "1");
    mend_people(&desk);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "x", .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("ALFA")),
                     OK);
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-01", "1.1=M 1.2=c 1.3=m 2.1=o 2.2=c", NULL), OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int finish(const char *finding, const char *on, struct finding *ret)
{
    return DESK(&desk, finding_close, ret, .finding = desk_ref(finding), .reason = "fence mended, seen on the spot",
                .on = on != NULL ? desk_day(on) : (struct date){ 0 });
}

static struct standing stand(const char *as_of)
{
    struct status status;
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1"),
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    assert_int_equal(status.n_standings, 1);
    return status.standings[0];
}

static void test_closing_makes_it_conform(void **state)
{
    (void)state;
    struct finding finding;
    assert_int_equal(stand(NULL).nonconforming, 2);
    assert_int_equal(stand(NULL).verdict, VERDICT_NOT_READY);
    assert_int_equal(mend_until(&desk, "F1", FINDING_CLOSED, "2026-03-05", &finding), OK);
    assert_int_equal(finding.state, FINDING_CLOSED);
    assert_string_equal(finding.verified_by, "seer");
    assert_int_equal(stand(NULL).nonconforming, 1);
    assert_int_equal(stand(NULL).major, 0);
    assert_int_equal(stand(NULL).verdict, VERDICT_READY);
    assert_int_equal(stand("2026-03-04").major, 1);
    assert_int_equal(stand("2026-03-05").major, 0);
}

static void test_bad_closings(void **state)
{
    (void)state;
    assert_int_equal(mend_until(&desk, "F1", FINDING_VERIFIED, "2026-03-01", NULL), OK);
    assert_int_equal(finish("F1", "2026-03-11", NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(finish("F1", "2026-02-28", NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(finish("F9", NULL, NULL), ERR_NOT_FOUND);
    assert_int_equal(stand(NULL).major, 1);
    assert_int_equal(finish("F1", NULL, NULL), OK);
    assert_int_equal(finish("F1", NULL, NULL), ERR_BAD_STATE);
    assert_string_equal(desk.err.field, "finding");
}

static void test_an_old_finding_stays_open(void **state)
{
    (void)state;
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-06", "1.1=c", NULL), OK);
    struct standing s = stand(NULL);
    assert_int_equal(s.nonconforming, 1);
    assert_int_equal(s.major, 1);
    assert_int_equal(s.verdict, VERDICT_NOT_READY);
    assert_int_equal(s.n_blockers, 1);
    assert_string_equal(s.blockers[0].finding.text, "F1");
    assert_int_equal(s.blockers[0].result, RESULT_CONFORMING);
}

static void test_external_findings_are_the_auditors(void **state)
{
    (void)state;
    struct response row = { .requirement = "1.1", .result = RESULT_NONCONFORMING, .class = CLASS_MAJOR };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2026-03-07"), .responses = &row, .n_responses = 1),
                     OK);
    assert_int_equal(
        DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")), OK);
    desk_as_user(&desk, "ana", ANA);
    assert_int_equal(mend_until(&desk, "F4", FINDING_PLANNED, "2026-03-08", NULL), OK);
    assert_int_equal(finish("F4", NULL, NULL), ERR_DENIED);
    assert_int_equal(DESK(&desk, finding_accept, NULL, .finding = desk_ref("F4")), ERR_DENIED);
    assert_int_equal(DESK(&desk, finding_reject, NULL, .finding = desk_ref("F4"), .reason = "x"), ERR_DENIED);
    assert_int_equal(DESK(&desk, finding_notify, NULL, .finding = desk_ref("F4")), ERR_DENIED);
    assert_int_equal(DESK(&desk, finding_move, NULL, .finding = desk_ref("F4"), .step = STEP_CLOSE,
                          .due_on = desk_day("2026-06-01"), .reason = "x"),
                     ERR_DENIED);
    assert_int_equal(mend_until(&desk, "F1", FINDING_CLOSED, "2026-03-08", NULL), OK);
}

static void test_lists(void **state)
{
    (void)state;
    struct page page;
    struct finding_detail detail;
    assert_int_equal(mend_until(&desk, "F2", FINDING_CLOSED, "2026-03-05", NULL), OK);
    assert_int_equal(DESK(&desk, finding_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 3);
    assert_int_equal(DESK(&desk, finding_list, &page, .holder = desk_ref("ALFA"), .state = FINDING_OPEN), OK);
    assert_int_equal(page.n, 2);
    assert_int_equal(DESK(&desk, finding_list, &page, .state = FINDING_OPEN, .as_of = desk_day("2026-03-04")), OK);
    assert_int_equal(page.n, 3);
    assert_int_equal(DESK(&desk, finding_list, &page, .as_of = desk_day("2026-02-28")), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, finding_list, &page, .class = CLASS_OBSERVATION), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, finding_list, &page, .as_of = desk_day("2026-03-11")), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, finding_list, &page, .page = { .limit = 2, .has_limit = true }), OK);
    assert_string_equal(page.next, "F2");
    assert_int_equal(DESK(&desk, finding_show, &detail, .finding = desk_ref("f2"), .as_of = desk_day("2026-03-04")),
                     OK);
    assert_int_equal(detail.finding->state, FINDING_OPEN);
    assert_string_equal(detail.title, "A point to look at");
    assert_int_equal(DESK(&desk, finding_show, NULL, .finding = desk_ref("F2"), .as_of = desk_day("2026-02-01")),
                     ERR_NOT_FOUND);
}

static void test_note_is_what_was_seen(void **state)
{
    (void)state;
    struct finding_detail detail;
    struct response row = {
        .requirement = "1.3", .result = RESULT_NONCONFORMING, .class = CLASS_MINOR, .note = "rats"
    };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_FOLLOW_UP, .on = desk_day("2026-03-07"), .responses = &row, .n_responses = 1),
                     OK);
    assert_int_equal(DESK(&desk, finding_show, &detail, .finding = desk_ref("F4")), OK);
    assert_string_equal(detail.note, "rats");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_closing_makes_it_conform),           TEST(test_bad_closings), TEST(test_an_old_finding_stays_open),
        TEST(test_external_findings_are_the_auditors), TEST(test_lists),        TEST(test_note_is_what_was_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
