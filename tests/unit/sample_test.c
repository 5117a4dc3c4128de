/* SPDX-License-Identifier: Apache-2.0 */
/* Samples of members, called as the daemon calls them: drawn, shown, listed, verified, refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/drawing.h"
#include "tests/support/expect.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct desk desk;

static int open_desk(void **state)
{
    (void)state;
    drawing_start(&desk);
    return 0;
}

static int close_desk(void **state)
{
    (void)state;
    desk_stop(&desk);
    return 0;
}

static const char other_seed[] = "ffeeddccbbaa99887766554433221100FFEEDDCCBBAA99887766554433221100";

static struct date maybe(const char *day)
{
    return day != NULL ? desk_day(day) : (struct date){ 0 };
}

static int show(const char *sample, const char *as_of, struct sample_detail *ret)
{
    return DESK(&desk, sample_show, ret, .sample = desk_ref(sample), .as_of = maybe(as_of));
}

static void test_draw(void **state)
{
    (void)state;
    struct sample_detail d, shown;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, DRAWING_SEED, &d));
    assert_string_equal(d.sample->sample.text, "S1");
    assert_string_equal(d.sample->cooperative.text, "ALFA");
    assert_string_equal(d.sample->edition.text, "ruled:1");
    assert_int_equal(d.sample->population, DRAWING_MEMBERS);
    assert_int_equal(d.sample->size, 5);
    assert_int_equal(d.sample->drawn, 5);
    assert_int_equal(d.sample->mandatory, 0);
    assert_int_equal(d.sample->seed_from, SEED_GIVEN);
    assert_string_equal(d.sample->seed, DRAWING_SEED);
    assert_string_equal(d.sample->drawn_by, "root");
    assert_string_equal(d.caution, "Only of one system.");
    assert_int_equal(d.rule->root, 1);
    assert_int_equal(d.n_members, 5);
    for (size_t i = 0; i < d.n_members; i++) {
        assert_int_equal(d.members[i].why, STRATUM_RANDOM);
        assert_int_equal(d.members[i].state, SAMPLED_PENDING);
    }
    /* Golden: the first five of SHA-256(seed ‖ code) ascending, computed apart. */
    static const char *const first[] = { "E10", "E09", "E22", "E15", "E08" };
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(d.members[i].enterprise.text, first[i]);
    must(&desk.err, show("S1", NULL, &shown));
    assert_int_equal(shown.n_population, DRAWING_MEMBERS);
    assert_string_equal(shown.population[24].enterprise.text, "E25");
    assert_string_equal(shown.caution, "Only of one system.");
    assert_int_equal(shown.n_members, 5);
    assert_true(drawing_is_same(&desk, "S1"));
}

static void test_seeds(void **state)
{
    (void)state;
    struct sample_detail d[4];
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, DRAWING_SEED, &d[0]));
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, other_seed, &d[1]));
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, NULL, &d[2]));
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, NULL, &d[3]));
    assert_string_equal(d[1].sample->seed, "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100");
    for (size_t i = 2; i < 4; i++)
        assert_int_equal(d[i].sample->seed_from, SEED_FROM_JOURNAL);
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(d[i].sample->seed, d[j].sample->seed);
    assert_true(drawing_is_same(&desk, "S2"));
    assert_true(drawing_is_same(&desk, "S3"));
    assert_true(drawing_is_same(&desk, "S4"));
}

static void test_a_repeated_request_draws_once(void **state)
{
    (void)state;
    static const char request[] = "019ab5c2-9f3e-7c41-8a77-0242ac120002";
    struct sample_detail a, b;
    struct page page;
    for (int i = 0; i < 2; i++)
        must(&desk.err, DESK(&desk, sample_draw, i == 0 ? &a : &b, .write = { .request = request },
                             .cooperative = desk_ref("ALFA"), .edition = desk_ref("ruled"), .purpose = SAMPLE_INITIAL));
    assert_string_equal(a.sample->seed, b.sample->seed);
    must(&desk.err, DESK(&desk, sample_list, &page, .page = { 0 }));
    assert_int_equal(page.n, 1);
}

