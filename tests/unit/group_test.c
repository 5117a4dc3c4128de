/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage by internal inspections and the verdict on a group. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

#define WHOLE "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c"
#define FAILS "1.1=M 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c"
enum { MEMBERS = 4 };

static struct desk desk;

static struct internal_rule internal = { .inspections = 1,
                                         .has_inspections = true,
                                         .whole_checklist = true,
                                         .has_whole_checklist = true,
                                         .appointed = true,
                                         .has_appointed = true,
                                         .source = "made up" };
static struct group_rule group = { .smallest = 3,
                                   .has_smallest = true,
                                   .largest = 100,
                                   .has_largest = true,
                                   .central = true,
                                   .has_central = true,
                                   .ready = 2,
                                   .has_ready = true,
                                   .ready_of = 3,
                                   .has_ready_of = true,
                                   .structural = 1,
                                   .has_structural = true,
                                   .structural_of = 2,
                                   .has_structural_of = true,
                                   .caution = "Not for strangers gathered together",
                                   .source = "made up",
                                   .unverified = true,
                                   .has_unverified = true };

static void publish(const char *standard, struct internal_rule *in, struct group_rule *of_group)
{
    struct rules rules = { .internal = in, .group = of_group };
    struct standard_publish p = sample_edition(standard, "1");
    p.rules = &rules;
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-11-24");
    publish("small", &internal, &group);
    sample_publish(&desk, "plain", "1");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "MEL", .name = "Coopemel"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "SOL", .name = "Coopesol"), OK);
    for (int i = 1; i <= MEMBERS; i++) {
        char code[8];
        snprintf(code, sizeof code, "E%d", i);
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("MEL"), .joined_on = desk_day("2024-05-10")),
                         OK);
    }
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"), OK);
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "luis", .name = "Luis"), OK);
    assert_int_equal(DESK(&desk, inspector_appoint, NULL, .cooperative = desk_ref("MEL"), .person = desk_ref("ana"),
                          .from = desk_day("2025-06-01")),
                     OK);
    return 0;
}

static int audit(const char *holder, const char *edition, enum audit_kind kind, const char *on, const char *auditor,
                 const char *results, struct audit *ret)
{
    struct response rows[16];
    size_t n;
    const struct response *made = sample_responses(results, &n);
    memcpy(rows, made, n * sizeof *rows);
    return DESK(&desk, audit_record, ret, .holder = desk_ref(holder), .edition = desk_ref(edition), .kind = kind,
                .on = desk_day(on), .auditor = desk_ref(auditor), .responses = rows, .n_responses = n);
}

static void inspect(const char *holder, const char *on, const char *auditor, const char *results)
{
    assert_int_equal(audit(holder, "small", AUDIT_INTERNAL_INSPECTION, on, auditor, results, NULL), OK);
}

static void visit(const char *holder, const char *on, const char *results)
{
    assert_int_equal(audit(holder, "small", AUDIT_EXTERNAL_INSPECTION, on, NULL, results, NULL), OK);
}

static struct page cover(const char *edition, const char *as_of, bool missing)
{
    struct page page;
    assert_int_equal(DESK(&desk, group_coverage, &page, .cooperative = desk_ref("MEL"), .edition = desk_ref(edition),
                          .missing = missing, .has_missing = true, .as_of = desk_day(as_of)),
                     OK);
    return page;
}

/* A row as 'E1 yes 1/1 2026-03-01 A1 ana why due 2026-12-31'. */
static void covered(const struct page *page, size_t i, const char *expected)
{
    char text[200], on[DATE_TEXT], due[DATE_TEXT];
    assert_true(i < page->n);
    const struct coverage *c = (const struct coverage *)page->rows + i;
    snprintf(text, sizeof text, "%s %s %d/%d %s %s %s %s due %s", c->enterprise.text, c->missing ? "no" : "yes",
             (int)c->counted, (int)c->asked, date_is_set(c->inspected_on) ? date_format(c->inspected_on, on) : "-",
             c->audit.text != NULL ? c->audit.text : "-", c->inspector.text != NULL ? c->inspector.text : "-",
             c->why != 0 ? api_choice_text(ENUM_coverage_flaw, (int)c->why) : "-", date_format(c->due_by, due));
    assert_string_equal(text, expected);
}

