/* SPDX-License-Identifier: Apache-2.0 */
/* What is carried over is true. Requirements are made of demands, each met, failed or not applicable at a holder;
 * audits tell the truth, maps tell how the demands of two requirements compare. Then no conforming is carried over for
 * a requirement of which a demand fails, no nonconforming for one of which none does, and nobody becomes ready to whom
 * a major requirement fails; and what was really audited is never touched, true or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/sample.h"

#include <stdio.h>
#include <string.h>

enum { N = SAMPLE_ASSESSABLE, DEMANDS = 8, HOLDERS = 9, SEEDS = 18 };

static const char *const codes[N] = { "1.1", "1.2", "1.3", "2.1", "2.2", "2.3" };
static const bool na_allowed[N] = { false, true, false, false, true, true };

/* Sets of demands, a bit each. */
struct world {
    struct desk desk;
    unsigned random;
    unsigned one[N], mid[N], two[N];
    unsigned failed[HOLDERS], absent[HOLDERS]; /* absent: not applicable */
    char real[HOLDERS][N];                     /* what an audit said of two, or 0 */
    size_t carried, passed;
};

static unsigned pick(struct world *w, unsigned n)
{
    w->random = w->random * 1103515245U + 12345U;
    return (w->random >> 16) % n;
}

static unsigned some_demands(struct world *w)
{
    unsigned set = 0;
    for (unsigned i = 0, n = 1 + pick(w, 3); i < n; i++)
        set |= 1U << pick(w, DEMANDS);
    return set;
}

/* Mostly what the older edition had: the same, two in one, a part, or more. */
static void make_edition(struct world *w, const unsigned *older, unsigned *ret)
{
    for (int i = 0; i < N; i++) {
        unsigned same = older[pick(w, N)], other = some_demands(w);
        const unsigned choices[] = { same, same, same | older[pick(w, N)], same & other, same | other, other };
        unsigned set = choices[pick(w, 6)];
        ret[i] = set != 0 ? set : same;
    }
}

static enum map_relation compare(unsigned first, unsigned second)
{
    if (first == second)
        return MAP_EQUAL;
    if ((first & second) == 0)
        return MAP_NONE;
    if ((first & second) == first)
        return MAP_SUBSET;
    return (first & second) == second ? MAP_SUPERSET : MAP_INTERSECT;
}

/* An older requirement that covers the newer one, if there is one. */
static unsigned find_source(struct world *w, const unsigned *older, unsigned newer)
{
    unsigned at = pick(w, N);
    for (unsigned k = 0; k < N && pick(w, 8) != 0; k++)
        if ((older[(at + k) % N] & newer) == newer)
            return (at + k) % N;
    return at;
}

/* One to three rows for each requirement, compared together or one by one. */
static void publish_map(struct world *w, const char *from, const unsigned *older, const char *to, const unsigned *newer)
{
    struct map_row rows[3 * N];
    size_t n = 0;
    for (unsigned t = 0; t < N; t++) {
        unsigned first = find_source(w, older, newer[t]), sources = pick(w, 3) + 1, whole = 0;
        sources = pick(w, 2) == 0 ? 1 : sources;
        bool together = pick(w, 2) == 0;
        for (unsigned k = 0; k < sources; k++)
            whole |= older[(first + k) % N];
        for (unsigned k = 0; k < sources; k++) {
            unsigned f = (first + k) % N;
            rows[n++] = (struct map_row){ .from = codes[f],
                                          .to = codes[t],
                                          .relation = compare(together ? whole : older[f], newer[t]) };
        }
    }
    assert_int_equal(DESK(&w->desk, map_publish, NULL, .from = desk_ref(from), .to = desk_ref(to),
                          .source = "by demand", .rows = rows, .n_rows = n),
                     OK);
}