/* Once a newer edition is obligatory, the next audit is not against the old one. */
static void test_edition_that_gave_way(void **state)
{
    (void)state;
    struct standard_publish next = sample_edition("ruled", "2");
    next.valid_from = desk_day("2026-02-01");
    next.obligatory_from = desk_day("2026-03-05");
    must(&desk.err, desk_call(&desk, METHOD_standard_publish, &next, NULL));
    refused(&desk.err,
            DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("ALFA"), .edition = desk_ref("ruled:1"),
                 .purpose = SAMPLE_INITIAL, .on = desk_day("2026-03-05")),
            ERR_CONFLICT, "edition", "ruled:1 was replaced by a newer edition on 2026-03-05");
    must(&desk.err, DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("ALFA"), .edition = desk_ref("ruled:1"),
                         .purpose = SAMPLE_INITIAL, .on = desk_day("2026-03-04")));
}

static void test_draws_refused(void **state)
{
    (void)state;
    refused(&desk.err, drawing_draw(&desk, SAMPLE_RECERTIFICATION, NULL, NULL, NULL), ERR_CONFLICT, "purpose",
            "initial, surveillance");
    refused(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2026-03-11", NULL, NULL), ERR_INVALID_PARAM, "on",
            "future");
    refused(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2024-12-31", NULL, NULL), ERR_CONFLICT, "cooperative",
            "no members on 2024");
    refused(&desk.err,
            drawing_draw(&desk, SAMPLE_INITIAL, NULL,
                         "zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", NULL),
            ERR_INVALID_PARAM, "seed", "64 hexadecimal");
    refused(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, "0011", NULL), ERR_INVALID_PARAM, "seed", "64");
    refused(&desk.err,
            DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("ALFA"), .edition = desk_ref("free"),
                 .purpose = SAMPLE_INITIAL),
            ERR_CONFLICT, "edition", "no sampling rule");
    refused(&desk.err,
            DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("BETA"), .edition = desk_ref("ruled"),
                 .purpose = SAMPLE_INITIAL),
            ERR_CONFLICT, "cooperative", "BETA has no members");
    must(&desk.err, DESK(&desk, coop_end, NULL, .cooperative = desk_ref("BETA"), .on = desk_day("2026-03-01")));
    refused(&desk.err,
            DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("BETA"), .edition = desk_ref("ruled"),
                 .purpose = SAMPLE_INITIAL),
            ERR_CONFLICT, "cooperative", "ended on 2026-03-01");
    struct page page;
    must(&desk.err, DESK(&desk, sample_list, &page, .page = { 0 }));
    assert_int_equal(page.n, 0); /* nothing of what was refused stayed */
    assert_int_equal(show("S1", NULL, NULL), ERR_NOT_FOUND);
}

/* Who is sampled is not for the cooperative to draw; who audits elsewhere sees nothing here. */
static void test_who_may(void **state)
{
    (void)state;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, DRAWING_SEED, NULL));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "1001", .role = ROLE_MANAGER, .cooperative = desk_ref("ALFA")));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "1002", .role = ROLE_AUDITOR, .cooperative = desk_ref("BETA")));
    must(&desk.err,
         DESK(&desk, grant_add, NULL, .user = "1003", .role = ROLE_AUDITOR, .cooperative = desk_ref("ALFA")));
    desk_as_user(&desk, "boss", 1001);
    assert_int_equal(drawing_draw(&desk, SAMPLE_INITIAL, NULL, NULL, NULL), ERR_DENIED);
    assert_int_equal(show("S1", NULL, NULL), OK);
    desk_as_user(&desk, "away", 1002);
    refused(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, NULL, NULL), ERR_NOT_FOUND, "cooperative", "scope");
    refused(&desk.err, show("S1", NULL, NULL), ERR_NOT_FOUND, "sample", "scope");
    struct page page;
    must(&desk.err, DESK(&desk, sample_list, &page, .page = { 0 }));
    assert_int_equal(page.n, 0);
    desk_as_user(&desk, "here", 1003);
    struct sample_detail d;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, NULL, &d));
    assert_string_equal(d.sample->drawn_by, "here");
}

static void test_list(void **state)
{
    (void)state;
    struct page page;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2026-01-10", DRAWING_SEED, NULL));
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, "2026-02-10", DRAWING_SEED, NULL));
    static const struct {
        enum sample_purpose purpose;
        const char *as_of;
        size_t n;
    } cases[] = { { 0, NULL, 2 }, { SAMPLE_SURVEILLANCE, NULL, 1 }, { 0, "2026-02-09", 1 }, { 0, "2026-01-09", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        must(&desk.err, DESK(&desk, sample_list, &page, .cooperative = desk_ref("ALFA"), .edition = desk_ref("ruled"),
                             .purpose = cases[i].purpose, .as_of = maybe(cases[i].as_of)));
        assert_int_equal(page.n, cases[i].n);
    }
    must(&desk.err, DESK(&desk, sample_list, &page, .cooperative = desk_ref("BETA")));
    assert_int_equal(page.n, 0);
    must(&desk.err, DESK(&desk, sample_list, &page, .page = { .limit = 1, .has_limit = true }));
    assert_string_equal(page.next, "S1");
}

