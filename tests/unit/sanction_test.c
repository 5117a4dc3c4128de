/* SPDX-License-Identifier: Apache-2.0 */
/* Sanctions on members and groups; internal inspectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/group/sanction.h"
#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <stdio.h>

enum { MANAGER = 1000, CERTIFIER = 1001 };

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
    desk_start(&desk, "2026-06-30");
    sample_publish(&desk, "small", "1");
    sample_publish(&desk, "other", "1");
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "MEL", .name = "Mel"), OK);
    for (int i = 1; i <= 3; i++) {
        char code[8];
        snprintf(code, sizeof code, "E%d", i);
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref(i < 3 ? "MEL" : NULL),
                              .joined_on = i < 3 ? desk_day("2025-01-01") : (struct date){ 0 }),
                         OK);
    }
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "Certifier", .kind = BODY_CERTIFICATION_BODY),
                     OK);
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "LAB", .name = "Lab", .kind = BODY_LABORATORY), OK);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "1000", .role = ROLE_MANAGER, .cooperative = desk_ref("MEL")),
                     OK);
    assert_int_equal(
        DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_CERTIFIER, .cooperative = desk_ref("MEL")), OK);
    assert_int_equal(sample_audit(&desk, "E1", "small", "2026-02-01", "1.1=M 1.2=c 1.3=c", NULL), OK);
    return 0;
}

/* A sanction for small:1 with what a test varies; "" is not given. */
static int sanction(const char *member, enum sanction_kind kind, const char *on, struct sanction *ret)
{
    return DESK(&desk, group_exclude, ret, .cooperative = desk_ref("MEL"),
                .enterprise = desk_ref(*member != '\0' ? member : NULL), .edition = desk_ref("small"), .kind = kind,
                .on = desk_day(on), .reason = "Sprayed by the well");
}

static int readmit(const char *member, const char *on, struct readmission *ret)
{
    return DESK(&desk, group_readmit, ret, .cooperative = desk_ref("MEL"),
                .enterprise = desk_ref(*member != '\0' ? member : NULL), .on = desk_day(on), .reason = "Mended");
}

static size_t count(const char *as_of, bool lifted)
{
    struct page page;
    assert_int_equal(DESK(&desk, group_sanctions, &page, .cooperative = desk_ref("MEL"), .lifted = lifted,
                          .has_lifted = true, .as_of = desk_day(as_of)),
                     OK);
    return page.n;
}

static void test_warn_suspend_exclude_readmit(void **state)
{
    (void)state;
    struct sanction x;
    struct readmission back;
    assert_int_equal(DESK(&desk, group_exclude, &x, .cooperative = desk_ref("MEL"), .enterprise = desk_ref("E1"),
                          .edition = desk_ref("small"), .kind = SANCTION_WARNING, .finding = desk_ref("F1"),
                          .on = desk_day("2026-03-01"), .deadline = desk_day("2026-03-28"), .reason = "Fence it"),
                     OK);
    assert_string_equal(x.sanction.text, "X1");
    assert_string_equal(x.finding.text, "F1");
    assert_string_equal(x.enterprise.text, "E1");
    assert_int_equal(x.extent, EXTENT_ISOLATED);
    assert_true(x.overdue);
    refused(&desk.err, sanction("E1", SANCTION_WARNING, "2026-04-01", NULL), ERR_EXISTS, "kind", "X1");
    assert_int_equal(sanction("E1", SANCTION_SUSPENSION, "2026-04-01", NULL), OK);
    assert_int_equal(sanction("E1", SANCTION_EXCLUSION, "2026-05-01", NULL), OK);
    refused(&desk.err, sanction("E1", SANCTION_SUSPENSION, "2026-05-02", NULL), ERR_EXISTS, "kind", "exclusion X3");
    assert_int_equal(readmit("E1", "2026-06-01", &back), OK);
    assert_int_equal(back.n_lifted, 3);
    assert_int_equal(back.lifted[2].lifted_on.day, desk_day("2026-06-01").day);
    assert_string_equal(back.lifted[2].lift_reason, "Mended");
    assert_false(back.lifted[0].overdue);
    assert_int_equal(sanction("E1", SANCTION_WARNING, "2026-06-02", NULL), OK);
}

