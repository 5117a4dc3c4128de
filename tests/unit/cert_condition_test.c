/* SPDX-License-Identifier: Apache-2.0 */
/* What must hold before a certificate is granted: each condition met, and each standing in the way alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/decision.h"
#include "tests/support/expect.h"
#include "tests/support/mend.h"

#include <stdio.h>
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

static void test_all_met(void **state)
{
    (void)state;
    struct certificate c;
    struct certificate_detail detail;
    struct page page;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    assert_string_equal(decision_unmet(&p), "");
    /* What is not named is looked for, but for who decides. */
    must(&desk.err, DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition));
    const struct condition *rows = page.rows;
    assert_int_equal(rows[1].condition, CONDITION_BODY);
    assert_string_equal(rows[1].record, "CB");
    assert_int_equal(rows[2].condition, CONDITION_AUDIT);
    assert_string_equal(rows[2].record, "A1");
    assert_string_equal(rows[3].source, "Rule book 4.2 (unverified)");
    desk_as_user(&desk, "cleo", DECISION_CERTIFIER);
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, &c));
    assert_int_equal(c.valid_from.day, desk_day("2026-03-01").day);
    assert_int_equal(c.valid_until.day, desk_day("2029-02-28").day);
    assert_string_equal(c.decided_by.text, "bea");
    assert_int_equal(c.route, ROUTE_INDIVIDUAL);
    assert_null(c.override);
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1")));
    assert_int_equal(detail.n_terms, 1);
    assert_int_equal(detail.terms[0].kind, TERM_GRANT);
    assert_null(detail.terms[0].unmet);
    assert_int_equal(detail.n_milestones, 3);
    assert_int_equal(detail.milestones[0].kind, MILESTONE_SURVEILLANCE);
    assert_int_equal(detail.milestones[0].due.day, desk_day("2027-03-01").day);
}

static void test_nothing_known(void **state)
{
    (void)state;
    struct cert_grant p = decision_wanted();
    p.audit = p.decided_by = (struct ref){ 0 };
    decision_refused(&p, "audit audit_age outcome verdict decision_maker separate", "audit",
                     "6 conditions are not met");
}

static void test_audit(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, false);
    struct cert_grant p = decision_wanted();
    decision_refused(&p, "audit outcome", "audit", "A1 was not concluded by the day");
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = desk_day("2026-03-02")));
    decision_refused(&p, "audit outcome", "audit", "A1 was not concluded by the day");
    p.decided_on = desk_day("2026-01-31");
    decision_refused(&p, "audit audit_age outcome verdict", "audit", "A1 was not performed by the day");
    p.holder = desk_ref("E2");
    decision_refused(&p, "audit audit_age outcome verdict", "audit", "A1 is not an audit of E2 against sample:1");
    p = decision_wanted();
    p.decided_on = desk_day("2026-03-02");
    decision_audit("E1", AUDIT_INTERNAL_INSPECTION, "2026-02-02", decision_all_conforming, true);
    decision_audit("E1", AUDIT_SURVEILLANCE, "2026-02-03", decision_all_conforming, true);
    p.audit = desk_ref("A2");
    decision_refused(&p, "audit", "audit", "A2 is of kind internal_inspection");
    p.audit = desk_ref("A3");
    decision_refused(&p, "audit", "audit", "A3 is of kind surveillance");
    p.audit = desk_ref("A1");
    const struct audit_record correction = { .holder = p.holder,
                                             .edition = p.edition,
                                             .kind = AUDIT_STAGE_2,
                                             .on = desk_day("2026-02-04"),
                                             .corrects = desk_ref("A1") };
    must(&desk.err, decision_record(correction, decision_all_conforming, NULL));
    /* A decision of an earlier day knows it too. */
    refused(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT, "audit", "A1 was corrected by A4");
    p.decided_on = desk_day("2026-03-10");
    decision_refused(&p, "audit", "audit", "A1 was corrected by A4");
    p.audit = desk_ref("A9");
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_NOT_FOUND);
}

