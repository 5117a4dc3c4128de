/* SPDX-License-Identifier: Apache-2.0 */
/* References and scope: what people write, and what they may see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/call/resolve.h"
#include "tests/support/desk.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-09");
    desk_publish(&desk, "iso-9001", "2008");
    desk_set_today(&desk, "2026-03-10");
    desk_publish(&desk, "iso-9001", "2015");
    desk_publish(&desk, "iso-14001", "2015");
    static const char *const coops[] = { "ALFA", "ALFONSO", "BETA" };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(DESK(&desk, coop_create, NULL, .code = coops[i], .name = "x"), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "x", .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("ALFA")),
                     OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E2", .name = "x", .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("BETA")),
                     OK);
    return 0;
}

static int show(const char *enterprise, struct enterprise *ret)
{
    return DESK(&desk, enterprise_show, ret, .enterprise = desk_ref(enterprise));
}

static void permit(const char *user, enum role role, const char *cooperative)
{
    struct caller before = desk.caller;
    desk_as_admin(&desk);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = user, .role = role, .cooperative = desk_ref(cooperative)),
                     OK);
    desk.caller = before;
}

static void test_codes_and_prefixes(void **state)
{
    (void)state;
    struct enterprise e;
    struct cooperative coop;
    assert_int_equal(show("E1", &e), OK);
    assert_int_equal(show("E", &e), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "enterprise");
    assert_non_null(strstr(desk.err.message, "E1 and E2"));
    assert_int_equal(show("E3", &e), ERR_NOT_FOUND);
    assert_int_equal(show("ALFA", &e), ERR_NOT_FOUND);
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALFO")), OK);
    assert_string_equal(coop.cooperative.text, "ALFONSO");
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALF")), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("ALFA")), OK); /* whole codes win */
    assert_int_equal(DESK(&desk, coop_show, &coop, .cooperative = desk_ref("%")), ERR_NOT_FOUND);
}

static void test_editions(void **state)
{
    (void)state;
    static const struct {
        const char *text, *edition; /* NULL: refused */
        int code;
    } cases[] = {
        { "iso-9001", "iso-9001:2015", OK },     { "iso-9001:2008", "iso-9001:2008", OK },
        { "iso-9", "iso-9001:2015", OK },        { "iso-9:2008", "iso-9001:2008", OK },
        { "iso-9:20", NULL, ERR_INVALID_PARAM }, { "iso-14001:2", "iso-14001:2015", OK },
        { "iso", NULL, ERR_INVALID_PARAM },      { "iso-9001:1994", NULL, ERR_NOT_FOUND },
        { "haccp", NULL, ERR_NOT_FOUND },        { ":2015", NULL, ERR_INVALID_PARAM },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct edition_detail detail;
        assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref(cases[i].text)), cases[i].code);
        if (cases[i].code == OK)
            assert_string_equal(detail.edition->edition.text, cases[i].edition);
        else
            assert_string_equal(desk.err.field, "edition");
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int code;
    } cases[] = {
        { "G1", OK },
        { "g2", ERR_NOT_FOUND },
        { "2", ERR_NOT_FOUND },
        { "M1", ERR_INVALID_PARAM },
        { "G", ERR_INVALID_PARAM },
        { "G0", ERR_INVALID_PARAM },
        { "G-1", ERR_INVALID_PARAM },
        { "G1x", ERR_INVALID_PARAM },
        { "G9999999999999999999", ERR_INVALID_PARAM },
    };
    permit("1000", ROLE_VIEWER, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(DESK(&desk, grant_revoke, NULL, .grant = desk_ref(cases[i].text)), cases[i].code);
}

static void test_strangers_learn_whom_to_ask(void **state)
{
    (void)state;
    desk_as_user(&desk, "ana", 1000);
    assert_int_equal(show("E1", NULL), ERR_DENIED);
    assert_string_equal(desk.err.message, "user ana (uid 1000) has no access; an administrator can grant it: "
                                          "sme-ctl grant add --user ana --role viewer");
    permit("1000", ROLE_VIEWER, NULL);
    assert_int_equal(show("E1", NULL), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E3", .name = "x", .activity = ACTIVITY_FARM),
                     ERR_DENIED);
    assert_string_equal(desk.err.message,
                        "enterprise.create requires one of the roles manager, admin; user ana has viewer");
    desk_as_admin(&desk);
    assert_int_equal(DESK(&desk, grant_revoke, NULL, .grant = desk_ref("G1")), OK);
    desk_as_user(&desk, "ana", 1000);
    assert_int_equal(show("E1", NULL), ERR_DENIED);
}

static void test_groups(void **state)
{
    (void)state;
    desk_as_admin(&desk);
    assert_int_equal(DESK(&desk, grant_add, NULL, .group = "500", .role = ROLE_VIEWER), OK);
    desk_as_user(&desk, "ana", 500); /* the group's number is not the user's */
    assert_int_equal(show("E1", NULL), ERR_DENIED);
    desk.caller.gids[0] = 50;
    desk.caller.n_gids = 1;
    assert_int_equal(show("E1", NULL), ERR_DENIED);
    desk.caller.gids[1] = 500;
    desk.caller.n_gids = 2;
    assert_int_equal(show("E1", NULL), OK);
}

