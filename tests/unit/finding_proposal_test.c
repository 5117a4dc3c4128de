/* SPDX-License-Identifier: Apache-2.0 */
/* Minor findings that come again on one requirement propose a major: of one holder, while they are open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/mend.h"
#include "tests/support/sample.h"

static struct desk desk;

/* F2: minor, on 1.3, of E1. */
static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-06-10");
    struct escalation_rule escalation = { .minors = 2, .has_minors = true, .source = "made up" };
    struct rules rules = { .escalation = &escalation };
    struct standard_publish p = sample_edition("sample", "1");
    p.rules = &rules;
    assert_int_equal(desk_call(&desk, METHOD_standard_publish, &p, NULL), OK);
    sample_publish(&desk, "lenient", "1");
    mend_people(&desk);
    assert_int_equal(DESK(&desk, coop_create, NULL, .code = "ALFA", .name = "Alfa"), OK);
    static const char *const codes[] = { "E1", "E2" };
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = codes[i], .name = "x", .activity = ACTIVITY_FARM,
                              .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-01-01")),
                         OK);
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-03-01", "1.1=M 1.2=c 1.3=m 2.1=o 2.2=c", NULL), OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static size_t proposals(const char *holder, const char *as_of, struct page *ret)
{
    assert_int_equal(DESK(&desk, finding_proposals, ret, .holder = desk_ref(holder), .as_of = desk_day(as_of)), OK);
    return ret->n;
}

static void test_proposals(void **state)
{
    (void)state;
    struct page page;
    struct finding_detail d;
    assert_int_equal(proposals("ALFA", "2026-06-10", &page), 0);                            /* F2 alone on 1.3 */
    assert_int_equal(sample_audit(&desk, "E2", "sample", "2026-04-01", "1.3=m", NULL), OK); /* F4: another's */
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-04-02", "1.3=m", NULL), OK); /* F5 */
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-04-03", "1.2=m", NULL), OK); /* F6: elsewhere */
    assert_int_equal(proposals("ALFA", "2026-04-01", &page), 0);
    assert_int_equal(proposals("ALFA", "2026-06-10", &page), 1);
    const struct proposal *p = page.rows;
    assert_string_equal(p->holder.text, "E1");
    assert_string_equal(p->edition.text, "sample:1");
    assert_string_equal(p->requirement, "1.3");
    assert_int_equal(p->minors, 2);
    assert_int_equal(p->from, 2);
    assert_string_equal(p->findings, "F2, F5");
    assert_int_equal(proposals("E2", "2026-06-10", &page), 0);
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F2")), OK);
    assert_string_equal(d.proposal->findings, "F2, F5");
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F4")), OK);
    assert_null(d.proposal);
    /* Closed, it counts no more; and a major that is open needs no proposal. */
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-04-10", "1.3=M", NULL), OK); /* F7 */
    assert_int_equal(proposals("ALFA", "2026-04-09", &page), 1);
    assert_int_equal(proposals("ALFA", "2026-04-10", &page), 0);
    assert_int_equal(mend_until(&desk, "F7", FINDING_CLOSED, "2026-04-11", NULL), OK);
    assert_int_equal(proposals("ALFA", "2026-04-11", &page), 1);
    assert_int_equal(mend_until(&desk, "F5", FINDING_CLOSED, "2026-04-12", NULL), OK);
    assert_int_equal(proposals("ALFA", "2026-04-12", &page), 0);
}

static void test_proposals_in_pages(void **state)
{
    (void)state;
    struct page page;
    assert_int_equal(sample_audit(&desk, "E2", "sample", "2026-04-01", "1.3=m 2.1=m", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E2", "sample", "2026-04-02", "1.3=m 2.1=m", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E1", "sample", "2026-04-02", "1.3=m", NULL), OK);
    struct finding_proposals p = { .page = { .limit = 1, .has_limit = true } };
    static const char *const expected[] = { "F2, F8", "F4, F6", "F5, F7" };
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(desk_call(&desk, METHOD_finding_proposals, &p, &page), OK);
        assert_int_equal(page.n, 1);
        assert_string_equal(((struct proposal *)page.rows)[0].findings, expected[i]);
        p.page.after = page.next;
    }
    assert_null(page.next);
}

static void test_an_edition_without_the_rule_proposes_nothing(void **state)
{
    (void)state;
    struct page page;
    struct finding_detail d;
    assert_int_equal(sample_audit(&desk, "E1", "lenient", "2026-04-01", "1.3=m", NULL), OK);
    assert_int_equal(sample_audit(&desk, "E1", "lenient", "2026-04-02", "1.3=m", NULL), OK);
    assert_int_equal(proposals("ALFA", "2026-06-10", &page), 0);
    assert_int_equal(DESK(&desk, finding_show, &d, .finding = desk_ref("F4")), OK);
    assert_null(d.proposal);
    assert_int_equal(DESK(&desk, finding_proposals, NULL, .as_of = desk_day("2026-06-11")), ERR_INVALID_PARAM);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_proposals),
        TEST(test_proposals_in_pages),
        TEST(test_an_edition_without_the_rule_proposes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
