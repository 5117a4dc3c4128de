/* SPDX-License-Identifier: Apache-2.0 */
/* The work on findings: the chain and everything it refuses, days that are set by hand, and all of it as of any day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/mend.h"
#include "tests/support/sample.h"

#include <string.h>

static struct desk desk;

static void publish(const char *standard)
{
    struct deadline_rule deadlines[] = {
        { .class = CLASS_MAJOR, .step = STEP_PLAN, .days = 7, .from = DEADLINE_FROM_NOTICE, .source = "made up" },
        { .class = CLASS_MAJOR, .step = STEP_CLOSE, .days = 90, .source = "made up", .unverified = true },
    };
    for (size_t i = 0; i < sizeof deadlines / sizeof deadlines[0]; i++)
        deadlines[i].has_days = true;
    deadlines[1].has_unverified = true;
    struct rules rules = { .deadlines = deadlines, .n_deadlines = sizeof deadlines / sizeof deadlines[0] };
    struct standard_publish p = sample_edition(standard, "1");
    p.rules = &rules;
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
}

/* F1: major, F2: minor, F3: observation, of E1 on 2026-03-01. */
static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-06-10");
    publish("sample");
    publish("other");
    mend_people(&desk);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    static const char *const codes[] = { "E1", "E2" };
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = codes[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-01-01")),
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

static struct finding look(const char *finding, const char *as_of)
{
    struct finding_detail detail;
    assert_int_equal(DESK(&desk, finding_show, &detail, .finding = desk_ref(finding), .as_of = desk_day(as_of)), OK);
    return *detail.finding;
}

static struct planned_action act(const char *owner)
{
    return (struct planned_action){
        .kind = ACTION_CORRECTIVE, .text = "Fence", .owner = owner, .due_on = desk_day("2026-04-01")
    };
}

static int plan(const char *finding, const char *on, struct planned_action *actions, size_t n)
{
    return DESK(&desk, finding_plan, NULL, .finding = desk_ref(finding), .correction = "mended", .root_cause = "haste",
                .method = CAUSE_FISHBONE, .actions = actions, .n_actions = n, .on = desk_day(on));
}

static int done(const char *finding, int64_t action, const char *on)
{
    return DESK(&desk, finding_implement, NULL, .finding = desk_ref(finding), .action = action, .has_action = true,
                .done_on = desk_day(on), .cost = { 1250, "USD" });
}

static void test_the_chain_by_day(void **state)
{
    (void)state;
    struct planned_action actions[] = { act("doer"), act("doer") };
    actions[0].cost = (struct money){ 1000, "USD" };
    assert_int_equal(plan("F1", "2026-03-05", actions, 2), OK);
    assert_int_equal(
        DESK(&desk, finding_reject, NULL, .finding = desk_ref("F1"), .reason = "vague", .on = desk_day("2026-03-07")),
        OK);
    assert_int_equal(plan("F1", "2026-03-09", actions, 2), OK);
    assert_int_equal(DESK(&desk, finding_accept, NULL, .finding = desk_ref("F1"), .on = desk_day("2026-03-10")), OK);
    assert_int_equal(done("F1", 3, "2026-03-08"), OK);
    assert_int_equal(done("F1", 4, "2026-03-20"), OK);
    assert_int_equal(DESK(&desk, finding_verify, NULL, .finding = desk_ref("F1"), .by = desk_ref("seer"),
                          .reason = "it came back", .ineffective = true, .has_ineffective = true,
                          .on = desk_day("2026-03-25")),
                     OK);
    assert_int_equal(mend_until(&desk, "F1", FINDING_CLOSED, "2026-04-01", NULL), OK);
    static const struct {
        const char *day;
        enum finding_state state;
        size_t steps, plans, actions, done;
    } days[] = {
        { "2026-03-01", FINDING_OPEN, 0, 0, 0, 0 },        { "2026-03-05", FINDING_PLANNED, 1, 1, 2, 0 },
        { "2026-03-07", FINDING_OPEN, 2, 1, 2, 0 },        { "2026-03-09", FINDING_PLANNED, 3, 2, 4, 1 },
        { "2026-03-10", FINDING_ACCEPTED, 4, 2, 4, 1 },    { "2026-03-19", FINDING_ACCEPTED, 4, 2, 4, 1 },
        { "2026-03-20", FINDING_IMPLEMENTED, 5, 2, 4, 2 }, { "2026-03-25", FINDING_OPEN, 6, 2, 4, 2 },
        { "2026-04-01", FINDING_CLOSED, 11, 3, 5, 3 },
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct finding_detail d;
        struct page page;
        size_t n_done = 0;
        struct date day = desk_day(days[i].day);
        assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F1"), .as_of = day), OK);
        assert_int_equal(d.finding->state, days[i].state);
        assert_int_equal(d.n_steps, days[i].steps);
        assert_int_equal(d.n_plans, days[i].plans);
        assert_int_equal(d.n_actions, days[i].actions);
        for (size_t a = 0; a < d.n_actions; a++)
            n_done += date_is_set(d.actions[a].done_on);
        assert_int_equal(n_done, days[i].done);
        assert_int_equal(DESK(&desk, finding_list, &page, .holder = desk_ref("ALFA"), .state = days[i].state,
                              .class = CLASS_MAJOR, .as_of = day),
                         OK);
        assert_int_equal(page.n, 1);
        assert_int_equal(DESK(&desk, finding_list, &page, .holder = desk_ref("ALFA"), .pending = true,
                              .has_pending = true, .class = CLASS_MAJOR, .as_of = day),
                         OK);
        assert_int_equal(page.n, days[i].state != FINDING_CLOSED);
    }
    struct finding_detail d;
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F1")), OK);
    assert_string_equal(d.steps[5].reason, "it came back");
    assert_string_equal(d.steps[5].person.text, "seer");
    assert_int_equal(d.steps[5].plan, 2);
    assert_string_equal(d.steps[5].recorded_by, "root");
    assert_int_equal(d.plans[0].method, CAUSE_FISHBONE);
    assert_int_equal(d.actions[0].cost.minor, 1000);
    assert_int_equal(d.actions[2].spent.minor, 1250);
    assert_int_equal(d.actions[0].plan, 1);
    assert_int_equal(d.actions[4].plan, 3);
}

static void test_bad_plans(void **state)
{
    (void)state;
    struct planned_action actions[] = { act("doer"), act("doer") };
    refused(&desk.err, plan("F1", "2026-03-05", actions, 0), ERR_INVALID_PARAM, "actions", "at least one");
    actions[1].owner = "nobody";
    refused(&desk.err, plan("F1", "2026-03-05", actions, 2), ERR_NOT_FOUND, "actions[1].owner", "nobody");
    actions[1] = act("doer");
    actions[1].due_on = desk_day("2026-02-28");
    refused(&desk.err, plan("F1", "2026-03-05", actions, 2), ERR_INVALID_PARAM, "actions[1].due_on", "raised");
    actions[1] = act("doer");
    actions[1].cost = (struct money){ -1, "USD" };
    refused(&desk.err, plan("F1", "2026-03-05", actions, 2), ERR_INVALID_PARAM, "actions[1].cost", "amount");
    refused(&desk.err, plan("F1", "2026-06-11", actions, 1), ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err, plan("F1", "2026-02-28", actions, 1), ERR_INVALID_PARAM, "on", "raised");
    assert_int_equal(DESK(&desk, person_update, NULL, .person = desk_ref("doer"), .ended_on = desk_day("2026-05-01")),
                     OK);
    refused(&desk.err, plan("F1", "2026-05-01", actions, 1), ERR_CONFLICT, "actions[0].owner", "ended on 2026-05-01");
    assert_int_equal(plan("F1", "2026-04-30", actions, 1), OK);
    refused(&desk.err, plan("F1", "2026-05-02", actions, 1), ERR_BAD_STATE, "finding", "planned");
    struct finding_detail d;
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F1")), OK);
    assert_int_equal(d.n_plans, 1);
    assert_int_equal(d.n_actions, 1);
}

static void test_steps_out_of_turn(void **state)
{
    (void)state;
    struct ref f1 = desk_ref("F1");
    refused(&desk.err, DESK(&desk, finding_accept, NULL, .finding = f1), ERR_BAD_STATE, "finding", "planned");
    refused(&desk.err, done("F1", 1, "2026-04-01"), ERR_BAD_STATE, "finding", "planned");
    refused(&desk.err, DESK(&desk, finding_verify, NULL, .finding = f1, .by = desk_ref("seer"), .reason = "x"),
            ERR_BAD_STATE, "finding", "planned");
    refused(&desk.err,
            DESK(&desk, finding_verify, NULL, .finding = f1, .by = desk_ref("seer"), .reason = "x", .ineffective = true,
                 .has_ineffective = true),
            ERR_BAD_STATE, "finding", "planned");
    refused(&desk.err, DESK(&desk, finding_reject, NULL, .finding = f1, .reason = "x"), ERR_BAD_STATE, "finding",
            "nothing to reject");
    assert_int_equal(mend_until(&desk, "F1", FINDING_ACCEPTED, "2026-03-10", NULL), OK);
    refused(&desk.err, DESK(&desk, finding_reject, NULL, .finding = f1, .reason = "x", .on = desk_day("2026-03-09")),
            ERR_CONFLICT, "on", "accepted since 2026-03-10");
    refused(&desk.err, DESK(&desk, finding_verify, NULL, .finding = f1, .by = desk_ref("seer"), .reason = "x"),
            ERR_BAD_STATE, "finding", "implemented");
    assert_int_equal(look("F1", "2026-06-10").state, FINDING_ACCEPTED);
}

static void test_bad_actions(void **state)
{
    (void)state;
    struct planned_action actions[] = { act("doer"), act("doer") };
    assert_int_equal(plan("F1", "2026-03-05", actions, 2), OK);
    assert_int_equal(DESK(&desk, finding_reject, NULL, .finding = desk_ref("F1"), .reason = "vague"), OK);
    assert_int_equal(plan("F1", "2026-06-10", actions, 2), OK);
    assert_int_equal(DESK(&desk, finding_accept, NULL, .finding = desk_ref("F1")), OK);
    refused(&desk.err, done("F1", 5, "2026-04-01"), ERR_NOT_FOUND, "action", "F1 has no action 5");
    refused(&desk.err, done("F1", 1, "2026-04-01"), ERR_CONFLICT, "action", "plan 1");
    refused(&desk.err, done("F1", 3, "2026-02-28"), ERR_INVALID_PARAM, "done_on", "2026-03-01");
    refused(&desk.err, done("F1", 3, "2026-06-11"), ERR_INVALID_PARAM, "done_on", "future");
    refused(&desk.err,
            DESK(&desk, finding_implement, NULL, .finding = desk_ref("F1"), .action = 3, .has_action = true,
                 .cost = { -5, "USD" }),
            ERR_INVALID_PARAM, "cost", "amount");
    assert_int_equal(done("F1", 3, "2026-04-01"), OK);
    refused(&desk.err, done("F1", 3, "2026-04-02"), ERR_BAD_STATE, "action", "2026-04-01");
    assert_int_equal(look("F1", "2026-06-10").state, FINDING_ACCEPTED);
    /* Done before the plan was accepted: carried out on the day of acceptance. */
    assert_int_equal(done("F1", 4, "2026-04-02"), OK);
    assert_int_equal(look("F1", "2026-06-09").state, FINDING_PLANNED);
    assert_int_equal(look("F1", "2026-06-10").state, FINDING_IMPLEMENTED);
}

static void test_no_owner_verifies(void **state)
{
    (void)state;
    assert_int_equal(mend_until(&desk, "F1", FINDING_IMPLEMENTED, "2026-03-10", NULL), OK);
    refused(&desk.err,
            DESK(&desk, finding_verify, NULL, .finding = desk_ref("F1"), .by = desk_ref("doer"), .reason = "fine"),
            ERR_CONFLICT, "by", "action 1 of F1");
    assert_int_equal(
        DESK(&desk, finding_verify, NULL, .finding = desk_ref("F1"), .by = desk_ref("seer"), .reason = "fine"), OK);
}

static int finish(const char *finding, const char *audit, const char *on)
{
    return DESK(&desk, finding_close, NULL, .finding = desk_ref(finding), .reason = "seen",
                .audit = audit != NULL ? desk_ref(audit) : (struct ref){ 0 },
                .on = on != NULL ? desk_day(on) : (struct date){ 0 });
}

static void test_closing(void **state)
{
    (void)state;
    struct finding f;
    refused(&desk.err, finish("F1", NULL, NULL), ERR_BAD_STATE, "finding", "next: finding plan");
    assert_int_equal(mend_until(&desk, "F2", FINDING_IMPLEMENTED, "2026-03-10", NULL), OK);
    refused(&desk.err, finish("F2", NULL, NULL), ERR_BAD_STATE, "finding", "next: finding verify");
    assert_int_equal(mend_until(&desk, "F1", FINDING_VERIFIED, "2026-03-10", NULL), OK);
    refused(&desk.err, DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .reason = "x", .verified_by = "ana"),
            ERR_INVALID_PARAM, "verified_by", "seer");
    refused(&desk.err, finish("F1", NULL, "2026-03-09"), ERR_CONFLICT, "on", "verified since 2026-03-10");
    assert_int_equal(finish("F1", NULL, "2026-03-11"), OK);
    refused(&desk.err, finish("F1", NULL, NULL), ERR_BAD_STATE, "finding", "final");
    refused(&desk.err, plan("F1", "2026-04-01", &(struct planned_action){ 0 }, 0), ERR_INVALID_PARAM, "actions", "one");
    /* An observation asks for nothing. */
    assert_int_equal(DESK(&desk, finding_close, &f, .finding = desk_ref("F3"), .reason = "noted", .verified_by = "ana"),
                     OK);
    assert_string_equal(f.verified_by, "ana");
}

