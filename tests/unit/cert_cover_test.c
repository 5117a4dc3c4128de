/* SPDX-License-Identifier: Apache-2.0 */
/* A group's certificate: the verdict it is granted on, whom it covers, from when to when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/mend.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

enum { FARMS = 8 };
static struct desk desk;
static const char all_conforming[] = "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c";

static struct cycle_rule cycle = { .validity_months = 12, .has_validity_months = true, .source = "Rule book 4.1" };
static struct internal_rule internal = { .inspections = 1, .has_inspections = true, .source = "Rule book 3" };
static struct group_rule group = { .ready = 3,
                                   .has_ready = true,
                                   .ready_of = 4,
                                   .has_ready_of = true,
                                   .newcomers = 1,
                                   .has_newcomers = true,
                                   .newcomers_of = 5,
                                   .has_newcomers_of = true,
                                   .leave_clean = true,
                                   .has_leave_clean = true,
                                   .source = "Rule book 5" };
static struct rules rules = { .cycle = &cycle, .internal = &internal, .group = &group };

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void join(const char *code, const char *on)
{
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day(on)));
}

static void inspect(const char *farm, const char *on, const char *results)
{
    must(&desk.err, sample_audit(&desk, farm, "sample:1", on, results, NULL));
}

/* Eight farms, of which six are inspected and ready, one is not ready, one is not inspected; the group was audited. */
static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    struct standard_publish p = sample_edition("sample", "1");
    p.rules = &rules;
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "bea", .name = "Bea"));
    for (int i = 1; i <= FARMS; i++) {
        char code[] = "E0";
        code[1] = (char)('0' + i);
        join(code, "2020-01-01");
        if (i < FARMS)
            inspect(code, "2026-01-15", i < FARMS - 1 ? all_conforming : "1.1=M 1.2=c 1.3=c 2.1=c 2.2=c");
    }
    struct audit audit;
    size_t n;
    struct response rows[16];
    memcpy(rows, sample_responses(all_conforming, &n), sizeof rows);
    must(&desk.err, DESK(&desk, audit_record, &audit, .holder = desk_ref("ALFA"), .edition = desk_ref("sample"),
                         .kind = AUDIT_STAGE_2, .on = desk_day("2026-02-01"), .responses = rows, .n_responses = n));
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = audit.audit, .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = desk_day("2026-02-01")));
    return 0;
}

static struct cert_grant wanted(void)
{
    struct page page;
    must(&desk.err, DESK(&desk, audit_list, &page, .holder = desk_ref("ALFA"), .kind = AUDIT_STAGE_2));
    return (struct cert_grant){ .holder = desk_ref("ALFA"),
                                .edition = desk_ref("sample:1"),
                                .number = "G1",
                                .body = desk_ref("CB"),
                                .audit = ((struct audit *)page.rows)[0].audit,
                                .decided_by = desk_ref("bea"),
                                .decided_on = desk_day("2026-03-01"),
                                .cover = true,
                                .has_cover = true };
}

static void grant(void)
{
    inspect("E8", "2026-02-20", all_conforming);
    struct cert_grant p = wanted();
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
}

/* The members covered on a day, "E1 E2 E3x": x for one that ended, n for a new one, s for one under a sanction. */
static const char *covered(const char *as_of, bool ended)
{
    static char text[256];
    struct page page;
    must(&desk.err, DESK(&desk, cert_members, &page, .certificate = desk_ref("C1"), .as_of = desk_day(as_of),
                         .ended = ended, .has_ended = true));
    const struct covered_member *rows = page.rows;
    text[0] = '\0';
    for (size_t i = 0; i < page.n; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s%s%s%s", i > 0 ? " " : "",
                 rows[i].enterprise.text, rows[i].covered ? "" : "x", rows[i].newcomer ? "n" : "",
                 rows[i].sanction.text != NULL ? "s" : "");
    return text;
}