static void test_age_of_audit(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2025-08-31", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    decision_refused(&p, "audit_age", "audit", "A1 serves until 2026-02-28");
    p.decided_on = desk_day("2026-02-28");
    assert_string_equal(decision_unmet(&p), "");
}

static void test_verdict_and_findings(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-01-05", "1.1=M 1.2=c 1.3=m 2.1=c 2.2=c", true);
    struct cert_grant p = decision_wanted();
    decision_refused(&p, "verdict major_findings minor_plans", "edition", "open: F1");
    assert_non_null(strstr(decision_message, "first 1.1"));
    assert_non_null(strstr(decision_message, "without an accepted plan: F2"));
    mend_people(&desk);
    must(&desk.err, mend_until(&desk, "F2", FINDING_PLANNED, "2026-01-10", NULL));
    decision_refused(&p, "verdict major_findings minor_plans", "edition", "without an accepted plan: F2");
    must(&desk.err, DESK(&desk, finding_accept, NULL, .finding = desk_ref("F2"), .on = desk_day("2026-01-10")));
    decision_refused(&p, "verdict major_findings", "edition", "open: F1");
    must(&desk.err, mend_until(&desk, "F1", FINDING_CLOSED, "2026-02-01", NULL));
    assert_string_equal(decision_unmet(&p), "");
    /* On the day before it was closed it stood against it still; 28 days after, the decision came too late. */
    p.decided_on = desk_day("2026-01-31");
    decision_refused(&p, "verdict major_findings", "edition", "F1");
    p.decided_on = desk_day("2026-03-01");
    assert_string_equal(decision_unmet(&p), "");
    p.decided_on = desk_day("2026-03-02");
    decision_refused(&p, "decision_days", "decided_on",
                     "F1 was the last to be closed; the decision is due within 28 days");
}

static void test_majors_in_time(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2025-11-29", "1.1=M 1.2=c 1.3=c 2.1=c 2.2=c", true);
    struct cert_grant p = decision_wanted();
    mend_people(&desk);
    must(&desk.err, mend_until(&desk, "F1", FINDING_CLOSED, "2026-03-01", NULL));
    decision_refused(&p, "majors_in_time", "audit", "F1 of A1 was not closed by 2026-02-28, within 3 months");
    p.decided_on = desk_day("2026-02-28");
    decision_refused(&p, "verdict major_findings", "edition", "open: F1"); /* time is left on that day */
    decision_audit("E1", AUDIT_STAGE_2, "2026-03-02", decision_all_conforming, true);
    p.audit = desk_ref("A2");
    p.decided_on = desk_day("2026-03-02");
    assert_string_equal(decision_unmet(&p), "");
}

static void test_edition_in_force(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct standard_publish next = sample_edition("sample", "2");
    next.valid_from = desk_day("2026-02-15");
    next.obligatory_from = desk_day("2026-03-01");
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &next, NULL));
    struct cert_grant p = decision_wanted();
    decision_refused(&p, "edition", "edition", "sample:1 was replaced by a newer edition on 2026-03-01");
    p.decided_on = desk_day("2026-02-28");
    assert_string_equal(decision_unmet(&p), "");
}

static void test_who_decides(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    p.decided_by = desk_ref("ana");
    decision_refused(&p, "separate", "decided_by", "ana was on the team of A1");
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "cleo", .name = "Cleo"));
    must(&desk.err, DESK(&desk, person_appoint, NULL, .person = desk_ref("cleo"), .role = PERSON_DECISION_MAKER,
                         .body = desk_ref("CB"), .from = desk_day("2026-02-15")));
    p.decided_by = desk_ref("bea");
    decision_refused(&p, "decision_maker", "decided_by", "bea is not appointed as decision_maker of CB");
    p.decided_on = desk_day("2026-02-14");
    assert_string_equal(decision_unmet(&p), ""); /* nobody was appointed yet */
    must(&desk.err, DESK(&desk, person_update, NULL, .person = desk_ref("bea"), .ended_on = desk_day("2026-02-14")));
    decision_refused(&p, "decision_maker", "decided_by", "bea is not active");
    p.decided_by = desk_ref("cleo");
    p.decided_on = desk_day("2026-03-01");
    assert_string_equal(decision_unmet(&p), "");
}