static int audit(const char *holder, const char *edition, enum audit_kind kind, const char *on, const char *results)
{
    size_t n;
    const struct response *rows = sample_responses(results, &n);
    struct response copy[16];
    memcpy(copy, rows, n * sizeof *rows);
    return DESK(&desk, audit_record, NULL, .holder = desk_ref(holder), .edition = desk_ref(edition), .kind = kind,
                .on = desk_day(on), .responses = copy, .n_responses = n);
}

static void test_closed_by_an_audit(void **state)
{
    (void)state;
    assert_int_equal(audit("E2", "sample", AUDIT_FOLLOW_UP, "2026-04-01", "1.1=c"), OK);           /* A2 */
    assert_int_equal(audit("E1", "other", AUDIT_FOLLOW_UP, "2026-04-01", "1.1=c"), OK);            /* A3 */
    assert_int_equal(audit("E1", "sample", AUDIT_FOLLOW_UP, "2026-02-01", "1.1=c"), OK);           /* A4 */
    assert_int_equal(audit("E1", "sample", AUDIT_SELF_ASSESSMENT, "2026-04-01", "1.1=c"), OK);     /* A5 */
    assert_int_equal(audit("E1", "sample", AUDIT_INTERNAL_INSPECTION, "2026-04-02", "1.2=c"), OK); /* A6 */
    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_FOLLOW_UP, .on = desk_day("2026-07-01")),
                     OK);                                                                          /* A7 */
    assert_int_equal(audit("E1", "sample", AUDIT_INTERNAL_INSPECTION, "2026-04-03", "1.1=c"), OK); /* A8 */
    refused(&desk.err, finish("F1", "A1", NULL), ERR_CONFLICT, "audit", "A1 is not later");
    refused(&desk.err, finish("F1", "A2", NULL), ERR_CONFLICT, "audit", "A2 and F1 differ");
    refused(&desk.err, finish("F1", "A3", NULL), ERR_CONFLICT, "audit", "A3 and F1 differ");
    refused(&desk.err, finish("F1", "A4", NULL), ERR_CONFLICT, "audit", "A4 is not later");
    refused(&desk.err, finish("F1", "A5", NULL), ERR_CONFLICT, "audit", "at least as independent");
    refused(&desk.err, finish("F1", "A6", NULL), ERR_CONFLICT, "audit", "1.1 not_assessed");
    refused(&desk.err, finish("F1", "A7", NULL), ERR_BAD_STATE, "audit", "A7 is planned");
    refused(&desk.err, finish("F1", "A8", "2026-04-02"), ERR_CONFLICT, "on", "2026-04-03");
    refused(&desk.err,
            DESK(&desk, finding_close, NULL, .finding = desk_ref("F1"), .reason = "x", .audit = desk_ref("A8"),
                 .verified_by = "ana"),
            ERR_INVALID_PARAM, "verified_by", "A8");
    assert_int_equal(finish("F1", "A8", "2026-04-05"), OK);
    struct finding_detail d;
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F1")), OK);
    assert_int_equal(d.finding->state, FINDING_CLOSED);
    assert_string_equal(d.steps[0].audit.text, "A8");
    assert_int_equal(look("F1", "2026-04-04").state, FINDING_OPEN);
}