/* What was answered on a day is answered about it later. */
static void test_as_of(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(sanction("E1", SANCTION_WARNING, "2026-03-01", NULL), OK);
    assert_int_equal(sanction("", SANCTION_SUSPENSION, "2026-04-01", NULL), OK);
    assert_int_equal(readmit("E1", "2026-05-01", NULL), OK);
    static const struct {
        const char *on;
        size_t pending, all;
    } days[] = { { "2026-02-28", 0, 0 }, { "2026-03-01", 1, 1 }, { "2026-04-30", 2, 2 }, { "2026-05-01", 1, 2 } };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        assert_int_equal(count(days[i].on, false), days[i].pending);
        assert_int_equal(count(days[i].on, true), days[i].all);
    }
    assert_int_equal(
        DESK(&desk, group_sanctions, &page, .cooperative = desk_ref("MEL"), .as_of = desk_day("2026-04-30")), OK);
    const struct sanction *rows = page.rows;
    assert_false(date_is_set(rows[0].lifted_on));
    assert_null(rows[0].lift_reason);
    assert_null(rows[1].enterprise.text);
    assert_int_equal(rows[1].extent, EXTENT_STRUCTURAL);
    assert_int_equal(DESK(&desk, group_sanctions, &page, .cooperative = desk_ref("MEL"), .enterprise = desk_ref("E1"),
                          .lifted = true, .has_lifted = true),
                     OK);
    assert_int_equal(page.n, 1);
    refused(&desk.err,
            DESK(&desk, group_sanctions, NULL, .cooperative = desk_ref("MEL"), .as_of = desk_day("2026-07-01")),
            ERR_INVALID_PARAM, "as_of", "future");
}

static void test_refusals(void **state)
{
    (void)state;
    const struct ref mel = desk_ref("MEL"), e1 = desk_ref("E1"), e2 = desk_ref("E2"), small = desk_ref("small");
    refused(&desk.err, sanction("E3", SANCTION_WARNING, "2026-03-01", NULL), ERR_CONFLICT, "enterprise",
            "not a member of MEL");
    refused(&desk.err, sanction("E1", SANCTION_WARNING, "2024-12-31", NULL), ERR_CONFLICT, "enterprise", "2024-12-31");
    refused(&desk.err, sanction("E1", SANCTION_WARNING, "2026-07-01", NULL), ERR_INVALID_PARAM, "on", "future");
    refused(&desk.err, sanction("", SANCTION_EXCLUSION, "2026-03-01", NULL), ERR_INVALID_PARAM, "kind", "name it");
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .edition = small, .kind = SANCTION_WARNING,
                 .extent = EXTENT_ISOLATED, .reason = "x"),
            ERR_INVALID_PARAM, "extent", "needs a member");
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e1, .edition = small,
                 .kind = SANCTION_WARNING, .on = desk_day("2026-03-02"), .deadline = desk_day("2026-03-01"),
                 .reason = "x"),
            ERR_INVALID_PARAM, "deadline", "before");
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e2, .edition = small,
                 .kind = SANCTION_WARNING, .finding = desk_ref("F1"), .reason = "x"),
            ERR_CONFLICT, "finding", "F1 is not a finding of E2");
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e1, .edition = desk_ref("other"),
                 .kind = SANCTION_WARNING, .finding = desk_ref("F1"), .reason = "x"),
            ERR_CONFLICT, "finding", "other:1");
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e1, .edition = small,
                 .kind = SANCTION_WARNING, .finding = desk_ref("F1"), .on = desk_day("2026-01-31"), .reason = "x"),
            ERR_CONFLICT, "on", "F1 was raised on 2026-02-01");
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e1, .edition = small,
                 .kind = SANCTION_WARNING, .body = desk_ref("LAB"), .reason = "x"),
            ERR_CONFLICT, "body", "LAB");
    refused(&desk.err, readmit("E1", "2026-06-01", NULL), ERR_BAD_STATE, "enterprise", "group sanctions MEL");
    refused(&desk.err, readmit("", "2026-07-01", NULL), ERR_INVALID_PARAM, "on", "future");
    assert_int_equal(count("2026-06-30", true), 0);
    /* A finding at a member may be why the group itself is sanctioned. */
    assert_int_equal(DESK(&desk, group_exclude, NULL, .cooperative = mel, .edition = small, .kind = SANCTION_SUSPENSION,
                          .finding = desk_ref("F1"), .reason = "x"),
                     OK);
}

