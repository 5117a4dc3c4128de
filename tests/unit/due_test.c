/* SPDX-License-Identifier: Apache-2.0 */
/* What is due: each source, its filters, pages, scope, and the same answer about a day that was given on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void publish(const char *edition, struct rules *rules, const char *from, const char *obligatory,
                    const char *until)
{
    struct standard_publish p = sample_edition("iso", edition);
    p.rules = rules;
    p.valid_from = desk_day(from);
    p.obligatory_from = obligatory != NULL ? desk_day(obligatory) : (struct date){ 0 };
    p.valid_until = until != NULL ? desk_day(until) : (struct date){ 0 };
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
}

static void publish_internal(const char *edition, int64_t inspections, enum inspection_period period, bool whole)
{
    struct internal_rule internal = { .inspections = inspections,
                                      .has_inspections = true,
                                      .period = period,
                                      .whole_checklist = whole,
                                      .has_whole_checklist = true,
                                      .source = "made up" };
    struct rules rules = { .internal = &internal };
    publish(edition, &rules, "2010-01-01", NULL, NULL);
}

static void join(const char *enterprise, const char *cooperative, const char *on)
{
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = enterprise, .name = enterprise,
                         .activity = ACTIVITY_FARM, .cooperative = desk_ref(cooperative), .joined_on = desk_day(on)));
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"));
    join("A1", "ALFA", "2020-01-01");
    join("A2", "ALFA", "2020-01-01");
    join("B1", "BETA", "2020-01-01");
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY));
    return 0;
}

/* "2026-12-31 inspection A1 -; 2027-…": what is due, in order. */
static const char *told(const struct due_list *p)
{
    static char text[4096];
    struct page page;
    must(&desk.err, desk_call(&desk, METHOD_due_list, p, &page));
    const struct due_item *rows = page.rows;
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < page.n; i++) {
        char day[DATE_TEXT];
        struct date as_of = date_is_set(p->as_of) ? p->as_of : date_of_instant(desk.now);
        assert_int_equal(rows[i].days, rows[i].due_on.day - as_of.day);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s %s %s", i > 0 ? "; " : "",
                                 date_format(rows[i].due_on, day), api_choice_text(ENUM_due_kind, (int)rows[i].kind),
                                 rows[i].holder.text, rows[i].record != NULL ? rows[i].record : "-");
    }
    return text;
}
#define TOLD(...) told(&(struct due_list){ __VA_ARGS__ })
#define WITHIN(n) .within = (n), .has_within = true

static void enrol(const char *holder, const char *edition, const char *on)
{
    must(&desk.err, DESK(&desk, pursuit_enrol, NULL, .holder = desk_ref(holder), .edition = desk_ref(edition),
                         .on = desk_day(on)));
}

static void plan(const char *holder, const char *on)
{
    must(&desk.err, DESK(&desk, audit_plan, NULL, .holder = desk_ref(holder), .edition = desk_ref("iso"),
                         .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day(on)));
}

static void test_planned_audits(void **state)
{
    (void)state;
    publish("1", NULL, "2010-01-01", NULL, NULL);
    plan("A1", "2026-03-20");
    plan("A2", "2026-04-30");
    plan("B1", "2026-03-01");
    plan("A1", "2026-03-25");
    assert_string_equal(TOLD(WITHIN(365)), "2026-03-01 planned_audit B1 A3; 2026-03-20 planned_audit A1 A1; "
                                           "2026-03-25 planned_audit A1 A4; 2026-04-30 planned_audit A2 A2");
    /* 30 days where nobody says how many, and to the day. */
    assert_string_equal(TOLD(.holder = desk_ref("ALFA")),
                        "2026-03-20 planned_audit A1 A1; 2026-03-25 planned_audit A1 A4");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA"), WITHIN(9)), "");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA"), WITHIN(10)), "2026-03-20 planned_audit A1 A1");
    assert_string_equal(TOLD(WITHIN(0)), "2026-03-01 planned_audit B1 A3");
    desk_set_today(&desk, "2026-03-15");
    must(&desk.err, DESK(&desk, audit_cancel, NULL, .audit = desk_ref("A4"), .reason = "rain"));
    struct response responses[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    must(&desk.err, DESK(&desk, audit_record, NULL, .holder = desk_ref("A1"), .edition = desk_ref("iso"),
                         .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-03-14"), .planned = desk_ref("A1"),
                         .responses = responses, .n_responses = 1));
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "");
    /* As it was told on each of these days. */
    assert_string_equal(TOLD(.holder = desk_ref("A1"), .as_of = desk_day("2026-03-14")),
                        "2026-03-25 planned_audit A1 A4");
    assert_string_equal(TOLD(.holder = desk_ref("A1"), .as_of = desk_day("2026-03-13")),
                        "2026-03-20 planned_audit A1 A1; 2026-03-25 planned_audit A1 A4");
    assert_string_equal(TOLD(.holder = desk_ref("A1"), .as_of = desk_day("2026-03-09")), "");
    assert_int_equal(DESK(&desk, due_list, NULL, .as_of = desk_day("2026-03-16")), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "as_of");
}

