/* SPDX-License-Identifier: Apache-2.0 */
/* Audits: planned, recorded, concluded, corrected, cancelled; each bad input refused with its field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <string.h>

static struct desk desk;

enum { ANA = 1001, BEN = 1002 };

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void join(const char *cooperative, const char *code)
{
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref(cooperative), .joined_on = desk_day("2026-01-01")),
                     OK);
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "sample", "1");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    join("ALFA", "E1");
    join("ALFA", "E2");
    join("BETA", "E3");
    return 0;
}

static int record(const char *on, const char *results, struct audit *ret)
{
    return sample_audit(&desk, "E1", "sample", on, results, ret);
}

static void nothing_recorded(void)
{
    struct page page;
    struct standing_check check;
    assert_int_equal(DESK(&desk, audit_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, finding_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.standings, 0);
}

static void not_recorded(int code, int expected, const char *field)
{
    refused(&desk.err, code, expected, field, NULL);
    assert_true(desk.err.message[0] != '\0');
    nothing_recorded();
}

static void test_recorded(void **state)
{
    (void)state;
    struct audit audit;
    struct audit_detail detail;
    assert_int_equal(record("2026-03-01", "2.3=n 1.1=M 1.2=c 1.3=m 2.1=o 2.2=-", &audit), OK);
    assert_string_equal(audit.audit.text, "A1");
    assert_string_equal(audit.holder.text, "E1");
    assert_string_equal(audit.edition.text, "sample:1");
    assert_int_equal(audit.state, AUDIT_DONE);
    assert_int_equal(audit.conforming, 2);
    assert_int_equal(audit.nonconforming, 2);
    assert_int_equal(audit.not_applicable, 1);
    assert_int_equal(audit.not_assessed, 1);
    assert_int_equal(audit.major, 1);
    assert_int_equal(audit.minor, 1);

    assert_int_equal(DESK(&desk, audit_show, &detail, .audit = desk_ref("a1")), OK);
    assert_int_equal(detail.n_responses, 6);
    assert_string_equal(detail.responses[0].requirement, "1.1");
    assert_string_equal(detail.responses[5].requirement, "2.3");
    assert_int_equal(detail.n_sections, 2);
    assert_string_equal(detail.sections[0].section, "S1");
    assert_int_equal(detail.sections[0].nonconforming, 2);
    assert_int_equal(detail.sections[0].conforming, 1);
    assert_int_equal(detail.sections[1].conforming, 1);
    assert_int_equal(detail.sections[1].not_applicable, 1);
    assert_int_equal(detail.sections[1].not_assessed, 1);
    assert_int_equal(detail.n_findings, 3);
    assert_string_equal(detail.findings[0].requirement, "1.1");
    assert_int_equal(detail.findings[2].class, CLASS_OBSERVATION);
}

static void test_class_from_level(void **state)
{
    (void)state;
    struct audit audit;
    struct standard_publish p = sample_edition("strict", "1");
    p.class_from_level = p.has_class_from_level = true;
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
    struct response rows[] = { { .requirement = "1.1", .result = RESULT_NONCONFORMING },
                               { .requirement = "1.3", .result = RESULT_NONCONFORMING, .count = 4, .has_count = true },
                               { .requirement = "2.3", .result = RESULT_NONCONFORMING } };
    struct audit_record r = { .holder = desk_ref("E1"),
                              .edition = desk_ref("strict"),
                              .kind = AUDIT_SELF_ASSESSMENT,
                              .on = desk_day("2026-03-01"),
                              .responses = rows,
                              .n_responses = 3 };
    assert_int_equal(desk_call(&desk, METHOD_audit_record, &r, &audit), OK);
    assert_int_equal(audit.major, 1);
    assert_int_equal(audit.minor, 1);
    struct page findings;
    assert_int_equal(DESK(&desk, finding_list, &findings, .holder = desk_ref("E1")), OK);
    const struct finding *f = findings.rows;
    assert_int_equal(findings.n, 3);
    assert_int_equal(f[0].class, CLASS_MAJOR);
    assert_int_equal(f[1].count, 4);
    assert_int_equal(f[2].class, CLASS_OPPORTUNITY);
    struct audit_detail detail;
    assert_int_equal(DESK(&desk, audit_show, &detail, .audit = desk_ref("A1")), OK);
    assert_int_equal(detail.responses[0].class, CLASS_MAJOR);
    assert_int_equal(detail.sections[0].times, 5);

    rows[0].class = CLASS_MINOR;
    r.again = r.has_again = true;
    assert_int_equal(desk_call(&desk, METHOD_audit_record, &r, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "responses[0].class");
}

static void test_bad_responses(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("other", "1");
    p.requirements[1].code = "O.1";
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
    assert_int_equal(record("2026-03-01", "O.1=c", NULL), ERR_INVALID_PARAM);
    assert_non_null(strstr(desk.err.message, "is a requirement of other:1, not of sample:1"));
    not_recorded(record("2026-03-01", "O.1=c", NULL), ERR_INVALID_PARAM, "responses[0].requirement");
    not_recorded(record("2026-03-01", "1.1=c 9.9=c", NULL), ERR_INVALID_PARAM, "responses[1].requirement");
    not_recorded(record("2026-03-01", "S1=c", NULL), ERR_INVALID_PARAM, "responses[0].requirement");
    not_recorded(record("2026-03-01", "1.1=c 1.1=M", NULL), ERR_INVALID_PARAM, "responses[1].requirement");
    not_recorded(record("2026-03-01", "1.1=n", NULL), ERR_INVALID_PARAM, "responses[0].result");
}

static int record_one(struct response row)
{
    return DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-03-01"), .responses = &row, .n_responses = 1);
}

static void test_bad_classes(void **state)
{
    (void)state;
    not_recorded(record_one((struct response){ "1.1", RESULT_NONCONFORMING, 0, 0, false, NULL }), ERR_INVALID_PARAM,
                 "responses[0].class");
    not_recorded(record_one((struct response){ "1.1", RESULT_NONCONFORMING, CLASS_OBSERVATION, 0, false, NULL }),
                 ERR_INVALID_PARAM, "responses[0].class");
    not_recorded(record_one((struct response){ "1.1", RESULT_CONFORMING, CLASS_MINOR, 0, false, NULL }),
                 ERR_INVALID_PARAM, "responses[0].class");
    not_recorded(record_one((struct response){ "1.2", RESULT_NOT_APPLICABLE, CLASS_OBSERVATION, 0, false, "x" }),
                 ERR_INVALID_PARAM, "responses[0].class");
    not_recorded(record_one((struct response){ "1.2", RESULT_NOT_APPLICABLE, 0, 0, false, NULL }), ERR_INVALID_PARAM,
                 "responses[0].note");
    not_recorded(record_one((struct response){ "1.1", RESULT_CONFORMING, 0, 3, true, NULL }), ERR_INVALID_PARAM,
                 "responses[0].count");
}

static void test_bad_days(void **state)
{
    (void)state;
    not_recorded(record("2026-03-11", "1.1=c", NULL), ERR_INVALID_PARAM, "on");
    struct standard_publish p = sample_edition("dated", "1");
    p.valid_from = desk_day("2020-01-01");
    p.valid_until = desk_day("2026-02-01");
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
    not_recorded(sample_audit(&desk, "E1", "dated:1", "2019-12-31", "1.1=c", NULL), ERR_CONFLICT, "edition");
    not_recorded(sample_audit(&desk, "E1", "dated:1", "2026-02-02", "1.1=c", NULL), ERR_CONFLICT, "edition");
    p = sample_edition("dated", "2");
    p.valid_from = desk_day("2025-01-01");
    p.obligatory_from = desk_day("2025-07-01");
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
    not_recorded(sample_audit(&desk, "E1", "dated:1", "2025-07-01", "1.1=c", NULL), ERR_CONFLICT, "edition");
    assert_int_equal(sample_audit(&desk, "E1", "dated:1", "2025-06-30", "1.1=c", NULL), OK);
}

static void test_unknown_names(void **state)
{
    (void)state;
    not_recorded(sample_audit(&desk, "E9", "sample", "2026-03-01", "1.1=c", NULL), ERR_NOT_FOUND, "holder");
    not_recorded(sample_audit(&desk, "E1", "nothing", "2026-03-01", "1.1=c", NULL), ERR_NOT_FOUND, "edition");
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E4", .name = "x", .activity = ACTIVITY_FARM), OK);
    assert_int_equal(DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("E4"), .on = desk_day("2026-02-01")), OK);
    not_recorded(sample_audit(&desk, "E4", "sample", "2026-03-01", "1.1=c", NULL), ERR_CONFLICT, "holder");
}

static int with_source(const char *holder, const char *source)
{
    struct response row = { .requirement = "1.1", .result = RESULT_CONFORMING };
    return DESK(&desk, audit_record, NULL, .holder = desk_ref(holder), .edition = desk_ref("sample"),
                .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-03-01"), .source = source, .responses = &row,
                .n_responses = 1);
}

static void test_source_is_unique(void **state)
{
    (void)state;
    assert_int_equal(with_source("E1", "V-1"), OK);
    assert_int_equal(with_source("E2", "V-1"), OK);
    assert_int_equal(with_source("E1", "V-1"), ERR_EXISTS);
    assert_string_equal(desk.err.field, "source");
}

static int plan(enum audit_kind kind, struct audit *ret)
{
    return DESK(&desk, audit_plan, ret, .holder = desk_ref("E1"), .edition = desk_ref("sample"), .kind = kind,
                .on = desk_day("2026-04-01"));
}

static int perform(const char *holder, const char *planned, struct audit *ret)
{
    struct response row = { .requirement = "1.1", .result = RESULT_CONFORMING };
    return DESK(&desk, audit_record, ret, .holder = desk_ref(holder), .edition = desk_ref("sample"),
                .kind = AUDIT_INTERNAL_AUDIT, .on = desk_day("2026-03-01"), .planned = desk_ref(planned),
                .responses = &row, .n_responses = 1);
}

static void test_body_of_an_internal_audit(void **state)
{
    (void)state;
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "CB", .kind = BODY_CERTIFICATION_BODY), OK);
    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_INTERNAL_AUDIT, .on = desk_day("2026-04-01"), .body = desk_ref("CB")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "body");
    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_STAGE_1, .on = desk_day("2026-04-01"), .body = desk_ref("CB")),
                     OK);
}

static void test_planned(void **state)
{
    (void)state;
    struct audit audit;
    assert_int_equal(plan(AUDIT_INTERNAL_AUDIT, &audit), OK);
    assert_int_equal(audit.state, AUDIT_PLANNED);
    assert_int_equal(plan(AUDIT_SELF_ASSESSMENT, NULL), OK);
    assert_int_equal(perform("E2", "A1", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "planned");
    assert_int_equal(perform("E1", "A2", NULL), ERR_CONFLICT);
    assert_int_equal(perform("E1", "A1", &audit), OK);
    assert_string_equal(audit.audit.text, "A1");
    assert_int_equal(audit.state, AUDIT_DONE);
    assert_int_equal(audit.planned_on.day, desk_day("2026-04-01").day);
    assert_int_equal(audit.performed_on.day, desk_day("2026-03-01").day);
    assert_int_equal(perform("E1", "A1", NULL), ERR_BAD_STATE);

    assert_int_equal(DESK(&desk, audit_cancel, &audit, .audit = desk_ref("A2"), .reason = "floods"), OK);
    assert_int_equal(audit.state, AUDIT_CANCELLED);
    assert_string_equal(audit.conclusion, "floods");
    assert_int_equal(DESK(&desk, audit_cancel, NULL, .audit = desk_ref("A1"), .reason = "x"), ERR_BAD_STATE);
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A2"), .conclusion = "x"), ERR_BAD_STATE);
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "x"), OK);
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "y"), ERR_BAD_STATE);
}

static int correct(const char *which, const char *on, struct audit *ret)
{
    struct response row = { .requirement = "1.1", .result = RESULT_CONFORMING };
    return DESK(&desk, audit_record, ret, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day(on), .corrects = desk_ref(which), .responses = &row,
                .n_responses = 1);
}

static void test_corrected(void **state)
{
    (void)state;
    struct status status;
    struct finding_detail finding;
    struct audit audit;
    assert_int_equal(record("2026-03-01", "1.1=M 1.2=c", NULL), OK);
    assert_int_equal(correct("A1", "2026-03-05", NULL), ERR_BAD_STATE);
    assert_string_equal(desk.err.field, "corrects");
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "x"), OK);
    assert_int_equal(correct("A1", "2026-03-05", &audit), OK);
    assert_string_equal(audit.corrects.text, "A1");
    assert_int_equal(correct("A1", "2026-03-06", NULL), ERR_CONFLICT);

    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1")), OK);
    assert_int_equal(status.standings[0].audits, 1);
    assert_int_equal(status.standings[0].conforming, 1);
    assert_int_equal(status.standings[0].major, 0);
    assert_int_equal(DESK(&desk, finding_show, &finding, .finding = desk_ref("F1")), OK);
    assert_int_equal(finding.finding->state, FINDING_CLOSED);
    assert_string_equal(finding.finding->reason, "corrected by A2");
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1"), .as_of = desk_day("2026-03-04")), OK);
    assert_int_equal(status.standings[0].major, 1);
    assert_int_equal(status.standings[0].conforming, 1);
    assert_int_equal(status.standings[0].nonconforming, 1);
}

static int record_kind(const char *holder, enum audit_kind kind)
{
    struct response row = { .requirement = "1.1", .result = RESULT_CONFORMING };
    return DESK(&desk, audit_record, NULL, .holder = desk_ref(holder), .edition = desk_ref("sample"), .kind = kind,
                .on = desk_day("2026-03-01"), .responses = &row, .n_responses = 1);
}

static void grant(const char *user, enum role role, const char *cooperative)
{
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = user, .role = role, .cooperative = desk_ref(cooperative)),
                     OK);
}

static void test_who_may_record_what(void **state)
{
    (void)state;
    grant("1001", ROLE_MANAGER, "ALFA");
    grant("1001", ROLE_AUDITOR, "BETA");
    grant("1002", ROLE_INSPECTOR, "ALFA");
    desk_as_user(&desk, "ana", ANA);
    assert_int_equal(record_kind("E1", AUDIT_INTERNAL_INSPECTION), OK);
    assert_int_equal(record_kind("E1", AUDIT_STAGE_2), ERR_DENIED);
    assert_string_equal(desk.err.field, "kind");
    assert_int_equal(record_kind("E3", AUDIT_STAGE_2), OK);
    assert_int_equal(record_kind("E3", AUDIT_INTERNAL_AUDIT), ERR_DENIED);
    assert_int_equal(record_kind("E3", AUDIT_FOLLOW_UP), OK);
    desk_as_user(&desk, "ben", BEN);
    assert_int_equal(record_kind("E2", AUDIT_INTERNAL_AUDIT), OK);
    assert_int_equal(record_kind("E3", AUDIT_INTERNAL_AUDIT), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "holder");
}

static void test_lists(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-01", "1.1=c 1.2=c", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E2", "sample", "2026-03-03", "1.1=M", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E3", "sample", "2026-03-02", "1.1=c", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-03", "1.1=c", NULL), OK);
    static const char *const order[] = { "A4", "A2", "A3", "A1" };
    const char *after = NULL;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(DESK(&desk, audit_list, &page, .page = { .limit = 1, .has_limit = true, .after = after }), OK);
        assert_int_equal(page.n, 1);
        assert_string_equal(((const struct audit *)page.rows)->audit.text, order[i]);
        after = page.next;
        assert_int_equal(after == NULL, i == 3);
    }
    assert_int_equal(DESK(&desk, audit_list, &page, .holder = desk_ref("ALFA")), OK);
    assert_int_equal(page.n, 3);
    assert_int_equal(DESK(&desk, audit_list, &page, .from = desk_day("2026-03-02"), .until = desk_day("2026-03-02")),
                     OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, audit_list, &page, .page = { .after = "x" }), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "after");
    grant("1002", ROLE_VIEWER, "BETA");
    desk_as_user(&desk, "ben", BEN);
    assert_int_equal(DESK(&desk, audit_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, audit_show, NULL, .audit = desk_ref("A1")), ERR_NOT_FOUND);
}

static void test_responses_in_pages(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-01", "1.1=c 1.2=c 1.3=m", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E3", "sample", "2026-03-02", "1.1=M", NULL), OK);
    assert_int_equal(DESK(&desk, audit_responses, &page, .page = { .limit = 2, .has_limit = true }), OK);
    assert_int_equal(page.n, 2);
    assert_int_equal(DESK(&desk, audit_responses, &page, .page = { .limit = 2, .has_limit = true, .after = page.next }),
                     OK);
    const struct response_row *rows = page.rows;
    assert_int_equal(page.n, 2);
    assert_null(page.next);
    assert_string_equal(rows[0].requirement, "1.3");
    assert_int_equal(rows[0].class, CLASS_MINOR);
    assert_string_equal(rows[1].audit.text, "A2");
    assert_string_equal(rows[1].holder.text, "E3");
    assert_int_equal(DESK(&desk, audit_responses, &page, .holder = desk_ref("ALFA")), OK);
    assert_int_equal(page.n, 3);
    assert_int_equal(DESK(&desk, audit_responses, &page, .page = { .after = "1" }), ERR_INVALID_PARAM);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_recorded),
        TEST(test_class_from_level),
        TEST(test_bad_responses),
        TEST(test_bad_classes),
        TEST(test_bad_days),
        TEST(test_unknown_names),
        TEST(test_source_is_unique),
        TEST(test_body_of_an_internal_audit),
        TEST(test_planned),
        TEST(test_corrected),
        TEST(test_who_may_record_what),
        TEST(test_lists),
        TEST(test_responses_in_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
