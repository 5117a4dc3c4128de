/* SPDX-License-Identifier: Apache-2.0 */
/* Where holders and groups stand, what fails most: today, on other days, in pages and within scope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/sample.h"

#include <stdio.h>

static struct desk desk;

enum { ANA = 1001 };

static void join(const char *cooperative, const char *code, const char *on)
{
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref(cooperative), .joined_on = desk_day(on)),
                     OK);
}

static void audit(const char *holder, const char *edition, const char *on, const char *results)
{
    assert_int_equal(sample_audit(&desk, holder, edition, on, results, NULL), OK);
}

/* ALFA: E1 ready, E2 not ready, E3 incomplete, E4 never audited. BETA: E5 ready. */
static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "sample", "1");
    sample_publish(&desk, "other", "1");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    join("ALFA", "E1", "2026-01-01");
    join("ALFA", "E2", "2026-01-01");
    join("ALFA", "E3", "2026-02-01");
    join("ALFA", "E4", "2026-03-01");
    join("BETA", "E5", "2026-01-01");
    audit("E1", "sample", "2026-01-10", "1.1=c 1.2=c 1.3=c 2.1=c 2.2=n 2.3=c");
    audit("E2", "sample", "2026-01-10", "1.1=M 1.2=c 1.3=m 2.1=c 2.2=c 2.3=c");
    audit("E3", "sample", "2026-02-10", "1.1=c");
    audit("E5", "sample", "2026-01-10", "1.1=c 1.2=c 1.3=m 2.1=c 2.2=c 2.3=c");
    audit("E5", "other", "2026-03-10", "1.1=M");
    audit("ALFA", "sample", "2026-02-15", "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c");
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct status show(const char *holder, const char *edition, const char *as_of)
{
    struct status status;
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref(holder), .edition = { .text = edition },
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    return status;
}

