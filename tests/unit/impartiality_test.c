/* SPDX-License-Identifier: Apache-2.0 */
/* Impartiality: what bars whom, on which days, the refusal, the override, and what comes to light later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <string.h>

static struct desk desk;

enum { AUDITOR = 2001, INSPECTOR = 2002, ADMIN = 2003 };

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

/* An edition with a cooling-off of so many months, or without. */
static void publish(const char *standard, int64_t months)
{
    struct impartiality_rule cooling_off = { .cooling_off_months = months, .has_cooling_off_months = true };
    struct internal_rule internal = {
        .inspections = 1, .has_inspections = true, .approved = true, .has_approved = true
    };
    struct rules rules = { .impartiality = months > 0 ? &cooling_off : NULL, .internal = &internal };
    struct standard_publish p = sample_edition(standard, "1");
    cooling_off.source = internal.source = "made up";
    p.rules = months >= 0 ? &rules : NULL;
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
}

static void join(const char *code)
{
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = code, .name = code, .activity = ACTIVITY_FARM,
                          .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2020-01-01")),
                     OK);
}

static int open_desk(void **state)
{
    (void)state;
    static const char *const people[] = { "ana", "ben", "cid" };
    desk_start(&desk, "2026-03-10");
    publish("two-years", 24);
    publish("one-month", 1);
    publish("none", -1);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    join("E1");
    join("E2");
    assert_int_equal(DESK(&desk, body_create, NULL, .code = "CB", .name = "C", .kind = BODY_CERTIFICATION_BODY), OK);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
        assert_int_equal(DESK(&desk, person_create, NULL, .code = people[i], .name = people[i]), OK);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "2001", .role = ROLE_AUDITOR), OK);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "2002", .role = ROLE_INSPECTOR), OK);
    assert_int_equal(DESK(&desk, grant_add, NULL, .user = "2003", .role = ROLE_ADMIN), OK);
    return 0;
}

/* What a test varies of an audit; what is absent: stage 2 of E1 on 2026-03-01 against two-years. */
struct wish {
    const char *holder, *edition, *on, *auditor, *body, *planned, *override;
    enum audit_kind kind;
    struct audit_member member;
};

static int record(struct wish w, struct audit *ret)
{
    size_t n;
    struct response rows[] = { sample_responses("1.1=c", &n)[0] };
    return DESK(&desk, audit_record, ret, .holder = desk_ref(w.holder != NULL ? w.holder : "E1"),
                .edition = desk_ref(w.edition != NULL ? w.edition : "two-years"),
                .kind = w.kind != 0 ? w.kind : AUDIT_STAGE_2, .on = desk_day(w.on != NULL ? w.on : "2026-03-01"),
                .planned = desk_ref(w.planned), .auditor = desk_ref(w.auditor), .body = desk_ref(w.body),
                .team = &w.member, .n_team = w.member.role != 0, .override = w.override, .responses = rows,
                .n_responses = 1, .again = true, .has_again = true);
}
#define RECORD_AUDIT(...) record((struct wish){ __VA_ARGS__ }, NULL)
#define MEMBER(who, as) .member = { .person = { .text = (who) }, .role = (as) }

static void assist(const char *on, const char *adviser, const char *provider, const char *enterprise)
{
    struct participation who = { .enterprise = enterprise };
    assert_int_equal(DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING,
                          .cooperative = desk_ref("ALFA"), .adviser = desk_ref(adviser), .provider = desk_ref(provider),
                          .delivered_on = desk_day(on), .participations = &who, .n_participations = enterprise != NULL),
                     OK);
}

static void declare(const char *who, const char *holder, const char *from, const char *until)
{
    assert_int_equal(DESK(&desk, impartiality_declare, NULL, .person = desk_ref(who), .holder = desk_ref(holder),
                          .relation = RELATION_FAMILY, .from = desk_day(from),
                          .until = until != NULL ? desk_day(until) : (struct date){ 0 }),
                     OK);
}

