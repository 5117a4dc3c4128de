/* SPDX-License-Identifier: Apache-2.0 */
/* Who must be in a sample: new members, sanctioned ones, those of high risk, one for each inspector. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/drawing.h"
#include "tests/support/expect.h"

#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    drawing_start(&desk);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct date maybe(const char *day)
{
    return day != NULL ? desk_day(day) : (struct date){ 0 };
}

/* N1 joined later, N2 on the very day; E03 is of high risk, ana inspected E04 and E05, bea E06: all that must be in it
 * is. */
static void test_strata(void **state)
{
    (void)state;
    struct sample_detail d;
    static const char *const people[] = { "ana", "ana", "bea" }, *const inspected[] = { "E04", "E05", "E06" };
    drawing_last(&desk, "2025-06-01");
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "N1", .name = "x", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2025-06-02")));
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "N2", .name = "x", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2025-06-01")));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "bea", .name = "Bea"));
    struct response all[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    for (size_t i = 0; i < 3; i++)
        must(&desk.err, DESK(&desk, audit_record, NULL, .holder = desk_ref(inspected[i]), .edition = desk_ref("ruled"),
                             .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-01-15"),
                             .auditor = desk_ref(people[i]), .responses = all, .n_responses = 1));
    must(&desk.err, DESK(&desk, member_rate, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E03"),
                         .risk = RISK_HIGH, .on = desk_day("2026-02-01"), .reason = "sprays next door"));
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, DRAWING_SEED, &d));
    assert_int_equal(d.sample->population, DRAWING_MEMBERS + 2);
    assert_string_equal(d.sample->last.text, "S1");
    assert_int_equal(d.sample->size, 4);      /* 0.6 √27 */
    assert_int_equal(d.sample->mandatory, 4); /* N1, E03, one of ana's, one of bea's */
    assert_int_equal(d.sample->drawn, 6);     /* a quarter by chance: 4 of 6, and 2 */
    assert_int_equal(drawing_member(&d, "N1")->why, STRATUM_NEW);
    assert_int_equal(drawing_member(&d, "E03")->why, STRATUM_HIGH_RISK);
    assert_int_equal(drawing_member(&d, "E06")->why, STRATUM_INSPECTOR);
    const char *anas = drawing_member(&d, "E04") != NULL ? "E04" : "E05";
    assert_int_equal(drawing_member(&d, anas)->why, STRATUM_INSPECTOR);
    size_t random = 0;
    for (size_t i = 0; i < d.n_members; i++)
        random += d.members[i].why == STRATUM_RANDOM;
    assert_int_equal(random, 2);
    assert_true(drawing_is_same(&desk, "S2"));

    /* Drawn for the days before any of it was so. */
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, "2025-06-01", DRAWING_SEED, &d));
    assert_int_equal(d.sample->population, DRAWING_MEMBERS + 1);
    assert_int_equal(d.sample->mandatory, 0);
    assert_null(drawing_member(&d, "N1"));
}

/* A draw that nobody was visited of does not count: another one must hold the same. */
static void test_drawn_twice(void **state)
{
    (void)state;
    struct sample_detail d;
    drawing_last(&desk, "2025-06-01");
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "N1", .name = "x", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2025-06-02")));
    for (int i = 0; i < 2; i++) {
        must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, NULL, &d));
        assert_string_equal(d.sample->last.text, "S1");
        assert_int_equal(drawing_member(&d, "N1")->why, STRATUM_NEW);
    }
    drawing_visit(&desk, "N1", "2026-03-10");
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, NULL, &d));
    assert_string_equal(d.sample->last.text, "S3");
    assert_int_equal(d.sample->mandatory, 0);
}

static void sanction(const char *enterprise, enum sanction_kind kind, const char *on, const char *lifted_on)
{
    must(&desk.err,
         DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref(enterprise),
              .edition = desk_ref("ruled"), .kind = kind, .on = desk_day(on), .reason = "seen"));
    if (lifted_on != NULL)
        must(&desk.err, DESK(&desk, group_readmit, NULL, .cooperative = desk_ref("ALFA"),
                             .enterprise = desk_ref(enterprise), .on = desk_day(lifted_on), .reason = "mended"));
}