static void test_bound_callers(void **state)
{
    (void)state;
    struct page page;
    struct enterprise e;
    desk_as_user(&desk, "ana", 1000);
    permit("1000", ROLE_MANAGER, "ALFA");
    assert_int_equal(show("E1", NULL), OK);
    assert_int_equal(show("E2", NULL), ERR_NOT_FOUND);
    char hidden[ERR_MESSAGE];
    snprintf(hidden, sizeof hidden, "%s", desk.err.message);
    assert_int_equal(show("E9", NULL), ERR_NOT_FOUND);
    hidden[strcspn(hidden, "2")] = '9'; /* what lies outside reads like what does not exist */
    assert_string_equal(desk.err.message, hidden);
    assert_int_equal(show("E", &e), OK); /* a prefix is unique among what may be seen */
    assert_string_equal(e.enterprise.text, "E1");
    assert_int_equal(DESK(&desk, coop_show, NULL, .cooperative = desk_ref("BETA")), ERR_NOT_FOUND);
    assert_int_equal(DESK(&desk, coop_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, enterprise_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 1);
    permit("1000", ROLE_VIEWER, "BETA");
    assert_int_equal(DESK(&desk, enterprise_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 2);
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .enterprise = desk_ref("E2"), .name = "y"), ERR_NOT_FOUND);
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .enterprise = desk_ref("E1"), .name = "y"), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E3", .name = "x", .activity = ACTIVITY_FARM),
                     ERR_DENIED);
    assert_string_equal(desk.err.field, "cooperative");
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "p", .name = "x"), ERR_DENIED); /* concerns everybody */
}

/* Whoever repeats a request says the same again; what the words mean may have changed, not least by the request. */
static void test_repeats_in_the_same_words(void **state)
{
    (void)state;
    const struct write_options once = { .request = "01890000-0000-7000-8000-000000000001" };
    const struct write_options left = { .request = "01890000-0000-7000-8000-000000000002" };
    const struct write_options other = { .request = "01890000-0000-7000-8000-000000000003" };
    struct pursuit pursuit;
    desk_as_user(&desk, "ana", 1000);
    permit("1000", ROLE_MANAGER, "ALFA");
    for (int i = 0; i < 2; i++) {
        /* "E" is one enterprise in this scope, and two in all. */
        assert_int_equal(DESK(&desk, enterprise_update, NULL, .write = once, .enterprise = desk_ref("E"), .name = "y"),
                         OK);
        assert_int_equal(
            DESK(&desk, pursuit_enrol, &pursuit, .write = other, .holder = desk_ref("E"), .edition = desk_ref("iso-9")),
            OK);
        assert_string_equal(pursuit.edition.text, "iso-9001:2015");
        desk_set_today(&desk, "2026-03-11");
        desk_as_admin(&desk);
        desk_publish(&desk, "iso-9001", i == 0 ? "2026" : "2027");
        desk_as_user(&desk, "ana", 1000);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(
            DESK(&desk, member_leave, NULL, .write = left, .cooperative = desk_ref("A"), .enterprise = desk_ref("E")),
            OK);
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .write = once, .enterprise = desk_ref("E2"), .name = "y"),
                     ERR_CONFLICT);
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .write = once, .enterprise = desk_ref("E"), .name = "z"),
                     ERR_CONFLICT);
    assert_string_equal(desk.err.field, "request");
    desk_as_user(&desk, "eva", 1001);
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .write = once, .enterprise = desk_ref("E"), .name = "y"),
                     ERR_CONFLICT);
}

static void test_scope_follows_membership(void **state)
{
    (void)state;
    desk_as_user(&desk, "ana", 1000);
    permit("1000", ROLE_MANAGER, "BETA");
    assert_int_equal(show("E1", NULL), ERR_NOT_FOUND);
    desk_set_today(&desk, "2026-03-12");
    /* A member of a cooperative that is not theirs is not taken in behind its back; one that left there is. */
    assert_int_equal(DESK(&desk, member_join, NULL, .cooperative = desk_ref("BETA"), .enterprise = "E1"), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "enterprise");
    assert_int_equal(show("E1", NULL), ERR_NOT_FOUND);
    desk_as_admin(&desk);
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1")),
                     OK);
    desk_as_user(&desk, "ana", 1000);
    assert_int_equal(DESK(&desk, member_join, NULL, .cooperative = desk_ref("BETA"), .enterprise = "E1",
                          .on = desk_day("2026-03-11")),
                     ERR_CONFLICT);
    assert_int_equal(DESK(&desk, member_join, NULL, .cooperative = desk_ref("BETA"), .enterprise = "E1"), OK);
    assert_int_equal(show("E1", NULL), OK);
    desk_set_today(&desk, "2026-03-13");
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("BETA"), .enterprise = desk_ref("E1")),
                     OK);
    assert_int_equal(show("E1", NULL), ERR_NOT_FOUND);
}

