/* SPDX-License-Identifier: Apache-2.0 */
/* Checking and granting are one decision: over registers and decisions made up by chance, a check that finds every
 * condition met is followed by a grant, and one that does not by a refusal that names the same conditions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/decision.h"
#include "tests/support/expect.h"

#include <stdio.h>
#include <string.h>

enum { LIVES = 6, ROUNDS = 60, DAYS = 60 };

static struct desk desk;
static uint64_t dice;

static unsigned pick(unsigned n)
{
    dice = dice * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(dice >> 33) % n;
}

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

static struct date some_day(void)
{
    return (struct date){ desk_day("2026-03-10").day - (int32_t)pick(DAYS) };
}

static struct ref one_of(const char *const *codes, unsigned n)
{
    return desk_ref(codes[pick(n)]);
}

/* Most of them could carry a certificate. */
static void audit_by_chance(void)
{
    static const char *const holders[] = { "E1", "E1", "E2", "ALFA" };
    static const enum audit_kind kinds[] = { AUDIT_STAGE_2, AUDIT_STAGE_2, AUDIT_RECERTIFICATION,
                                             AUDIT_INTERNAL_INSPECTION };
    static const char *const results[] = { decision_all_conforming, decision_all_conforming, decision_all_conforming,
                                           "1.1=M 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c" };
    struct audit made;
    struct audit_record p = { .holder = one_of(holders, 4),
                              .edition = desk_ref("sample:1"),
                              .kind = kinds[pick(4)],
                              .on = some_day(),
                              .auditor = desk_ref("ana") };
    if (p.kind != AUDIT_INTERNAL_INSPECTION)
        p.body = desk_ref("CB");
    if (decision_record(p, results[pick(4)], &made) != OK || pick(6) == 0)
        return;
    DESK(&desk, audit_conclude, NULL, .audit = made.audit, .conclusion = "seen", .outcome = pick(4), .on = p.on);
}

static struct cert_grant grant_by_chance(int round)
{
    static const char *const holders[] = { "E1", "E1", "E2", "ALFA" };
    static const char *const people[] = { "bea", "bea", "bea", "ana" };
    static const char *const audits[] = { "A1", "A2", "A5", "A9" };
    static char numbers[ROUNDS][8];
    snprintf(numbers[round], sizeof numbers[round], "N%u", pick(ROUNDS / 2));
    struct cert_grant p = { .holder = one_of(holders, 4),
                            .edition = desk_ref("sample:1"),
                            .number = numbers[round],
                            .decided_by = one_of(people, 4),
                            .decided_on = some_day() };
    if (pick(3) == 0)
        p.audit = one_of(audits, 4);
    if (pick(3) == 0)
        p.body = desk_ref(pick(4) == 0 ? "LAB" : "CB");
    if (pick(4) == 0)
        p.valid_from = some_day();
    if (pick(4) == 0)
        p.valid_until = (struct date){ some_day().day + (int32_t)pick(1200) };
    if (pick(6) == 0)
        p.route = ROUTE_GROUP;
    return p;
}

/* How many conditions the answer says are not met, each of which the refusal must name. */
static size_t unmet(const struct page *page, const char *refusal)
{
    const struct condition *rows = page->rows;
    size_t n = 0;
    for (size_t i = 0; i < page->n; i++) {
        if (rows[i].holds)
            continue;
        n++;
        const char *name = api_choice_text(ENUM_grant_condition, (int)rows[i].condition);
        if (refusal != NULL && strlen(refusal) < 400 && strstr(refusal, name) == NULL)
            fail_msg("the check names %s, and the refusal does not: %s", name, refusal);
    }
    return n;
}

/* Compares what the check said with what the write did. */
static void same(int checked, const struct err *check_err, const struct page *page, int done)
{
    if (checked != OK) {
        assert_int_equal(done, checked);
        assert_string_equal(desk.err.message, check_err->message);
        return;
    }
    size_t n = unmet(page, done == OK ? NULL : desk.err.message);
    char count[32];
    snprintf(count, sizeof count, ": %zu condition", n);
    if ((n == 0) != (done == OK) || (n > 0 && strstr(desk.err.message, count) == NULL))
        fail_msg("the check has %zu unmet, and the write said %d: %s", n, done, done == OK ? "" : desk.err.message);
}

static int grant_round(int round)
{
    struct page page = { 0 };
    struct cert_grant p = grant_by_chance(round);
    int checked = DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition, .audit = p.audit,
                       .decided_by = p.decided_by, .body = p.body, .route = p.route, .number = p.number,
                       .valid_from = p.valid_from, .valid_until = p.valid_until, .decided_on = p.decided_on);
    const struct err check_err = desk.err;
    struct certificate c;
    int done = desk_call(&desk, METHOD_cert_grant, &p, &c);
    same(checked, &check_err, &page, done);
    if (done == OK && p.audit.text == NULL)
        assert_non_null(strstr(c.chosen, c.audit.text));
    return done;
}

