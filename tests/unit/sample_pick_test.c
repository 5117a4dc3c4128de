/* SPDX-License-Identifier: Apache-2.0 */
/* The draw itself, on populations, strata and rules made by chance: what must hold of every one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/service/sample/sample_pick.h"
#include "daemon/service/sample/sample_size.h"

#include <stdio.h>
#include <string.h>

enum { TRIALS = 4000, MEMBERS_MAX = 80, INSPECTORS = 5 };

static struct arena arena;
static uint64_t state_of_chance;

/* xorshift64*: the same numbers on every machine. */
static uint64_t chance(uint64_t below)
{
    state_of_chance ^= state_of_chance >> 12;
    state_of_chance ^= state_of_chance << 25;
    state_of_chance ^= state_of_chance >> 27;
    return (state_of_chance * 2685821657736338717ULL >> 11) % below;
}

static bool one_in(uint64_t n)
{
    return chance(n) == 0;
}

/* A population with its rule and seed. */
struct trial {
    struct sampling_rule rule;
    uint8_t seed[DIGEST_SIZE];
    struct sample_candidate members[MEMBERS_MAX];
    char codes[MEMBERS_MAX][12];
    size_t n;
};

static void make_rule(struct sampling_rule *r)
{
    *r = (struct sampling_rule){ .purpose = SAMPLE_SURVEILLANCE };
    r->has_root = r->has_root_of = one_in(2);
    r->root = 1 + (int64_t)chance(8);
    r->root_of = 1 + (int64_t)chance(8);
    r->has_share = r->has_share_of = one_in(3);
    r->share_of = 1 + (int64_t)chance(50);
    r->share = 1 + (int64_t)chance((uint64_t)r->share_of);
    r->has_floor = one_in(3);
    r->floor = 1 + (int64_t)chance(20);
    r->has_all_if_at_most = one_in(4);
    r->all_if_at_most = 1 + (int64_t)chance(20);
    r->has_random = r->has_random_of = one_in(2);
    r->random_of = 1 + (int64_t)chance(5);
    r->random = 1 + (int64_t)chance((uint64_t)r->random_of);
    r->new_members = one_in(2);
    r->sanctioned = one_in(2);
    r->high_risk = one_in(2);
    r->not_visited = one_in(2);
    r->each_inspector = one_in(2);
}

static void make(struct trial *t)
{
    static const char *const inspectors[INSPECTORS] = { "ana", "bea", "carla", "dora", "eva" };
    make_rule(&t->rule);
    for (size_t i = 0; i < DIGEST_SIZE; i++)
        t->seed[i] = (uint8_t)chance(256);
    t->n = 1 + chance(MEMBERS_MAX);
    for (size_t i = 0; i < t->n; i++) {
        snprintf(t->codes[i], sizeof t->codes[i], "M%03u", (unsigned)(i % 1000000));
        t->members[i] = (struct sample_candidate){ .enterprise = { .text = t->codes[i] },
                                                   .new_member = one_in(12),
                                                   .sanctioned = one_in(15),
                                                   .high_risk = one_in(10),
                                                   .not_visited = one_in(2) };
        if (!one_in(4))
            t->members[i].inspector.text = inspectors[chance(INSPECTORS)];
    }
}

static void draw(const struct trial *t, bool shuffled, struct sample_draft *d)
{
    *d = (struct sample_draft){ .n = t->n, .units = arena_array(&arena, t->n, sizeof *d->units) };
    for (size_t i = 0; i < t->n; i++)
        d->units[i].facts = &t->members[i];
    for (size_t i = t->n; shuffled && i > 1; i--) {
        size_t j = chance(i);
        struct sample_unit unit = d->units[i - 1];
        d->units[i - 1] = d->units[j];
        d->units[j] = unit;
    }
    assert_true(sample_pick(&t->rule, t->seed, &arena, d));
}

static const struct sample_unit *drawn(const struct sample_draft *d, size_t i)
{
    return &d->units[d->drawn[i]];
}

static bool is_mandatory(enum sample_stratum why)
{
    return why != STRATUM_RANDOM && why != STRATUM_NOT_VISITED;
}

static size_t count(const struct sample_draft *d, enum sample_stratum why)
{
    size_t n = 0;
    for (size_t i = 0; i < d->n_drawn; i++)
        n += drawn(d, i)->why == why;
    return n;
}

/* As large as the rule says, larger only for what must be in it and for chance. */
static void check_size(const struct trial *t, const struct sample_draft *d)
{
    const int64_t n = (int64_t)t->n, total = (int64_t)d->n_drawn, mandatory = d->mandatory;
    assert_int_equal(d->size, sample_size(&t->rule, n));
    assert_true(total >= d->size && total <= n);
    int64_t by_chance = sample_size_random(&t->rule, total);
    if (total < n)
        assert_true(total - mandatory >= by_chance);
    if (total > d->size && total > mandatory && total < n) /* it grew for chance; one less would leave it too little */
        assert_true(total - 1 - mandatory < sample_size_random(&t->rule, total - 1));
    if (!t->rule.has_random)
        assert_int_equal(total, d->size > mandatory ? d->size : mandatory);
}

/* Nobody drawn before i was inspected by this one. */
static bool is_first(const struct sample_draft *d, size_t i, const char *inspector)
{
    for (size_t j = 0; j < i; j++)
        if (drawn(d, j)->facts->inspector.text != NULL && strcmp(drawn(d, j)->facts->inspector.text, inspector) == 0)
            return false;
    return true;
}