static const char *phone_in_list(const char *as_of)
{
    struct page page;
    assert_int_equal(DESK(&desk, enterprise_list, &page, .as_of = desk_day(as_of)), OK);
    assert_int_equal(page.n, 1);
    const struct enterprise *e = page.rows;
    assert_string_equal(e->enterprise.text, "E1");
    return e->phone;
}

/* That it was a member is the cooperative's own history; how to reach it today is not. */
static void test_contacts_of_those_who_left(void **state)
{
    (void)state;
    assert_int_equal(DESK(&desk, enterprise_update, NULL, .enterprise = desk_ref("E1"), .phone = "+34 1"), OK);
    desk_as_user(&desk, "ana", 1000);
    permit("1000", ROLE_MANAGER, "ALFA");
    desk_set_today(&desk, "2026-03-12");
    assert_string_equal(phone_in_list("2026-03-10"), "+34 1");
    assert_int_equal(DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref("E1")),
                     OK);
    assert_null(phone_in_list("2026-03-10"));
    permit("1000", ROLE_MANAGER, "ALFONSO"); /* bound to two, the list is another query */
    assert_null(phone_in_list("2026-03-10"));
}

/* Assistance given through no cooperative belongs to those whose members took part. */
static void test_interventions_of_participants(void **state)
{
    (void)state;
    struct page page;
    struct intervention_detail detail;
    struct participation who[] = { { .enterprise = "E1" }, { .enterprise = "E3" } };
    struct payment paid[] = { { .payer = "ALFA", .amount = { 100, "EUR" } },
                              { .payer = "E3", .amount = { 200, "EUR" } } };
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E3", .name = "x", .activity = ACTIVITY_FARM), OK);
    assert_int_equal(DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING,
                          .delivered_on = desk_day("2026-03-01"), .participations = who, .n_participations = 2,
                          .payments = paid, .n_payments = 2, .cost = { 300, "EUR" }),
                     OK);
    assert_int_equal(DESK(&desk, assist_record, NULL, .title = "to nobody", .kind = TA_AWARENESS,
                          .delivered_on = desk_day("2026-03-01")),
                     OK);
    permit("1000", ROLE_ADVISER, "ALFA");
    permit("1001", ROLE_ADVISER, "BETA");
    desk_as_user(&desk, "ana", 1000);
    assert_int_equal(DESK(&desk, assist_show, &detail, .intervention = desk_ref("T1")), OK);
    assert_int_equal(detail.n_participations, 1); /* who else took part is not theirs to know */
    assert_string_equal(detail.participations[0].enterprise, "E1");
    assert_int_equal(detail.n_payments, 1);
    assert_string_equal(detail.payments[0].payer, "ALFA");
    assert_int_equal(DESK(&desk, assist_show, NULL, .intervention = desk_ref("T2")), ERR_NOT_FOUND);
    assert_int_equal(DESK(&desk, assist_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 1);
    desk_as_user(&desk, "eva", 1001);
    assert_int_equal(DESK(&desk, assist_show, NULL, .intervention = desk_ref("T1")), ERR_NOT_FOUND);
    assert_int_equal(DESK(&desk, assist_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
}

/* A manager of one cooperative who audits in another is not an auditor of the first. */
static void test_roles_at_a_holder(void **state)
{
    (void)state;
    permit("1000", ROLE_MANAGER, "ALFA");
    permit("1000", ROLE_AUDITOR, "BETA");
    permit("1000", ROLE_VIEWER, NULL);
    desk_as_user(&desk, "ana", 1000);
    struct call call = {
        .method = &api_methods[METHOD_audit_record],
        .caller = &desk.caller,
        .store = desk.run.store,
        .arena = &desk.arena,
        .err = &desk.err,
        .now = desk.now,
        .today = date_of_instant(desk.now),
    };
    static const struct {
        const char *holder;
        unsigned roles;
    } cases[] = {
        { "ALFA", 1U << ROLE_MANAGER },
        { "E1", 1U << ROLE_MANAGER },
        { "BETA", 1U << ROLE_AUDITOR },
        { "E2", 1U << ROLE_AUDITOR },
        { "ALFONSO", 0 },
    };
    assert_int_equal(resolve_scope(&call), OK);
    assert_int_equal(call.scope.roles, 1U << ROLE_MANAGER | 1U << ROLE_AUDITOR);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t id;
        unsigned roles;
        assert_int_equal(resolve_exact(&call, NOUN_holder, cases[i].holder, &id), OK);
        assert_int_equal(resolve_roles_at(&call, id, &roles), OK);
        assert_int_equal(roles, cases[i].roles);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_codes_and_prefixes),
        TEST(test_editions),
        TEST(test_numbers),
        TEST(test_strangers_learn_whom_to_ask),
        TEST(test_groups),
        TEST(test_bound_callers),
        TEST(test_repeats_in_the_same_words),
        TEST(test_scope_follows_membership),
        TEST(test_contacts_of_those_who_left),
        TEST(test_interventions_of_participants),
        TEST(test_roles_at_a_holder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