static int cover(const char *farm, const char *on, struct cover *ret)
{
    return DESK(&desk, cert_cover, ret, .certificate = desk_ref("C1"), .enterprise = desk_ref(farm),
                .on = desk_day(on));
}

static int cover_ready(const char *on, struct cover *ret)
{
    return DESK(&desk, cert_cover, ret, .certificate = desk_ref("C1"), .ready = true, .has_ready = true,
                .on = desk_day(on));
}

static void test_verdict_of_group(void **state)
{
    (void)state;
    struct page page;
    struct cert_grant p = wanted();
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "edition");
    assert_non_null(
        strstr(desk.err.message,
               "1 condition is not met. verdict: the group is incomplete (sme-ctl group show); missing: every member"));
    must(&desk.err, DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition, .body = p.body,
                         .decided_by = p.decided_by, .as_of = p.decided_on));
    const struct condition *rows = page.rows;
    for (size_t i = 0; i < page.n; i++)
        if (rows[i].condition == CONDITION_VERDICT) {
            assert_false(rows[i].holds);
            assert_string_equal(rows[i].record, "E8");
            assert_string_equal(rows[i].source, "Rule book 5");
        } else {
            assert_true(rows[i].holds || rows[i].told);
        }
    inspect("E8", "2026-03-01", all_conforming);
    struct certificate c;
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, &c));
    assert_int_equal(c.route, ROUTE_GROUP);
    assert_string_equal(covered("2026-03-01", false), "E1 E2 E3 E4 E5 E6 E8");
    struct status status;
    must(&desk.err, DESK(&desk, status_show, &status, .holder = desk_ref("E1")));
    assert_string_equal(status.standings[0].covered_by.text, "C1");
    assert_int_equal(status.standings[0].certificate, 0); /* only the group is certified */
    must(&desk.err, DESK(&desk, status_show, &status, .holder = desk_ref("E7")));
    assert_null(status.standings[0].covered_by.text);
    must(&desk.err, DESK(&desk, status_show, &status, .holder = desk_ref("E1"), .as_of = desk_day("2026-02-28")));
    assert_null(status.standings[0].covered_by.text);
    desk_set_today(&desk, "2027-03-01");
    must(&desk.err, DESK(&desk, status_show, &status, .holder = desk_ref("E1")));
    assert_null(status.standings[0].covered_by.text); /* it has expired */
    assert_string_equal(covered("2027-03-01", false), "E1x E2x E3x E4x E5x E6x E8x");
    must(&desk.err, DESK(&desk, status_show, &status, .holder = desk_ref("E1"), .as_of = desk_day("2027-02-28")));
    assert_string_equal(status.standings[0].covered_by.text, "C1");
}

static void test_alone(void **state)
{
    (void)state;
    struct cert_grant p = wanted();
    p.route = ROUTE_INDIVIDUAL;
    assert_int_equal(desk_call(&desk, METHOD_cert_grant, &p, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "cover");
    p.cover = p.has_cover = false;
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL)); /* by the central function's own standing */
    assert_int_equal(cover("E1", "2026-03-01", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "certificate");
    assert_string_equal(covered("2026-03-10", true), "");
}