static void test_a_corrected_audit_closes_nothing(void **state)
{
    (void)state;
    assert_int_equal(audit("E1", "sample", AUDIT_INTERNAL_INSPECTION, "2026-04-03", "1.1=c"), OK); /* A2 */
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A2"), .conclusion = "good"), OK);
    struct response row = { .requirement = "1.1", .result = RESULT_NONCONFORMING, .class = CLASS_MINOR };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-04-04"), .corrects = desk_ref("A2"),
                          .responses = &row, .n_responses = 1),
                     OK); /* A3 */
    refused(&desk.err, finish("F1", "A2", NULL), ERR_CONFLICT, "audit", "corrected by A3");
    refused(&desk.err, finish("F1", "A3", NULL), ERR_CONFLICT, "audit", "nonconforming");
    /* What the corrected audit raised is closed with it, by a step of its own. */
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A3"), .conclusion = "bad"), OK);
    row = (struct response){ .requirement = "1.1", .result = RESULT_CONFORMING };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                          .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-04-05"), .corrects = desk_ref("A3"),
                          .responses = &row, .n_responses = 1),
                     OK); /* A4 */
    struct finding_detail d;
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F4")), OK);
    assert_int_equal(d.finding->state, FINDING_CLOSED);
    assert_int_equal(d.n_steps, 1);
    assert_string_equal(d.steps[0].audit.text, "A4");
    assert_int_equal(d.steps[0].on.day, desk_day("2026-06-10").day); /* as it was recorded */
}