static void grant(const char *holder, const char *number, const char *from, const char *until)
{
    must(&desk.err, DESK(&desk, cert_grant, NULL, .holder = desk_ref(holder), .edition = desk_ref("iso"),
                         .number = number, .body = desk_ref("CB"), .decided_on = desk_day(from),
                         .valid_until = desk_day(until), .override = "granted before the register began"));
}

static void test_certificates(void **state)
{
    (void)state;
    publish("1", NULL, "2010-01-01", NULL, NULL);
    grant("A1", "X1", "2025-04-01", "2026-03-31");
    grant("A2", "X2", "2024-03-01", "2026-02-28");
    grant("B1", "X3", "2024-03-01", "2026-03-15");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA")),
                        "2026-02-28 certificate_expiry A2 C2; 2026-03-31 certificate_expiry A1 C1");
    grant("A2", "X4", "2026-03-05", "2028-02-28");
    must(&desk.err,
         DESK(&desk, cert_withdraw, NULL, .certificate = desk_ref("C1"), .on = desk_day("2026-03-08"), .reason = "x"));
    assert_string_equal(TOLD(.kind = DUE_CERTIFICATE_EXPIRY), "2026-03-15 certificate_expiry B1 C3");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA"), .as_of = desk_day("2026-03-04")),
                        "2026-02-28 certificate_expiry A2 C2; 2026-03-31 certificate_expiry A1 C1");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA"), .as_of = desk_day("2026-03-07")),
                        "2026-03-31 certificate_expiry A1 C1");
}

/* Who has given up asks for nothing more. */
static void test_certificate_of_ended_pursuit(void **state)
{
    (void)state;
    publish("1", NULL, "2010-01-01", NULL, NULL);
    enrol("A1", "iso", "2024-01-01");
    grant("A1", "X1", "2024-03-01", "2026-02-28");
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "2026-02-28 certificate_expiry A1 C1");
    must(&desk.err, DESK(&desk, pursuit_move, NULL, .pursuit = desk_ref("P1"), .state = PURSUIT_ENDED));
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "");
    assert_string_equal(TOLD(.holder = desk_ref("A1"), .as_of = desk_day("2026-03-09")),
                        "2026-02-28 certificate_expiry A1 C1");
}

static void inspect(const char *holder, const char *on, const char *results)
{
    must(&desk.err, sample_audit(&desk, holder, "iso", on, results, NULL));
}

static void test_inspections_of_the_year(void **state)
{
    (void)state;
    static const char whole[] = "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c";
    publish_internal("1", 1, 0, true);
    assert_string_equal(TOLD(WITHIN(300)), "");
    enrol("ALFA", "iso", "2026-02-01");
    assert_string_equal(TOLD(WITHIN(296)), "2026-12-31 inspection A1 -; 2026-12-31 inspection A2 -");
    assert_string_equal(TOLD(WITHIN(295)), "");
    assert_string_equal(TOLD(.holder = desk_ref("A2"), WITHIN(296)), "2026-12-31 inspection A2 -");
    assert_string_equal(TOLD(.holder = desk_ref("B1"), WITHIN(296)), "");
    inspect("A1", "2025-12-31", whole);
    inspect("A1", "2026-01-01", "1.1=c");
    assert_string_equal(TOLD(.holder = desk_ref("A1"), WITHIN(300)), "2026-12-31 inspection A1 -");
    inspect("A1", "2026-01-02", whole);
    assert_string_equal(TOLD(WITHIN(300)), "2026-12-31 inspection A2 -");
    assert_string_equal(TOLD(WITHIN(400), .as_of = desk_day("2026-02-01"), .standard = desk_ref("iso")),
                        "2026-12-31 inspection A2 -");
    assert_string_equal(TOLD(WITHIN(400), .as_of = desk_day("2026-01-31")), "");
}

