/* SPDX-License-Identifier: Apache-2.0 */
/* Evidence: recorded once for a holder, replaced, linked to findings and their actions; seen as of any day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/mend.h"
#include "tests/support/sample.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SHA_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

static struct desk desk;

/* F1 of E1 and F4 of E2, both of ALFA; E3 is nobody's member. */
static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    sample_publish(&desk, "sample", "1");
    mend_people(&desk);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    static const char *const codes[] = { "E1", "E2", "E3" };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = codes[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = i < 2 ? desk_ref("ALFA") : (struct ref){ 0 }),
                         OK);
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-01", "1.1=M 1.2=m 1.3=m", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E2", "sample", "2026-03-02", "1.1=M", NULL), OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static struct evidence_add file(const char *holder, const char *sha256)
{
    return (struct evidence_add){ .holder = desk_ref(holder),
                                  .title = "Water test",
                                  .kind = FILE_LAB_RESULT,
                                  .sha256 = sha256,
                                  .bytes = 1024,
                                  .has_bytes = true };
}

static int add(struct evidence_add p, struct evidence *ret)
{
    return desk_call(&desk, METHOD_evidence_add, &p, ret);
}

static void test_add(void **state)
{
    (void)state;
    struct evidence e;
    struct evidence_add p = file("E1", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    p.effective_on = desk_day("2026-01-01");
    p.expires_on = desk_day("2026-03-09");
    p.location = "/home/ana/water.pdf";
    assert_int_equal(add(p, &e), OK);
    assert_string_equal(e.evidence.text, "E1");
    assert_string_equal(e.holder.text, "E1");
    assert_string_equal(e.sha256, SHA_A);
    assert_int_equal(e.bytes, 1024);
    assert_true(e.expired);
    assert_string_equal(e.location, "/home/ana/water.pdf");
    assert_int_equal(date_of_instant(e.received_at).day, desk_day("2026-03-10").day);
    assert_int_equal(e.effective_on.day, desk_day("2026-01-01").day);
}

static void test_bad_files(void **state)
{
    (void)state;
    struct evidence_add p = file("E1", SHA_A);
    assert_int_equal(add(p, NULL), OK);
    refused(&desk.err, add(p, NULL), ERR_EXISTS, "sha256", "E1 (Water test)");
    assert_int_equal(add(file("E2", SHA_A), NULL), OK); /* another's is another's */
    p = file("E1", "g000000000000000000000000000000000000000000000000000000000000000");
    refused(&desk.err, add(p, NULL), ERR_INVALID_PARAM, "sha256", "hexadecimal");
    p = file("E1", "abc");
    refused(&desk.err, add(p, NULL), ERR_INVALID_PARAM, "sha256", "64");
    p = file("E1", SHA_B);
    p.effective_on = desk_day("2026-03-01");
    p.expires_on = desk_day("2026-02-28");
    refused(&desk.err, add(p, NULL), ERR_INVALID_PARAM, "expires_on", "before the first valid day");
    p = file("E1", SHA_B);
    p.action = 1;
    p.has_action = true;
    refused(&desk.err, add(p, NULL), ERR_INVALID_PARAM, "action", "finding");
    p.finding = desk_ref("F1");
    refused(&desk.err, add(p, NULL), ERR_NOT_FOUND, "action", "F1 has no action 1");
    p = file("E2", SHA_B);
    p.finding = desk_ref("F1");
    refused(&desk.err, add(p, NULL), ERR_CONFLICT, "evidence", "neither");
    struct page page;
    assert_int_equal(DESK(&desk, evidence_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 2); /* what was refused left nothing */
}

static void test_links(void **state)
{
    (void)state;
    struct evidence_detail d;
    struct finding_detail f;
    assert_int_equal(add(file("E1", SHA_A), NULL), OK);
    assert_int_equal(add(file("ALFA", SHA_B), NULL), OK);
    assert_int_equal(add(file("E3", SHA_C), NULL), OK);
    assert_int_equal(mend_until(&desk, "F1", FINDING_ACCEPTED, "2026-03-05", NULL), OK);
    assert_int_equal(DESK(&desk, finding_implement, NULL, .finding = desk_ref("F1"), .action = 1, .has_action = true,
                          .evidence = desk_ref("E1")),
                     OK);
    /* The cooperative's policy shows something of each member. */
    assert_int_equal(DESK(&desk, evidence_link, NULL, .evidence = desk_ref("E2"), .finding = desk_ref("F1")), OK);
    assert_int_equal(DESK(&desk, evidence_link, NULL, .evidence = desk_ref("E2"), .finding = desk_ref("F4")), OK);
    refused(&desk.err, DESK(&desk, evidence_link, NULL, .evidence = desk_ref("E2"), .finding = desk_ref("F4")),
            ERR_EXISTS, "evidence", "2026-03-10");
    refused(&desk.err, DESK(&desk, evidence_link, NULL, .evidence = desk_ref("E3"), .finding = desk_ref("F4")),
            ERR_CONFLICT, "evidence", "E3 belongs neither");
    refused(&desk.err, DESK(&desk, evidence_link, NULL, .evidence = desk_ref("E9"), .finding = desk_ref("F4")),
            ERR_NOT_FOUND, "evidence", "E9");
    assert_int_equal(DESK(&desk, evidence_show, &d, .evidence = desk_ref("E2")), OK);
    assert_int_equal(d.n_links, 2);
    assert_string_equal(d.links[1].finding.text, "F4");
    assert_false(d.links[1].has_action);
    assert_int_equal(DESK(&desk, finding_show, &f, .finding = desk_ref("F1")), OK);
    assert_int_equal(f.n_evidence, 2);
    assert_string_equal(f.evidence[0].evidence.text, "E2");
    assert_int_equal(f.evidence[1].action, 1);
    assert_string_equal(f.evidence[1].title, "Water test");
    assert_int_equal(f.finding->state, FINDING_IMPLEMENTED);
}

static void test_a_refused_link_leaves_the_action_undone(void **state)
{
    (void)state;
    assert_int_equal(add(file("E3", SHA_C), NULL), OK);
    assert_int_equal(mend_until(&desk, "F1", FINDING_ACCEPTED, "2026-03-05", NULL), OK);
    refused(&desk.err,
            DESK(&desk, finding_implement, NULL, .finding = desk_ref("F1"), .action = 1, .has_action = true,
                 .evidence = desk_ref("E1")),
            ERR_CONFLICT, "evidence", "neither");
    struct finding_detail f;
    assert_int_equal(DESK(&desk, finding_show, &f, .finding = desk_ref("F1")), OK);
    assert_false(date_is_set(f.actions[0].done_on));
}

static size_t count(struct evidence_list p)
{
    struct page page;
    assert_int_equal(desk_call(&desk, METHOD_evidence_list, &p, &page), OK);
    return page.n;
}

static void test_lists_by_day(void **state)
{
    (void)state;
    struct evidence_add p = file("E1", SHA_A);
    p.expires_on = desk_day("2026-06-30");
    p.finding = desk_ref("F1");
    assert_int_equal(add(p, NULL), OK);
    assert_int_equal(add(file("ALFA", SHA_B), NULL), OK);
    desk_set_today(&desk, "2026-07-01");
    struct evidence e;
    struct evidence_list expiring = { .expiring_by = desk_day("2026-07-31") };
    assert_int_equal(count(expiring), 1);
    p = file("E1", SHA_C);
    p.replaces = desk_ref("E1");
    assert_int_equal(add(p, &e), OK);
    assert_string_equal(e.replaces.text, "E1");
    assert_int_equal(count(expiring), 0);
    expiring.as_of = desk_day("2026-06-30");
    assert_int_equal(count(expiring), 1);
    assert_int_equal(count((struct evidence_list){ .holder = desk_ref("ALFA") }), 3);
    assert_int_equal(count((struct evidence_list){ .holder = desk_ref("E1") }), 2);
    assert_int_equal(count((struct evidence_list){ .holder = desk_ref("E1"), .as_of = desk_day("2026-03-10") }), 1);
    assert_int_equal(count((struct evidence_list){ .as_of = desk_day("2026-03-09") }), 0);
    assert_int_equal(count((struct evidence_list){ .finding = desk_ref("F1") }), 1);
    assert_int_equal(count((struct evidence_list){ .kind = FILE_PHOTO }), 0);
    struct evidence_detail d;
    assert_int_equal(DESK(&desk, evidence_show, &d, .evidence = desk_ref("E1")), OK);
    assert_true(d.evidence->expired);
    assert_string_equal(d.evidence->replaced_by.text, "E3");
    assert_int_equal(DESK(&desk, evidence_show, &d, .evidence = desk_ref("E1"), .as_of = desk_day("2026-06-30")), OK);
    assert_false(d.evidence->expired);
    assert_null(d.evidence->replaced_by.text);
    refused(&desk.err, DESK(&desk, evidence_show, NULL, .evidence = desk_ref("E3"), .as_of = desk_day("2026-06-30")),
            ERR_NOT_FOUND, "as_of", "2026-07-01");
}

static void test_bad_replacements(void **state)
{
    (void)state;
    struct evidence_add p = file("E1", SHA_B);
    assert_int_equal(add(file("E1", SHA_A), NULL), OK);
    p.replaces = desk_ref("E1");
    assert_int_equal(add(p, NULL), OK);
    p = file("E1", SHA_C);
    p.replaces = desk_ref("E1");
    refused(&desk.err, add(p, NULL), ERR_CONFLICT, "replaces", "replaced by E2");
    p = file("E2", SHA_C);
    p.replaces = desk_ref("E2");
    refused(&desk.err, add(p, NULL), ERR_CONFLICT, "replaces", "another holder");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_add),          TEST(test_bad_files),
        TEST(test_links),        TEST(test_a_refused_link_leaves_the_action_undone),
        TEST(test_lists_by_day), TEST(test_bad_replacements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
