/* SPDX-License-Identifier: Apache-2.0 */
/* Excuses: who may give them, for what, from which day on they count, and how they are taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/expect.h"

#include <stdio.h>
#include <string.h>

enum { MANAGER = 1001, CERTIFIER = 1002, OTHER = 1003 };

static struct desk desk;

static void add_evidence(const char *title, const char *expires_on)
{
    static unsigned n;
    char sha256[65];
    snprintf(sha256, sizeof sha256, "%064x", ++n);
    must(&desk.err, DESK(&desk, evidence_add, NULL, .holder = desk_ref("E1"), .title = title, .kind = FILE_DOCUMENT,
                         .sha256 = sha256, .bytes = 1, .has_bytes = true, .expires_on = desk_day(expires_on)));
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    desk_publish(&desk, "iso", "1");
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"));
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "E1", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2025-01-01")));
    must(&desk.err, DESK(&desk, body_create, NULL, .code = "CB", .name = "CB", .kind = BODY_CERTIFICATION_BODY));
    must(&desk.err, DESK(&desk, cert_grant, NULL, .holder = desk_ref("E1"), .edition = desk_ref("iso"), .number = "N1",
                         .body = desk_ref("CB"), .decided_on = desk_day("2025-03-01"),
                         .valid_until = desk_day("2026-03-01"), .override = "granted before the register began"));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "1002", .role = ROLE_CERTIFIER, .cooperative = desk_ref("ALFA")));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "1003", .role = ROLE_MANAGER, .cooperative = desk_ref("BETA")));
    add_evidence("Permit", "2026-02-01");
    add_evidence("Licence", "2026-02-15");
    add_evidence("Passport", "2026-06-01");
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* How much of what can be excused here is in the list. */
static size_t overdue(const char *as_of, bool all)
{
    struct page page;
    must(&desk.err, DESK(&desk, due_list, &page, .holder = desk_ref("E1"), .within = 0, .has_within = true, .all = all,
                         .has_all = all, .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }));
    size_t n = 0;
    const struct due_item *items = page.rows;
    for (size_t i = 0; i < page.n; i++)
        n += items[i].kind == DUE_EVIDENCE_EXPIRY || items[i].kind == DUE_CERTIFICATE_EXPIRY;
    return n;
}

static int give(enum due_kind kind, const char *record, const char *due_on, struct excuse *ret)
{
    return DESK(&desk, due_excuse, ret, .holder = desk_ref("E1"), .kind = kind, .record = record,
                .due_on = due_on != NULL ? desk_day(due_on) : (struct date){ 0 }, .reason = "No longer needed");
}

static void test_who_may(void **state)
{
    (void)state;
    assert_int_equal(overdue(NULL, false), 3);
    desk_as_user(&desk, "other", OTHER);
    refused(&desk.err, give(DUE_EVIDENCE_EXPIRY, "E1", NULL, NULL), ERR_NOT_FOUND, "holder", "E1");
    desk_as_user(&desk, "manager", MANAGER);
    refused(&desk.err, give(DUE_CERTIFICATE_EXPIRY, NULL, NULL, NULL), ERR_DENIED, "kind", "certifier");
    desk_as_user(&desk, "certifier", CERTIFIER);
    refused(&desk.err, give(DUE_INSPECTION, NULL, NULL, NULL), ERR_DENIED, "kind", "manager");
    struct excuse x;
    assert_int_equal(give(DUE_CERTIFICATE_EXPIRY, NULL, NULL, &x), OK);
    assert_string_equal(x.excuse.text, "EX1");
    assert_string_equal(x.record, "C1");
    assert_string_equal(x.edition.text, "iso:1");
    desk_as_user(&desk, "manager", MANAGER);
    refused(&desk.err, DESK(&desk, due_void, NULL, .excuse = desk_ref("EX1"), .reason = "x"), ERR_DENIED, "kind",
            "certifier");
    desk_as_admin(&desk);
    assert_int_equal(overdue(NULL, false), 2);
    assert_int_equal(overdue(NULL, true), 3);
}

static void test_which(void **state)
{
    (void)state;
    struct excuse x;
    refused(&desk.err, give(DUE_EVIDENCE_EXPIRY, NULL, NULL, NULL), ERR_CONFLICT, "kind", "more than one");
    refused(&desk.err, give(DUE_EVIDENCE_EXPIRY, "E3", NULL, NULL), ERR_NOT_FOUND, "holder", "overdue");
    refused(&desk.err, give(DUE_EVIDENCE_EXPIRY, NULL, "2026-02-02", NULL), ERR_NOT_FOUND, "holder", "overdue");
    assert_int_equal(give(DUE_EVIDENCE_EXPIRY, NULL, "2026-02-01", &x), OK);
    assert_string_equal(x.record, "E1");
    refused(&desk.err, give(DUE_EVIDENCE_EXPIRY, "E1", NULL, NULL), ERR_NOT_FOUND, "holder", "overdue");
    assert_int_equal(give(DUE_EVIDENCE_EXPIRY, NULL, NULL, &x), OK);
    assert_string_equal(x.record, "E2");
    assert_int_equal(overdue(NULL, false), 0);
}

/* It counts from its day until it is void; earlier days are as they were. */
static void test_days(void **state)
{
    (void)state;
    struct page page;
    desk_set_today(&desk, "2026-03-20");
    assert_int_equal(DESK(&desk, due_void, NULL, .excuse = desk_ref("EX2"), .reason = "Still needed"), OK);
    refused(&desk.err, DESK(&desk, due_void, NULL, .excuse = desk_ref("EX2"), .reason = "x"), ERR_BAD_STATE, "excuse",
            "2026-03-20");
    assert_int_equal(overdue("2026-03-09", false), 1); /* the evidence was recorded on the 10th */
    assert_int_equal(overdue("2026-03-10", false), 0);
    assert_int_equal(overdue("2026-03-19", false), 0);
    assert_int_equal(overdue("2026-03-20", false), 1);
    assert_int_equal(overdue("2026-03-20", true), 3);
    must(&desk.err, DESK(&desk, due_excuses, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 3);
    const struct excuse *second = (const struct excuse *)page.rows + 1;
    assert_string_equal(second->excuse.text, "EX2");
    assert_string_equal(second->void_reason, "Still needed");
    must(&desk.err, DESK(&desk, due_excuses, &page, .as_of = desk_day("2026-03-19"), .kind = DUE_EVIDENCE_EXPIRY));
    assert_int_equal(page.n, 2);
    assert_null(((const struct excuse *)page.rows + 1)->void_reason);
    must(&desk.err, DESK(&desk, due_excuses, &page, .as_of = desk_day("2026-03-09")));
    assert_int_equal(page.n, 0);
}

/* What has another way out names it. */
static void test_what_cannot_be_excused(void **state)
{
    (void)state;
    for (int kind = 1; kind <= api_enums[ENUM_due_kind].count; kind++) {
        int code = give((enum due_kind)kind, "E9", NULL, NULL);
        if (code == ERR_INVALID_PARAM && strstr(desk.err.message, "cannot be excused") == NULL)
            fail_msg("%s: %s", api_choice_text(ENUM_due_kind, kind), desk.err.message);
        assert_true(code == ERR_INVALID_PARAM || code == ERR_NOT_FOUND);
    }
    refused(&desk.err, give(DUE_PLAN, NULL, NULL, NULL), ERR_INVALID_PARAM, "kind", "finding move");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_may),
        cmocka_unit_test(test_which),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_what_cannot_be_excused),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