static void grant(enum role role, const char *user)
{
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = user, .role = role, .cooperative = desk_ref("ALFA")), OK);
}

static void test_an_external_finding_needs_an_external_audit(void **state)
{
    (void)state;
    assert_int_equal(audit("E1", "sample", AUDIT_STAGE_2, "2026-04-01", "1.2=M"), OK);             /* A2, F4 */
    assert_int_equal(audit("E1", "sample", AUDIT_INTERNAL_INSPECTION, "2026-04-02", "1.2=c"), OK); /* A3 */
    grant(ROLE_MANAGER, "1");
    grant(ROLE_AUDITOR, "2");
    desk_as_user(&desk, "manager", 1);
    assert_int_equal(audit("E1", "sample", AUDIT_FOLLOW_UP, "2026-04-03", "1.2=c"), OK); /* A4: internal */
    refused(&desk.err, finish("F4", "A4", NULL), ERR_DENIED, "finding", "an auditor");
    desk_as_admin(&desk);
    refused(&desk.err, finish("F4", "A3", NULL), ERR_CONFLICT, "audit", "A3 is of grade internal");
    refused(&desk.err, finish("F4", "A4", NULL), ERR_CONFLICT, "audit", "A4 is of grade internal");
    desk_as_user(&desk, "auditor", 2);
    assert_int_equal(audit("E1", "sample", AUDIT_FOLLOW_UP, "2026-04-04", "1.2=c"), OK); /* A5: external */
    assert_int_equal(finish("F4", "A5", NULL), OK);
    desk_as_user(&desk, "manager", 1);
    refused(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A5"), .conclusion = "x"), ERR_DENIED,
            "audit", "only an auditor");
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A4"), .conclusion = "x"), OK);
    desk_as_admin(&desk);
}

