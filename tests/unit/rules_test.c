/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an edition besides its pass rule: published and read again as they were given, and each mistake refused
 * with its field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/standard/rules.h"
#include "tests/support/expect.h"
#include "tests/support/sample.h"

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

/* A value of every kind in every record; a test changes what it is about. */
struct whole {
    struct cycle_rule cycle;
    struct decision_rule decision;
    struct sampling_rule sampling[2];
    struct deadline_rule deadlines[2];
    struct escalation_rule escalation;
    struct impartiality_rule impartiality;
    struct internal_rule internal;
    struct group_rule group;
    struct told_rule told[1];
    struct proof_rule proof;
    struct results_rule results;
    struct rules rules;
    struct standard_publish publish;
};

static void fill(struct whole *w)
{
    *w = (struct whole){
        .cycle = { .validity_months = 36,
                   .has_validity_months = true,
                   .first_surveillance_months = 12,
                   .has_first_surveillance_months = true,
                   .surveillance_each_year = true,
                   .has_surveillance_each_year = true,
                   .renewal_counts_from = RENEWAL_FROM_EXPIRY,
                   .source = "c" },
        .decision = { .minor_plans_accepted = true,
                      .has_minor_plans_accepted = true,
                      .majors_months = 6,
                      .has_majors_months = true,
                      .source = "d" },
        .sampling = { { .purpose = SAMPLE_INITIAL,
                        .root = 1,
                        .has_root = true,
                        .root_of = 1,
                        .has_root_of = true,
                        .source = "s1" },
                      { .purpose = SAMPLE_REINSPECTION,
                        .share = 5,
                        .has_share = true,
                        .share_of = 100,
                        .has_share_of = true,
                        .floor = 10,
                        .has_floor = true,
                        .source = "s2",
                        .unverified = true,
                        .has_unverified = true } },
        .deadlines = { { .class = CLASS_MAJOR, .step = STEP_CLOSE, .days = 28, .has_days = true, .source = "d1" },
                       { .class = CLASS_MINOR, .step = STEP_CLOSE, .days = 90, .has_days = true, .source = "d2" } },
        .escalation = { .minors = 3, .has_minors = true, .source = "e" },
        .impartiality = { .cooling_off_months = 24, .has_cooling_off_months = true, .source = "i" },
        .internal = { .inspections = 1, .has_inspections = true, .period = PERIOD_CALENDAR_YEAR, .source = "n" },
        .group = { .largest = 2000, .has_largest = true, .caution = "Look first", .source = "g" },
        .told = { { .about = RULE_OF_MEMBERS, .text = "Neighbours", .source = "t" } },
        .proof = { .members = GRADE_SELF, .source = "p" },
        .results = { .months = 36, .has_months = true, .source = "r" },
    };
    w->rules = (struct rules){ .cycle = &w->cycle,
                               .decision = &w->decision,
                               .sampling = w->sampling,
                               .n_sampling = 2,
                               .deadlines = w->deadlines,
                               .n_deadlines = 2,
                               .escalation = &w->escalation,
                               .impartiality = &w->impartiality,
                               .internal = &w->internal,
                               .group = &w->group,
                               .told = w->told,
                               .n_told = 1,
                               .proof = &w->proof,
                               .results = &w->results };
    w->publish = sample_edition("sample", "1");
    w->publish.rules = &w->rules;
}

static int publish(const struct whole *w)
{
    return desk_call(&desk, METHOD_standard_publish, &w->publish, NULL);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct whole w;
    struct edition_detail detail;
    fill(&w);
    assert_int_equal(publish(&w), OK);
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample")), OK);
    const struct rules *r = detail.rules;
    assert_non_null(r);
    assert_int_equal(r->cycle->validity_months, 36);
    assert_int_equal(r->cycle->first_surveillance_months, 12);
    assert_true(r->cycle->surveillance_each_year);
    assert_int_equal(r->cycle->renewal_counts_from, RENEWAL_FROM_EXPIRY);
    assert_false(r->cycle->has_suspension_months);
    assert_true(r->decision->minor_plans_accepted);
    assert_int_equal(r->decision->majors_months, 6);
    assert_int_equal(r->n_sampling, 2);
    assert_int_equal(r->sampling[0].root_of, 1);
    assert_false(r->sampling[0].unverified);
    assert_int_equal(r->sampling[1].purpose, SAMPLE_REINSPECTION);
    assert_int_equal(r->sampling[1].floor, 10);
    assert_true(r->sampling[1].unverified);
    assert_int_equal(r->n_deadlines, 2);
    assert_int_equal(r->deadlines[1].days, 90);
    assert_int_equal(r->escalation->minors, 3);
    assert_int_equal(r->impartiality->cooling_off_months, 24);
    assert_int_equal(r->internal->inspections, 1);
    assert_int_equal(r->group->largest, 2000);
    assert_string_equal(r->group->caution, "Look first");
    assert_int_equal(r->n_told, 1);
    assert_int_equal(r->told[0].about, RULE_OF_MEMBERS);
    assert_int_equal(r->results->months, 36);
    assert_int_equal(r->proof->holder, 0);
    assert_int_equal(rules_proof_holder(r), GRADE_EXTERNAL);
    assert_int_equal(rules_proof_members(r), GRADE_SELF);
    assert_int_equal(rules_proof_holder(NULL), GRADE_EXTERNAL);
    assert_int_equal(rules_proof_members(NULL), GRADE_INTERNAL);
}

