/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a sample: visits, and members that take the place of others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/drawing.h"
#include "tests/support/expect.h"

#include <string.h>

#define SIXTH "E06" /* of the order that the seed makes */
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

static struct date maybe(const char *day)
{
    return day != NULL ? desk_day(day) : (struct date){ 0 };
}

static int show(const char *sample, const char *as_of, struct sample_detail *ret)
{
    return DESK(&desk, sample_show, ret, .sample = desk_ref(sample), .as_of = maybe(as_of));
}

static int substitute(const char *enterprise, const char *by, const char *on, struct sampled_member *ret)
{
    return DESK(&desk, sample_substitute, ret, .sample = desk_ref("S1"), .enterprise = desk_ref(enterprise),
                .by = { .text = by }, .reason = "the road is flooded", .on = maybe(on));
}

static void test_visits(void **state)
{
    (void)state;
    struct sample_detail d;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2026-01-10", DRAWING_SEED, &d));
    const char *code = d.members[0].enterprise.text;
    drawing_visit(&desk, code, "2026-01-09");
    must(&desk.err, show("S1", NULL, &d));
    assert_int_equal(d.sample->visited, 0); /* before the draw */
    drawing_visit(&desk, code, "2026-01-20");
    must(&desk.err, show("S1", "2026-01-19", &d));
    assert_int_equal(d.sample->visited, 0);
    assert_int_equal(drawing_member(&d, code)->state, SAMPLED_PENDING);
    must(&desk.err, show("S1", "2026-01-20", &d));
    assert_int_equal(d.sample->visited, 1);
    assert_int_equal(drawing_member(&d, code)->state, SAMPLED_VISITED);
    assert_string_equal(drawing_member(&d, code)->audit.text, "A2");
    assert_int_equal(drawing_member(&d, code)->visited_on.day, desk_day("2026-01-20").day);
    /* After the next sample of the series, a visit is that one's. */
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, "2026-02-01", DRAWING_SEED, NULL));
    drawing_visit(&desk, d.members[1].enterprise.text, "2026-02-02");
    must(&desk.err, show("S1", NULL, &d));
    assert_int_equal(d.sample->visited, 1);
    assert_int_equal(show("S1", "2026-01-09", &d), ERR_NOT_FOUND);
    assert_string_equal(desk.err.field, "as_of");
}

static void test_substitute(void **state)
{
    (void)state;
    struct sample_detail d;
    struct sampled_member m;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2026-01-10", DRAWING_SEED, &d));
    const char *gone = d.members[0].enterprise.text;
    must(&desk.err, substitute(gone, NULL, "2026-01-15", &m));
    assert_string_equal(m.enterprise.text, SIXTH); /* the next in the order */
    assert_int_equal(m.why, STRATUM_NEXT);
    assert_string_equal(m.replaces.text, gone);
    assert_string_equal(m.reason, "the road is flooded");
    const char *sixth = m.enterprise.text;
    must(&desk.err, show("S1", "2026-01-14", &d));
    assert_int_equal(d.n_members, 5);
    assert_int_equal(drawing_member(&d, gone)->state, SAMPLED_PENDING);
    must(&desk.err, show("S1", NULL, &d));
    assert_int_equal(d.n_members, 6);
    assert_int_equal(drawing_member(&d, gone)->state, SAMPLED_SUBSTITUTED);
    assert_string_equal(drawing_member(&d, gone)->replaced_by.text, sixth);
    assert_true(drawing_is_same(&desk, "S1"));

    /* By name; the replacement of a replacement. */
    const char *named = drawing_member(&d, "E01") == NULL ? "E01" : "E02";
    must(&desk.err, substitute(sixth, named, NULL, &m));
    assert_int_equal(m.why, STRATUM_NAMED);
    assert_string_equal(m.replaces.text, sixth);
    drawing_visit(&desk, named, "2026-03-10");
    must(&desk.err, show("S1", NULL, &d));
    assert_int_equal(d.sample->visited, 1);
    /* Who was put in the place of another counts as in the last sample; who left it does not. */
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, DRAWING_SEED, NULL));
    must(&desk.err, show("S2", NULL, &d));
    for (size_t i = 0; i < d.n_population; i++) {
        const char *code = d.population[i].enterprise.text;
        if (strcmp(code, gone) == 0 || strcmp(code, sixth) == 0)
            assert_true(d.population[i].not_visited);
        if (strcmp(code, named) == 0)
            assert_false(d.population[i].not_visited);
    }
}