static void test_who_may_be_covered(void **state)
{
    (void)state;
    struct cover k;
    grant();
    assert_int_equal(cover("E1", "2026-03-02", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "already covered from 2026-03-01"));
    assert_int_equal(cover("E7", "2026-03-02", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "E7 is not ready for sample:1"));
    assert_int_equal(cover("E7", "2026-02-28", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(cover("E7", "2026-03-11", NULL), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, cert_cover, NULL, .certificate = desk_ref("C1")), ERR_INVALID_PARAM);
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "F1", .name = "F1", .activity = ACTIVITY_FARM));
    assert_int_equal(cover("F1", "2026-03-02", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "not a member of the group on 2026-03-02"));
    inspect("E7", "2026-03-02", all_conforming);
    mend_people(&desk);
    must(&desk.err, mend_until(&desk, "F1", FINDING_CLOSED, "2026-03-02", NULL));
    must(&desk.err,
         DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E7"),
              .edition = desk_ref("sample"), .kind = SANCTION_SUSPENSION, .reason = "x", .on = desk_day("2026-03-03")));
    assert_int_equal(cover("E7", "2026-03-03", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "sanction X1"));
    must(&desk.err, cover("E7", "2026-03-02", &k));
    assert_int_equal(k.added, 1);
    assert_int_equal(k.members, 8);
    must(&desk.err,
         DESK(&desk, cert_suspend, NULL, .certificate = desk_ref("C1"), .reason = "x", .on = desk_day("2026-03-05")));
    assert_int_equal(cover_ready("2026-03-06", NULL), ERR_BAD_STATE);
    assert_non_null(strstr(desk.err.message, "only an active certificate can cover more"));
}

/* Seven are covered and no newcomers: a fifth of seven is one. */
static void test_newcomers(void **state)
{
    (void)state;
    struct cover k;
    grant();
    join("N1", "2026-02-02");
    join("N2", "2026-02-02");
    join("OLD", "2026-02-01"); /* on the day of the audit: it was there to be seen */
    inspect("N1", "2026-03-01", all_conforming);
    inspect("N2", "2026-03-01", all_conforming);
    must(&desk.err, cover_ready("2026-03-04", &k));
    assert_int_equal(k.added, 0);
    assert_int_equal(k.left_out, 2);
    assert_int_equal(k.more, 1);
    must(&desk.err, cover("N1", "2026-03-04", &k));
    assert_int_equal(k.newcomers, 1);
    assert_int_equal(k.members, 8);
    assert_int_equal(k.more, 0);
    assert_int_equal(cover("N2", "2026-03-04", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "1/5 of the 7 covered before (1 in total); 1 are covered, 0 more"));
    assert_non_null(strstr(desk.err.message, "Rule book 5"));
    assert_int_equal(cover("OLD", "2026-03-04", NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "OLD was not inspected"));
    assert_string_equal(covered("2026-03-04", false), "E1 E2 E3 E4 E5 E6 E8 N1n");
    /* The next external audit sees the group with them: they are new no more, and others may come. */
    size_t n;
    struct response rows[16];
    memcpy(rows, sample_responses(all_conforming, &n), sizeof rows);
    must(&desk.err,
         DESK(&desk, audit_record, NULL, .holder = desk_ref("ALFA"), .edition = desk_ref("sample"),
              .kind = AUDIT_SURVEILLANCE, .on = desk_day("2026-03-08"), .responses = rows, .n_responses = n));
    assert_string_equal(covered("2026-03-08", false), "E1 E2 E3 E4 E5 E6 E8 N1");
    assert_string_equal(covered("2026-03-07", false), "E1 E2 E3 E4 E5 E6 E8 N1n");
    must(&desk.err, cover("N2", "2026-03-08", &k));
    assert_int_equal(k.newcomers, 0);
    assert_int_equal(k.more, 1); /* a fifth of nine */
}