static void test_who_gave_assistance(void **state)
{
    (void)state;
    assist("2025-06-01", "ana", NULL, "E1");
    assist("2025-07-01", NULL, "CB", "E1");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana"), ERR_CONFLICT, "auditor", "T1 (training until 2025-06-01");
    assert_non_null(strstr(desk.err.message, "until 2027-06-01"));
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", MEMBER("ana", TEAM_EXPERT)), ERR_CONFLICT, "team", "T1");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", MEMBER("ana", TEAM_TRAINEE)), ERR_CONFLICT, "team", "T1");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", .body = "CB"), ERR_CONFLICT, "body", "T2");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .body = "CB"), ERR_CONFLICT, "auditor", "1 more conflict");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .kind = AUDIT_FOLLOW_UP, .body = "CB"), ERR_CONFLICT, "auditor",
            "T1");
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", MEMBER("ana", TEAM_OBSERVER)), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .holder = "E2"), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .body = "CB", .edition = "none"), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .kind = AUDIT_FOLLOW_UP), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .kind = AUDIT_INTERNAL_INSPECTION), OK);
    /* Assistance through the cooperative is assistance to the group. */
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .holder = "ALFA"), ERR_CONFLICT, "auditor", "T1");
    /* Assistance that nobody is named for was given to all members. */
    assist("2025-08-01", "cid", NULL, NULL);
    refused(&desk.err, RECORD_AUDIT(.auditor = "cid", .holder = "E2"), ERR_CONFLICT, "auditor", "T3");
}

static void test_what_is_no_assistance(void **state)
{
    (void)state;
    struct participation absent = { .enterprise = "E1", .attended = 0, .has_attended = true };
    assert_int_equal(DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .adviser = desk_ref("ana"),
                          .delivered_on = desk_day("2025-06-01"), .participations = &absent, .n_participations = 1),
                     OK);
    struct participation invited = { .enterprise = "E1" };
    assert_int_equal(DESK(&desk, assist_record, NULL, .title = "x", .kind = TA_TRAINING, .adviser = desk_ref("ana"),
                          .planned_on = desk_day("2026-02-01"), .participations = &invited, .n_participations = 1),
                     OK);
    assist("2026-03-02", "ana", NULL, "E1"); /* after the audit */
    assert_int_equal(RECORD_AUDIT(.auditor = "ana"), OK);
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .on = "2026-03-02"), ERR_CONFLICT, "auditor", "T3");
}

static void test_last_day(void **state)
{
    (void)state;
    assist("2024-02-29", "ana", NULL, "E1");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .on = "2026-02-28"), ERR_CONFLICT, "auditor", "until 2026-02-28");
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-03-01"), OK);
    assist("2026-01-31", "ben", NULL, "E2");
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .holder = "E2", .edition = "one-month", .on = "2026-01-30"), OK);
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", .holder = "E2", .edition = "one-month", .on = "2026-01-31"),
            ERR_CONFLICT, "auditor", "T2");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", .holder = "E2", .edition = "one-month", .on = "2026-02-28"),
            ERR_CONFLICT, "auditor", "until 2026-02-28");
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .holder = "E2", .edition = "one-month", .on = "2026-03-01"), OK);
}

static void test_planned(void **state)
{
    (void)state;
    struct audit audit;
    assist("2025-06-01", "ana", "CB", "E1");
    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("two-years"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2027-06-01"), .auditor = desk_ref("ana")),
                     ERR_CONFLICT);
    assert_string_equal(desk.err.field, "auditor");
    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("two-years"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2027-06-02"), .auditor = desk_ref("ana"),
                          .body = desk_ref("CB")),
                     OK);
    refused(&desk.err, RECORD_AUDIT(.planned = "A1"), ERR_CONFLICT, "auditor", "T1"); /* earlier than planned */
    refused(&desk.err, RECORD_AUDIT(.planned = "A1", .auditor = "ben"), ERR_CONFLICT, "body", "T1");

    assert_int_equal(DESK(&desk, audit_plan, NULL, .holder = desk_ref("E1"), .edition = desk_ref("two-years"),
                          .kind = AUDIT_STAGE_2, .on = desk_day("2026-03-01"), .auditor = desk_ref("ana"),
                          .override = "the only one"),
                     OK);
    assist("2026-01-01", "ben", NULL, "E1");
    refused(&desk.err, RECORD_AUDIT(.planned = "A2", MEMBER("ben", TEAM_AUDITOR)), ERR_CONFLICT, "team", "T2");
    assert_int_equal(record((struct wish){ .planned = "A2" }, &audit), OK); /* set aside when it was planned */
    assert_int_equal(audit.overrides, 1);
}