static void test_substitutions_refused(void **state)
{
    (void)state;
    struct sample_detail d;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, "2026-01-10", DRAWING_SEED, &d));
    const char *a = d.members[0].enterprise.text, *b = d.members[1].enterprise.text;
    const char *out = drawing_member(&d, "E01") == NULL ? "E01" : "E02";
    refused(&desk.err, substitute(out, NULL, NULL, NULL), ERR_CONFLICT, "enterprise", "is not in S1");
    refused(&desk.err, substitute(a, b, NULL, NULL), ERR_CONFLICT, "by", "in S1");
    refused(&desk.err, substitute(a, NULL, "2026-01-09", NULL), ERR_CONFLICT, "on", "drawn on 2026-01-10");
    refused(&desk.err, substitute(a, NULL, "2026-03-11", NULL), ERR_INVALID_PARAM, "on", "future");
    must(&desk.err, DESK(&desk, enterprise_create, NULL, .code = "LATE", .name = "x", .activity = ACTIVITY_FARM,
                         .cooperative = desk_ref("ALFA"), .joined_on = desk_day("2026-01-11")));
    refused(&desk.err, substitute(a, "LATE", NULL, NULL), ERR_CONFLICT, "by", "not in the population");
    must(&desk.err, DESK(&desk, member_leave, NULL, .cooperative = desk_ref("ALFA"), .enterprise = desk_ref(out),
                         .on = desk_day("2026-02-01")));
    refused(&desk.err, substitute(a, out, NULL, NULL), ERR_CONFLICT, "by", "no longer in the group");
    must(&desk.err, substitute(a, NULL, "2026-01-20", NULL));
    refused(&desk.err, substitute(a, NULL, NULL, NULL), ERR_BAD_STATE, "enterprise", "was already substituted");
    refused(&desk.err, substitute(SIXTH, NULL, "2026-01-19", NULL), ERR_CONFLICT, "on", "since 2026-01-20");
    drawing_visit(&desk, b, "2026-02-01");
    refused(&desk.err, substitute(b, NULL, NULL, NULL), ERR_CONFLICT, "enterprise", "by audit A1");
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, DRAWING_SEED, NULL));
    refused(&desk.err, substitute(d.members[2].enterprise.text, NULL, NULL, NULL), ERR_CONFLICT, "sample",
            "S2 was drawn");
}

/* Nobody is left, once every member is or was in it. */
static void test_substitutes_run_out(void **state)
{
    (void)state;
    struct sample_detail d;
    struct sampled_member m;
    must(&desk.err, drawing_draw(&desk, SAMPLE_INITIAL, NULL, DRAWING_SEED, &d));
    const char *last = d.members[0].enterprise.text;
    for (int i = 0; i < DRAWING_MEMBERS - 5; i++) {
        must(&desk.err, substitute(last, NULL, NULL, &m));
        last = m.enterprise.text;
    }
    refused(&desk.err, substitute(last, NULL, NULL, NULL), ERR_CONFLICT, "enterprise", "is left");
    assert_true(drawing_is_same(&desk, "S1"));
}

/* The member that came in for this one. */
static const struct sample_candidate *stand_in(const char *sample, const char *enterprise, struct sample_detail *d)
{
    struct sampled_member m;
    must(&desk.err, DESK(&desk, sample_substitute, &m, .sample = desk_ref(sample), .enterprise = desk_ref(enterprise),
                         .reason = "ill"));
    must(&desk.err, show(sample, NULL, d));
    for (size_t i = 0; i < d->n_population; i++)
        if (strcmp(d->population[i].enterprise.text, m.enterprise.text) == 0)
            return &d->population[i];
    return NULL;
}

/* Whoever stands for an inspector is replaced by another of the same, as long as there is one; whoever was not in the
 * last sample by another who was not. */
static void test_substitutes_serve_the_same(void **state)
{
    (void)state;
    struct sample_detail d;
    struct response all[] = { { .requirement = "1.1", .result = RESULT_CONFORMING } };
    /* bea's come first in the order, ana's last. */
    static const char *const inspected[] = { "E01", "E02", "E05", "E10", "E09", "E22" };
    drawing_last(&desk, "2025-06-01");
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, "2026-01-10", DRAWING_SEED, &d));
    assert_int_equal(d.members[2].why, STRATUM_NOT_VISITED);
    assert_true(stand_in("S2", d.members[2].enterprise.text, &d)->not_visited);
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "ana", .name = "Ana"));
    must(&desk.err, DESK(&desk, person_create, NULL, .code = "bea", .name = "Bea"));
    for (size_t i = 0; i < 6; i++)
        must(&desk.err, DESK(&desk, audit_record, NULL, .holder = desk_ref(inspected[i]), .edition = desk_ref("ruled"),
                             .kind = AUDIT_INTERNAL_INSPECTION, .on = desk_day("2026-01-15"),
                             .auditor = desk_ref(i < 3 ? "ana" : "bea"), .responses = all, .n_responses = 1));
    must(&desk.err, drawing_draw(&desk, SAMPLE_SURVEILLANCE, NULL, DRAWING_SEED, &d));
    assert_int_equal(d.members[1].why, STRATUM_INSPECTOR);
    const char *seen = d.members[1].enterprise.text;
    for (int i = 0; i < 2; i++) {
        const struct sample_candidate *c = stand_in("S3", seen, &d);
        assert_string_equal(c->inspector.text, "ana");
        seen = c->enterprise.text;
    }
    assert_string_equal(stand_in("S3", seen, &d)->inspector.text, "bea"); /* ana's are used up: the next in the order */
    assert_true(drawing_is_same(&desk, "S3"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_visits),
        TEST(test_substitute),
        TEST(test_substitutes_serve_the_same),
        TEST(test_substitutions_refused),
        TEST(test_substitutes_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
