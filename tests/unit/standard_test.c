/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing editions: each mistake refused with its field, the same again unchanged, anything else a conflict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/sample.h"

#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    desk_start(&desk, "2026-03-10");
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static int publish(const struct standard_publish *p, struct edition *ret)
{
    return desk_call(&desk, METHOD_standard_publish, p, ret);
}

static void not_published(const struct standard_publish *p, int code, const char *field)
{
    refused(&desk.err, publish(p, NULL), code, field, NULL);
    struct page standards;
    assert_int_equal(DESK(&desk, standard_list, &standards, .page = { 0 }), OK);
    assert_int_equal(standards.n, 0);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct edition edition;
    struct edition_detail detail;
    struct standard_publish p = sample_edition("sample", "1");
    p.valid_from = desk_day("2020-01-01");
    assert_int_equal(publish(&p, &edition), OK);
    assert_string_equal(edition.edition.text, "sample:1");
    assert_int_equal(edition.requirements, SAMPLE_ASSESSABLE);

    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample")), OK);
    assert_int_equal(detail.n_requirements, SAMPLE_REQUIREMENTS);
    assert_int_equal(detail.n_pass, SAMPLE_CLAUSES);
    assert_string_equal(detail.requirements[1].code, "1.1");
    assert_string_equal(detail.requirements[1].parent, "S1");
    assert_true(detail.requirements[1].assessable);
    assert_false(detail.requirements[0].assessable);
    assert_true(detail.requirements[2].na_allowed);
    assert_string_equal(detail.requirements[4].texts[0].title, "Paper");
    assert_int_equal(detail.pass[1].at_least, 2);
}

static void test_languages(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sample", "1");
    struct requirement_text texts[] = { { .lang = "pt", .title = "Local" }, { .lang = "en", .title = "Place" } };
    struct edition_detail detail;
    p.requirements[0].texts = texts;
    p.requirements[0].n_texts = 2;
    assert_int_equal(publish(&p, NULL), OK);
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample"), .lang = "pt"), OK);
    assert_int_equal(detail.requirements[0].n_texts, 1);
    assert_string_equal(detail.requirements[0].texts[0].title, "Local");
    assert_string_equal(detail.requirements[1].texts[0].lang, "en");
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample"), .lang = "fr"), OK);
    assert_string_equal(detail.requirements[0].texts[0].title, "Place");
}