static const char *holder(int i)
{
    static const char *const names[HOLDERS] = { "A", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8" };
    return names[i];
}

static void make_holders(struct world *w)
{
    assert_int_equal(DESK(&w->desk, coop_create, NULL, .code = "A", .name = "x"), OK);
    for (int i = 1; i < HOLDERS; i++)
        assert_int_equal(DESK(&w->desk, enterprise_create, NULL, .code = holder(i), .name = "x",
                              .activity = ACTIVITY_FARM, .cooperative = desk_ref("A")),
                         OK);
    for (int i = 0; i < HOLDERS; i++)
        for (int d = 0; d < DEMANDS; d++) {
            unsigned chance = pick(w, 14);
            w->failed[i] |= (chance == 0 ? 1U : 0U) << d;
            w->absent[i] |= (chance == 1 ? 1U : 0U) << d;
        }
}

/* c, m, n as sample_audit has them, or - where it cannot be said. */
static char truth(const struct world *w, int i, unsigned set, bool may_be_absent)
{
    if ((set & w->failed[i]) != 0)
        return 'm';
    if ((set & w->absent[i]) != set)
        return 'c';
    return may_be_absent ? 'n' : '-';
}

static void audit(struct world *w, int i, const char *edition, const char results[N])
{
    char text[128];
    size_t used = 0;
    for (int r = 0; r < N; r++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%c", r > 0 ? " " : "", codes[r], results[r]);
    assert_int_equal(sample_audit(&w->desk, holder(i), edition, "2026-03-10", text, NULL), OK);
}

static void audit_truly(struct world *w)
{
    char results[N];
    for (int i = 0; i < HOLDERS; i++) {
        for (int r = 0; r < N; r++)
            results[r] = pick(w, 12) == 0 ? '-' : truth(w, i, w->one[r], na_allowed[r]);
        audit(w, i, "one:1", results);
    }
}

/* Of some, and of anything. */
static void audit_at_random(struct world *w)
{
    char results[N];
    for (int i = 0; i < HOLDERS; i++) {
        if (pick(w, 2) == 0)
            continue;
        for (int r = 0; r < N; r++) {
            results[r] = "-cm"[pick(w, 3)];
            w->real[i][r] = results[r] == '-' ? 0 : results[r];
        }
        audit(w, i, "two:1", results);
    }
}

static int ordinal_of(const char *code)
{
    for (int r = 0; r < N; r++)
        if (strcmp(codes[r], code) == 0)
            return r;
    fail_msg("no requirement %s", code);
    return 0;
}

static void check_audit(struct world *w, int i, const struct ref *which)
{
    struct audit_detail detail;
    assert_int_equal(DESK(&w->desk, audit_show, &detail, .audit = desk_ref(which->text)), OK);
    for (size_t k = 0; k < detail.n_responses; k++) {
        int r = ordinal_of(detail.responses[k].requirement);
        char true_result = truth(w, i, w->two[r], true);
        assert_int_equal(w->real[i][r], 0);
        if (detail.responses[k].result == RESULT_CONFORMING)
            assert_int_not_equal(true_result, 'm');
        else
            assert_int_equal(true_result, detail.responses[k].result == RESULT_NONCONFORMING ? 'm' : 'n');
        w->carried++;
    }
}

/* What really failed is a blocker, what was really met is none. */
static void check_real(struct world *w, int i, const struct standing *s)
{
    for (int r = 0; r < N; r++) {
        bool fails = false;
        for (size_t b = 0; b < s->n_blockers; b++)
            fails = fails
                    || (strcmp(s->blockers[b].requirement, codes[r]) == 0
                        && s->blockers[b].result == RESULT_NONCONFORMING);
        if (w->real[i][r] == 'c')
            assert_false(fails);
        if (w->real[i][r] == 'm' && r < 2)
            assert_true(fails);
    }
}

static void check_holder(struct world *w, int i, const struct migration_holder *h)
{
    struct status status;
    bool audited = memchr(w->real[i], 'c', N) != NULL || memchr(w->real[i], 'm', N) != NULL;
    if (h->audit.text != NULL)
        check_audit(w, i, &h->audit);
    assert_int_equal(DESK(&w->desk, status_show, &status, .holder = desk_ref(holder(i)), .edition = desk_ref("two:1")),
                     OK);
    if (status.n_standings == 0) {
        assert_true(!audited && h->audit.text == NULL);
        return;
    }
    const struct standing *s = &status.standings[0];
    check_real(w, i, s);
    if (!audited && h->audit.text == NULL)
        assert_int_not_equal(s->verdict, VERDICT_READY);
    if (s->verdict != VERDICT_READY)
        return;
    w->passed++;
    for (int r = 0; r < 2; r++) /* the major ones */
        assert_true(w->real[i][r] == 'c' || truth(w, i, w->two[r], true) != 'm');
}

static void live(unsigned seed, size_t *carried, size_t *passed)
{
    struct world w = { .random = seed };
    struct migration_detail detail;
    struct standing_check check;
    bool later = seed % 3 == 0;
    desk_start(&w.desk, "2026-03-10");
    sample_publish(&w.desk, "one", "1");
    sample_publish(&w.desk, "mid", "1");
    sample_publish(&w.desk, "two", "1");
    for (int i = 0; i < N; i++)
        w.one[i] = some_demands(&w);
    make_edition(&w, w.one, w.mid);
    make_edition(&w, seed % 2 == 0 ? w.one : w.mid, w.two);
    if (seed % 2 == 0) {
        publish_map(&w, "one:1", w.one, "two:1", w.two);
    } else {
        publish_map(&w, "one:1", w.one, "mid:1", w.mid);
        publish_map(&w, "mid:1", w.mid, "two:1", w.two);
    }
    make_holders(&w);
    audit_truly(&w);
    if (!later)
        audit_at_random(&w);
    int code = DESK(&w.desk, standard_migrate, NULL, .cooperative = desk_ref("A"), .from = desk_ref("one:1"),
                    .to = desk_ref("two:1"));
    assert_true(code == OK || code == ERR_CONFLICT); /* there may be nothing to carry over */
    if (code == OK && !later) {
        assert_int_equal(DESK(&w.desk, standard_migration, &detail, .migration = desk_ref("R1")), OK);
        for (size_t k = 0; k < detail.n_holders; k++)
            for (int i = 0; i < HOLDERS; i++)
                if (strcmp(holder(i), detail.holders[k].holder.text) == 0)
                    check_holder(&w, i, &detail.holders[k]);
    }
    if (later) { /* an audit recorded after the migration, of the same day */
        audit_at_random(&w);
        for (int i = 0; i < HOLDERS; i++) {
            struct status status;
            assert_int_equal(
                DESK(&w.desk, status_show, &status, .holder = desk_ref(holder(i)), .edition = desk_ref("two:1")), OK);
            if (status.n_standings > 0)
                check_real(&w, i, &status.standings[0]);
        }
    }
    assert_int_equal(DESK(&w.desk, standing_verify, &check, .page = { 0 }), OK);
    assert_int_equal(check.differing, 0);
    *carried += w.carried;
    *passed += w.passed;
    desk_stop(&w.desk);
}

static void test_what_is_carried_over_is_true(void **state)
{
    (void)state;
    size_t carried = 0, passed = 0;
    for (unsigned seed = 1; seed <= SEEDS; seed++)
        live(seed, &carried, &passed);
    assert_true(carried > 100);
    assert_true(passed > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_what_is_carried_over_is_true) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