static void test_inspections_of_twelve_months(void **state)
{
    (void)state;
    publish_internal("1", 1, PERIOD_TWELVE_MONTHS, false);
    enrol("ALFA", "iso", "2024-02-01");
    inspect("A1", "2025-03-20", "1.1=c");
    inspect("A2", "2024-02-29", "1.1=c");
    assert_string_equal(TOLD(WITHIN(10)), "2025-02-28 inspection A2 -; 2026-03-20 inspection A1 -");
    assert_string_equal(TOLD(WITHIN(9)), "2025-02-28 inspection A2 -");
    join("A3", "ALFA", "2025-03-12");
    assert_string_equal(TOLD(.holder = desk_ref("A3")), "2026-03-12 inspection A3 -");
}

/* Of two a year the last but one decides. */
static void test_several_inspections(void **state)
{
    (void)state;
    struct page page;
    publish_internal("1", 2, PERIOD_CALENDAR_YEAR, false);
    enrol("ALFA", "iso", "2026-02-01");
    inspect("A1", "2026-02-20", "1.1=c");
    must(&desk.err, DESK(&desk, due_list, &page, .holder = desk_ref("A1"), WITHIN(365)));
    assert_int_equal(page.n, 1);
    assert_string_equal(((struct due_item *)page.rows)->what, "internal inspection");
    must(&desk.err, DESK(&desk, due_list, &page, .holder = desk_ref("A2"), WITHIN(365)));
    assert_string_equal(((struct due_item *)page.rows)->what, "2 internal inspections");
    inspect("A1", "2026-02-21", "1.1=c");
    assert_string_equal(TOLD(.holder = desk_ref("A1"), WITHIN(365)), "");
}

static void test_editions(void **state)
{
    (void)state;
    publish("1", NULL, "2010-01-01", NULL, "2026-06-30");
    enrol("A1", "iso:1", "2026-01-01");
    enrol("A2", "iso:1", "2026-01-01");
    assert_string_equal(TOLD(WITHIN(112)), "2026-06-30 edition_end A1 -; 2026-06-30 edition_end A2 -");
    desk_set_today(&desk, "2026-03-11");
    publish("2", NULL, "2026-01-01", "2026-05-01", NULL);
    assert_string_equal(TOLD(WITHIN(112)), "2026-04-30 edition_end A1 -; 2026-04-30 edition_end A2 -");
    assert_string_equal(TOLD(WITHIN(112), .as_of = desk_day("2026-03-10")),
                        "2026-06-30 edition_end A1 -; 2026-06-30 edition_end A2 -");
    enrol("A2", "iso:2", "2026-03-11");
    must(&desk.err, DESK(&desk, pursuit_move, NULL, .pursuit = desk_ref("P1"), .state = PURSUIT_ENDED));
    assert_string_equal(TOLD(WITHIN(365)), "");
}

static void test_appointments(void **state)
{
    (void)state;
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk.err, DESK(&desk, person_appoint, NULL, .person = desk_ref("ana"), .role = PERSON_INSPECTOR,
                         .cooperative = desk_ref("ALFA"), .from = desk_day("2026-01-01")));
    assert_string_equal(TOLD(WITHIN(365)), "");
    must(&desk.err, DESK(&desk, person_release, NULL, .appointment = desk_ref("N1"), .on = desk_day("2026-04-01")));
    assert_string_equal(TOLD(WITHIN(21)), "2026-03-31 appointment_end ALFA N1");
    assert_string_equal(TOLD(WITHIN(20)), "");
    assert_string_equal(TOLD(WITHIN(365), .holder = desk_ref("BETA")), "");
    assert_string_equal(TOLD(WITHIN(365), .as_of = desk_day("2026-03-09")), "");
    desk_set_today(&desk, "2026-04-01");
    assert_string_equal(TOLD(WITHIN(365)), "");
}

static void test_sanctions(void **state)
{
    (void)state;
    publish("1", NULL, "2010-01-01", NULL, NULL);
    must(&desk.err, DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("A1"),
                         .edition = desk_ref("iso"), .kind = SANCTION_WARNING, .on = desk_day("2026-03-01"),
                         .deadline = desk_day("2026-03-09"), .reason = "late"));
    must(&desk.err, DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .edition = desk_ref("iso"),
                         .kind = SANCTION_WARNING, .on = desk_day("2026-03-05"), .deadline = desk_day("2026-04-01"),
                         .reason = "late"));
    assert_string_equal(TOLD(.holder = desk_ref("ALFA")), "2026-03-09 sanction A1 X1; 2026-04-01 sanction ALFA X2");
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "2026-03-09 sanction A1 X1");
    assert_string_equal(TOLD(.holder = desk_ref("BETA")), "");
    must(&desk.err, DESK(&desk, group_readmit, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("A1"),
                         .reason = "mended"));
    assert_string_equal(TOLD(.kind = DUE_SANCTION), "2026-04-01 sanction ALFA X2");
    assert_string_equal(TOLD(.as_of = desk_day("2026-03-04"), .kind = DUE_SANCTION), "2026-03-09 sanction A1 X1");
}