static void test_coverage_of_the_year(void **state)
{
    (void)state;
    inspect("E1", "2026-03-01", "ana", WHOLE);
    inspect("E1", "2026-04-01", "ana", "1.1=c");
    inspect("E2", "2025-12-31", "ana", WHOLE);
    inspect("E3", "2026-03-02", "luis", WHOLE);
    inspect("E3", "2026-03-03", NULL, WHOLE);
    struct page page = cover("small", "2026-11-24", false);
    assert_int_equal(page.n, MEMBERS);
    covered(&page, 0, "E1 yes 1/1 2026-03-01 A1 ana - due 2027-12-31");
    covered(&page, 1, "E2 no 0/1 2025-12-31 A3 ana before due 2026-12-31");
    covered(&page, 2, "E3 no 0/1 2026-03-03 A5 - no_inspector due 2026-12-31");
    covered(&page, 3, "E4 no 0/1 - - - never due 2026-12-31");
    page = cover("small", "2026-03-02", true);
    assert_int_equal(page.n, 3);
    covered(&page, 1, "E3 no 0/1 2026-03-02 A4 luis not_appointed due 2026-12-31");
    page = cover("small", "2025-12-31", true);
    covered(&page, 0, "E1 no 0/1 - - - never due 2025-12-31");
    covered(&page, 1, "E3 no 0/1 - - - never due 2025-12-31");
}

static void test_coverage_by_pages(void **state)
{
    (void)state;
    struct page page;
    inspect("E2", "2026-03-01", "ana", WHOLE);
    static const struct {
        const char *after, *first, *next;
        size_t n;
        bool missing;
    } cases[] = { { NULL, "E1", "E2", 2, false }, { "E2", "E3", NULL, 2, false }, { "E3", "E4", NULL, 1, false },
                  { NULL, "E1", "E3", 2, true },  { "E3", "E4", NULL, 1, true },  { "E4", NULL, NULL, 0, true } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(DESK(&desk, group_coverage, &page,
                              .page = { .limit = 2, .has_limit = true, .after = cases[i].after },
                              .cooperative = desk_ref("MEL"), .edition = desk_ref("small"), .missing = cases[i].missing,
                              .has_missing = true),
                         OK);
        assert_int_equal(page.n, cases[i].n);
        if (page.n > 0)
            assert_string_equal(((struct coverage *)page.rows)[0].enterprise.text, cases[i].first);
        if (cases[i].next != NULL)
            assert_string_equal(page.next, cases[i].next);
        else
            assert_null(page.next);
    }
}

static void test_coverage_without_a_rule(void **state)
{
    (void)state;
    assert_int_equal(audit("E1", "plain", AUDIT_INTERNAL_INSPECTION, "2026-01-01", NULL, "1.1=c", NULL), OK);
    assert_int_equal(audit("E2", "plain", AUDIT_SELF_ASSESSMENT, "2026-01-01", NULL, WHOLE, NULL), OK);
    struct page page = cover("plain", "2026-11-24", false);
    covered(&page, 0, "E1 yes 1/1 2026-01-01 A1 - - due 2027-12-31");
    covered(&page, 1, "E2 no 0/1 - - - never due 2026-12-31");
}