static void test_relations(void **state)
{
    (void)state;
    declare("ana", "E1", "2026-02-01", "2026-03-01");
    declare("ben", "ALFA", "2026-02-01", NULL);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-01-31", .kind = AUDIT_INTERNAL_INSPECTION), OK);
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .on = "2026-02-01", .kind = AUDIT_INTERNAL_INSPECTION),
            ERR_CONFLICT, "auditor", "D1");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .on = "2026-02-28", .kind = AUDIT_INTERNAL_INSPECTION),
            ERR_CONFLICT, "auditor", "until 2026-02-28");
    refused(&desk.err,
            RECORD_AUDIT(.auditor = "cid", MEMBER("ana", TEAM_TRAINEE), .on = "2026-02-28",
                         .kind = AUDIT_INTERNAL_INSPECTION),
            ERR_CONFLICT, "team", "D1");
    refused(&desk.err, RECORD_AUDIT(.auditor = "ana", .on = "2026-02-28", .edition = "none"), ERR_CONFLICT, "auditor",
            "D1");
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-03-01", .kind = AUDIT_INTERNAL_INSPECTION), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-02-28", .kind = AUDIT_SELF_ASSESSMENT), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .holder = "ALFA", .kind = AUDIT_INTERNAL_AUDIT), OK);
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", .holder = "ALFA"), ERR_CONFLICT, "auditor", "D2");
    assert_int_equal(DESK(&desk, impartiality_withdraw, NULL, .declaration = desk_ref("D2"), .reason = "left"), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .holder = "ALFA", .on = "2026-03-10"), OK);
    refused(&desk.err, RECORD_AUDIT(.auditor = "ben", .holder = "ALFA", .on = "2026-03-09"), ERR_CONFLICT, "auditor",
            "until 2026-03-09");
}

static int conclude(const char *audit, const char *by, const char *override)
{
    return DESK(&desk, audit_conclude, NULL, .audit = desk_ref(audit), .conclusion = "Fit", .by = desk_ref(by),
                .override = override);
}

static void test_approval(void **state)
{
    (void)state;
    declare("cid", "E1", "2026-02-01", NULL);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", MEMBER("ben", TEAM_TRAINEE), .kind = AUDIT_INTERNAL_INSPECTION),
                     OK);
    assert_int_equal(conclude("A1", NULL, NULL), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "by");
    refused(&desk.err, conclude("A1", "ana", NULL), ERR_CONFLICT, "by", "A1 (made this inspection)");
    refused(&desk.err, conclude("A1", "ben", NULL), ERR_CONFLICT, "by", "A1");
    refused(&desk.err, conclude("A1", "cid", NULL), ERR_CONFLICT, "by", "D1");
    assert_int_equal(conclude("A1", "ana", "nobody else is left"), OK);

    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .kind = AUDIT_INTERNAL_INSPECTION, .edition = "none"), OK);
    refused(&desk.err, conclude("A2", "ana", NULL), ERR_CONFLICT, "by", "A2");
    assert_int_equal(conclude("A2", "ben", NULL), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .kind = AUDIT_INTERNAL_INSPECTION, .edition = "none"), OK);
    assert_int_equal(conclude("A3", NULL, NULL), OK); /* without a rule, nobody need be named */
    assert_int_equal(RECORD_AUDIT(.auditor = "ana"), OK);
    assert_int_equal(conclude("A4", "ana", NULL), OK); /* an external audit is concluded by its team */
}