static void test_uncover(void **state)
{
    (void)state;
    struct covered_member m;
    grant();
    struct cert_uncover p = { .certificate = desk_ref("C1"),
                              .enterprise = desk_ref("E2"),
                              .reason = "sells elsewhere" };
    p.on = desk_day("2026-03-01");
    assert_int_equal(desk_call(&desk, METHOD_cert_uncover, &p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "on");
    must(&desk.err,
         DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E2"),
              .edition = desk_ref("sample"), .kind = SANCTION_WARNING, .reason = "x", .on = desk_day("2026-03-02")));
    p.on = desk_day("2026-03-05");
    assert_int_equal(desk_call(&desk, METHOD_cert_uncover, &p, NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "X1 (warning) is pending against E2"));
    /* Leaving the cooperative would be a way round it. */
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E2"),
                          .on = desk_day("2026-03-05")),
                     ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "X1 is pending against E2, which C1 covers"));
    must(&desk.err, DESK(&desk, group_readmit, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E2"),
                         .on = desk_day("2026-03-04"), .reason = "mended"));
    must(&desk.err, desk_call(&desk, METHOD_cert_uncover, &p, &m));
    assert_string_equal(m.enterprise.text, "E2");
    assert_int_equal(m.covered_until.day, desk_day("2026-03-05").day);
    assert_string_equal(covered("2026-03-03", false), "E1 E2s E3 E4 E5 E6 E8");
    assert_string_equal(covered("2026-03-04", true), "E1 E2 E3 E4 E5 E6 E8");
    assert_string_equal(covered("2026-03-05", false), "E1 E3 E4 E5 E6 E8");
    assert_string_equal(covered("2026-03-05", true), "E1 E2x E3 E4 E5 E6 E8");
    assert_int_equal(desk_call(&desk, METHOD_cert_uncover, &p, NULL), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "C1 does not cover E2 on 2026-03-05"));
    must(&desk.err, cover("E2", "2026-03-06", NULL));
    assert_string_equal(covered("2026-03-06", true), "E1 E2 E3 E4 E5 E6 E8");
}

/* What ends or interrupts a cover without a word of the certificate. */
static void test_cut_by_membership_and_exclusion(void **state)
{
    (void)state;
    grant();
    must(&desk.err, DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E3"),
                         .on = desk_day("2026-03-05")));
    assert_string_equal(covered("2026-03-04", false), "E1 E2 E3 E4 E5 E6 E8");
    assert_string_equal(covered("2026-03-05", true), "E1 E2 E3x E4 E5 E6 E8");
    must(&desk.err, DESK(&desk, member_join, NULL, .cooperative = desk_ref("ALFA"), .enterprise = "E3",
                         .on = desk_day("2026-03-07")));
    assert_string_equal(covered("2026-03-07", false), "E1 E2 E4 E5 E6 E8");
    must(&desk.err,
         DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E4"),
              .edition = desk_ref("sample"), .kind = SANCTION_EXCLUSION, .reason = "x", .on = desk_day("2026-03-08")));
    assert_string_equal(covered("2026-03-08", false), "E1 E2 E5 E6 E8");
    must(&desk.err, DESK(&desk, group_readmit, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E4"),
                         .on = desk_day("2026-03-09"), .reason = "mended"));
    assert_string_equal(covered("2026-03-09", false), "E1 E2 E4 E5 E6 E8");
    /* An exclusion does not keep a member in. */
    must(&desk.err,
         DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E5"),
              .edition = desk_ref("sample"), .kind = SANCTION_EXCLUSION, .reason = "x", .on = desk_day("2026-03-09")));
    must(&desk.err, DESK(&desk, cert_uncover, NULL, .certificate = desk_ref("C1"), .enterprise = desk_ref("E5"),
                         .reason = "x", .on = desk_day("2026-03-10")));
    must(&desk.err, DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E5"),
                         .on = desk_day("2026-03-10")));
}

static void test_pages(void **state)
{
    (void)state;
    struct page page;
    grant();
    must(&desk.err,
         DESK(&desk, cert_members, &page, .certificate = desk_ref("C1"), .page = { .limit = 3, .has_limit = true }));
    assert_int_equal(page.n, 3);
    assert_string_equal(page.next, "E3");
    must(&desk.err, DESK(&desk, cert_members, &page, .certificate = desk_ref("C1"),
                         .page = { .limit = 5, .has_limit = true, .after = "E3" }));
    assert_int_equal(page.n, 4);
    assert_null(page.next);
    assert_int_equal(DESK(&desk, cert_members, &page, .certificate = desk_ref("C1"), .as_of = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_verdict_of_group),
        TEST(test_alone),
        TEST(test_who_may_be_covered),
        TEST(test_newcomers),
        TEST(test_uncover),
        TEST(test_cut_by_membership_and_exclusion),
        TEST(test_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