static void test_coverage_in_twelve_months(void **state)
{
    (void)state;
    struct internal_rule twice = {
        .inspections = 2, .has_inspections = true, .period = PERIOD_TWELVE_MONTHS, .source = "made up"
    };
    publish("twice", &twice, NULL);
    static const char *const days[] = { "2025-01-10", "2025-08-20", "2026-02-05" };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(audit("E1", "twice", AUDIT_INTERNAL_INSPECTION, days[i], "ana", "1.1=c", NULL), OK);
    struct page page = cover("twice", "2026-08-19", false);
    covered(&page, 0, "E1 yes 2/2 2026-02-05 A3 ana - due 2026-08-20");
    covered(&page, 1, "E2 no 0/2 - - - never due 2025-05-10");
    page = cover("twice", "2026-08-20", false);
    covered(&page, 0, "E1 no 1/2 2026-02-05 A3 ana too_few due 2026-08-20");
    page = cover("twice", "2026-02-04", false);
    covered(&page, 0, "E1 no 1/2 2025-08-20 A2 ana too_few due 2026-01-10");
}

/* Concluded by somebody else than those who inspected, on the day asked about. */
static void test_coverage_approved(void **state)
{
    (void)state;
    struct internal_rule approved = {
        .inspections = 1, .has_inspections = true, .approved = true, .has_approved = true, .source = "made up"
    };
    publish("strict", &approved, NULL);
    static const struct {
        const char *enterprise, *by;
    } done[] = { { "E1", "luis" }, { "E2", "bea" }, { "E3", NULL } };
    struct audit_member team[] = { { .person = { .text = "bea" }, .role = TEAM_AUDITOR } };
    struct response all[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "bea", .name = "Bea"), OK);
    for (size_t i = 0; i < 3; i++) {
        struct audit a;
        assert_int_equal(DESK(&desk, audit_record, &a, .holder = desk_ref(done[i].enterprise),
                              .edition = desk_ref("strict"), .kind = AUDIT_INTERNAL_INSPECTION,
                              .on = desk_day("2026-03-01"), .auditor = desk_ref("ana"), .team = i == 0 ? team : NULL,
                              .n_team = i == 0, .responses = all, .n_responses = 1),
                         OK);
        if (done[i].by != NULL)
            assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = a.audit, .conclusion = "Sound",
                                  .by = desk_ref(done[i].by), .on = desk_day("2026-03-10")),
                             OK);
    }
    struct page page = cover("strict", "2026-03-10", false);
    covered(&page, 0, "E1 yes 1/1 2026-03-01 A1 ana - due 2027-12-31");
    covered(&page, 1, "E2 yes 1/1 2026-03-01 A2 ana - due 2027-12-31");
    covered(&page, 2, "E3 no 0/1 2026-03-01 A3 ana not_approved due 2026-12-31");
    page = cover("strict", "2026-03-09", false);
    covered(&page, 0, "E1 no 0/1 2026-03-01 A1 ana not_approved due 2026-12-31");
}

/* A corrected inspection counts until the day on which its correction was recorded. */
static void test_coverage_corrected(void **state)
{
    (void)state;
    inspect("E1", "2026-03-01", "ana", WHOLE);
    assert_int_equal(DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "Sound"), OK);
    struct response one[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("small"),
                          .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-05-01"), .auditor = desk_ref("ana"),
                          .corrects = desk_ref("A1"), .responses = one, .n_responses = 1),
                     OK);
    struct page page = cover("small", "2026-04-30", false);
    covered(&page, 0, "E1 yes 1/1 2026-03-01 A1 ana - due 2027-12-31");
    page = cover("small", "2026-11-23", false);
    covered(&page, 0, "E1 yes 1/1 2026-03-01 A1 ana - due 2027-12-31");
    page = cover("small", "2026-11-24", false);
    covered(&page, 0, "E1 no 0/1 2026-05-01 A2 ana not_whole due 2026-12-31");
}