static int renew_round(void)
{
    struct page page = { 0 };
    const struct cert_renew p = { .certificate = desk_ref("C1"),
                                  .decided_by = desk_ref("bea"),
                                  .decided_on = some_day(),
                                  .valid_until = pick(2) == 0 ? (struct date){ some_day().day + 900 }
                                                              : (struct date){ 0 } };
    struct certificate c;
    if (DESK(&desk, cert_list, &page, .holder = desk_ref("ALFA")) != OK || page.n == 0)
        return ERR_NOT_FOUND;
    c = ((struct certificate *)page.rows)[0];
    const struct ref holder = desk_ref(c.holder.text);
    int checked = DESK(&desk, cert_check, &page, .holder = holder, .edition = desk_ref("sample:1"),
                       .decided_by = p.decided_by, .renews = p.certificate, .valid_until = p.valid_until,
                       .decided_on = p.decided_on);
    const struct err check_err = desk.err;
    int done = desk_call(&desk, METHOD_cert_renew, &p, NULL);
    same(checked, &check_err, &page, done);
    return done;
}

static void test_one_answer(void **state)
{
    (void)state;
    int granted = 0, refused_grants = 0;
    for (uint64_t life = 1; life <= LIVES; life++) {
        dice = life;
        for (int round = 0; round < ROUNDS; round++) {
            audit_by_chance();
            int done = grant_round(round);
            granted += done == OK;
            refused_grants += done != OK;
            renew_round();
        }
        desk_stop(&desk);
        decision_open(&desk);
    }
    assert_true(granted > 3);
    assert_true(refused_grants > 30);
}

static void test_renewal_in_advance(void **state)
{
    (void)state;
    struct page page;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
    must(&desk.err, DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition, .renews = desk_ref("C1"),
                         .decided_by = p.decided_by));
    const struct condition *first = page.rows;
    assert_int_equal(first->condition, CONDITION_RENEWABLE);
    assert_false(first->holds);
    assert_non_null(strstr(first->why, "it can be renewed 6 months before, from 2028-08-28"));
    assert_string_equal(first->source, "Rule book 4.1");
    refused(&desk.err,
            DESK(&desk, cert_check, &page, .holder = desk_ref("E2"), .edition = p.edition, .renews = desk_ref("C1")),
            ERR_INVALID_PARAM, "renews", "C1 is not a certificate of E2");
    refused(&desk.err,
            DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition, .renews = desk_ref("C1"),
                 .body = desk_ref("LAB")),
            ERR_INVALID_PARAM, "body", "another body");
    refused(&desk.err,
            DESK(&desk, cert_check, &page, .holder = p.holder, .edition = p.edition, .renews = desk_ref("C1"),
                 .valid_from = p.decided_on),
            ERR_INVALID_PARAM, "valid_from", "begins by the rule");
}

/* What was known on the day of the decision is one question, what is known today another. */
static void test_corrected_since(void **state)
{
    (void)state;
    struct page page;
    struct certificate_detail detail;
    decision_audit("E1", AUDIT_STAGE_2, "2026-02-01", decision_all_conforming, true);
    struct cert_grant p = decision_wanted();
    must(&desk.err, desk_call(&desk, METHOD_cert_grant, &p, NULL));
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1")));
    assert_int_equal(detail.n_review, 0);
    const struct audit_record correction = { .holder = p.holder,
                                             .edition = p.edition,
                                             .kind = AUDIT_STAGE_2,
                                             .on = desk_day("2026-03-05"),
                                             .corrects = desk_ref("A1") };
    desk_set_today(&desk, "2026-03-12");
    must(&desk.err, decision_record(correction, decision_all_conforming, NULL));
    must(&desk.err, DESK(&desk, cert_show, &detail, .certificate = desk_ref("C1")));
    assert_int_equal(detail.n_review, 1);
    assert_int_equal(detail.review[0].condition, CONDITION_AUDIT);
    assert_non_null(strstr(detail.review[0].why, "A1 was corrected by A2"));
    must(&desk.err, DESK(&desk, due_list, &page, .kind = DUE_CERTIFICATE_REVIEW));
    assert_int_equal(page.n, 1);
    const struct due_item *item = page.rows;
    assert_string_equal(item->record, "C1");
    assert_non_null(strstr(item->what, "certificate N1 would not be granted today: A1 was corrected by A2"));
    assert_non_null(strstr(item->what, "renew on a later audit, withdraw it, or excuse it once reviewed"));
    must(&desk.err, DESK(&desk, due_list, &page, .kind = DUE_CERTIFICATE_REVIEW, .as_of = desk_day("2026-03-04")));
    assert_int_equal(page.n, 0);
    must(&desk.err, DESK(&desk, due_excuse, NULL, .holder = p.holder, .kind = DUE_CERTIFICATE_REVIEW,
                         .reason = "The decision stands"));
    must(&desk.err, DESK(&desk, due_list, &page, .kind = DUE_CERTIFICATE_REVIEW));
    assert_int_equal(page.n, 0);
    desk_set_today(&desk, "2026-03-13");
    must(&desk.err, DESK(&desk, audit_void, NULL, .audit = desk_ref("A2"), .reason = "Of another"));
    must(&desk.err, DESK(&desk, audit_void, NULL, .audit = desk_ref("A1"), .reason = "Of another"));
    must(&desk.err, DESK(&desk, due_list, &page, .kind = DUE_CERTIFICATE_REVIEW)); /* something else became known */
    assert_int_equal(page.n, 1);
    must(&desk.err, DESK(&desk, cert_withdraw, NULL, .certificate = desk_ref("C1"), .reason = "wrong"));
    must(&desk.err, DESK(&desk, due_list, &page, .kind = DUE_CERTIFICATE_REVIEW));
    assert_int_equal(page.n, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_one_answer),
        TEST(test_renewal_in_advance),
        TEST(test_corrected_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