static void test_enterprise(void **state)
{
    (void)state;
    struct status s = show("E2", NULL, NULL);
    assert_int_equal(s.kind, HOLDER_ENTERPRISE);
    assert_string_equal(s.cooperative.text, "ALFA");
    assert_int_equal(s.as_of.day, desk_day("2026-03-10").day);
    assert_int_equal(s.n_standings, 1);
    const struct standing *on = s.standings;
    assert_int_equal(on->verdict, VERDICT_NOT_READY);
    assert_int_equal(on->assessable, SAMPLE_ASSESSABLE);
    assert_int_equal(on->nonconforming, 2);
    assert_int_equal(on->major, 1);
    assert_int_equal(on->minor, 1);
    assert_int_equal(on->n_clauses, 3);
    assert_int_equal(on->clauses[0].margin, -1);
    assert_int_equal(on->clauses[1].margin, 0);
    assert_string_equal(on->clauses[1].what, "at least 2/3 of minor requirements conforming");
    assert_int_equal(on->n_blockers, 1);
    assert_string_equal(on->blockers[0].finding.text, "F1");
    assert_int_equal(on->last_on.day, desk_day("2026-01-10").day);

    assert_int_equal(show("E4", NULL, NULL).n_standings, 0);
    assert_int_equal(show("E2", NULL, "2026-01-09").n_standings, 0);
    assert_int_equal(show("E5", "other", NULL).n_standings, 1);
    assert_int_equal(DESK(&desk, status_show, NULL, .holder = desk_ref("E1"), .as_of = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "as_of");
}

static void test_an_edition_nobody_looked_at(void **state)
{
    (void)state;
    struct status s = show("E4", "sample", NULL);
    assert_int_equal(s.n_standings, 1);
    assert_int_equal(s.standings[0].verdict, VERDICT_INCOMPLETE);
    assert_int_equal(s.standings[0].not_assessed, SAMPLE_ASSESSABLE);
    assert_int_equal(s.standings[0].n_blockers, 5);
    assert_int_equal(show("BETA", "sample", NULL).n_standings, 0);
}

static void test_cooperative(void **state)
{
    (void)state;
    struct status s = show("ALFA", NULL, NULL);
    assert_int_equal(s.kind, HOLDER_COOPERATIVE);
    assert_int_equal(s.members, 4);
    assert_int_equal(s.n_standings, 1);
    assert_int_equal(s.standings[0].verdict, VERDICT_READY);
    assert_int_equal(s.n_groups, 1);
    const struct group_status *g = s.groups;
    assert_int_equal(g->assessed, 3);
    assert_int_equal(g->ready, 1);
    assert_int_equal(g->not_ready, 1);
    assert_int_equal(g->incomplete, 1);
    assert_int_equal(g->major, 1);
    assert_int_equal(g->minor, 1);

    s = show("ALFA", NULL, "2026-01-31");
    assert_int_equal(s.members, 2);
    assert_int_equal(s.groups[0].assessed, 2);
    assert_int_equal(s.groups[0].incomplete, 0);
    assert_int_equal(s.n_standings, 0);
}

static void test_joining_and_leaving_moves_the_group(void **state)
{
    (void)state;
    struct standing_check check;
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E2")),
                     OK);
    assert_int_equal(DESK(&desk, member_join, NULL, .cooperative = desk_ref("BETA"), .enterprise = "E2"), OK);
    assert_int_equal(show("ALFA", NULL, NULL).groups[0].not_ready, 0);
    assert_int_equal(show("ALFA", NULL, NULL).members, 3);
    assert_int_equal(show("ALFA", NULL, "2026-03-09").groups[0].not_ready, 1);
    assert_int_equal(show("BETA", "sample", NULL).groups[0].not_ready, 1);
    assert_int_equal(DESK(&desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 0);
    assert_int_equal(check.rollups, 3);
}

static void list_in_pages(const char *as_of, const char *const *expected, size_t n)
{
    const char *after = NULL;
    for (size_t i = 0; i < n; i++) {
        struct page page;
        assert_int_equal(DESK(&desk, status_list, &page, .as_of = desk_day(as_of),
                              .page = { .limit = 1, .has_limit = true, .after = after }),
                         OK);
        const struct group_status *g = page.rows;
        assert_int_equal(page.n, 1);
        char name[64];
        snprintf(name, sizeof name, "%s %s", g->cooperative.text, g->edition.text);
        assert_string_equal(name, expected[i]);
        after = page.next;
        assert_int_equal(after == NULL, i + 1 == n);
    }
}

static void test_list(void **state)
{
    (void)state;
    static const char *const today[] = { "ALFA sample:1", "BETA other:1", "BETA sample:1" };
    static const char *const before[] = { "ALFA sample:1", "BETA sample:1" };
    struct page page;
    list_in_pages("2026-03-10", today, 3);
    list_in_pages("2026-03-09", before, 2);
    assert_int_equal(DESK(&desk, status_list, &page, .page = { .after = "x" }), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_VIEWER, .cooperative = desk_ref("BETA")),
                     OK);
    desk_as_user(&desk, "ana", ANA);
    list_in_pages("2026-03-10", today + 1, 2);
    list_in_pages("2026-03-09", before + 1, 1);
}

static void test_members(void **state)
{
    (void)state;
    struct page page;
    const char *after = NULL;
    static const char *const codes[] = { "E1", "E2", "E3" };
    static const enum verdict verdicts[] = { VERDICT_READY, VERDICT_NOT_READY, VERDICT_INCOMPLETE };
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(DESK(&desk, status_members, &page, .cooperative = desk_ref("ALFA"),
                              .page = { .limit = 1, .has_limit = true, .after = after }),
                         OK);
        const struct member_status *m = page.rows;
        assert_string_equal(m->enterprise.text, codes[i]);
        assert_int_equal(m->verdict, verdicts[i]);
        after = page.next;
    }
    assert_null(after);
    assert_int_equal(DESK(&desk, status_members, &page, .cooperative = desk_ref("ALFA"), .verdict = VERDICT_NOT_READY),
                     OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(((const struct member_status *)page.rows)->conforming, 4);
    assert_int_equal(((const struct member_status *)page.rows)->applicable, 6);
}

