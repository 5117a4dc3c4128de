/* SPDX-License-Identifier: Apache-2.0 */
/* Clusters, cooperatives, enterprises and memberships, called as the daemon calls them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "One", .activity = ACTIVITY_FARM), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E2", .name = "Two", .activity = ACTIVITY_DAIRY), OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int join(const char *coop, const char *enterprise, const char *on, struct membership *ret)
{
    return DESK(&desk, member_join, ret, .cooperative = desk_ref(coop), .enterprise = enterprise,
                .on = on != NULL ? desk_day(on) : (struct date){ 0 });
}

static int leave(const char *coop, const char *enterprise, const char *on, struct membership *ret)
{
    return DESK(&desk, member_leave, ret, .cooperative = desk_ref(coop), .enterprise = desk_ref(enterprise),
                .on = desk_day(on), .reason = "sold");
}

static void test_cluster(void **state)
{
    (void)state;
    struct cluster cluster;
    struct cooperative coop;
    struct page page;
    assert_int_equal(DESK(&desk, cluster_create, &cluster, .code = "TAMBO", .name = "Tambo", .country = "BO"), OK);
    assert_string_equal(cluster.cluster.text, "TAMBO");
    assert_int_equal(DESK(&desk, cluster_create, NULL, .code = "TAMBO", .name = "Again"), ERR_EXISTS);
    assert_string_equal(desk.err.field, "code");
    assert_int_equal(DESK(&desk, cluster_update, NULL, .cluster = desk_ref("TAMBO")), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, cluster_update, NULL, .cluster = desk_ref("TAMBO"), .country = "bo"),
                     ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, cluster_update, &cluster, .cluster = desk_ref("TAM"), .region = "Norte"), OK);
    assert_string_equal(cluster.region, "Norte");
    assert_string_equal(cluster.country, "BO");
    assert_int_equal(
        DESK(&desk, coop_update, &coop, .cooperative = desk_ref("ALFA"), .cluster = desk_ref("TAMBO"), .phone = "55"),
        OK);
    assert_string_equal(coop.cluster.text, "TAMBO");
    assert_string_equal(coop.phone, "55");
    assert_int_equal(DESK(&desk, coop_list, &page, .cluster = desk_ref("TAMBO")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, cluster_show, &cluster, .cluster = desk_ref("TAMBO")), OK);
    assert_int_equal(DESK(&desk, cluster_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 1);
}

static void test_codes(void **state)
{
    (void)state;
    static const char *const bad[] = { "A B", "A,B", "A:B", "-A", "A\tB" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(DESK(&desk, coop_create, NULL, .code = bad[i], .name = "x"), ERR_INVALID_PARAM);
        assert_string_equal(desk.err.field, "code");
    }
    /* Cooperatives and enterprises share their codes. */
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "E1", .name = "x"), ERR_EXISTS);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ÑANDÚ", .name = "x"), OK);
}

static void test_join_and_leave(void **state)
{
    (void)state;
    struct membership m;
    struct cooperative coop;
    struct enterprise enterprise;
    struct page page;
    assert_int_equal(join("ALFA", "E1", "2026-01-10", &m), OK);
    assert_string_equal(m.membership.text, "M1");
    assert_string_equal(m.name, "One");
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALFA")), OK);
    assert_int_equal(coop.members, 1);
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALFA"), .as_of = desk_day("2026-01-09")),
                     OK);
    assert_int_equal(coop.members, 0);
    assert_int_equal(leave("ALFA", "E1", "2026-02-01", &m), OK);
    assert_int_equal(m.left_on.day, desk_day("2026-02-01").day);
    assert_string_equal(m.reason, "sold");

    /* Member on its first day and up to, but not on, the day it left. */
    static const struct {
        const char *day;
        size_t members;
    } days[] = { { "2026-01-09", 0 }, { "2026-01-10", 1 }, { "2026-01-31", 1 }, { "2026-02-01", 0 } };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        assert_int_equal(
            DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA"), .as_of = desk_day(days[i].day)), OK);
        assert_int_equal(page.n, days[i].members);
        assert_int_equal(
            DESK(&desk, enterprise_list, &page, .cooperative = desk_ref("ALFA"), .as_of = desk_day(days[i].day)), OK);
        assert_int_equal(page.n, days[i].members);
        assert_int_equal(
            DESK(&desk, enterprise_show, &enterprise, .enterprise = desk_ref("E1"), .as_of = desk_day(days[i].day)),
            OK);
        assert_int_equal(enterprise.cooperative.text != NULL, days[i].members);
    }
    assert_int_equal(DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA"), .ended = true, .has_ended = true),
                     OK);
    assert_int_equal(page.n, 1);
}