/* Where the rule counts only what somebody else has concluded, an inspection waits for it. */
static void test_decisions(void **state)
{
    (void)state;
    struct internal_rule internal = {
        .inspections = 1, .has_inspections = true, .approved = true, .has_approved = true, .source = "made up"
    };
    struct rules rules = { .internal = &internal };
    struct response responses[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    publish("1", &rules, "2010-01-01", NULL, NULL);
    enrol("ALFA", "iso", "2026-01-01");
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ben", .name = "Ben"));
    must(&desk.err, DESK(&desk, audit_record, NULL, .holder = desk_ref("A1"), .edition = desk_ref("iso"),
                         .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-03-01"), .auditor = desk_ref("ana"),
                         .responses = responses, .n_responses = 1));
    assert_string_equal(TOLD(WITHIN(296)), "2026-12-31 inspection A2 -; 2026-12-31 member_decision A1 A1");
    must(&desk.err,
         DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "fine", .by = desk_ref("ben")));
    assert_string_equal(TOLD(WITHIN(296)), "2026-12-31 inspection A2 -");
    assert_string_equal(TOLD(WITHIN(365), .as_of = desk_day("2026-03-09"), .kind = DUE_MEMBER_DECISION),
                        "2026-12-31 member_decision A1 A1");
}

static void publish_deadlines(void)
{
    static struct deadline_rule deadlines[] = {
        { .class = CLASS_MINOR, .step = STEP_PLAN, .days = 10, .has_days = true, .source = "made up" },
        { .class = CLASS_MINOR, .step = STEP_EVIDENCE, .days = 30, .has_days = true, .source = "made up" },
        { .class = CLASS_MINOR, .step = STEP_CLOSE, .days = 40, .has_days = true, .source = "made up" },
    };
    struct rules rules = { .deadlines = deadlines, .n_deadlines = 3 };
    publish("1", &rules, "2010-01-01", NULL, NULL);
}

/* The step that is due next, and what was promised. */
static void test_findings(void **state)
{
    (void)state;
    struct page page;
    publish_deadlines();
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    inspect("A1", "2026-02-20", "1.1=c 1.3=m");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA")), "2026-03-02 plan A1 F1");
    must(&desk.err, DESK(&desk, finding_move, NULL, .finding = desk_ref("F1"), .step = STEP_PLAN,
                         .due_on = desk_day("2026-03-15"), .reason = "rain"));
    must(&desk.err, DESK(&desk, due_list, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(((struct due_item *)page.rows)->due_on.day, desk_day("2026-03-15").day);
    assert_int_equal(((struct due_item *)page.rows)->scheduled_on.day, desk_day("2026-03-02").day);
    assert_string_equal(((struct due_item *)page.rows)->what, "plan for a minor finding");
    struct planned_action actions[] = {
        { .kind = ACTION_CORRECTIVE, .text = "mend it", .owner = "ana", .due_on = desk_day("2026-03-20") }
    };
    desk_set_today(&desk, "2026-03-11");
    must(&desk.err, DESK(&desk, finding_plan, NULL, .finding = desk_ref("F1"), .correction = "x", .root_cause = "y",
                         .actions = actions, .n_actions = 1));
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "2026-03-22 evidence A1 F1");
    must(&desk.err, DESK(&desk, finding_accept, NULL, .finding = desk_ref("F1")));
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "2026-03-20 action A1 F1; 2026-03-22 evidence A1 F1");
    must(&desk.err, DESK(&desk, finding_implement, NULL, .finding = desk_ref("F1"), .action = 1, .has_action = true));
    assert_string_equal(TOLD(.holder = desk_ref("A1")), "2026-04-01 verification A1 F1");
    assert_string_equal(TOLD(.holder = desk_ref("A1"), .as_of = desk_day("2026-03-10")), "2026-03-15 plan A1 F1");
    assert_string_equal(TOLD(.holder = desk_ref("BETA")), "");
}

static void add_evidence(const char *title, const char *digit, const char *expires_on, const char *replaces)
{
    char sha256[65];
    memset(sha256, digit[0], 64);
    sha256[64] = '\0';
    must(&desk.err, DESK(&desk, evidence_add, NULL, .holder = desk_ref("A1"), .title = title, .kind = FILE_LAB_RESULT,
                         .sha256 = sha256, .bytes = 1, .has_bytes = true, .expires_on = desk_day(expires_on),
                         .replaces = { .text = replaces }));
}

