/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that an edition may state of findings, surveillances and its own end, each asked where it applies. */
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

static int publish_rules(struct rules *rules, const char *valid_until)
{
    static struct cycle_rule cycle = { .validity_months = 36,
                                       .has_validity_months = true,
                                       .first_surveillance_months = 12,
                                       .has_first_surveillance_months = true,
                                       .source = "Rule book 1" };
    struct standard_publish p = sample_edition("kinds", "1");
    p.requirements[1].fundamental = p.requirements[1].has_fundamental = true; /* 1.1 */
    rules->cycle = &cycle;
    p.rules = rules;
    if (valid_until != NULL)
        p.valid_until = desk_day(valid_until);
    return desk_call(&desk, METHOD_standard_publish, &p, NULL);
}

static int audit(const char *holder, enum audit_kind kind, const char *on, const char *results)
{
    struct audit_record p = { .holder = desk_ref(holder),
                              .edition = desk_ref("kinds:1"),
                              .kind = kind,
                              .on = desk_day(on),
                              .auditor = desk_ref("ana") };
    if (kind != AUDIT_INTERNAL_INSPECTION)
        p.body = desk_ref("CB");
    return decision_record(p, results, NULL);
}

static void conclude(const char *audit, const char *on)
{
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = desk_ref(audit), .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = desk_day(on)));
}

/* By a follow-up on the day that found it in order. */
static void close_finding(const char *results, const char *follow_up, const char *on)
{
    must(&desk.err, audit("E1", AUDIT_FOLLOW_UP, on, results));
    must(&desk.err, DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .reason = "seen",
                         .audit = desk_ref(follow_up), .on = desk_day(on)));
}

static int grant(const char *audit, const char *on, const char *until)
{
    return DESK(&desk, cert_grant, NULL, .holder = desk_ref("E1"), .edition = desk_ref("kinds:1"), .number = "N1",
                .body = desk_ref("CB"), .audit = desk_ref(audit), .decided_by = desk_ref("bea"),
                .decided_on = desk_day(on), .valid_until = until != NULL ? desk_day(until) : (struct date){ 0 });
}

/* A minor finding that the next audit leaves open counts as a major one: it is shown, and refused on. */
static void test_left_open(void **state)
{
    (void)state;
    struct left_open_rule left_open = { .audits = 1, .has_audits = true, .source = "Rule book 2" };
    struct rules rules = { .left_open = &left_open };
    struct finding_detail finding;
    must(&desk.err, publish_rules(&rules, NULL));
    must(&desk.err, audit("E1", AUDIT_EXTERNAL_INSPECTION, "2025-06-01", "1.1=c 1.2=c 1.3=c 2.1=m 2.2=c 2.3=c"));
    must(&desk.err, DESK(&desk, finding_show, &finding, .finding = desk_ref("F1")));
    assert_int_equal(finding.finding->counts_as, 0);
    must(&desk.err, audit("E1", AUDIT_STAGE_2, "2026-02-01", "1.1=c 1.2=c 1.3=c 2.2=c 2.3=c"));
    conclude("A2", "2026-02-01");
    must(&desk.err, DESK(&desk, finding_show, &finding, .finding = desk_ref("F1")));
    assert_int_equal(finding.finding->class, CLASS_MINOR);
    assert_int_equal(finding.finding->counts_as, CLASS_MAJOR);
    must(&desk.err, DESK(&desk, finding_show, &finding, .finding = desk_ref("F1"), .as_of = desk_day("2026-01-31")));
    assert_int_equal(finding.finding->counts_as, 0);
    refused(&desk.err, grant("A2", "2026-02-10", NULL), ERR_CONFLICT, NULL,
            "major_findings: open: minor, but left open by later audits and so major: F1");
    close_finding("2.1=c", "A3", "2026-02-05");
    must(&desk.err, DESK(&desk, finding_show, &finding, .finding = desk_ref("F1")));
    assert_int_equal(finding.finding->counts_as, 0);
    must(&desk.err, grant("A2", "2026-02-10", NULL));
}

/* Whatever was done about it: only another audit carries a certificate. */
static void test_fundamental(void **state)
{
    (void)state;
    struct rules rules = { 0 };
    must(&desk.err, publish_rules(&rules, NULL));
    must(&desk.err, audit("E1", AUDIT_STAGE_2, "2026-02-01", "1.1=M 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c"));
    conclude("A1", "2026-02-01");
    close_finding("1.1=c", "A2", "2026-02-05");
    refused(&desk.err, grant("A1", "2026-02-10", NULL), ERR_CONFLICT, NULL,
            "F1 of A1 is major and on 1.1, which is fundamental; a new audit of the whole edition is required");
    must(&desk.err, audit("E1", AUDIT_STAGE_2, "2026-02-20", decision_all_conforming));
    conclude("A3", "2026-02-20");
    must(&desk.err, grant("A3", "2026-02-25", NULL));
}

static void test_forbidden(void **state)
{
    (void)state;
    struct forbidden_rule forbidden = {
        .class = CLASS_OBSERVATION, .external = true, .has_external = true, .source = "Rule book 3"
    };
    struct rules rules = { .forbidden = &forbidden, .n_forbidden = 1 };
    must(&desk.err, publish_rules(&rules, NULL));
    refused(&desk.err, audit("E1", AUDIT_STAGE_2, "2026-02-01", "1.1=c 2.1=o"), ERR_INVALID_PARAM, "responses[1].class",
            "2.1: kinds:1 allows no finding of class observation in an external audit (Rule book 3)");
    must(&desk.err, audit("E1", AUDIT_INTERNAL_INSPECTION, "2026-02-01", "1.1=c 2.1=o"));
}