static void test_published_twice(void **state)
{
    (void)state;
    struct chain_head before, after;
    struct edition edition;
    struct standard_publish p = sample_edition("sample", "1");
    struct requirement_text texts[] = { { .lang = "pt", .title = "Local" }, { .lang = "en", .title = "Place" } };
    struct requirement_text turned[] = { texts[1], texts[0] };
    p.requirements[0].texts = texts;
    p.requirements[0].n_texts = 2;
    assert_int_equal(publish(&p, NULL), OK);
    assert_int_equal(DESK(&desk, journal_head, &before, .page = { 0 }), OK);
    p.requirements[0].texts = turned;
    p.requirements[1].assessable = p.requirements[1].has_assessable = true;
    p.requirements[1].gate = false;
    p.requirements[1].has_gate = true;
    assert_int_equal(publish(&p, &edition), OK);
    assert_string_equal(edition.edition.text, "sample:1");
    assert_int_equal(DESK(&desk, journal_head, &after, .page = { 0 }), OK);
    assert_int_equal(before.seq, after.seq);

    p.requirements[7].level = LEVEL_MINOR;
    assert_int_equal(publish(&p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "edition");
    p = sample_edition("sample", "1");
    p.pass[1].at_least = 1;
    assert_int_equal(publish(&p, NULL), ERR_CONFLICT);
    p = sample_edition("sample", "1");
    p.source = "elsewhere";
    assert_int_equal(publish(&p, NULL), ERR_CONFLICT);
    p = sample_edition("sample", "2");
    p.owner = "them";
    assert_int_equal(publish(&p, NULL), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "owner");
}

static void test_newest_edition(void **state)
{
    (void)state;
    struct page page;
    struct edition_detail detail;
    struct standard_publish p = sample_edition("sample", "new");
    p.valid_from = desk_day("2025-01-01");
    assert_int_equal(publish(&p, NULL), OK);
    p = sample_edition("sample", "old");
    p.valid_from = desk_day("2015-01-01");
    assert_int_equal(publish(&p, NULL), OK);
    assert_int_equal(DESK(&desk, standard_list, &page, .page = { 0 }), OK);
    assert_int_equal(page.n, 1);
    const struct standard *standard = page.rows;
    assert_string_equal(standard->edition.text, "sample:new");
    assert_int_equal(standard->editions, 2);
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample")), OK);
    assert_string_equal(detail.edition->edition.text, "sample:new");

    assert_int_equal(DESK(&desk, standard_editions, &page, .page = { .limit = 1, .has_limit = true }), OK);
    assert_int_equal(page.n, 1);
    assert_string_equal(page.next, "sample:new");
    assert_int_equal(
        DESK(&desk, standard_editions, &page, .standard = desk_ref("sample"), .page = { .after = page.next }), OK);
    assert_int_equal(page.n, 1);
    assert_string_equal(((const struct edition *)page.rows)->edition.text, "sample:old");
    assert_null(page.next);
}

/* What "sample" stands for on a day, and the day the one it stands for was replaced on. */
static const char *newest_on(const char *as_of, struct edition *ret)
{
    struct edition_detail detail;
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample"), .as_of = desk_day(as_of)), OK);
    *ret = *detail.edition;
    return ret->edition.text;
}

static void test_an_edition_to_come_is_not_the_newest(void **state)
{
    (void)state;
    struct page page;
    struct edition e;
    struct audit audit;
    struct standard_publish p = sample_edition("sample", "old");
    p.valid_from = desk_day("2015-01-01");
    assert_int_equal(publish(&p, NULL), OK);
    desk_set_today(&desk, "2026-03-20");
    p = sample_edition("sample", "new");
    p.valid_from = desk_day("2026-06-01");
    p.obligatory_from = desk_day("2026-09-01");
    assert_int_equal(publish(&p, NULL), OK);

    assert_string_equal(newest_on("2026-03-20", &e), "sample:old");
    assert_string_equal(e.replaced_by.text, "sample:new");
    assert_int_equal(e.replaced_from.day, desk_day("2026-09-01").day);
    assert_string_equal(newest_on("2026-03-10", &e), "sample:old");
    assert_null(e.replaced_by.text); /* nobody knew of the new one */
    assert_int_equal(DESK(&desk, standard_list, &page, .page = { 0 }), OK);
    assert_string_equal(((const struct standard *)page.rows)->edition.text, "sample:old");
    assert_int_equal(DESK(&desk, standard_editions, &page, .as_of = desk_day("2026-03-10")), OK);
    assert_int_equal(page.n, 1);
    assert_int_equal(DESK(&desk, standard_list, &page, .as_of = desk_day("2026-03-09")), OK);
    assert_int_equal(page.n, 0);

    desk_set_today(&desk, "2026-06-01");
    assert_string_equal(newest_on("2026-06-01", &e), "sample:new");
    assert_null(e.replaced_by.text);
    assert_string_equal(newest_on("2026-05-31", &e), "sample:old");
    assert_int_equal(DESK(&desk, standard_list, &page, .page = { 0 }), OK);
    assert_string_equal(((const struct standard *)page.rows)->edition.text, "sample:new");

    /* An audit of an earlier day was made against the edition of that day. */
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E", .name = "x", .activity = ACTIVITY_FARM), OK);
    assert_int_equal(sample_audit(&desk, "E", "sample", "2026-05-31", "1.1=c", &audit), OK);
    assert_string_equal(audit.edition.text, "sample:old");
    assert_int_equal(sample_audit(&desk, "E", "sample", "2026-06-01", "1.1=c", &audit), OK);
    assert_string_equal(audit.edition.text, "sample:new");
}

static void test_an_edition_ends(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sample", "old");
    assert_int_equal(publish(&p, NULL), OK);
    p = sample_edition("sample", "new");
    p.valid_from = desk_day("2026-01-01");
    p.obligatory_from = desk_day("2026-03-01");
    p.valid_until = desk_day("2026-03-05");
    assert_int_equal(publish(&p, NULL), OK);
    assert_int_equal(DESK(&desk, enterprise_create, NULL, .code = "E", .name = "x", .activity = ACTIVITY_FARM), OK);
    struct ref e = desk_ref("E");
    assert_int_equal(
        DESK(&desk, pursuit_enrol, NULL, .holder = e, .edition = desk_ref("sample:old"), .on = desk_day("2026-03-01")),
        ERR_CONFLICT);
    assert_string_equal(desk.err.field, "edition");
    assert_non_null(strstr(desk.err.message, "was replaced by a newer edition on 2026-03-01"));
    assert_int_equal(DESK(&desk, pursuit_enrol, NULL, .holder = e, .edition = desk_ref("sample:new")), ERR_CONFLICT);
    assert_non_null(strstr(desk.err.message, "was valid until 2026-03-05"));
    assert_int_equal(sample_audit(&desk, "E", "sample:old", "2026-03-01", "1.1=c", NULL), ERR_CONFLICT);
    assert_int_equal(
        DESK(&desk, pursuit_enrol, NULL, .holder = e, .edition = desk_ref("sample:old"), .on = desk_day("2026-02-28")),
        OK);
    /* One may set out for an edition before its first day. */
    assert_int_equal(
        DESK(&desk, pursuit_enrol, NULL, .holder = e, .edition = desk_ref("sample:new"), .on = desk_day("2025-12-01")),
        OK);
}

static void test_bad_codes(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sam ple", "1");
    not_published(&p, ERR_INVALID_PARAM, "standard");
    p = sample_edition("sample", "1:2");
    not_published(&p, ERR_INVALID_PARAM, "edition");
    p = sample_edition("sample", "1");
    p.requirements[3].code = "1.1";
    not_published(&p, ERR_INVALID_PARAM, "requirements[3].code");
}

static void test_bad_outline(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sample", "1");
    p.requirements[1].parent = "S2";
    not_published(&p, ERR_INVALID_PARAM, "requirements[1].parent");
    p = sample_edition("sample", "1");
    p.requirements[1].parent = "S9";
    not_published(&p, ERR_INVALID_PARAM, "requirements[1].parent");
    p = sample_edition("sample", "1");
    p.requirements[7].parent = "S1";
    not_published(&p, ERR_INVALID_PARAM, "requirements[7].parent");
    p = sample_edition("sample", "1");
    p.requirements[5].n_texts = 0;
    not_published(&p, ERR_INVALID_PARAM, "requirements[5].texts");
    p = sample_edition("sample", "1");
    for (size_t i = 0; i < p.n_requirements; i++) {
        p.requirements[i].level = 0;
        p.requirements[i].has_na_allowed = p.requirements[i].na_allowed = false;
    }
    not_published(&p, ERR_INVALID_PARAM, "requirements");
}

static void test_bad_weights(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sample", "1");
    p.requirements[0].assessable = p.requirements[0].has_assessable = true;
    not_published(&p, ERR_INVALID_PARAM, "requirements[0].level");
    p = sample_edition("sample", "1");
    p.requirements[1].has_assessable = true;
    not_published(&p, ERR_INVALID_PARAM, "requirements[1].level");
    p = sample_edition("sample", "1");
    p.requirements[1].level = LEVEL_POINTS;
    not_published(&p, ERR_INVALID_PARAM, "requirements[1].points");
    p = sample_edition("sample", "1");
    p.requirements[1].points = 5;
    p.requirements[1].has_points = true;
    not_published(&p, ERR_INVALID_PARAM, "requirements[1].points");
    p = sample_edition("sample", "1");
    p.requirements[0].gate = p.requirements[0].has_gate = true;
    not_published(&p, ERR_INVALID_PARAM, "requirements[0].gate");
}

static void test_bad_rules(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sample", "1");
    p.n_pass = 0;
    not_published(&p, ERR_INVALID_PARAM, "pass");
    p = sample_edition("sample", "1");
    p.pass[1].has_at_least = false;
    not_published(&p, ERR_INVALID_PARAM, "pass[1].at_least");
    p = sample_edition("sample", "1");
    p.pass[1].at_least = 4;
    not_published(&p, ERR_INVALID_PARAM, "pass[1].at_least");
    p = sample_edition("sample", "1");
    p.pass[1].section = "S9";
    not_published(&p, ERR_INVALID_PARAM, "pass[1].section");
    p = sample_edition("sample", "1");
    p.pass[1].section = "1.1";
    not_published(&p, ERR_INVALID_PARAM, "pass[1].section");
    p = sample_edition("sample", "1");
    p.pass[2].class = 0;
    not_published(&p, ERR_INVALID_PARAM, "pass[2].class");
    p = sample_edition("sample", "1");
    p.pass[0].class = CLASS_MINOR;
    not_published(&p, ERR_INVALID_PARAM, "pass[0].class");
    /* What asks of no requirement would hold where nobody looked: findings alone, gates where there are none. */
    p = sample_edition("sample", "1");
    p.pass = &p.pass[2];
    p.n_pass = 1;
    not_published(&p, ERR_INVALID_PARAM, "pass");
    p = sample_edition("sample", "1");
    p.pass[0] = (struct pass_clause){ .kind = CLAUSE_GATES };
    p.n_pass = 1;
    not_published(&p, ERR_INVALID_PARAM, "pass");
}

static void test_bad_dates(void **state)
{
    (void)state;
    struct standard_publish p = sample_edition("sample", "1");
    p.valid_from = desk_day("2026-01-01");
    p.valid_until = desk_day("2025-01-01");
    not_published(&p, ERR_INVALID_PARAM, "valid_until");
    p.valid_until = (struct date){ 0 };
    p.obligatory_from = desk_day("2025-01-01");
    not_published(&p, ERR_INVALID_PARAM, "obligatory_from");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),      TEST(test_languages),
        TEST(test_published_twice), TEST(test_newest_edition),
        TEST(test_bad_codes),       TEST(test_bad_outline),
        TEST(test_bad_weights),     TEST(test_bad_rules),
        TEST(test_bad_dates),       TEST(test_an_edition_to_come_is_not_the_newest),
        TEST(test_an_edition_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