/* The manager imposes and lifts what is the cooperative's, the certifier what is the body's. */
static void test_sides(void **state)
{
    (void)state;
    const struct ref mel = desk_ref("MEL"), e1 = desk_ref("E1"), small = desk_ref("small"), cb = desk_ref("CB");
    desk_as_user(&desk, "manager", MANAGER);
    refused(&desk.err,
            DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e1, .edition = small,
                 .kind = SANCTION_WARNING, .body = cb, .reason = "x"),
            ERR_DENIED, "body", "auditor or certifier");
    assert_int_equal(sanction("E1", SANCTION_WARNING, "2026-03-01", NULL), OK);
    desk_as_user(&desk, "certifier", CERTIFIER);
    refused(&desk.err, sanction("E1", SANCTION_SUSPENSION, "2026-03-01", NULL), ERR_DENIED, "body", "set --body");
    assert_int_equal(DESK(&desk, group_exclude, NULL, .cooperative = mel, .enterprise = e1, .edition = small,
                          .kind = SANCTION_SUSPENSION, .body = cb, .reason = "x"),
                     OK);
    refused(&desk.err, readmit("E1", "2026-06-30", NULL), ERR_DENIED, "sanction", "X1");
    desk_as_user(&desk, "manager", MANAGER);
    refused(&desk.err, readmit("E1", "2026-06-30", NULL), ERR_DENIED, "sanction", "X2");
    assert_int_equal(count("2026-06-30", false), 2);
    assert_int_equal(DESK(&desk, group_readmit, NULL, .cooperative = mel, .enterprise = e1, .sanction = desk_ref("X1"),
                          .reason = "Mended"),
                     OK);
    desk_as_user(&desk, "certifier", CERTIFIER);
    refused(&desk.err,
            DESK(&desk, group_readmit, NULL, .cooperative = mel, .enterprise = e1, .sanction = desk_ref("X1"),
                 .reason = "Mended"),
            ERR_BAD_STATE, "sanction", "was lifted on 2026-06-30");
    assert_int_equal(
        DESK(&desk, group_readmit, NULL, .cooperative = mel, .enterprise = e1, .edition = small, .reason = "Mended"),
        OK);
    assert_int_equal(count("2026-06-30", false), 0);
}

static int64_t pending(int64_t enterprise_id, int64_t edition_id, const char *on)
{
    struct err e = { 0 };
    int64_t id = -1;
    struct call call = { .store = desk.run.store, .arena = &desk.arena, .err = &e, .today = desk_day("2026-06-30") };
    assert_int_equal(store_begin(desk.run.store, &e), OK);
    assert_int_equal(sanction_pending(&call, 1, enterprise_id, edition_id, desk_day(on), &id), OK);
    store_rollback(desk.run.store);
    return id;
}