static void test_override(void **state)
{
    (void)state;
    struct audit audit;
    struct audit_detail detail;
    struct status status;
    struct page page;
    assist("2025-06-01", "ana", NULL, "E1");
    desk_as_user(&desk, "ulf", AUDITOR);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .override = "please"), ERR_DENIED);
    assert_string_equal(desk.err.field, "override");
    assert_non_null(strstr(desk.err.message, "T1"));
    assert_int_equal(DESK(&desk, audit_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 0);
    desk_as_user(&desk, "ada", ADMIN);
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .override = "needless"), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "override");
    assert_int_equal(record((struct wish){ .auditor = "ana", .override = "the only one" }, &audit), OK);
    assert_int_equal(audit.overrides, 1);
    assert_int_equal(DESK(&desk, audit_show, &detail, .audit = desk_ref("A1")), OK);
    assert_int_equal(detail.n_overrides, 1);
    assert_int_equal(detail.overrides[0].kind, BAR_ASSISTANCE);
    assert_string_equal(detail.overrides[0].person.text, "ana");
    assert_string_equal(detail.overrides[0].record, "T1");
    assert_string_equal(detail.overrides[0].reason, "the only one");
    assert_string_equal(detail.overrides[0].user, "ada");
    assert_int_equal(detail.overrides[0].on.day, desk_day("2026-03-10").day);
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("ALFA")), OK);
    assert_int_equal(status.n_overrides, 1);
    assert_string_equal(status.overrides[0].audit.text, "A1");
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1"), .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(status.n_overrides, 0);
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E2")), OK);
    assert_int_equal(status.n_overrides, 0);
    assert_int_equal(DESK(&desk, status_show, &status, .holder = desk_ref("E1"), .edition = desk_ref("none")), OK);
    assert_int_equal(status.n_overrides, 0);
    desk_as_user(&desk, "ivo", INSPECTOR);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .kind = AUDIT_INTERNAL_INSPECTION), OK);
    assert_int_equal(conclude("A2", "ana", "please"), ERR_DENIED);
    assert_string_equal(desk.err.field, "override");
}

static size_t conflicts(const char *as_of, struct conflict **ret)
{
    static struct page page;
    assert_int_equal(DESK(&desk, impartiality_conflicts, &page, .holder = desk_ref("ALFA"),
                          .as_of = as_of != NULL ? desk_day(as_of) : (struct date){ 0 }),
                     OK);
    *ret = page.rows;
    return page.n;
}

static void test_comes_to_light(void **state)
{
    (void)state;
    struct conflict *rows;
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-03-01"), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-03-02", .edition = "one-month", .body = "CB"), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-03-03", .edition = "none"), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .on = "2026-03-04", .kind = AUDIT_INTERNAL_INSPECTION), OK);
    assert_int_equal(conclude("A4", "cid", NULL), OK);
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .on = "2026-03-04", .kind = AUDIT_SELF_ASSESSMENT), OK);
    assert_int_equal(conflicts(NULL, &rows), 0);

    assist("2026-01-01", "ana", "CB", "E1");
    assert_int_equal(conflicts(NULL, &rows), 1); /* a month was over by 2026-03-02, without a rule nothing bars */
    assert_string_equal(rows[0].audit.text, "A1");
    assert_string_equal(rows[0].record, "T1");
    assert_int_equal(rows[0].task, TASK_AUDIT);
    assert_int_equal(rows[0].until.day, desk_day("2028-01-01").day);
    assert_false(rows[0].overridden);

    declare("ben", "E1", "2026-03-01", NULL);
    declare("cid", "E1", "2026-03-01", NULL);
    assert_int_equal(conflicts(NULL, &rows), 3);
    assert_int_equal(rows[0].task, TASK_APPROVE);
    assert_string_equal(rows[0].person.text, "cid");
    assert_int_equal(rows[1].task, TASK_INSPECT);
    assert_string_equal(rows[1].record, "D1");
    assert_int_equal(conflicts("2026-03-09", &rows), 1); /* before anything was declared */
    assert_int_equal(conflicts("2026-02-28", &rows), 0); /* before the audits */

    assert_int_equal(RECORD_AUDIT(.auditor = "ana", .on = "2026-03-05", .override = "the only one"), OK);
    assert_int_equal(conflicts(NULL, &rows), 4);
    assert_string_equal(rows[1].audit.text, "A6");
    assert_true(rows[1].overridden);
}