/* Whoever is excluded is not of the group; whoever was sanctioned since the last sample must be in the next. */
static void test_sanctions(void **state)
{
    (void)state;
    struct sample_detail d;
    sanction("E01", SANCTION_WARNING, "2025-02-01", "2025-03-01");
    drawing_last(&desk, "2025-06-01");
    sanction("E02", SANCTION_SUSPENSION, "2025-05-01", "2025-07-01");
    sanction("E03", SANCTION_WARNING, "2026-01-01", NULL);
    sanction("E04", SANCTION_EXCLUSION, "2026-01-01", NULL);
    sanction("E05", SANCTION_EXCLUSION, "2026-01-01", "2026-02-01");
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, DRAWING_SEED, &d));
    assert_int_equal(d.sample->population, DRAWING_MEMBERS - 1);
    assert_int_equal(d.sample->excluded, 1);
    assert_int_equal(d.sample->mandatory, 3);
    static const char *const in[] = { "E02", "E03", "E05" };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(drawing_member(&d, in[i])->why, STRATUM_SANCTIONED);
    assert_null(drawing_member(&d, "E04"));
    assert_true(drawing_is_same(&desk, "S2"));
    assert_int_equal(DESK(&desk, sample_substitute, NULL, .sample = desk_ref("S2"),
                          .enterprise = d.members[3].enterprise, .by = desk_ref("E04"), .reason = "x"),
                     ERR_CONFLICT);
    /* As of a day before its exclusion it is in. */
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, "2025-12-31", DRAWING_SEED, &d));
    assert_int_equal(d.sample->population, DRAWING_MEMBERS);
}

static void test_all_excluded(void **state)
{
    (void)state;
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "B1", .name = "x", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("BETA"), .joined_on = desk_day("2025-06-01")));
    must(&desk.err, DESK(&desk, group_exclude, NULL, .cooperative = desk_ref("BETA"), .enterprise = desk_ref("B1"),
                         .edition = desk_ref("ruled"), .kind = SANCTION_EXCLUSION, .reason = "seen"));
    assert_int_equal(DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("BETA"), .edition = desk_ref("ruled"),
                          .purpose = SAMPLE_INITIAL),
                     ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "every member of BETA is excluded"));
}

/* Without mandatory members and beyond the random quarter, those not in the last sample come first. */
static void test_not_visited_first(void **state)
{
    (void)state;
    struct sample_detail first, second;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2025-06-01", DRAWING_SEED, &first));
    drawing_visit(&desk, first.members[4].enterprise.text, "2025-06-02");
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, "2026-03-01", DRAWING_SEED, &second));
    assert_int_equal(second.sample->drawn, 3);
    /* The same seed: the first by chance is the one that was first before; the others are new to it. */
    assert_string_equal(second.members[0].enterprise.text, first.members[0].enterprise.text);
    assert_int_equal(second.members[0].why, STRATUM_RANDOM);
    for (size_t i = 1; i < 3; i++) {
        assert_int_equal(second.members[i].why, STRATUM_NOT_VISITED);
        assert_null(drawing_member(&first, second.members[i].enterprise.text));
    }
}

static void test_risk(void **state)
{
    (void)state;
    struct membership m;
    struct page page;
#define RATE(ret, e, r, day)                                                                                           \
    DESK(&desk, member_rate, ret, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref(e), .risk = (r),             \
         .on = maybe(day), .reason = "seen")
    must(&desk.err, RATE(&m, "E01", RISK_HIGH, "2026-01-10"));
    assert_int_equal(m.risk, RISK_HIGH);
    must(&desk.err, RATE(&m, "E01", RISK_LOW, "2026-02-10"));
    must(&desk.err, RATE(&m, "E01", RISK_NORMAL, "2026-02-10")); /* the same day: the later one counts */
    assert_int_equal(m.risk, RISK_NORMAL);
    static const struct {
        const char *day;
        enum risk risk;
    } days[] = { { "2026-01-09", 0 }, { "2026-01-10", RISK_HIGH }, { "2026-02-09", RISK_HIGH }, { NULL, RISK_NORMAL } };
    for (size_t i = 0; i < 4; i++) {
        must(&desk.err, DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA"), .as_of = maybe(days[i].day)));
        assert_int_equal(((struct membership *)page.rows)[0].risk, days[i].risk);
        assert_int_equal(((struct membership *)page.rows)[1].risk, 0);
    }
    refused(&desk.err, RATE(NULL, "E01", RISK_LOW, "2026-03-11"), ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err, RATE(NULL, "E01", RISK_LOW, "2024-03-11"), ERR_CONFLICT, "enterprise", "not a member of ALFA");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_strata),       TEST(test_drawn_twice),       TEST(test_sanctions),
        TEST(test_all_excluded), TEST(test_not_visited_first), TEST(test_risk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
