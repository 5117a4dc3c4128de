/* SPDX-License-Identifier: Apache-2.0 */
/* Audit teams: planned, performed, kept apart; who counts as being on one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/register/team.h"
#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* People are numbered in this order, from 1. */
static int open_desk(void **state)
{
    (void)state;
    static const char *const people[] = { "ana", "ben", "cid", "dora", "eva" };
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "sample", "1");
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E1", .name = "One", .activity = ACTIVITY_FARM), OK);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        assert_int_equal(DESK(&desk, person_create, NULL, .code = people[i], .name = people[i]), OK);
    return 0;
}

static struct audit_member member(const char *person, enum team_role role)
{
    return (struct audit_member){ .person = desk_ref(person), .role = role };
}

static int plan(struct audit_member *team, size_t n, const char *auditor, struct audit *ret)
{
    return DESK(&desk, audit_plan, ret, .holder = desk_ref("E1"), .edition = desk_ref("sample"), .kind = AUDIT_STAGE_2,
                .on = desk_day("2026-03-09"), .auditor = desk_ref(auditor), .team = team, .n_team = n);
}

static int record(const char *planned, const char *auditor, struct audit_member *team, size_t n_team)
{
    size_t n;
    const struct response *rows = sample_responses("1.1=c", &n);
    struct response copy[] = { rows[0] };
    return DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref("sample"),
                .kind = AUDIT_STAGE_2, .on = desk_day("2026-03-09"), .planned = desk_ref(planned),
                .auditor = desk_ref(auditor), .team = team, .n_team = n_team, .responses = copy, .n_responses = n,
                .again = true, .has_again = true);
}

/* "ana lead, ben auditor", as audit.show tells it. */
static void is_team(const char *audit, const char *expected)
{
    struct audit_detail detail;
    char text[256] = "";
    assert_int_equal(DESK(&desk, audit_show, &detail, .audit = desk_ref(audit)), OK);
    for (size_t i = 0; i < detail.n_team; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s %s", used > 0 ? ", " : "", detail.team[i].person.text,
                 api_choice_text(ENUM_team_role, (int)detail.team[i].role));
    }
    assert_string_equal(text, expected);
}

static bool has(int64_t audit_id, int64_t person_id)
{
    struct err e = { 0 };
    struct call call = { .store = desk.run.store, .arena = &desk.arena, .err = &e };
    bool yes = false;
    assert_int_equal(store_begin(desk.run.store, &e), OK);
    assert_int_equal(team_has(&call, audit_id, person_id, &yes), OK);
    store_rollback(desk.run.store);
    return yes;
}

static void test_planned_and_performed(void **state)
{
    (void)state;
    struct audit audit;
    struct audit_member planned[] = { member("eva", TEAM_OBSERVER), member("cid", TEAM_EXPERT),
                                      member("ben", TEAM_AUDITOR), member("ana", TEAM_LEAD) };
    assert_int_equal(plan(planned, 4, NULL, &audit), OK);
    assert_string_equal(audit.auditor.text, "ana");
    is_team("A1", "ana lead, ben auditor, cid expert, eva observer");
    assert_true(has(1, 1) && has(1, 2) && has(1, 3));
    assert_false(has(1, 4)); /* a stranger */
    assert_false(has(1, 5)); /* an observer */

    struct audit_member came[] = { member("dora", TEAM_TRAINEE) };
    assert_int_equal(record("A1", "ben", came, 1), OK);
    is_team("A1", "ben lead, dora trainee");
    assert_true(has(1, 2) && has(1, 4));
    assert_false(has(1, 1) || has(1, 3));
}

static void test_performed_as_planned(void **state)
{
    (void)state;
    struct audit_member planned[] = { member("ben", TEAM_AUDITOR), member("cid", TEAM_AUDITOR) };
    assert_int_equal(plan(planned, 2, "ana", NULL), OK);
    assert_int_equal(plan(planned, 2, "ana", NULL), OK);
    assert_int_equal(record("A1", NULL, NULL, 0), OK);
    is_team("A1", "ana lead, ben auditor, cid auditor");
    assert_int_equal(record("A2", "cid", NULL, 0), OK);
    is_team("A2", "cid lead, ben auditor");
    assert_int_equal(record(NULL, "ana", planned, 1), OK);
    is_team("A3", "ana lead, ben auditor");
    assert_int_equal(record(NULL, NULL, NULL, 0), OK);
    is_team("A4", "");
}

