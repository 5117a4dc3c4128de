/* SPDX-License-Identifier: Apache-2.0 */
/* A group is certified once the samples of its edition were drawn and visited; what is not asked for is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/decision.h"
#include "tests/support/expect.h"

#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    static struct group_rule group = { .smallest = 2,
                                       .has_smallest = true,
                                       .ready = 1,
                                       .has_ready = true,
                                       .ready_of = 1,
                                       .has_ready_of = true,
                                       .source = "Rule book 1" };
    static struct sampling_rule sampling[] = {
        { .purpose = SAMPLE_INITIAL, .floor = 2, .has_floor = true, .source = "Rule book 2" },
        { .purpose = SAMPLE_LABORATORY, .floor = 1, .has_floor = true, .source = "Rule book 3" },
    };
    static struct rules rules = { .group = &group, .sampling = sampling, .n_sampling = 2 };
    decision_open(&desk);
    struct standard_publish p = sample_edition("grp", "1");
    p.rules = &rules;
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &p, NULL));
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct audit audit(const char *holder, enum audit_kind kind, const char *on)
{
    struct audit made;
    struct audit_record p = {
        .holder = desk_ref(holder), .edition = desk_ref("grp:1"), .kind = kind, .on = desk_day(on)
    };
    if (kind != AUDIT_INTERNAL_INSPECTION)
        p.body = desk_ref("CB");
    must(&desk.err, decision_record(p, decision_all_conforming, &made));
    return made;
}

static struct cert_grant wanted(void)
{
    struct cert_grant p = decision_wanted();
    const struct audit made = audit("ALFA", AUDIT_STAGE_2, "2026-02-01");
    audit("E1", AUDIT_INTERNAL_INSPECTION, "2026-01-10");
    audit("E2", AUDIT_INTERNAL_INSPECTION, "2026-01-10");
    must(&desk.err, DESK(&desk, audit_conclude, NULL, .audit = made.audit, .conclusion = "seen",
                         .outcome = OUTCOME_RECOMMENDED, .on = made.performed_on));
    p.holder = desk_ref("ALFA");
    p.edition = desk_ref("grp:1");
    p.audit = (struct ref){ 0 };
    p.valid_until = desk_day("2027-01-01");
    return p;
}

static void test_drawn_and_visited(void **state)
{
    (void)state;
    struct cert_grant p = wanted();
    decision_refused(&p, "sample", "edition", "no sample for initial was drawn since the last decision");
    must(&desk.err, DESK(&desk, sample_draw, NULL, .cooperative = p.holder, .edition = p.edition,
                         .purpose = SAMPLE_INITIAL, .on = desk_day("2026-02-01")));
    decision_refused(&p, "sample", "edition", "S1 for initial: 2 of the members drawn are not visited yet");
    audit("E1", AUDIT_EXTERNAL_INSPECTION, "2026-02-02");
    decision_refused(&p, "sample", "edition", "1 of the members drawn are not visited yet, first E2");
    audit("E2", AUDIT_EXTERNAL_INSPECTION, "2026-03-02");
    decision_refused(&p, "sample", "edition", "first E2"); /* after the day of the decision */
    p.decided_on = desk_day("2026-03-02");
    assert_string_equal(decision_unmet(&p), "");
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
}

/* A decision of an earlier day does not rest on what was declared void since, whatever was known on that day. */
static void test_void_since(void **state)
{
    (void)state;
    struct cert_grant p = wanted();
    must(&desk.err, DESK(&desk, sample_draw, NULL, .cooperative = p.holder, .edition = p.edition,
                         .purpose = SAMPLE_INITIAL, .on = desk_day("2026-02-01")));
    audit("E1", AUDIT_EXTERNAL_INSPECTION, "2026-02-02");
    struct audit visit = audit("E2", AUDIT_EXTERNAL_INSPECTION, "2026-02-02");
    p.decided_on = desk_day("2026-03-02");
    assert_string_equal(decision_unmet(&p), "");
    must(&desk.err, DESK(&desk, audit_void, NULL, .audit = visit.audit, .reason = "of another farm"));
    decision_refused(&p, "sample", "edition", "1 of the members drawn are not visited yet, first E2");
    must(&desk.err, DESK(&desk, member_void, NULL, .membership = desk_ref("M2"), .reason = "of another cooperative"));
    decision_refused(&p, "verdict sample", "edition", "at least 2 members");
}

/* The rules that were told only, by their reasons. */
static const char *told(const struct page *page, const char *rule)
{
    const struct condition *rows = page->rows;
    for (size_t i = 0; i < page->n; i++)
        if (rows[i].told && strcmp(rows[i].record, rule) == 0)
            return rows[i].why;
    return "";
}

static void test_told(void **state)
{
    (void)state;
    struct page page;
    struct cert_grant p = wanted();
    must(&desk.err, DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition));
    assert_string_equal(told(&page, "sampling"),
                        "sample for laboratory: laboratories do not record here whom they visited");
    assert_string_equal(told(&page, "group"), "");
    must(&desk.err, DESK(&desk, cert_check, &page, .holder = desk_ref("E1"), .edition = p.edition));
    assert_string_equal(told(&page, "sampling"), "asked of groups only");
    assert_string_equal(told(&page, "group"), "smallest, ready: asked of groups only");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_drawn_and_visited),
        TEST(test_void_since),
        TEST(test_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