static void test_gaps(void **state)
{
    (void)state;
    struct page page;
    struct participation took_part = { .enterprise = "E5" };
    struct addressed addressed = { .edition = "sample", .requirement = "1.3" };
    assert_int_equal(DESK(&desk, assist_record, NULL, .title = "Hygiene", .kind = TA_TRAINING,
                          .delivered_on = desk_day("2026-02-01"), .participations = &took_part, .n_participations = 1,
                          .requirements = &addressed, .n_requirements = 1),
                     OK);
    assert_int_equal(DESK(&desk, gaps_list, &page, .edition = desk_ref("sample")), OK);
    const struct gap *g = page.rows;
    assert_int_equal(page.n, 2);
    assert_string_equal(g[0].requirement, "1.3");
    assert_int_equal(g[0].nonconforming, 2);
    assert_int_equal(g[0].assessed, 4);
    assert_int_equal(g[0].not_assessed, 1);
    assert_int_equal(g[0].assisted, 1);
    assert_string_equal(g[1].requirement, "1.1");
    assert_int_equal(g[1].assisted, 0);

    assert_int_equal(DESK(&desk, gaps_list, &page, .holder = desk_ref("ALFA")), OK);
    g = page.rows;
    assert_int_equal(page.n, 2);
    assert_int_equal(g[1].nonconforming, 1);
    assert_int_equal(g[1].assisted, 0);
    assert_int_equal(DESK(&desk, gaps_list, &page, .holder = desk_ref("BETA"), .edition = desk_ref("sample")), OK);
    assert_int_equal(((const struct gap *)page.rows)->assisted, 1);
    assert_int_equal(DESK(&desk, gaps_list, &page, .as_of = desk_day("2026-01-09")), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, gaps_list, &page, .page = { .limit = 2, .has_limit = true }), OK);
    assert_int_equal(page.n, 2);
    assert_string_equal(page.next, "2");
    assert_int_equal(DESK(&desk, gaps_list, &page, .page = { .limit = 2, .has_limit = true, .after = "2" }), OK);
    assert_int_equal(page.n, 1);
    assert_null(page.next);
}

/* A member of two cooperatives: who sees one of them is told of no other. Who sees both sees on an earlier day those
 * who were members then, as who sees one does. */
static void test_scope_of_two_cooperatives(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(DESK(&desk, member_join, NULL, .cooperative = desk_ref("BETA"), .enterprise = "E2",
                          .on = desk_day("2026-02-01")),
                     OK);
    assert_string_equal(show("E2", NULL, NULL).cooperative.text, "ALFA");
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_VIEWER, .cooperative = desk_ref("BETA")),
                     OK);
    desk_as_user(&desk, "ana", ANA);
    assert_string_equal(show("E2", NULL, NULL).cooperative.text, "BETA");
    assert_null(show("E2", NULL, "2026-01-20").cooperative.text);

    desk_as_admin(&desk);
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E2")),
                     OK);
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("BETA"), .enterprise = desk_ref("E2")),
                     OK);
    desk_as_user(&desk, "ana", ANA);
    assert_int_equal(DESK(&desk, finding_list, &page, .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(page.n, 3);
    desk_as_admin(&desk);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_VIEWER, .cooperative = desk_ref("ALFA")),
                     OK);
    desk_as_user(&desk, "ana", ANA);
    assert_int_equal(DESK(&desk, finding_list, &page, .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(page.n, 3);
    assert_int_equal(DESK(&desk, finding_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 2);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_enterprise),  TEST(test_an_edition_nobody_looked_at),
        TEST(test_cooperative), TEST(test_joining_and_leaving_moves_the_group),
        TEST(test_list),        TEST(test_members),
        TEST(test_gaps),        TEST(test_scope_of_two_cooperatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
