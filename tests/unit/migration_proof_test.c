/* SPDX-License-Identifier: Apache-2.0 */
/* Bad news carried over to another edition yields only to an audit at least as independent, of the day it was seen or
 * later, in whatever order they were recorded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/expect.h"
#include "tests/support/moving.h"

#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    moving_open(&desk);
    struct map_row row = { .from = "1.1", .to = "1.1", .relation = MAP_EQUAL };
    assert_int_equal(DESK(&desk, map_publish, NULL, .from = desk_ref("one:1"), .to = desk_ref("two:1"),
                          .source = "made up", .rows = &row, .n_rows = 1),
                     OK);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    moving_close(&desk);
    return 0;
}

static void audit_as(enum audit_kind kind, const char *edition, const char *on, const char *results)
{
    size_t n;
    const struct response *rows = sample_responses(results, &n);
    struct response copy[SAMPLE_ASSESSABLE];
    memcpy(copy, rows, n * sizeof *rows);
    assert_int_equal(DESK(&desk, audit_record, NULL, .holder = desk_ref("E1"), .edition = desk_ref(edition),
                          .kind = kind, .on = desk_day(on), .responses = copy, .n_responses = n, .again = true,
                          .has_again = true),
                     OK);
}

/* A migration carries over as much as its preview says, and its verdict is that of the standing then. */
static void migrate_as_previewed(int64_t carried, int64_t findings)
{
    struct migration_detail preview, done;
    struct edition_migration m;
    assert_int_equal(DESK(&desk, standard_preview, &preview, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                          .to = desk_ref("two:1")),
                     OK);
    assert_int_equal(preview.migration->carried, carried);
    assert_int_equal(preview.migration->findings, findings);
    enum verdict after = preview.holders[1].after;
    if (carried == 0) {
        refused(&desk.err, moving_migrate(&desk, "one:1", "two:1", NULL), ERR_CONFLICT, "from",
                "no result of one:1 adds anything");
    } else {
        assert_int_equal(moving_migrate(&desk, "one:1", "two:1", &m), OK);
        assert_int_equal(m.carried, carried);
        assert_int_equal(m.findings, findings);
        assert_int_equal(DESK(&desk, standard_migration, &done, .migration = desk_ref(m.migration.text)), OK);
        assert_int_equal(done.holders[1].after, after);
    }
    assert_int_equal(moving_standing(&desk, "E1", "two", NULL).verdict, after);
}

static const char all_well[] = "1.1=c 1.2=c 1.3=c 2.1=c 2.2=c 2.3=c";

static void is_still_failed(void)
{
    struct standing s = moving_standing(&desk, "E1", "two", NULL);
    assert_int_equal(s.verdict, VERDICT_NOT_READY);
    assert_int_equal(s.nonconforming, 1);
    assert_int_equal(s.major, 1);
}

/* Whoever says so first: what an auditor found is not talked away in a new edition. */
static void test_bad_news_before_weaker_good_news(void **state)
{
    (void)state;
    audit_as(AUDIT_STAGE_2, "one", "2026-02-01", "1.1=M");
    audit_as(AUDIT_SELF_ASSESSMENT, "two", "2026-03-01", all_well);
    migrate_as_previewed(1, 1);
    is_still_failed();
    refused(&desk.err, moving_migrate(&desk, "one:1", "two:1", NULL), ERR_CONFLICT, "to",
            "R1 already migrated the results of A");
    audit_as(AUDIT_SELF_ASSESSMENT, "two", "2026-03-10", all_well);
    is_still_failed();
    assert_int_equal(moving_rollback(&desk, "R1", NULL), OK);
    assert_int_equal(moving_standing(&desk, "E1", "two", NULL).verdict, VERDICT_READY);
}

static void test_weaker_good_news_before_bad_news(void **state)
{
    (void)state;
    audit_as(AUDIT_SELF_ASSESSMENT, "two", "2026-01-20", all_well);
    audit_as(AUDIT_STAGE_2, "one", "2026-02-01", "1.1=M");
    migrate_as_previewed(1, 1);
    is_still_failed();
}

static void test_weaker_good_news_after_a_migration(void **state)
{
    (void)state;
    audit_as(AUDIT_STAGE_2, "one", "2026-02-01", "1.1=M");
    migrate_as_previewed(1, 1);
    audit_as(AUDIT_SELF_ASSESSMENT, "two", "2026-03-01", all_well);
    is_still_failed();
}

/* Of the day it was found, or later, an audit as independent keeps its word, recorded before the migration or after. */
static void test_bad_news_yields_to_an_auditor(void **state)
{
    (void)state;
    audit_as(AUDIT_STAGE_2, "one", "2026-02-01", "1.1=M");
    audit_as(AUDIT_STAGE_2, "two", "2026-02-01", all_well);
    migrate_as_previewed(0, 0);
    assert_int_equal(moving_standing(&desk, "E1", "two", NULL).verdict, VERDICT_READY);
}

static void test_bad_news_does_not_yield_to_an_older_audit(void **state)
{
    (void)state;
    audit_as(AUDIT_STAGE_2, "one", "2026-02-01", "1.1=M");
    audit_as(AUDIT_STAGE_2, "two", "2026-01-31", all_well);
    migrate_as_previewed(1, 1);
    is_still_failed();
}

static void test_audits_recorded_after_a_migration(void **state)
{
    (void)state;
    audit_as(AUDIT_STAGE_2, "one", "2026-02-01", "1.1=M");
    migrate_as_previewed(1, 1);
    audit_as(AUDIT_STAGE_2, "two", "2026-01-31", all_well);
    is_still_failed();
    audit_as(AUDIT_STAGE_2, "two", "2026-02-01", all_well);
    assert_int_equal(moving_standing(&desk, "E1", "two", NULL).nonconforming, 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_bad_news_before_weaker_good_news),          TEST(test_weaker_good_news_before_bad_news),
        TEST(test_weaker_good_news_after_a_migration),        TEST(test_bad_news_yields_to_an_auditor),
        TEST(test_bad_news_does_not_yield_to_an_older_audit), TEST(test_audits_recorded_after_a_migration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