/* Each is drawn once, for a reason that is true of it, and the reasons come in their order. */
static void check_reasons(const struct trial *t, const struct sample_draft *d)
{
    int64_t mandatory = 0;
    for (size_t i = 0; i < d->n_drawn; i++) {
        const struct sample_unit *u = drawn(d, i);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(d->drawn[i], d->drawn[j]);
        assert_true(u->why != STRATUM_NEW || (t->rule.new_members && u->facts->new_member));
        assert_true(u->why != STRATUM_SANCTIONED || (t->rule.sanctioned && u->facts->sanctioned));
        assert_true(u->why != STRATUM_HIGH_RISK || (t->rule.high_risk && u->facts->high_risk));
        if (u->why == STRATUM_INSPECTOR)
            assert_true(t->rule.each_inspector && is_first(d, i, u->facts->inspector.text));
        assert_true(u->why != STRATUM_NOT_VISITED || (t->rule.not_visited && u->facts->not_visited));
        assert_true(i == 0 || !is_mandatory(u->why) || is_mandatory(drawn(d, i - 1)->why));
        mandatory += is_mandatory(u->why);
    }
    assert_int_equal(mandatory, d->mandatory);
}

static bool has_inspector(const struct sample_draft *d, const char *inspector)
{
    for (size_t i = 0; i < d->n_drawn; i++)
        if (drawn(d, i)->facts->inspector.text != NULL && strcmp(drawn(d, i)->facts->inspector.text, inspector) == 0)
            return true;
    return false;
}

/* Nobody is left out who must be in, and no inspector is without somebody. */
static void check_left_out(const struct trial *t, const struct sample_draft *d)
{
    bool not_visited_left = false;
    for (size_t i = 0; i < d->n; i++) {
        const struct sample_candidate *c = d->units[i].facts;
        if (t->rule.each_inspector && c->inspector.text != NULL)
            assert_true(has_inspector(d, c->inspector.text));
        if (d->units[i].why != 0)
            continue;
        assert_false(t->rule.new_members && c->new_member);
        assert_false(t->rule.sanctioned && c->sanctioned);
        assert_false(t->rule.high_risk && c->high_risk);
        not_visited_left = not_visited_left || c->not_visited;
    }
    /* While somebody who was not in the last sample is left, others come in by the random share alone. */
    if (t->rule.not_visited && not_visited_left)
        assert_int_equal(count(d, STRATUM_RANDOM), sample_size_random(&t->rule, (int64_t)d->n_drawn));
}

/* The order of the members in the register makes no difference. */
static void check_repeatable(const struct trial *t, const struct sample_draft *d)
{
    struct sample_draft again;
    draw(t, true, &again);
    assert_int_equal(again.n_drawn, d->n_drawn);
    for (size_t i = 0; i < d->n_drawn; i++) {
        assert_string_equal(drawn(&again, i)->facts->enterprise.text, drawn(d, i)->facts->enterprise.text);
        assert_int_equal(drawn(&again, i)->why, drawn(d, i)->why);
    }
}

static void test_every_draw(void **state)
{
    (void)state;
    static struct trial t;
    state_of_chance = 20261125;
    for (int i = 0; i < TRIALS; i++) {
        struct sample_draft d;
        make(&t);
        draw(&t, false, &d);
        check_size(&t, &d);
        check_reasons(&t, &d);
        check_left_out(&t, &d);
        check_repeatable(&t, &d);
        arena_reset(&arena);
    }
}

/* Whom chance leaves: everybody equally often. 5 of 20 in 4000 draws is 1000 each, give or take 27 (one sigma). */
static void test_chance_is_fair(void **state)
{
    (void)state;
    enum { DRAWS = 4000, N = 20, SIZE = 5, SIX_SIGMA = 165 };
    static struct trial t;
    int64_t times[N] = { 0 };
    state_of_chance = 7;
    make(&t);
    t.n = N;
    t.rule = (struct sampling_rule){ .floor = SIZE, .has_floor = true };
    for (size_t i = 0; i < N; i++) {
        snprintf(t.codes[i], sizeof t.codes[i], "M%03u", (unsigned)(i % 1000000));
        t.members[i] = (struct sample_candidate){ .enterprise = { .text = t.codes[i] } };
    }
    for (int i = 0; i < DRAWS; i++) {
        struct sample_draft d;
        for (size_t k = 0; k < DIGEST_SIZE; k++)
            t.seed[k] = (uint8_t)chance(256);
        draw(&t, true, &d);
        for (size_t k = 0; k < d.n_drawn; k++)
            times[drawn(&d, k)->facts - t.members]++;
        arena_reset(&arena);
    }
    for (size_t i = 0; i < N; i++)
        assert_in_range(times[i], DRAWS * SIZE / N - SIX_SIGMA, DRAWS * SIZE / N + SIX_SIGMA);
}

/* Golden: SHA-256(seed ‖ code), and the seed of an entry of the journal, computed apart. */
static void test_definition(void **state)
{
    (void)state;
    char hex[DIGEST_HEX];
    uint8_t seed[DIGEST_SIZE] = { 0 }, made[DIGEST_SIZE];
    const struct sample_candidate facts = { .enterprise = { .text = "ÑANDÚ" } };
    struct sample_unit unit = { .facts = &facts };
    assert_true(sample_random_order(seed, &unit, 1));
    assert_string_equal(digest_hex(unit.key, hex), "d679fdedb815b5f7516964135e5abc865032d556a602c2d8e91205c30744c076");
    assert_true(sample_random_seed(seed, (struct instant){ 1764061200000000 }, made));
    assert_string_equal(digest_hex(made, hex), "82294e11fd41afd015b6fd03e6ee8899574f1807d75d1b44e9c9219c77277ca5");
}

int main(void)
{
    arena_init(&arena, 1 << 24);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_draw),
        cmocka_unit_test(test_chance_is_fair),
        cmocka_unit_test(test_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