/* Whoever assisted the farm does not decide for two years. */
static void test_impartial(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct participation who[] = { { .enterprise = "E1" } };
    must(&desk.err,
         DESK(&desk, assist_record, NULL, .title = "Records", .kind = TA_TRAINING, .adviser = desk_ref("bea"),
              .delivered_on = desk_day("2024-03-01"), .participations = who, .n_participations = 1));
    struct cert_grant p = decision_wanted();
    decision_refused(&p, "impartial", "decided_by", "bea has a conflict of interest T1");
    p.decided_on = desk_day("2026-03-02");
    assert_string_equal(decision_unmet(&p), "");
}

/* An audit by Ana, whom assistance bars, set aside by an administrator. */
static void audit_set_aside(enum audit_kind kind, const char *on, const char *why)
{
    struct audit made;
    const struct audit_record p = { .holder = desk_ref("E1"),
                                    .edition = desk_ref("sample:1"),
                                    .kind = kind,
                                    .on = desk_day(on),
                                    .auditor = desk_ref("ana"),
                                    .body = desk_ref("CB"),
                                    .override = why };
    must(&desk.err, decision_record(p, decision_all_conforming, &made));
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = made.audit, .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = p.on));
}

static void assisted_by_ana(const char *on)
{
    struct participation who[] = { { .enterprise = "E1" } };
    must(&desk.err,
         DESK(&desk, assist_record, NULL, .title = "Records", .kind = TA_TRAINING, .adviser = desk_ref("ana"),
              .delivered_on = desk_day(on), .participations = who, .n_participations = 1));
}

/* So many bars set aside show with the certificate on a day, and so many for its last term. */
static struct override *set_aside(const char *as_of, size_t n, int64_t of_last)
{
    struct certificate_detail detail;
    struct page page;
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1"), .as_of = desk_day(as_of)));
    assert_int_equal(detail.n_overrides, n);
    assert_int_equal(detail.certificate->overrides, of_last);
    must(&desk.err, DESK(&desk, cert_list, &page, .as_of = desk_day(as_of)));
    assert_int_equal(((struct certificate *)page.rows)[0].overrides, of_last);
    return detail.overrides;
}

/* A certificate carries what was set aside for the audits that its terms rest on, and of no other audit. */
static void test_set_aside(void **state)
{
    (void)state;
    assisted_by_ana("2025-06-01");
    audit_set_aside(AUDIT_STAGE_2, "2026-02-01", "the only one who knows bees");
    audit_set_aside(AUDIT_SURVEILLANCE, "2026-03-10", "nobody else came");
    struct cert_grant p = decision_wanted();
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
    set_aside("2026-03-09", 0, 0); /* recorded on the day after */
    const struct override *o = set_aside("2026-03-10", 1, 1);
    assert_string_equal(o[0].audit.text, "A1");
    assert_string_equal(o[0].person.text, "ana");
    assert_string_equal(o[0].record, "T1");
    assert_string_equal(o[0].reason, "the only one who knows bees");

    desk_set_today(&desk, "2028-09-10");
    assisted_by_ana("2028-08-01");
    audit_set_aside(AUDIT_RECERTIFICATION, "2028-09-01", "still the only one");
    desk_set_today(&desk, "2028-09-20");
    must(&desk.err, DESK(&desk, cert_renew, NULL, .certificate = desk_ref("C1"), .audit = desk_ref("A3"),
                         .decided_by = desk_ref("bea")));
    set_aside("2028-09-19", 1, 1); /* nothing rested on it yet */
    o = set_aside("2028-09-20", 2, 1);
    assert_string_equal(o[1].audit.text, "A3");
    assert_string_equal(o[1].record, "T2");
}