static size_t check(struct impartiality_check p, struct bar **ret)
{
    static struct page page;
    p.person = desk_ref("ana");
    p.holder = desk_ref("E1");
    assert_int_equal(desk_call(&desk, METHOD_impartiality_check, &p, &page), OK);
    *ret = page.rows;
    return page.n;
}
#define CHECK(rows, ...) check((struct impartiality_check){ __VA_ARGS__ }, rows)

static void test_check(void **state)
{
    (void)state;
    struct bar *rows;
    assist("2024-06-01", "ana", NULL, "E1");
    assist("2026-01-15", NULL, "CB", "E1");
    declare("ana", "E1", "2026-03-01", NULL);
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", MEMBER("ana", TEAM_AUDITOR), .edition = "none", .on = "2026-01-01"),
                     OK);
    assert_int_equal(CHECK(&rows, .page = { 0 }), 2); /* by the longest cooling-off there is */
    assert_int_equal(rows[0].kind, BAR_ASSISTANCE);
    assert_int_equal(rows[0].until.day, desk_day("2026-06-01").day);
    assert_non_null(strstr(rows[0].words, "cooling-off period of two-years:1 is 24 months"));
    assert_int_equal(rows[1].kind, BAR_RELATION);
    assert_string_equal(rows[1].record, "D1");
    assert_int_equal(CHECK(&rows, .on = desk_day("2026-02-28")), 1);
    assert_int_equal(CHECK(&rows, .on = desk_day("2026-06-02")), 1);
    assert_int_equal(CHECK(&rows, .as_of = desk_day("2026-03-09")), 1); /* nothing declared yet */
    assert_int_equal(CHECK(&rows, .as_of = desk_day("2024-05-31"), .on = desk_day("2026-03-09")), 0);
    assert_int_equal(CHECK(&rows, .edition = desk_ref("one-month")), 1);
    assert_int_equal(CHECK(&rows, .edition = desk_ref("two-years"), .body = desk_ref("CB")), 3);
    assert_string_equal(rows[2].body.text, "CB");
    assert_int_equal(CHECK(&rows, .task = TASK_INSPECT), 1);
    assert_int_equal(CHECK(&rows, .task = TASK_DECIDE), 2);
    assert_int_equal(CHECK(&rows, .task = TASK_DECIDE, .audit = desk_ref("A1")), 3);
    assert_int_equal(rows[0].kind, BAR_TEAM);
    assert_string_equal(rows[0].record, "A1");
    assert_int_equal(CHECK(&rows, .task = TASK_APPROVE, .audit = desk_ref("A1")), 2);
    assert_int_equal(rows[0].kind, BAR_INSPECTOR);
}