static int move(const char *finding, enum deadline_step step, const char *due_on, const char *on)
{
    return DESK(&desk, finding_move, NULL, .finding = desk_ref(finding), .step = step, .due_on = desk_day(due_on),
                .reason = "harvest", .on = desk_day(on));
}

static void assert_next(const struct finding *f, enum deadline_step step, const char *scheduled, const char *due,
                        bool overdue)
{
    assert_int_equal(f->next_step, step);
    assert_int_equal(f->scheduled_on.day, scheduled != NULL ? desk_day(scheduled).day : 0);
    assert_int_equal(f->due_on.day, desk_day(due).day);
    assert_int_equal(f->overdue, overdue);
}

static void test_days(void **state)
{
    (void)state;
    struct finding f = look("F1", "2026-03-08");
    assert_next(&f, STEP_PLAN, "2026-03-08", "2026-03-08", false);
    f = look("F1", "2026-03-09");
    assert_next(&f, STEP_PLAN, "2026-03-08", "2026-03-08", true);
    assert_int_equal(DESK(&desk, finding_notify, &f, .finding = desk_ref("F1"), .on = desk_day("2026-03-10")), OK);
    assert_int_equal(f.notified_on.day, desk_day("2026-03-10").day);
    f = look("F1", "2026-03-09");
    assert_next(&f, STEP_PLAN, "2026-03-08", "2026-03-08", true);
    f = look("F1", "2026-03-10");
    assert_next(&f, STEP_PLAN, "2026-03-17", "2026-03-17", false);
    assert_int_equal(move("F1", STEP_PLAN, "2026-03-25", "2026-03-15"), OK);
    f = look("F1", "2026-03-14");
    assert_next(&f, STEP_PLAN, "2026-03-17", "2026-03-17", false);
    f = look("F1", "2026-03-20");
    assert_next(&f, STEP_PLAN, "2026-03-17", "2026-03-25", false);
    assert_int_equal(move("F1", STEP_PLAN, "2026-03-18", "2026-03-15"), OK);
    f = look("F1", "2026-03-20");
    assert_next(&f, STEP_PLAN, "2026-03-17", "2026-03-18", true);
    /* Nothing is asked of a minor one, but a day can be set. */
    f = look("F2", "2026-06-10");
    assert_int_equal(f.next_step, 0);
    assert_false(f.has_overdue);
    assert_int_equal(move("F2", STEP_EVIDENCE, "2026-05-01", "2026-04-01"), OK);
    f = look("F2", "2026-06-10");
    assert_next(&f, STEP_EVIDENCE, NULL, "2026-05-01", true);
}