/* An edition without rules asks nothing. */
static void test_none(void **state)
{
    (void)state;
    struct whole w;
    struct edition_detail detail;
    fill(&w);
    w.publish.rules = NULL;
    assert_int_equal(publish(&w), OK);
    assert_int_equal(DESK(&desk, standard_show, &detail, .edition = desk_ref("sample")), OK);
    assert_null(detail.rules);
    assert_int_equal(publish(&w), OK);
    w.publish.rules = &w.rules;
    assert_int_equal(publish(&w), ERR_CONFLICT);
}

static void test_published_twice(void **state)
{
    (void)state;
    struct whole w;
    struct chain_head before, after;
    fill(&w);
    assert_int_equal(publish(&w), OK);
    assert_int_equal(DESK(&desk, journal_head, &before, .page = { 0 }), OK);
    fill(&w);
    assert_int_equal(publish(&w), OK);
    assert_int_equal(DESK(&desk, journal_head, &after, .page = { 0 }), OK);
    assert_int_equal(before.seq, after.seq);
    w.cycle.validity_months = 35;
    assert_int_equal(publish(&w), ERR_CONFLICT);
    assert_string_equal(desk.err.field, "edition");
    fill(&w);
    w.sampling[1].has_unverified = w.sampling[1].unverified = false;
    assert_int_equal(publish(&w), ERR_CONFLICT);
    fill(&w);
    w.publish.rules = NULL;
    assert_int_equal(publish(&w), ERR_CONFLICT);
}

static void not_published(const struct whole *w, const char *field, const char *says)
{
    struct page standards;
    refused(&desk.err, publish(w), ERR_INVALID_PARAM, field, says);
    assert_int_equal(DESK(&desk, standard_list, &standards, .page = { 0 }), OK);
    assert_int_equal(standards.n, 0);
}

static void test_bad_sampling(void **state)
{
    (void)state;
    struct whole w;
    fill(&w);
    w.sampling[0].has_root_of = false;
    not_published(&w, "rules.sampling[0].root", "the second is missing");
    fill(&w);
    w.sampling[1].has_share = false;
    not_published(&w, "rules.sampling[1].share", "the first is missing");
    fill(&w);
    w.sampling[1].share = 101;
    not_published(&w, "rules.sampling[1].share", "must be at most 1");
    fill(&w);
    w.sampling[0].random = 5;
    w.sampling[0].random_of = 4;
    w.sampling[0].has_random = w.sampling[0].has_random_of = true;
    not_published(&w, "rules.sampling[0].random", "must be at most 1");
    fill(&w);
    w.sampling[0].has_root = w.sampling[0].has_root_of = false;
    not_published(&w, "rules.sampling[0].root", "missing size");
    fill(&w);
    w.sampling[1].purpose = SAMPLE_INITIAL;
    not_published(&w, "rules.sampling[1].purpose", "already a rule for initial");
    fill(&w);
    w.sampling[1].root_of = 0;
    w.sampling[1].root = 1;
    w.sampling[1].has_root = w.sampling[1].has_root_of = true;
    not_published(&w, "rules.sampling[1].root_of", "1");
    fill(&w);
    w.sampling[0].source = NULL;
    not_published(&w, "rules.sampling[0].source", "");
}

/* A sample may be a multiple of the root. */
static void test_multiple_of_root(void **state)
{
    (void)state;
    struct whole w;
    fill(&w);
    w.sampling[0].root = 14;
    w.sampling[0].root_of = 10;
    assert_int_equal(publish(&w), OK);
}

static void test_bad_deadlines(void **state)
{
    (void)state;
    struct whole w;
    fill(&w);
    w.deadlines[1].class = CLASS_MAJOR;
    not_published(&w, "rules.deadlines[1].step", "duplicate deadline");
    w.deadlines[1].from = DEADLINE_FROM_AUDIT_END;
    not_published(&w, "rules.deadlines[1].step", "duplicate deadline");
    w.deadlines[1].kind = AUDIT_SURVEILLANCE;
    assert_int_equal(publish(&w), OK);
}

static void test_bad_group(void **state)
{
    (void)state;
    struct whole w;
    fill(&w);
    w.group.ready = 1;
    w.group.has_ready = true;
    not_published(&w, "rules.group.ready", "the second is missing");
    fill(&w);
    w.group.newcomers = 11;
    w.group.newcomers_of = 10;
    w.group.has_newcomers = w.group.has_newcomers_of = true;
    not_published(&w, "rules.group.newcomers", "must be at most 1");
    fill(&w);
    w.group.structural_of = 10;
    w.group.has_structural_of = true;
    not_published(&w, "rules.group.structural", "the first is missing");
    fill(&w);
    w.group.smallest = 2001;
    w.group.has_smallest = true;
    not_published(&w, "rules.group.largest", "not be less than smallest");
}

static void test_bad_cycle(void **state)
{
    (void)state;
    struct whole w;
    fill(&w);
    w.cycle.first_surveillance_months = 37;
    not_published(&w, "rules.cycle.first_surveillance_months", "36 months of validity");
    fill(&w);
    w.cycle.renewal_months = 37;
    w.cycle.has_renewal_months = true;
    not_published(&w, "rules.cycle.renewal_months", "36 months of validity");
    fill(&w);
    w.cycle.validity_months = 0;
    not_published(&w, "rules.cycle.validity_months", "1");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        TEST(test_round_trip),       TEST(test_none),          TEST(test_published_twice), TEST(test_bad_sampling),
        TEST(test_multiple_of_root), TEST(test_bad_deadlines), TEST(test_bad_group),       TEST(test_bad_cycle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