static const struct certificate_milestone *first_surveillance(void)
{
    static struct certificate_detail c;
    must(&desk.err, DESK(&desk, cert_show, &c, .certificate = desk_ref("C1")));
    for (size_t i = 0; i < c.n_milestones; i++)
        if (c.milestones[i].kind == MILESTONE_SURVEILLANCE)
            return &c.milestones[i];
    fail_msg("no surveillance");
    return NULL;
}

/* One that left something out is named with what it lacks, and stays due; a whole one is done. */
static void test_surveillance(void **state)
{
    (void)state;
    struct surveillance_rule must_see[] = { { .requirement = "1.1", .source = "Rule book 4" },
                                            { .requirement = "S2", .source = "Rule book 4" } };
    struct rules rules = { .surveillance = must_see, .n_surveillance = 2 };
    must(&desk.err, publish_rules(&rules, NULL));
    must(&desk.err, audit("E1", AUDIT_STAGE_2, "2025-06-01", decision_all_conforming));
    conclude("A1", "2025-06-01");
    must(&desk.err, grant("A1", "2025-06-10", NULL));
    must(&desk.err, audit("E1", AUDIT_SURVEILLANCE, "2026-02-01", "1.1=c 2.1=c 2.2=-"));
    const struct certificate_milestone *m = first_surveillance();
    assert_int_equal(m->state, MILESTONE_OPEN);
    assert_string_equal(m->audit.text, "A2");
    assert_string_equal(m->lacks, "2.2, 2.3");
    must(&desk.err, audit("E1", AUDIT_SURVEILLANCE, "2026-03-01", "1.1=c 2.1=c 2.2=n 2.3=c"));
    m = first_surveillance();
    assert_int_equal(m->state, MILESTONE_DONE);
    assert_string_equal(m->audit.text, "A3");
    assert_null(m->lacks);
    struct surveillance_rule twice[] = { { .requirement = "1.1", .source = "x" },
                                         { .requirement = "1.1", .source = "x" } };
    struct rules bad = { .surveillance = twice, .n_surveillance = 2 };
    struct standard_publish p = sample_edition("bad", "1");
    p.rules = &bad;
    refused(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL), ERR_INVALID_PARAM,
            "rules.surveillance[1].requirement", "already listed");
    twice[1].requirement = "9.9";
    refused(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL), ERR_INVALID_PARAM,
            "rules.surveillance[1].requirement", "unknown requirement 9.9");
}

/* After its last day only what its rule leaves, and only while a certificate runs; no certificate beyond the
 * transition. */
static void test_transition(void **state)
{
    (void)state;
    struct transition_rule transition = { .successor = "Kinds 2",
                                          .certificates_until = desk_day("2026-12-31"),
                                          .surveillance = true,
                                          .has_surveillance = true,
                                          .source = "Rule book 5" };
    struct rules rules = { .transition = &transition };
    struct certificate c;
    must(&desk.err, publish_rules(&rules, "2025-12-31"));
    must(&desk.err, audit("E1", AUDIT_STAGE_2, "2025-06-01", decision_all_conforming));
    conclude("A1", "2025-06-01");
    refused(&desk.err, grant("A1", "2025-06-10", "2027-01-01"), ERR_CONFLICT, NULL,
            "no certificate for kinds:1 is valid after 2026-12-31");
    must(&desk.err, grant("A1", "2025-06-10", NULL)); /* 36 months would be longer */
    must(&desk.err, DESK(&desk, cert_list, &(struct page){ 0 }, .holder = desk_ref("E1")));
    struct certificate_detail detail;
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1")));
    c = *detail.certificate;
    assert_int_equal(c.valid_until.day, desk_day("2026-12-31").day);
    must(&desk.err, audit("E1", AUDIT_SURVEILLANCE, "2026-02-01", decision_all_conforming));
    must(&desk.err, audit("E1", AUDIT_INTERNAL_INSPECTION, "2026-02-01", decision_all_conforming));
    refused(&desk.err, audit("E1", AUDIT_RECERTIFICATION, "2026-02-01", decision_all_conforming), ERR_CONFLICT,
            "edition", "kinds:1 was valid until 2025-12-31; use the edition in force");
    refused(&desk.err, audit("E2", AUDIT_SURVEILLANCE, "2026-02-01", decision_all_conforming), ERR_CONFLICT, "edition",
            "needs a certificate that runs on the day of the audit (Rule book 5)");
    must(&desk.err,
         DESK(&desk, cert_withdraw, NULL, .certificate = desk_ref("C1"), .reason = "x", .on = desk_day("2026-03-01")));
    refused(&desk.err, audit("E1", AUDIT_SURVEILLANCE, "2026-03-02", decision_all_conforming), ERR_CONFLICT, "edition",
            "kinds:1 was valid until 2025-12-31");
    struct transition_rule nothing = { .published_on = desk_day("2026-01-01"), .source = "x" };
    struct rules bad = { .transition = &nothing };
    struct standard_publish p = sample_edition("bad", "1");
    p.rules = &bad;
    refused(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL), ERR_INVALID_PARAM, "rules.transition",
            "says nothing");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_left_open),    TEST(test_fundamental), TEST(test_forbidden),
        TEST(test_surveillance), TEST(test_transition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
