/* SPDX-License-Identifier: Apache-2.0 */
/* People and appointments; grants of roles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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
    desk_start(&desk, "2026-03-10");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"), OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY),
                     OK);
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana Rojas"), OK);
    return 0;
}

static int appoint(const char *body, const char *coop, const char *from, struct appointment *ret)
{
    return DESK(&desk, person_appoint, ret, .person = desk_ref("ana"), .role = PERSON_AUDITOR, .body = desk_ref(body),
                .cooperative = desk_ref(coop), .from = desk_day(from));
}

static void test_person(void **state)
{
    (void)state;
    struct person person;
    struct page page;
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "ana", .name = "Another"), ERR_EXISTS);
    assert_int_equal(DESK(&desk, person_update, NULL, .person = desk_ref("ana")), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, person_update, &person, .person = desk_ref("ana"), .phone = "1"), OK);
    assert_string_equal(person.name, "Ana Rojas");
    assert_string_equal(person.phone, "1");
    assert_int_equal(DESK(&desk, person_list, &page, .role = PERSON_AUDITOR), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(appoint("CB", NULL, "2026-01-01", NULL), OK);
    assert_int_equal(DESK(&desk, person_list, &page, .role = PERSON_AUDITOR), OK);
    assert_int_equal(page.n, 1);
}

static void test_appointments(void **state)
{
    (void)state;
    struct appointment a;
    struct person_detail detail;
    assert_int_equal(appoint(NULL, NULL, "2026-01-01", NULL), ERR_INVALID_PARAM);
    assert_int_equal(appoint("CB", "ALFA", "2026-01-01", NULL), ERR_INVALID_PARAM);
    assert_int_equal(appoint("CB", NULL, "2026-01-01", &a), OK);
    assert_string_equal(a.appointment.text, "N1");
    assert_string_equal(a.body.text, "CB");
    assert_int_equal(appoint("CB", NULL, "2026-02-01", NULL), ERR_EXISTS);
    assert_int_equal(appoint(NULL, "ALFA", "2026-02-01", NULL), OK);
    assert_int_equal(DESK(&desk, person_release, NULL, .appointment = desk_ref("N1"), .on = desk_day("2026-01-01")),
                     ERR_CONFLICT);
    assert_int_equal(DESK(&desk, person_release, &a, .appointment = desk_ref("N1"), .on = desk_day("2026-02-01")), OK);
    assert_int_equal(a.until.day, desk_day("2026-02-01").day);
    assert_int_equal(DESK(&desk, person_release, NULL, .appointment = desk_ref("N1")), ERR_BAD_STATE);
    assert_int_equal(appoint("CB", NULL, "2026-02-01", NULL), OK);
    assert_int_equal(DESK(&desk, person_show, &detail, .person = desk_ref("ana")), OK);
    assert_int_equal(detail.n_appointments, 3);
    assert_int_equal(DESK(&desk, person_update, NULL, .person = desk_ref("ana"), .ended_on = desk_day("2026-03-01")),
                     OK);
    assert_int_equal(appoint(NULL, "BETA", "2026-03-01", NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "person");
}

static void test_grants(void **state)
{
    (void)state;
    struct grant grant;
    struct page page;
    assert_int_equal(DESK(&desk, grant_add, NULL, .role = ROLE_VIEWER), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "1", .group = "1", .role = ROLE_VIEWER), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "no-such-user-here", .role = ROLE_VIEWER), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "user");
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "4294967296", .role = ROLE_VIEWER), ERR_INVALID_PARAM);
    assert_int_equal(DESK(&desk, grant_add, &grant, .user = "root", .role = ROLE_VIEWER), OK);
    assert_int_equal(grant.principal_id, 0);
    assert_int_equal(
        DESK(&desk, grant_add, &grant, .user = "54321", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")), OK);
    assert_string_equal(grant.principal, "54321");
    assert_string_equal(grant.cooperative.text, "ALFA");
    assert_int_equal(
        DESK(&desk, grant_add, NULL, .user = "54321", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")),
        ERR_EXISTS);
    assert_int_equal(
        DESK(&desk, grant_add, NULL, .user = "54321", .role = ROLE_MANAGER, .cooperative = desk_ref("BETA")), OK);
    assert_int_equal(DESK(&desk, grant_revoke, &grant, .grant = desk_ref("G2")), OK);
    assert_int_equal(grant.revoked_at.us, desk.now.us);
    assert_int_equal(DESK(&desk, grant_revoke, NULL, .grant = desk_ref("G2")), ERR_BAD_STATE);
    assert_int_equal(DESK(&desk, grant_list, &page, .revoked = false), OK);
    assert_int_equal(page.n, 2);
    assert_int_equal(DESK(&desk, grant_list, &page, .revoked = true, .has_revoked = true), OK);
    assert_int_equal(page.n, 3);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_person),
        TEST(test_appointments),
        TEST(test_grants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