/* Behind the daemon's back, as somebody would who wants another list. */
static void tamper(const char *sql, const char *sample)
{
    char path[128];
    sqlite3 *db;
    sqlite3_stmt *q;
    snprintf(path, sizeof path, "%s/smed.db", desk.directory);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    sqlite3_bind_int64(q, 1, strtoll(sample + 1, NULL, 10));
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_finalize(q);
    assert_int_equal(sqlite3_changes(db), 1);
    sqlite3_close(db);
}

static void test_verify_finds_changes(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *first;
    } changes[] = {
        { "UPDATE sample SET size = size + 1 WHERE id = ?1", "the size is 6, but the rule says 5" },
        { "UPDATE sample SET mandatory = 1 WHERE id = ?1", "mandatory" },
        { "UPDATE sample SET seed = lower(hex(zeroblob(32))) WHERE id = ?1", "derived from the journal" },
        { "UPDATE sample SET journal_seq = 1 WHERE id = ?1", "derived from the journal" },
        { "UPDATE sample_member SET enterprise_id = 1 WHERE number = 3 AND sample_id = ?1", "place 3 has ALFA" },
        { "UPDATE sample_member SET why = 'new_member' WHERE number = 2 AND sample_id = ?1",
          "should be drawn as random" },
        { "DELETE FROM sample_member WHERE number = 5 AND sample_id = ?1", "but is not in the list" },
        { "INSERT INTO sample_member SELECT sample_id, 6, 1, 'random', from_on, NULL, NULL, 'x' FROM sample_member"
          " WHERE number = 5 AND sample_id = ?1",
          "ALFA is in the list, but should not be drawn" },
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct sample_detail d;
        struct sample_check check;
        must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, NULL, &d));
        assert_true(drawing_is_same(&desk, d.sample->sample.text));
        tamper(changes[i].sql, d.sample->sample.text);
        must(&desk.err, DESK(&desk, sample_verify, &check, .sample = d.sample->sample));
        assert_false(check.same);
        if (strstr(check.first, changes[i].first) == NULL)
            fprintf(stderr, "%s\n", check.first);
        assert_non_null(strstr(check.first, changes[i].first));
    }
}

/* One answer holds the population, so that it can be checked: no more than that is drawn from. */
static void test_the_largest_population(void **state)
{
    (void)state;
    char path[128];
    sqlite3 *db;
    snprintf(path, sizeof path, "%s/smed.db", desk.directory);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    /* BETA gets 100,001 members, which would take long one by one. */
    static const char crowd[] =
        "BEGIN;"
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001)"
        " INSERT INTO holder (id, kind, code, name, activity)"
        " SELECT 1000 + i, 'enterprise', 'X' || i, 'x', 'farm' FROM n;"
        "INSERT INTO membership (id, cooperative_id, enterprise_id, joined_on)"
        " SELECT h.id, (SELECT id FROM holder WHERE code = 'BETA'), h.id, '2025-01-01' FROM holder h WHERE h.id > 1000;"
        "COMMIT";
    assert_int_equal(sqlite3_exec(db, crowd, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    refused(&desk.err,
            DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("BETA"), .edition = desk_ref("ruled"),
                 .purpose = SAMPLE_INITIAL),
            ERR_TOO_BIG, "cooperative", "at most 100000 members");
    must(&desk.err, DESK(&desk, member_leave, NULL, .cooperative = desk_ref("BETA"), .enterprise = desk_ref("X100001"),
                         .on = desk_day("2026-03-10")));
    must(&desk.err, DESK(&desk, sample_draw, NULL, .cooperative = desk_ref("BETA"), .edition = desk_ref("ruled"),
                         .purpose = SAMPLE_INITIAL));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_draw),
        TEST(test_seeds),
        TEST(test_a_repeated_request_draws_once),
        TEST(test_draws_refused),
        TEST(test_who_may),
        TEST(test_list),
        TEST(test_verify_finds_changes),
        TEST(test_edition_that_gave_way),
        TEST(test_the_largest_population),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