static void test_evidence(void **state)
{
    (void)state;
    add_evidence("water test", "1", "2026-03-01", NULL);
    add_evidence("soil test", "2", "2026-03-31", NULL);
    assert_string_equal(TOLD(.holder = desk_ref("ALFA")),
                        "2026-03-01 evidence_expiry A1 E1; 2026-03-31 evidence_expiry A1 E2");
    desk_set_today(&desk, "2026-03-11");
    add_evidence("water test", "3", "2027-03-01", "E1");
    assert_string_equal(TOLD(.holder = desk_ref("ALFA")), "2026-03-31 evidence_expiry A1 E2");
    assert_string_equal(TOLD(.as_of = desk_day("2026-03-10"), .kind = DUE_EVIDENCE_EXPIRY),
                        "2026-03-01 evidence_expiry A1 E1; 2026-03-31 evidence_expiry A1 E2");
    assert_string_equal(TOLD(.as_of = desk_day("2026-03-09"), .kind = DUE_EVIDENCE_EXPIRY), "");
}

static void test_filters(void **state)
{
    (void)state;
    publish("1", NULL, "2010-01-01", NULL, NULL);
    desk_publish(&desk, "other", "1");
    plan("A1", "2026-03-20");
    grant("A1", "X1", "2025-04-01", "2026-03-31");
    assert_string_equal(TOLD(.kind = DUE_CERTIFICATE_EXPIRY), "2026-03-31 certificate_expiry A1 C1");
    assert_string_equal(TOLD(.kind = DUE_INSPECTION), "");
    assert_string_equal(TOLD(.standard = desk_ref("other")), "");
    assert_string_equal(TOLD(.standard = desk_ref("iso")),
                        "2026-03-20 planned_audit A1 A1; 2026-03-31 certificate_expiry A1 C1");
}

/* Page after page tells the same as one page, in the same order. */
static void test_pages(void **state)
{
    (void)state;
    publish_internal("1", 1, 0, false);
    enrol("ALFA", "iso", "2026-02-01");
    plan("A1", "2026-03-20");
    plan("A1", "2026-03-20");
    char whole[2048], pieces[2048] = "";
    snprintf(whole, sizeof whole, "%s", TOLD(WITHIN(365)));
    struct page page = { 0 };
    size_t n = 0;
    const char *after = NULL;
    do {
        must(&desk.err,
             DESK(&desk, due_list, &page, WITHIN(365), .page = { .limit = 1, .has_limit = true, .after = after }));
        const struct due_item *row = page.rows;
        char day[DATE_TEXT];
        assert_int_equal(page.n, 1);
        snprintf(pieces + strlen(pieces), sizeof pieces - strlen(pieces), "%s%s %s %s %s", n++ > 0 ? "; " : "",
                 date_format(row->due_on, day), api_choice_text(ENUM_due_kind, (int)row->kind), row->holder.text,
                 row->record != NULL ? row->record : "-");
        after = page.next;
    } while (after != NULL && n < 100);
    assert_int_equal(n, 4);
    assert_string_equal(pieces, whole);
    assert_int_equal(DESK(&desk, due_list, NULL, .page = { .after = "A7" }), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "after");
}

static void test_scope(void **state)
{
    (void)state;
    publish_internal("1", 1, 0, false);
    enrol("ALFA", "iso", "2026-02-01");
    enrol("BETA", "iso", "2026-02-01");
    plan("A1", "2026-03-20");
    plan("B1", "2026-03-20");
    grant("B1", "X1", "2025-04-01", "2026-03-31");
    must(&desk.err, DESK(&desk, grant_add, NULL, .user = "4711", .role = ROLE_VIEWER, .cooperative = desk_ref("ALFA")));
    desk_as_user(&desk, "ana", 4711);
    assert_string_equal(TOLD(WITHIN(365)), "2026-03-20 planned_audit A1 A1; 2026-12-31 inspection A1 -; "
                                           "2026-12-31 inspection A2 -");
    assert_int_equal(DESK(&desk, due_list, NULL, .holder = desk_ref("BETA")), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_planned_audits, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_certificates, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_certificate_of_ended_pursuit, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_inspections_of_the_year, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_inspections_of_twelve_months, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_several_inspections, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_editions, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_appointments, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_sanctions, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_decisions, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_findings, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_evidence, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_filters, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_pages, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_scope, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