static void test_check_pages(void **state)
{
    (void)state;
    struct page page;
    assist("2025-06-01", "ana", NULL, "E1");
    assist("2025-07-01", "ana", NULL, "E1");
    struct impartiality_check p = { .page = { .limit = 1, .has_limit = true },
                                    .person = desk_ref("ana"),
                                    .holder = desk_ref("E1") };
    assert_int_equal(desk_call(&desk, METHOD_impartiality_check, &p, &page), OK);
    assert_int_equal(page.n, 1);
    assert_string_equal(((struct bar *)page.rows)[0].record, "T2");
    assert_string_equal(page.next, "1");
    p.page.after = "1";
    assert_int_equal(desk_call(&desk, METHOD_impartiality_check, &p, &page), OK);
    assert_string_equal(((struct bar *)page.rows)[0].record, "T1");
    assert_null(page.next);
    p.page.after = "x";
    assert_int_equal(desk_call(&desk, METHOD_impartiality_check, &p, &page), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "after");
    assert_int_equal(RECORD_AUDIT(.auditor = "ben", .holder = "E2"), OK);
    assert_int_equal(DESK(&desk, impartiality_check, NULL, .person = desk_ref("ana"), .holder = desk_ref("E1"),
                          .task = TASK_DECIDE, .audit = desk_ref("A1")),
                     ERR_CONFLICT);
    assert_string_equal(desk.err.field, "audit");
    assert_int_equal(DESK(&desk, impartiality_check, NULL, .person = desk_ref("ana"), .holder = desk_ref("E2"),
                          .task = TASK_DECIDE, .audit = desk_ref("A1"), .edition = desk_ref("none")),
                     ERR_CONFLICT);
    assert_string_equal(desk.err.field, "audit");
}

static int withdraw(const char *declaration, const char *on)
{
    return DESK(&desk, impartiality_withdraw, NULL, .declaration = desk_ref(declaration), .on = desk_day(on),
                .reason = "over");
}

static void test_declarations(void **state)
{
    (void)state;
    struct page page;
    declare("ana", "E1", "2026-03-01", NULL);
    assert_int_equal(DESK(&desk, impartiality_declare, NULL, .person = desk_ref("ana"), .holder = desk_ref("E1"),
                          .relation = RELATION_FAMILY),
                     ERR_EXISTS);
    assert_non_null(strstr(desk.err.message, "D1"));
    assert_int_equal(DESK(&desk, impartiality_declare, NULL, .person = desk_ref("ana"), .holder = desk_ref("E1"),
                          .relation = RELATION_OWNER, .declared_on = desk_day("2026-03-11")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "declared_on");
    assert_int_equal(DESK(&desk, impartiality_declare, NULL, .person = desk_ref("ana"), .holder = desk_ref("E1"),
                          .relation = RELATION_OWNER, .from = desk_day("2026-03-01"), .until = desk_day("2026-03-01")),
                     ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "until");
    assert_int_equal(withdraw("D1", "2026-03-11"), ERR_INVALID_PARAM);
    assert_int_equal(withdraw("D1", "2026-03-09"), ERR_INVALID_PARAM);
    assert_string_equal(desk.err.field, "on");
    desk_set_today(&desk, "2026-03-20");
    assert_int_equal(withdraw("D1", "2026-03-20"), OK);
    assert_int_equal(withdraw("D1", "2026-03-20"), ERR_BAD_STATE);
    declare("ana", "E1", "2026-03-20", NULL);
    assert_int_equal(DESK(&desk, impartiality_relations, &page, .holder = desk_ref("ALFA")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(
        DESK(&desk, impartiality_relations, &page, .person = desk_ref("ana"), .ended = true, .has_ended = true), OK);
    assert_int_equal(page.n, 2);
    assert_int_equal(DESK(&desk, impartiality_relations, &page, .as_of = desk_day("2026-03-19")), OK);
    assert_int_equal(page.n, 1);
    assert_false(date_is_set(((struct relation *)page.rows)[0].until));
    assert_null(((struct relation *)page.rows)[0].reason);
    assert_int_equal(DESK(&desk, impartiality_relations, &page, .person = desk_ref("ben")), OK);
    assert_int_equal(page.n, 0);
    assert_int_equal(DESK(&desk, impartiality_relations, &page, .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(page.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_who_gave_assistance),
        TEST(test_what_is_no_assistance),
        TEST(test_last_day),
        TEST(test_planned),
        TEST(test_relations),
        TEST(test_approval),
        TEST(test_override),
        TEST(test_comes_to_light),
        TEST(test_check),
        TEST(test_check_pages),
        TEST(test_declarations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