static struct group_verdict judge(const char *edition, const char *as_of)
{
    struct group_verdict v;
    assert_int_equal(DESK(&desk, group_show, &v, .cooperative = desk_ref("MEL"), .edition = desk_ref(edition),
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    return v;
}

static struct group_clause_status clause(const struct group_verdict *v, enum group_clause which)
{
    for (size_t i = 0; i < v->n_clauses; i++)
        if (v->clauses[i].clause == which)
            return v->clauses[i];
    return (struct group_clause_status){ 0 };
}

static size_t blockers(const struct group_verdict *v, enum group_clause which)
{
    size_t n = 0;
    for (size_t i = 0; i < v->n_blockers; i++)
        n += v->blockers[i].clause == which;
    return n;
}

/* A group that is ready: three of four members, all inspected, the central function audited. */
static void make_ready(void)
{
    for (int i = 1; i <= MEMBERS; i++) {
        char code[8];
        snprintf(code, sizeof code, "E%d", i);
        inspect(code, "2026-03-01", "ana", i == MEMBERS ? FAILS : WHOLE);
    }
    assert_int_equal(audit("MEL", "small", AUDIT_INTERNAL_AUDIT, "2026-03-02", NULL, WHOLE, NULL), OK);
}

static void test_verdict(void **state)
{
    (void)state;
    struct group_verdict v = judge("small", NULL);
    assert_int_equal(v.verdict, VERDICT_INCOMPLETE);
    assert_int_equal(v.incomplete, MEMBERS);
    assert_int_equal(blockers(&v, GROUP_READY), MEMBERS);
    assert_int_equal(blockers(&v, GROUP_COVERAGE), MEMBERS);
    assert_int_equal(clause(&v, GROUP_CENTRAL).unassessed, 3);
    make_ready();
    v = judge("small", NULL);
    assert_int_equal(v.verdict, VERDICT_READY);
    assert_int_equal(v.ready, 3);
    assert_int_equal(v.not_ready, 1);
    assert_int_equal(v.inspected, MEMBERS);
    assert_int_equal(v.n_blockers, 0);
    assert_int_equal(v.n_clauses, 6);
    assert_string_equal(v.name, "Coopemel");
    assert_string_equal(v.caution, "Not for strangers gathered together");
    assert_true(v.unverified);
    assert_string_equal(clause(&v, GROUP_COVERAGE).what, "every member inspected in 2026");
    assert_string_equal(clause(&v, GROUP_READY).what, "at least 2/3 of the members ready");
    assert_int_equal(clause(&v, GROUP_READY).margin, 0);
    assert_int_equal(clause(&v, GROUP_SMALLEST).margin, 1);
    assert_int_equal(clause(&v, GROUP_LARGEST).margin, 96);
    v = judge("small", "2026-03-01");
    assert_int_equal(v.verdict, VERDICT_INCOMPLETE); /* the central function was audited a day later */
    assert_int_equal(v.ready, 3);
    inspect("E3", "2026-06-01", "ana", FAILS);
    v = judge("small", NULL);
    assert_int_equal(v.verdict, VERDICT_NOT_READY);
    assert_int_equal(clause(&v, GROUP_READY).margin, -1);
    assert_int_equal(blockers(&v, GROUP_READY), 2);
    assert_string_equal(v.blockers[0].enterprise.text, "E3");
    v = judge("small", "2026-05-31");
    assert_int_equal(v.verdict, VERDICT_READY);
}

static void test_central_stands_against(void **state)
{
    (void)state;
    make_ready();
    assert_int_equal(audit("MEL", "small", AUDIT_INTERNAL_AUDIT, "2026-07-01", NULL, FAILS, NULL), OK);
    struct group_verdict v = judge("small", NULL);
    assert_int_equal(v.verdict, VERDICT_NOT_READY);
    assert_int_equal(clause(&v, GROUP_CENTRAL).margin, -2); /* all major, and no open major finding */
    assert_int_equal(v.n_blockers, 1);
    assert_string_equal(v.blockers[0].requirement, "1.1");
    assert_string_equal(v.blockers[0].finding.text, "F2");
    assert_int_equal(v.blockers[0].class, CLASS_MAJOR);
}

static int sanction(const char *member, enum sanction_kind kind, enum extent extent, const char *on)
{
    return DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("MEL"), .enterprise = desk_ref(member),
                .edition = desk_ref("small"), .kind = kind, .extent = extent, .on = desk_day(on), .reason = "x");
}

static void test_sanctions_in_the_verdict(void **state)
{
    (void)state;
    make_ready();
    assert_int_equal(sanction("E1", SANCTION_SUSPENSION, EXTENT_ISOLATED, "2026-04-01"), OK);
    struct group_verdict v = judge("small", NULL);
    assert_int_equal(v.suspended, 1);
    assert_int_equal(v.ready, 2);
    assert_int_equal(v.verdict, VERDICT_NOT_READY);
    assert_int_equal(clause(&v, GROUP_SANCTIONS).verdict, VERDICT_READY);
    assert_int_equal(sanction("E1", SANCTION_EXCLUSION, EXTENT_ISOLATED, "2026-04-02"), OK);
    assert_int_equal(sanction("E4", SANCTION_EXCLUSION, EXTENT_ISOLATED, "2026-04-03"), OK);
    v = judge("small", NULL);
    assert_int_equal(v.members, 2);
    assert_int_equal(v.excluded, 2);
    assert_int_equal(v.inspected, 2);
    assert_int_equal(clause(&v, GROUP_READY).verdict, VERDICT_READY);
    assert_int_equal(clause(&v, GROUP_SMALLEST).verdict, VERDICT_NOT_READY);
    assert_int_equal(cover("small", "2026-11-24", false).n, 2);
    v = judge("small", "2026-04-02");
    assert_int_equal(v.members, 3);
    assert_int_equal(v.verdict, VERDICT_READY);
    assert_int_equal(sanction("E2", SANCTION_WARNING, EXTENT_STRUCTURAL, "2026-05-01"), OK);
    assert_int_equal(sanction(NULL, SANCTION_WARNING, 0, "2026-05-02"), OK);
    v = judge("small", NULL);
    assert_int_equal(clause(&v, GROUP_SANCTIONS).margin, -2);
    assert_int_equal(blockers(&v, GROUP_SANCTIONS), 2);
    v = judge("small", "2026-05-01");
    assert_int_equal(clause(&v, GROUP_SANCTIONS).have, 1);
    assert_string_equal(v.blockers[v.n_blockers - 1].sanction.text, "X4");
    assert_string_equal(v.blockers[v.n_blockers - 1].enterprise.text, "E2");
}

/* Half of those visited since the last decision failed the same requirement. */
static void test_structural(void **state)
{
    (void)state;
    visit("E1", "2025-11-24", FAILS); /* a year ago: no longer looked at */
    visit("E2", "2026-02-01", FAILS);
    visit("E3", "2026-02-02", "1.1=c 1.3=m");
    struct group_verdict v = judge("small", NULL);
    assert_int_equal(v.n_structural, 2);
    assert_string_equal(v.structural[0].requirement, "1.1");
    assert_int_equal(v.structural[0].failed, 1);
    assert_int_equal(v.structural[0].visited, 2);
    visit("E4", "2026-02-03", "1.1=M 1.3=c");
    visit("E4", "2026-02-04", "1.1=M");
    v = judge("small", NULL);
    assert_int_equal(v.n_structural, 1);
    assert_int_equal(v.structural[0].failed, 2);
    assert_int_equal(v.structural[0].visited, 3);
    v = judge("small", "2025-11-24");
    assert_int_equal(v.n_structural, 1);
    assert_int_equal(v.structural[0].visited, 1);
}

/* They are counted from the day after the last decision, a renewal too, however long ago that was. */
static void test_structural_since_the_decision(void **state)
{
    (void)state;
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "C", .kind = BODY_CERTIFICATION_BODY), OK);
    assert_int_equal(DESK(&desk, cert_grant, NULL, .holder = desk_ref("MEL"), .edition = desk_ref("small"),
                          .number = "N1", .body = desk_ref("CB"), .decided_on = desk_day("2025-01-10"),
                          .valid_until = desk_day("2027-12-31"), .override = "before the register"),
                     OK);
    visit("E1", "2025-01-10", FAILS); /* on the day of the decision: it was decided on */
    visit("E2", "2025-01-11", "1.1=M 1.3=c");
    visit("E3", "2026-05-01", FAILS);
    assert_int_equal(DESK(&desk, cert_renew, NULL, .certificate = desk_ref("C1"), .decided_on = desk_day("2026-05-01"),
                          .valid_until = desk_day("2028-12-31"), .override = "before the register"),
                     OK);
    visit("E4", "2026-05-02", "1.1=c 1.3=m");
    struct group_verdict v = judge("small", "2025-01-09");
    assert_int_equal(v.n_structural, 0);
    v = judge("small", "2025-01-10");
    assert_int_equal(v.n_structural, 0);
    v = judge("small", "2026-04-30");
    assert_int_equal(v.n_structural, 1);
    assert_string_equal(v.structural[0].requirement, "1.1");
    assert_int_equal(v.structural[0].visited, 1);
    v = judge("small", "2026-05-01");
    assert_int_equal(v.n_structural, 0);
    v = judge("small", "2026-05-02");
    assert_int_equal(v.n_structural, 1);
    assert_string_equal(v.structural[0].requirement, "1.3");
    assert_int_equal(v.structural[0].visited, 1);
}