/* Results that were only carried over from another edition: nobody was there. */
static void test_migrated(void **state)
{
    (void)state;
    static const char *const numbers[] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
    struct map_row rows[6];
    sample_publish(&desk, "old", "1");
    for (size_t i = 0; i < 6; i++)
        rows[i] = (struct map_row){ .from = numbers[i], .to = numbers[i], .relation = MAP_EQUAL };
    must(&desk.err, sample_audit(&desk, "E1", "old", "2026-02-01", decision_all_conforming, NULL));
    must(&desk.err, DESK(&desk, map_publish, NULL, .from = desk_ref("old:1"), .to = desk_ref("sample:1"),
                         .source = "made up", .rows = rows, .n_rows = 6));
    must(&desk.err, DESK(&desk, standard_migrate, NULL, .cooperative = desk_ref("ALFA"), .from = desk_ref("old:1"),
                         .to = desk_ref("sample:1")));
    struct cert_grant p = decision_wanted();
    p.decided_on = desk_day("2026-03-10");
    p.audit = desk_ref("A2");
    decision_refused(&p, "audit outcome proof", "audit", "A2 is of kind migration");
}

static void test_body_and_validity(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    p.body = desk_ref("LAB");
    decision_refused(&p, "body", "body", "LAB is not a certification body");
    p = decision_wanted();
    p.valid_until = desk_day("2029-03-01");
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "valid_until");
    assert_non_null(strstr(desk.err.message, "36 months, this one at most until 2029-02-28"));
    p.valid_until = desk_day("2028-02-28");
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
    p = decision_wanted();
    p.number = "N2";
    p.route = ROUTE_GROUP;
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "route");
}

/* An edition without rules says nothing of how long a certificate is valid. */
static void test_without_rules(void **state)
{
    (void)state;
    struct standard_publish bare = sample_edition("bare", "1");
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &bare, NULL));
    const struct audit_record old = {
        .holder = desk_ref("E1"), .edition = desk_ref("bare"), .kind = AUDIT_STAGE_2, .on = desk_day("2020-02-01")
    };
    must(&desk.err, decision_record(old, decision_all_conforming, NULL));
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = old.on));
    struct cert_grant p = decision_wanted();
    p.edition = desk_ref("bare");
    decision_refused(&p, "validity", "valid_until", "bare:1 has no rule for the validity");
    p.valid_until = desk_day("2036-01-01");
    assert_string_equal(decision_unmet(&p), "");
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
}

static void test_override(void **state)
{
    (void)state;
    struct certificate c;
    struct certificate_detail detail;
    struct cert_grant p = decision_wanted();
    p.audit = (struct ref){ 0 };
    p.override = "granted before the register began";
    desk_as_user(&desk, "cleo", DECISION_CERTIFIER);
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_DENIED);
    assert_string_equal(desk.err.field, "override");
    desk_as_admin(&desk);
    p.body = desk_ref("LAB");
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "body");
    assert_non_null(strstr(desk.err.message, "whatever the reason"));
    p.body = desk_ref("CB");
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, &c));
    assert_string_equal(c.override, p.override);
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = c.certificate));
    assert_string_equal(detail.terms[0].override, p.override);
    assert_non_null(strstr(detail.terms[0].unmet, "audit: the audit is missing"));
    assert_non_null(strstr(detail.terms[0].unmet, "verdict: E1 was not audited"));
    decision_audit("E2", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    p.holder = desk_ref("E2");
    p.audit = desk_ref("A1");
    p.number = "N2";
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "override");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_all_met),
        TEST(test_nothing_known),
        TEST(test_audit),
        TEST(test_age_of_audit),
        TEST(test_verdict_and_findings),
        TEST(test_majors_in_time),
        TEST(test_edition_in_force),
        TEST(test_who_decides),
        TEST(test_impartial),
        TEST(test_body_and_validity),
        TEST(test_without_rules),
        TEST(test_override),
        TEST(test_set_aside),
        TEST(test_migrated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
