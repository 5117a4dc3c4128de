/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions on certificates by those whom a record bars: known when they were taken, or come to light later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/decision.h"
#include "tests/support/expect.h"

#include <stdio.h>
#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    decision_open(&desk);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static void assist(const char *on, const char *adviser, const char *provider, const char *cooperative,
                   const char *enterprise)
{
    struct participation who[] = { { .enterprise = enterprise } };
    must(&desk.err,
         DESK(&desk, assist_record, NULL, .title = "Records", .kind = TA_TRAINING, .cooperative = desk_ref(cooperative),
              .adviser = desk_ref(adviser), .provider = desk_ref(provider), .delivered_on = desk_day(on),
              .participations = who, .n_participations = 1));
}

static void declare(const char *who, const char *holder, const char *from)
{
    must(&desk.err, DESK(&desk, impartiality_declare, NULL, .person = desk_ref(who), .holder = desk_ref(holder),
                         .relation = RELATION_FAMILY, .from = desk_day(from)));
}

/* Granted with conditions unmet, whatever they are. */
static void decide(const char *number, const char *holder, const char *audit, const char *by, const char *on)
{
    struct cert_grant p = decision_wanted();
    p.number = number;
    p.holder = desk_ref(holder);
    p.audit = desk_ref(audit);
    p.decided_by = desk_ref(by);
    p.decided_on = desk_day(on);
    p.override = "no other body";
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
}

static const struct conflict *rows;

static size_t conflicts(const char *as_of)
{
    struct page page;
    must(&desk.err, DESK(&desk, impartiality_conflicts, &page, .as_of = desk_day(as_of)));
    rows = page.rows;
    return page.n;
}

/* A row as "2026-03-05 C1 A1 ana A1 yes": when, certificate, audit, whom, what bars, and whether it was set aside. */
static void assert_decision(const struct conflict *row, const char *expected)
{
    char text[128], on[DATE_TEXT];
    snprintf(text, sizeof text, "%s %s %s %s %s %s", date_format(row->on, on),
             row->certificate.text != NULL ? row->certificate.text : "-",
             row->audit.text != NULL ? row->audit.text : "-",
             row->person.text != NULL ? row->person.text : row->body.text, row->record, row->overridden ? "yes" : "no");
    assert_string_equal(text, expected);
    assert_int_equal(row->task, TASK_DECIDE);
}

static void test_come_to_light(void **state)
{
    (void)state;
    decision_audit("E1", AUDIT_STAGE_2, "2026-03-01", decision_all_conforming, true);
    decide("N1", "E1", "A1", "ana", "2026-03-05");
    decide("N2", "E2", NULL, "bea", "2026-03-06");
    assert_int_equal(conflicts("2026-03-10"), 1);
    assert_decision(&rows[0], "2026-03-05 C1 A1 ana A1 yes"); /* the team; it was an unmet condition */
    assert_int_equal(rows[0].kind, BAR_TEAM);

    assist("2024-03-06", "bea", NULL, NULL, "E2");
    assist("2024-03-05", "bea", NULL, NULL, "E2"); /* over on the day before the decision */
    assert_int_equal(conflicts("2026-03-10"), 2);
    assert_decision(&rows[0], "2026-03-06 C2 - bea T1 no");
    assert_int_equal(rows[0].until.day, desk_day("2026-03-06").day);
    declare("bea", "E2", "2026-03-06");
    assert_int_equal(conflicts("2026-03-10"), 3);
    assert_decision(&rows[1], "2026-03-06 C2 - bea D1 no");
    assert_int_equal(conflicts("2026-03-09"), 2); /* before it was declared */

    /* Assistance by the body bars its audit and its decision. */
    assist("2026-01-01", NULL, "CB", NULL, "E1");
    assert_int_equal(conflicts("2026-03-10"), 5);
    assert_decision(&rows[2], "2026-03-05 C1 A1 CB T3 no");
    assert_decision(&rows[3], "2026-03-05 C1 A1 ana A1 yes");
    assert_int_equal(rows[4].task, TASK_AUDIT);
    assert_null(rows[4].certificate.text);
    assert_int_equal(conflicts("2026-03-05"), 3);
    assert_int_equal(conflicts("2026-03-04"), 1);
}

/* All that barred was named with the conditions that were not met, not the first of it alone. */
static void test_known(void **state)
{
    (void)state;
    struct page page;
    assist("2026-02-01", "bea", NULL, "ALFA", "E1");
    declare("bea", "ALFA", "2026-02-01");
    must(&desk.err, DESK(&desk, cert_check, &page, .holder = desk_ref("ALFA"), .edition = desk_ref("sample"),
                         .decided_by = desk_ref("bea"), .body = desk_ref("CB")));
    const struct condition *last = page.rows;
    while (last->condition != CONDITION_IMPARTIAL)
        last++;
    assert_non_null(strstr(last->why, "conflict of interest T1"));
    assert_non_null(strstr(last->why, "; until 2028-02-01; and by D1"));
    decide("N1", "ALFA", NULL, "bea", "2026-03-10");
    assert_int_equal(conflicts("2026-03-10"), 2);
    assert_decision(&rows[0], "2026-03-10 C1 - bea T1 yes");
    assert_decision(&rows[1], "2026-03-10 C1 - bea D1 yes");
    must(&desk.err, DESK(&desk, impartiality_conflicts, &page, .holder = desk_ref("E2")));
    assert_int_equal(page.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = { TEST(test_come_to_light), TEST(test_known) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