static void test_memberships_do_not_overlap(void **state)
{
    (void)state;
    assert_int_equal(join("ALFA", "E1", "2026-01-10", NULL), OK);
    assert_int_equal(join("ALFA", "E1", NULL, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "on");
    assert_non_null(strstr(desk.err.message, "since 2026-01-10"));
    assert_int_equal(join("BETA", "E1", "2026-01-10", NULL), OK);
    assert_int_equal(leave("ALFA", "E1", "2026-02-01", NULL), OK);
    assert_int_equal(join("ALFA", "E1", "2026-01-31", NULL), ERR_CONFLICT);
    assert_int_equal(join("ALFA", "E1", "2026-01-01", NULL), ERR_CONFLICT);
    assert_int_equal(join("ALFA", "E1", "2026-02-01", NULL), OK);
    assert_int_equal(leave("ALFA", "E1", "2026-02-01", NULL), ERR_CONFLICT);
    assert_int_equal(leave("ALFA", "E2", "2026-02-01", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "enterprise");
}

static void test_no_future(void **state)
{
    (void)state;
    assert_int_equal(join("ALFA", "E1", "2026-03-11", NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(join("ALFA", "E1", NULL, NULL), OK);
    assert_int_equal(leave("ALFA", "E1", "2026-03-11", NULL), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E3", .name = "x", .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "joined_on");
    /* Nothing of the refused call stayed. */
    assert_int_equal(DESK(&desk, enterprise_show, NULL, .enterprise = desk_ref("E3")), ERR_NOT_FOUND);
}

static void test_ends(void **state)
{
    (void)state;
    struct cooperative coop;
    assert_int_equal(join("ALFA", "E1", "2026-01-10", NULL), OK);
    assert_int_equal(DESK(&desk, coop_end, NULL, .cooperative = desk_ref("ALFA"), .on = desk_day("2026-03-01")),
                     ERR_CONFLICT);
    assert_int_equal(leave("ALFA", "E1", "2026-03-02", NULL), OK);
    assert_int_equal(DESK(&desk, coop_end, NULL, .cooperative = desk_ref("ALFA"), .on = desk_day("2026-02-28")),
                     ERR_CONFLICT);
    assert_int_equal(DESK(&desk, coop_end, &coop, .cooperative = desk_ref("ALFA"), .on = desk_day("2026-03-01")), OK);
    assert_int_equal(coop.ended_on.day, desk_day("2026-03-01").day);
    assert_int_equal(DESK(&desk, coop_end, NULL, .cooperative = desk_ref("ALFA"), .on = desk_day("2026-03-02")),
                     ERR_BAD_STATE);
    assert_int_equal(join("ALFA", "E2", "2026-02-01", NULL), ERR_CONFLICT);
    assert_int_equal(DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("E2"), .on = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, enterprise_end, NULL, .enterprise = desk_ref("E2"), .on = desk_day("2026-03-10")), OK);
    assert_int_equal(join("BETA", "E2", "2026-03-01", NULL), ERR_CONFLICT);
}

static void test_unknown_enterprise(void **state)
{
    (void)state;
    assert_int_equal(join("ALFA", "E9", NULL, NULL), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "enterprise");
    assert_int_equal(join("ALFA", "E", NULL, NULL), ERR_NOT_FOUND); /* whole codes only */
    assert_int_equal(join("NONE", "E1", NULL, NULL), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "cooperative");
}

static void test_enterprise_changes(void **state)
{
    (void)state;
    struct enterprise e;
    assert_int_equal(DESK(&desk, enterprise_create, &e, .code = "E3", .name = "Three", .activity = ACTIVITY_OTHER,
                          .cooperative = desk_ref("BETA"), .contact = "Ana"),
                     OK);
    assert_string_equal(e.cooperative.text, "BETA");
    assert_string_equal(e.contact, "Ana");
    assert_int_equal(
        DESK(&desk, enterprise_update, &e, .enterprise = desk_ref("E3"), .activity = ACTIVITY_WORKSHOP, .email = "a@b"),
        OK);
    assert_int_equal(e.activity, ACTIVITY_WORKSHOP);
    assert_string_equal(e.contact, "Ana");
    assert_string_equal(e.email, "a@b");
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .enterprise = desk_ref("E3")), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E4", .name = "x", .activity = ACTIVITY_FARM,
                          .joined_on = desk_day("2026-01-01")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "cooperative");
}

static void test_pages(void **state)
{
    (void)state;
    char code[8];
    const char *after = NULL;
    size_t seen = 0;
    for (int i = 10; i < 20; i++) {
        snprintf(code, sizeof code, "P%d", i);
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("ALFA")),
                         OK);
    }
    do {
        struct page page;
        assert_int_equal(DESK(&desk, member_list, &page, .cooperative = desk_ref("ALFA"),
                              .page = { .limit = 3, .has_limit = true, .after = after }),
                         OK);
        for (size_t i = 0; i < page.n; i++, seen++) {
            snprintf(code, sizeof code, "P%zu", 10 + seen);
            assert_string_equal(((struct membership *)page.rows)[i].enterprise.text, code);
        }
        after = page.next;
    } while (after != NULL);
    assert_int_equal(seen, 10);
    assert_int_equal(DESK(&desk, member_list, NULL, .cooperative = desk_ref("ALFA"), .page = { .after = "nonsense" }),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "after");
    struct page page;
    assert_int_equal(DESK(&desk, enterprise_list, &page, .page = { .limit = 5, .has_limit = true, .after = "P12" }),
                     OK);
    assert_int_equal(page.n, 5);
    assert_string_equal(((struct enterprise *)page.rows)[0].enterprise.text, "P13");
    assert_string_equal(page.next, "P17");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_cluster),   TEST(test_codes), TEST(test_join_and_leave),     TEST(test_memberships_do_not_overlap),
        TEST(test_no_future), TEST(test_ends),  TEST(test_unknown_enterprise), TEST(test_enterprise_changes),
        TEST(test_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
