/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as sentences: what is asked is told, what is not asked is left out. */
#include "client/view/rules_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static int open_arena(void **state)
{
    (void)state;
    arena_init(&arena, SIZE_MAX);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

#define SHARE(name, p, q) .name = (p), .has_##name = true, .name##_of = (q), .has_##name##_of = true
#define NUMBER(name, n) .name = (n), .has_##name = true
#define YES(name) .name = true, .has_##name = true

static void test_clauses(void **state)
{
    (void)state;
    static const struct {
        struct pass_clause clause;
        const char *words;
    } cases[] = {
        { { .kind = CLAUSE_ALL, .level = LEVEL_MAJOR }, "all applicable major requirements are conforming" },
        { { .kind = CLAUSE_RATIO, .level = LEVEL_MINOR, .at_least = 95, .out_of = 100 },
          "at least 95 % of the applicable minor requirements are conforming" },
        { { .kind = CLAUSE_RATIO, .section = "E", .at_least = 2, .out_of = 3 },
          "at least 2/3 of the applicable requirements below E are conforming" },
        { { .kind = CLAUSE_RATIO, .at_least = 7, .out_of = 7 }, "all of the applicable requirements are conforming" },
        { { .kind = CLAUSE_RATIO, .at_least = 0, .out_of = 1 }, "all requirements have been assessed" },
        { { .kind = CLAUSE_POINTS, .section = "G", .at_least = 80, .out_of = 100 },
          "at least 80 % of the applicable points below G are earned" },
        { { .kind = CLAUSE_GATES }, "every gate is conforming, and no autofail requirement is nonconforming" },
        { { .kind = CLAUSE_NO_OPEN, .class = CLASS_MAJOR }, "no finding of class major is open" },
        { { .kind = CLAUSE_NO_OPEN, .class = CLASS_MINOR }, "no finding of class minor, or a graver one, is open" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(rules_words_clause(&cases[i].clause, &arena), cases[i].words);
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        struct sampling_rule rule;
        const char *utf8, *ascii;
    } cases[] = {
        { { SHARE(root, 1, 1) }, "√n", "root(n)" },
        { { SHARE(root, 6, 10) }, "6/10·√n", "6/10 root(n)" },
        { { SHARE(share, 5, 100), NUMBER(floor, 10), NUMBER(all_if_at_most, 10) },
          "5 % of n, at least 10, all if n ≤ 10",
          "5 % of n, at least 10, all if n <= 10" },
        { { SHARE(root, 14, 10), SHARE(share, 1, 50) },
          "larger of 14/10·√n, 1/50 of n",
          "larger of 14/10 root(n), 1/50 of n" },
        { { NUMBER(floor, 3) }, "at least 3", "at least 3" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(rules_words_size(&cases[i].rule, true, &arena), cases[i].utf8);
        assert_string_equal(rules_words_size(&cases[i].rule, false, &arena), cases[i].ascii);
    }
}

static void test_strata(void **state)
{
    (void)state;
    const struct sampling_rule none = { 0 };
    const struct sampling_rule all = { YES(new_members), YES(sanctioned), YES(high_risk), YES(each_inspector),
                                       YES(not_visited) };
    assert_null(rules_words_strata(&none, &arena));
    assert_string_equal(
        rules_words_strata(&all, &arena),
        "all new members, all sanctioned, all high-risk, one of each inspector, members not visited last time");
}

static void test_cycle(void **state)
{
    (void)state;
    const struct cycle_rule one = { NUMBER(validity_months, 1) };
    const struct cycle_rule all = { NUMBER(validity_months, 36), NUMBER(first_surveillance_months, 12),
                                    YES(surveillance_each_year), .renewal_counts_from = RENEWAL_FROM_EXPIRY,
                                    NUMBER(renewal_months, 3),   NUMBER(restoration_months, 6),
                                    NUMBER(suspension_months, 6) };
    assert_string_equal(rules_words_cycle(&one, &arena), "It is valid for 1 month.");
    assert_string_equal(rules_words_cycle(&all, &arena),
                        "It is valid for 36 months. The first surveillance is due within 12 months of the decision. A "
                        "surveillance is due in each later calendar year except that of the recertification. It can be "
                        "renewed from 3 months before it expires. If renewed before it expires, the new period starts "
                        "after the old one. Within 6 months after its expiry it can be restored, its cycle unchanged. "
                        "A suspension lasts at most 6 months; then the certificate is withdrawn.");
}

static void test_group(void **state)
{
    (void)state;
    const struct group_rule none = { 0 };
    const struct group_rule all = { NUMBER(smallest, 25),   NUMBER(largest, 500),      YES(central),
                                    SHARE(ready, 100, 100), SHARE(newcomers, 10, 100), YES(leave_clean),
                                    SHARE(structural, 1, 4) };
    const struct group_rule large = { NUMBER(largest, 2000), SHARE(ready, 9, 10) };
    assert_string_equal(rules_words_group(&none, &arena), "");
    assert_string_equal(rules_words_group(&all, &arena),
                        "It has 25 to 500 members. Its central function is ready by its own audit. Members ready: all. "
                        "New members up to 10 % of the covered ones can be added at once to a current certificate. A "
                        "member with a pending sanction cannot leave the certificate. A requirement failed by 1/4 of "
                        "the externally visited members is proposed as structural.");
    assert_string_equal(rules_words_group(&large, &arena),
                        "It has at most 2000 members. Members ready: at least 9/10.");
}

static void test_others(void **state)
{
    (void)state;
    const struct internal_rule twice = { NUMBER(inspections, 2), .period = PERIOD_TWELVE_MONTHS };
    const struct internal_rule whole = { NUMBER(inspections, 3), YES(whole_checklist), YES(appointed), YES(approved) };
    const struct decision_rule decision = { YES(minor_plans_accepted), NUMBER(decide_days, 28) };
    assert_string_equal(rules_words_internal(&twice, &arena),
                        "Every member is inspected internally twice in any twelve months.");
    assert_string_equal(
        rules_words_internal(&whole, &arena),
        "Every member is inspected internally 3 times in each calendar year, against the whole checklist, by an "
        "inspector appointed by the cooperative. Someone other than the inspector concludes the inspection.");
    assert_string_equal(rules_words_decision(&decision, &arena),
                        "The verdict is ready, an external audit is concluded and no major finding is open. Every open "
                        "minor finding has an accepted plan. It is taken within 28 days after the last nonconformity "
                        "was closed.");
}

static void test_results(void **state)
{
    (void)state;
    const struct results_rule rule = { .months = 36, .has_months = true };
    assert_string_equal(rules_words_results(&rule, &arena),
                        "A result serves 36 months; a nonconforming one, until it is mended.");
}

static void test_proof(void **state)
{
    (void)state;
    const struct proof_rule usual = { 0 };
    const struct proof_rule other = { .holder = GRADE_INTERNAL, .members = GRADE_SELF };
    assert_string_equal(rules_words_proof(&usual, &arena),
                        "Whoever is certified, alone or as the central function of a group, is ready by external "
                        "audit; a member at least by internal inspection.");
    assert_string_equal(rules_words_proof(&other, &arena),
                        "Whoever is certified, alone or as the central function of a group, is ready at least by "
                        "internal inspection; a member at least by self-assessment.");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        TEST(test_clauses), TEST(test_sizes),  TEST(test_strata),  TEST(test_cycle),
        TEST(test_group),   TEST(test_others), TEST(test_results), TEST(test_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