static void test_what_the_edition_does_not_ask(void **state)
{
    (void)state;
    struct group_verdict v = judge("plain", NULL);
    assert_int_equal(v.verdict, VERDICT_INCOMPLETE); /* nothing is assessed */
    assert_int_equal(v.n_clauses, 1);
    assert_int_equal(v.n_structural, 0);
    assert_null(v.caution);
    assert_int_equal(DESK(&desk, group_show, NULL, .cooperative = desk_ref("MEL"), .edition = desk_ref("small"),
                          .as_of = desk_day("2026-11-25")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "as_of");
    assert_int_equal(DESK(&desk, group_coverage, NULL, .cooperative = desk_ref("MEL"), .edition = desk_ref("small"),
                          .as_of = desk_day("2026-11-25")),
                     ERR_INVALID_PARAM);
}

/* Today's answer, from the kept standings, is what is computed for the same day later. */
static void test_today_is_what_is_computed(void **state)
{
    (void)state;
    make_ready();
    inspect("E3", "2026-11-24", "luis", "1.1=m 2.1=m");
    visit("E2", "2026-11-24", FAILS);
    struct group_verdict today = judge("small", NULL), later;
    desk_set_today(&desk, "2027-02-01");
    later = judge("small", "2026-11-24");
    assert_int_equal(today.verdict, later.verdict);
    assert_int_equal(today.ready, later.ready);
    assert_int_equal(today.not_ready, later.not_ready);
    assert_int_equal(today.n_blockers, later.n_blockers);
    for (size_t i = 0; i < today.n_clauses; i++) {
        assert_int_equal(today.clauses[i].verdict, later.clauses[i].verdict);
        assert_int_equal(today.clauses[i].have, later.clauses[i].have);
        assert_int_equal(today.clauses[i].margin, later.clauses[i].margin);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_coverage_of_the_year),
        TEST(test_coverage_by_pages),
        TEST(test_coverage_without_a_rule),
        TEST(test_coverage_in_twelve_months),
        TEST(test_coverage_approved),
        TEST(test_coverage_corrected),
        TEST(test_verdict),
        TEST(test_central_stands_against),
        TEST(test_sanctions_in_the_verdict),
        TEST(test_structural),
        TEST(test_structural_since_the_decision),
        TEST(test_what_the_edition_does_not_ask),
        TEST(test_today_is_what_is_computed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
