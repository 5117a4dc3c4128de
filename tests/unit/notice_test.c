/* SPDX-License-Identifier: Apache-2.0 */
/* Notices: what was told to whom and when, new or not; who may say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/desk.h"
#include "tests/support/expect.h"

#include <stdio.h>

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void plan(const char *holder, const char *on)
{
    must(&desk.err, DESK(&desk, audit_plan, NULL, .holder = desk_ref(holder), .edition = desk_ref("iso"),
                         .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day(on)));
}

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    desk_publish(&desk, "iso", "1");
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"));
    must(&desk.err, DESK(&desk, coop_create, NULL, .code = "BETA", .name = "Beta"));
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "One", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2020-01-01")));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "4711", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")));
    must(&desk.err, DESK(&desk, grant_add, NULL, .user = "4712", .role = ROLE_VIEWER, .cooperative = desk_ref("ALFA")));
    plan("E1", "2026-03-01");
    plan("E1", "2026-03-20");
    return 0;
}

static int mail(const char *address, struct notice *ret)
{
    return DESK(&desk, due_notify, ret, .holder = desk_ref("ALFA"), .channel = NOTICE_MAIL, .address = address);
}

/* "B1 2026-03-01 A1; …" */
static const char *told(const struct due_told *p)
{
    static char text[2048];
    struct page page;
    must(&desk.err, desk_call(&desk, METHOD_due_told, p, &page));
    const struct told_item *rows = page.rows;
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < page.n; i++) {
        char day[DATE_TEXT];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s %s", i > 0 ? "; " : "", rows[i].notice.text,
                                 date_format(rows[i].due_on, day), rows[i].record);
    }
    return text;
}
#define TOLD(...) told(&(struct due_told){ .holder = desk_ref("ALFA"), __VA_ARGS__ })

static void test_news(void **state)
{
    (void)state;
    struct notice n;
    must(&desk.err, mail("ana@example.org", &n));
    assert_string_equal(n.notice.text, "B1");
    assert_string_equal(n.holder.text, "ALFA");
    assert_string_equal(n.addressee, "ana@example.org");
    assert_int_equal(n.told_on.day, desk_day("2026-03-10").day);
    assert_int_equal(n.items, 2);
    assert_int_equal(n.overdue, 1);
    assert_int_equal(n.news, 2);
    desk_set_today(&desk, "2026-03-11");
    plan("E1", "2026-03-25");
    must(&desk.err, mail("ana@example.org", &n));
    assert_int_equal(n.items, 3);
    assert_int_equal(n.news, 1);
    /* To somebody else all of it is new. */
    must(&desk.err, mail("ben@example.org", &n));
    assert_int_equal(n.news, 3);
    assert_string_equal(TOLD(.notice = desk_ref("B1")), "B1 2026-03-01 A1; B1 2026-03-20 A2");
    assert_string_equal(TOLD(.notice = desk_ref("B2")), "B2 2026-03-25 A3");
    assert_string_equal(TOLD(.record = "A3"), "B2 2026-03-25 A3; B3 2026-03-25 A3");
    assert_string_equal(TOLD(.record = "A3", .as_of = desk_day("2026-03-10")), "");
    assert_string_equal(TOLD(.as_of = desk_day("2026-03-10")), "B1 2026-03-01 A1; B1 2026-03-20 A2");
}