static void test_refused(void **state)
{
    (void)state;
    struct audit_member twice[] = { member("ben", TEAM_AUDITOR), member("ben", TEAM_EXPERT) };
    struct audit_member lead[] = { member("ben", TEAM_LEAD), member("cid", TEAM_LEAD) };
    struct audit_member both[] = { member("ben", TEAM_AUDITOR) };
    struct audit_member nobody[] = { member("ben", TEAM_AUDITOR), member("zoe", TEAM_AUDITOR) };
    assert_int_equal(plan(twice, 2, NULL, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "team[1].person");
    assert_int_equal(plan(lead, 2, NULL, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "team[1].role");
    assert_int_equal(plan(lead, 1, "ana", NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "team[0].role");
    assert_int_equal(plan(lead, 1, "ben", NULL), OK);
    assert_int_equal(plan(both, 1, "ben", NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "team");
    assert_int_equal(plan(nobody, 2, NULL, NULL), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "team[1].person");
    assert_int_equal(record(NULL, NULL, twice, 2), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "team[1].person");
}

static void test_concluded(void **state)
{
    (void)state;
    struct audit audit;
    assert_int_equal(record(NULL, "ana", NULL, 0), OK);
    assert_int_equal(
        DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "Fit", .on = desk_day("2026-03-08")),
        ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(
        DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "Fit", .on = desk_day("2026-03-11")),
        ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(DESK(&desk, audit_conclude, &audit, .audit = desk_ref("A1"), .conclusion = "Fit",
                          .by = desk_ref("ben"), .on = desk_day("2026-03-09")),
                     OK);
    assert_string_equal(audit.concluded_by.text, "ben");
    assert_int_equal(audit.concluded_on.day, desk_day("2026-03-09").day);
    assert_int_equal(plan(NULL, 0, NULL, NULL), OK);
    assert_int_equal(
        DESK(&desk, audit_cancel, NULL, .audit = desk_ref("A2"), .reason = "Flood", .on = desk_day("2026-03-11")),
        ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    assert_int_equal(DESK(&desk, audit_cancel, &audit, .audit = desk_ref("A2"), .reason = "Flood"), OK);
    assert_int_equal(audit.state, AUDIT_CANCELLED);
    assert_false(date_is_set(audit.concluded_on));
}

/* What audit.list and audit.show say of A1 on a day: "planned by ana: ana lead", or nothing. */
static void on_day_is(const char *day, const char *expected)
{
    struct page page;
    struct audit_detail detail;
    char text[256] = "";
    int code = DESK(&desk, audit_show, &detail, .audit = desk_ref("A1"), .as_of = desk_day(day));
    if (code != OK)
        assert_string_equal(desk.err.field, "as_of");
    assert_int_equal(DESK(&desk, audit_list, &page, .holder = desk_ref("E1"), .as_of = desk_day(day)), OK);
    assert_int_equal(page.n, code == OK);
    if (code != OK) {
        assert_int_equal(code, ERR_NOT_FOUND);
        assert_null(expected);
        return;
    }
    const struct audit *row = page.rows;
    assert_int_equal(row->state, detail.audit->state);
    int n = snprintf(text, sizeof text,
                     "%s by %s, %d conforming, %zu responses%s%s:", api_choice_text(ENUM_audit_state, (int)row->state),
                     row->auditor.text, (int)row->conforming, detail.n_responses, row->conclusion != NULL ? ", " : "",
                     row->conclusion != NULL ? row->conclusion : "");
    for (size_t i = 0; i < detail.n_team; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, " %s", detail.team[i].person.text);
    assert_string_equal(text, expected);
}

static void test_as_of_each_day(void **state)
{
    (void)state;
    struct page page;
    struct audit_member planned[] = { member("ben", TEAM_AUDITOR) }, came[] = { member("cid", TEAM_AUDITOR) };
    desk_set_today(&desk, "2026-03-01");
    assert_int_equal(plan(planned, 1, "ana", NULL), OK);
    desk_set_today(&desk, "2026-03-10");
    assert_int_equal(record("A1", "dora", came, 1), OK);
    assert_int_equal(
        DESK(&desk, audit_conclude, NULL, .audit = desk_ref("A1"), .conclusion = "Fit", .by = desk_ref("dora")), OK);
    desk_set_today(&desk, "2026-03-12");
    on_day_is("2026-02-28", NULL);
    on_day_is("2026-03-01", "planned by ana, 0 conforming, 0 responses: ana ben");
    on_day_is("2026-03-08", "planned by ana, 0 conforming, 0 responses: ana ben");
    on_day_is("2026-03-09", "done by dora, 1 conforming, 1 responses: dora cid");
    on_day_is("2026-03-10", "concluded by dora, 1 conforming, 1 responses, Fit: dora cid");
    on_day_is("2026-03-12", "concluded by dora, 1 conforming, 1 responses, Fit: dora cid");
    assert_int_equal(DESK(&desk, audit_responses, &page, .as_of = desk_day("2026-03-08")), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, audit_responses, &page, .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(page.n, 1);
}

static void test_cancelled_on_a_day(void **state)
{
    (void)state;
    desk_set_today(&desk, "2026-03-01");
    assert_int_equal(plan(NULL, 0, "ana", NULL), OK);
    desk_set_today(&desk, "2026-03-10");
    assert_int_equal(
        DESK(&desk, audit_cancel, NULL, .audit = desk_ref("A1"), .reason = "Flood", .on = desk_day("2026-03-05")), OK);
    on_day_is("2026-03-04", "planned by ana, 0 conforming, 0 responses: ana");
    on_day_is("2026-03-05", "cancelled by ana, 0 conforming, 0 responses, Flood: ana");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_planned_and_performed), TEST(test_performed_as_planned), TEST(test_refused), TEST(test_concluded),
        TEST(test_as_of_each_day),        TEST(test_cancelled_on_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