static void test_bad_days(void **state)
{
    (void)state;
    struct ref f1 = desk_ref("F1");
    refused(&desk.err, DESK(&desk, finding_notify, NULL, .finding = f1, .on = desk_day("2026-06-11")),
            ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err, DESK(&desk, finding_notify, NULL, .finding = f1, .on = desk_day("2026-02-28")),
            ERR_INVALID_PARAM, "on", "raised");
    assert_int_equal(DESK(&desk, finding_notify, NULL, .finding = f1), OK);
    refused(&desk.err, DESK(&desk, finding_notify, NULL, .finding = f1), ERR_EXISTS, "finding", "2026-06-10");
    refused(&desk.err, move("F1", STEP_CLOSE, "2026-02-28", "2026-06-01"), ERR_INVALID_PARAM, "due_on", "raised");
    refused(&desk.err, move("F1", STEP_CLOSE, "2026-07-01", "2026-06-11"), ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err, move("F1", STEP_CLOSE, "2026-07-01", "2026-02-28"), ERR_INVALID_PARAM, "on", "raised");
    assert_int_equal(move("F1", STEP_CLOSE, "2026-07-01", "2026-06-01"), OK);
    refused(&desk.err, move("F1", STEP_CLOSE, "2026-07-02", "2026-05-31"), ERR_CONFLICT, "on", "2026-06-01");
    assert_int_equal(mend_until(&desk, "F1", FINDING_IMPLEMENTED, "2026-06-02", NULL), OK);
    refused(&desk.err, move("F1", STEP_EVIDENCE, "2026-07-01", "2026-06-03"), ERR_BAD_STATE, "step",
            "evidence is no longer due");
    assert_int_equal(mend_until(&desk, "F2", FINDING_CLOSED, "2026-06-02", NULL), OK);
    refused(&desk.err, move("F2", STEP_CLOSE, "2026-07-01", "2026-06-03"), ERR_BAD_STATE, "finding", "final");
    refused(&desk.err, DESK(&desk, finding_notify, NULL, .finding = desk_ref("F2")), ERR_BAD_STATE, "finding", "final");
}

static void test_overdue_list(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(audit("E2", "sample", AUDIT_INTERNAL_INSPECTION, "2026-03-05", "1.1=M 1.2=M 1.3=m"), OK);
    assert_int_equal(DESK(&desk, finding_list, &page, .overdue = true, .has_overdue = true, .holder = desk_ref("ALFA"),
                          .as_of = desk_day("2026-03-09")),
                     OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, finding_list, &page, .overdue = true, .has_overdue = true,
                          .page = { .limit = 2, .has_limit = true }),
                     OK);
    assert_int_equal(page.n, 2);
    assert_string_equal(page.next, "F4");
    assert_int_equal(DESK(&desk, finding_list, &page, .overdue = true, .has_overdue = true,
                          .page = { .limit = 2, .has_limit = true, .after = "F4" }),
                     OK);
    assert_int_equal(page.n, 1);
    assert_null(page.next);
    assert_string_equal(((struct finding *)page.rows)[0].finding.text, "F5");
    assert_int_equal(DESK(&desk, finding_list, &page, .overdue = true, .has_overdue = true, .class = CLASS_MINOR), OK);
    assert_int_equal(page.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_the_chain_by_day),
        TEST(test_bad_plans),
        TEST(test_steps_out_of_turn),
        TEST(test_bad_actions),
        TEST(test_no_owner_verifies),
        TEST(test_closing),
        TEST(test_closed_by_an_audit),
        TEST(test_a_corrected_audit_closes_nothing),
        TEST(test_an_external_finding_needs_an_external_audit),
        TEST(test_days),
        TEST(test_bad_days),
        TEST(test_overdue_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