static void test_lists(void **state)
{
    (void)state;
    struct page page;
    must(&desk.err, mail("ana@example.org", NULL));
    must(&desk.err, DESK(&desk, due_notify, NULL, .holder = desk_ref("BETA"), .channel = NOTICE_LOG));
    desk_set_today(&desk, "2026-03-11");
    must(&desk.err, DESK(&desk, due_notify, NULL, .holder = desk_ref("ALFA"), .channel = NOTICE_LOG));
    must(&desk.err, DESK(&desk, due_notices, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 2);
    assert_string_equal(((struct notice *)page.rows)[0].notice.text, "B3");
    assert_string_equal(((struct notice *)page.rows)[0].addressee, "log");
    must(&desk.err, DESK(&desk, due_notices, &page, .channel = NOTICE_LOG));
    assert_int_equal(page.n, 2);
    must(&desk.err, DESK(&desk, due_notices, &page, .as_of = desk_day("2026-03-10")));
    assert_int_equal(page.n, 2);
    must(&desk.err, DESK(&desk, due_notices, &page, .page = { .limit = 2, .has_limit = true }));
    assert_string_equal(page.next, "B2");
    must(&desk.err, DESK(&desk, due_notices, &page, .page = { .limit = 2, .has_limit = true, .after = "B2" }));
    assert_int_equal(page.n, 1);
    assert_string_equal(((struct notice *)page.rows)[0].notice.text, "B1");
}

static void test_pages_of_told(void **state)
{
    (void)state;
    struct page page;
    must(&desk.err, mail("ana@example.org", NULL));
    must(&desk.err, mail("ben@example.org", NULL));
    const char *after = NULL;
    size_t n = 0;
    do {
        must(&desk.err, DESK(&desk, due_told, &page, .holder = desk_ref("ALFA"),
                             .page = { .limit = 1, .has_limit = true, .after = after }));
        assert_int_equal(page.n, 1);
        n++;
        after = page.next;
    } while (after != NULL && n < 10);
    assert_int_equal(n, 4);
    assert_int_equal(DESK(&desk, due_told, NULL, .holder = desk_ref("ALFA"), .page.after = "B1"), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "after");
}

static void test_shown(void **state)
{
    (void)state;
    struct notice n;
    struct page page;
    desk_as_user(&desk, "ana", 4711);
    must(&desk.err, DESK(&desk, due_notify, &n, .holder = desk_ref("ALFA"), .channel = NOTICE_SHOWN, .items = 2,
                         .has_items = true));
    assert_string_equal(n.addressee, "ana");
    assert_int_equal(DESK(&desk, due_notify, NULL, .holder = desk_ref("BETA"), .channel = NOTICE_SHOWN), ERR_NOT_FOUND);
    desk_as_user(&desk, "eva", 4712);
    assert_int_equal(DESK(&desk, due_notify, NULL, .holder = desk_ref("ALFA"), .channel = NOTICE_SHOWN), ERR_DENIED);
    must(&desk.err, DESK(&desk, due_notices, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 1);
}

static void test_refusals(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(mail(NULL, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "address");
    assert_int_equal(
        DESK(&desk, due_notify, NULL, .holder = desk_ref("ALFA"), .channel = NOTICE_LOG, .address = "ana@example.org"),
        ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "address");
    assert_int_equal(
        DESK(&desk, due_notify, NULL, .holder = desk_ref("ALFA"), .channel = NOTICE_LOG, .items = 3, .has_items = true),
        ERR_CONFLICT);
    assert_string_equal(desk.err.field, "items");
    desk_as_user(&desk, "ana", 4711);
    assert_int_equal(mail("ana@example.org", NULL), ERR_DENIED);
    assert_string_equal(desk.err.field, "channel");
    must(&desk.err, DESK(&desk, due_notices, &page, .holder = desk_ref("ALFA")));
    assert_int_equal(page.n, 0);
}

/* Nothing due is told too: silence would not be a notice. */
static void test_nothing_due(void **state)
{
    (void)state;
    struct notice n;
    must(&desk.err, DESK(&desk, due_notify, &n, .holder = desk_ref("BETA"), .channel = NOTICE_LOG));
    assert_int_equal(n.items, 0);
    assert_int_equal(n.news, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_news, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_lists, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_pages_of_told, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_shown, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_refusals, open_desk, close_desk),
        cmocka_unit_test_setup_teardown(test_nothing_due, open_desk, close_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