static void test_pending(void **state)
{
    (void)state;
    assert_int_equal(sanction("E1", SANCTION_EXCLUSION, "2026-03-01", NULL), OK);
    assert_int_equal(readmit("E1", "2026-03-10", NULL), OK);
    assert_int_equal(sanction("E1", SANCTION_WARNING, "2026-03-05", NULL), ERR_EXISTS);
    assert_int_equal(sanction("E1", SANCTION_WARNING, "2026-04-01", NULL), OK);
    assert_int_equal(sanction("E1", SANCTION_SUSPENSION, "2026-04-02", NULL), OK);
    assert_int_equal(sanction("", SANCTION_WARNING, "2026-04-01", NULL), OK);
    assert_int_equal(pending(2, 1, "2026-02-28"), 0);
    assert_int_equal(pending(2, 1, "2026-03-09"), 1);
    assert_int_equal(pending(2, 1, "2026-03-10"), 0);
    assert_int_equal(pending(2, 1, "2026-04-01"), 2);
    assert_int_equal(pending(2, 1, "2026-06-30"), 3);
    assert_int_equal(pending(2, 2, "2026-06-30"), 0);
    assert_int_equal(pending(3, 1, "2026-06-30"), 0);
    assert_int_equal(pending(0, 1, "2026-06-30"), 4);
}

static int appoint(const char *person, const char *from, struct appointment *ret)
{
    return DESK(&desk, inspector_appoint, ret, .cooperative = desk_ref("MEL"), .person = desk_ref(person),
                .from = desk_day(from));
}

static size_t inspectors(const char *as_of)
{
    struct page page;
    assert_int_equal(DESK(&desk, inspector_list, &page, .cooperative = desk_ref("MEL"), .as_of = desk_day(as_of)), OK);
    for (size_t i = 0; i < page.n; i++)
        assert_false(date_is_set(((struct appointment *)page.rows)[i].until));
    return page.n;
}

static void test_inspectors(void **state)
{
    (void)state;
    struct appointment a;
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"), OK);
    assert_int_equal(DESK(&desk, person_create, NULL, .code = "luis", .name = "Luis"), OK);
    assert_int_equal(DESK(&desk, person_appoint, NULL, .person = desk_ref("luis"), .role = PERSON_INSPECTOR,
                          .cooperative = desk_ref("MEL"), .from = desk_day("2026-02-01")),
                     OK);
    desk_as_user(&desk, "manager", MANAGER);
    assert_int_equal(appoint("ana", "2026-01-01", &a), OK);
    assert_int_equal(a.role, PERSON_INSPECTOR);
    assert_string_equal(a.cooperative.text, "MEL");
    refused(&desk.err, appoint("ana", "2026-02-01", NULL), ERR_EXISTS, "person", a.appointment.text);
    assert_int_equal(inspectors("2025-12-31"), 0);
    assert_int_equal(inspectors("2026-01-31"), 1);
    assert_int_equal(inspectors("2026-06-30"), 2);
    refused(&desk.err,
            DESK(&desk, inspector_end, NULL, .cooperative = desk_ref("MEL"), .person = desk_ref("ana"),
                 .on = desk_day("2026-07-01")),
            ERR_INVALID_PARAM, "on", "future");
    assert_int_equal(DESK(&desk, inspector_end, &a, .cooperative = desk_ref("MEL"), .person = desk_ref("ana"),
                          .on = desk_day("2026-05-01")),
                     OK);
    assert_int_equal(a.until.day, desk_day("2026-05-01").day);
    refused(&desk.err,
            DESK(&desk, inspector_end, NULL, .cooperative = desk_ref("MEL"), .person = desk_ref("ana"),
                 .on = desk_day("2026-05-01")),
            ERR_CONFLICT, "person", "inspector list MEL");
    refused(&desk.err,
            DESK(&desk, inspector_end, NULL, .cooperative = desk_ref("MEL"), .person = desk_ref("luis"),
                 .on = desk_day("2026-02-01")),
            ERR_CONFLICT, "on", "2026-02-01");
    assert_int_equal(inspectors("2026-04-30"), 2);
    assert_int_equal(inspectors("2026-05-01"), 1);
    refused(&desk.err,
            DESK(&desk, inspector_list, NULL, .cooperative = desk_ref("MEL"), .as_of = desk_day("2026-07-01")),
            ERR_INVALID_PARAM, "as_of", "future");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_warn_suspend_exclude_readmit),
        TEST(test_as_of),
        TEST(test_refusals),
        TEST(test_sides),
        TEST(test_pending),
        TEST(test_inspectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
