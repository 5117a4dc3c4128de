/* SPDX-License-Identifier: Apache-2.0 */
/* What an audit recommends, and how independent its proof is: what a certificate rests on besides the verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/decision.h"
#include "tests/support/expect.h"
#include "tests/support/mend.h"

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

/* Without a recommendation there is no certificate; an older audit can be told its outcome, once. */
static void test_outcome(void **state)
{
    (void)state;
    struct audit a;
    struct page page;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, false);
    struct cert_grant p = decision_wanted();
    struct audit_conclude told = { .audit = desk_ref("A1"), .outcome = OUTCOME_NOT_RECOMMENDED };
    refused(&desk.err, desk_call(&desk, METHOD_audit_conclude, &told, NULL), ERR_INVALID_PARAM, "conclusion", "A1");
    must(&desk.err,
         DESK(&desk, audit_conclude, &a, .audit = desk_ref("A1"), .conclusion = "seen", .on = desk_day("2026-02-05")));
    assert_int_equal(a.outcome, 0);
    decision_refused(&p, "outcome", "audit", "A1 has no outcome by that day");
    told.on = desk_day("2026-02-04");
    refused(&desk.err, desk_call(&desk, METHOD_audit_conclude, &told, NULL), ERR_INVALID_PARAM, "on", "2026-02-05");
    told.conclusion = "again";
    refused(&desk.err, desk_call(&desk, METHOD_audit_conclude, &told, NULL), ERR_BAD_STATE, "audit", "concluded");
    told.conclusion = NULL;
    told.by = desk_ref("ana");
    refused(&desk.err, desk_call(&desk, METHOD_audit_conclude, &told, NULL), ERR_BAD_STATE, "audit", "concluded");
    told = (struct audit_conclude){ .audit = desk_ref("A1"), .outcome = OUTCOME_RECOMMENDED };
    must(&desk.err, desk_call(&desk, METHOD_audit_conclude, &told, &a)); /* today, the 10th */
    assert_int_equal(a.outcome, OUTCOME_RECOMMENDED);
    assert_string_equal(a.conclusion, "seen");
    told.outcome = OUTCOME_NOT_RECOMMENDED;
    refused(&desk.err, desk_call(&desk, METHOD_audit_conclude, &told, NULL), ERR_EXISTS, "outcome", "recommended");
    decision_refused(&p, "outcome", "audit", "A1 has no outcome by that day");
    must(&desk.err, DESK(&desk, audit_list, &page, .as_of = desk_day("2026-03-09")));
    assert_int_equal(((struct audit *)page.rows)[0].outcome, 0);
    p.decided_on = desk_day("2026-03-10");
    assert_string_equal(decision_unmet(&p), "");
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
}

static void test_not_recommended(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, false);
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "Recommended, I think",
                         .outcome = OUTCOME_NOT_RECOMMENDED, .on = desk_day("2026-02-05")));
    struct cert_grant p = decision_wanted();
    decision_refused(&p, "outcome", "audit", "A1 does not recommend it");
}

/* Its majors closed, its minors planned: those of this audit, and of no other. */
static void test_after_closure(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_INTERNAL_INSPECTION, "2026-01-01", "2.1=m", false);
    decision_audit("E1", AUDIT_STAGE_2, "2026-01-05", "1.1=M 1.2=c 1.3=m 2.1=c 2.2=c 2.3=c", false);
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A2"), .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED_AFTER_CLOSURE, .on = desk_day("2026-01-05")));
    struct cert_grant p = decision_wanted();
    p.audit = desk_ref("A2");
    decision_refused(&p, "outcome verdict major_findings minor_plans", "audit", "missing: F2 F3");
    mend_people(&desk);
    must(&desk.err, mend_until(&desk, "F2", FINDING_CLOSED, "2026-02-20", NULL));
    decision_refused(&p, "outcome minor_plans", "audit", "missing: F3");
    must(&desk.err, mend_until(&desk, "F3", FINDING_PLANNED, "2026-02-20", NULL));
    decision_refused(&p, "outcome minor_plans", "audit", "missing: F3");
    must(&desk.err, DESK(&desk, finding_accept, NULL, .finding = desk_ref("F3"), .on = desk_day("2026-02-21")));
    decision_refused(&p, "minor_plans", "edition", "without an accepted plan: F1");
}

/* What the cooperative saw itself proves nothing to the body, unless the edition takes it. */
static void test_proof(void **state)
{
    (void)state;
    struct proof_rule proof = { .holder = GRADE_INTERNAL, .source = "Rule book 7" };
    struct rules rules = { .proof = &proof };
    struct standard_publish lax = sample_edition("lax", "1");
    lax.rules = &rules;
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &lax, NULL));
    decision_audit("E1", AUDIT_INTERNAL_INSPECTION, "2026-01-20", decision_all_conforming, true);
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", "1.1=c 1.2=c", true);
    struct cert_grant p = decision_wanted();
    p.audit = desk_ref("A2");
    decision_refused(&p, "proof", "edition", "ready only by internal proof; external is asked for, and lacks");
    struct audit made;
    struct audit_record r = {
        .holder = p.holder, .edition = desk_ref("lax"), .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-01-20")
    };
    must(&desk.err, decision_record(r, decision_all_conforming, NULL));
    r.kind = AUDIT_STAGE_2;
    r.body = p.body;
    must(&desk.err, decision_record(r, "1.1=c 1.2=c", &made));
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = made.audit, .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = r.on));
    p.edition = r.edition;
    p.audit = made.audit;
    p.valid_until = desk_day("2027-01-01");
    assert_string_equal(decision_unmet(&p), "");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_outcome),
        TEST(test_not_recommended),
        TEST(test_after_closure),
        TEST(test_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
