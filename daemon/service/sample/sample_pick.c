/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/sample/sample_pick.h"

#include "daemon/service/sample/sample_size.h"

#include <string.h>

static void take(struct sample_draft *d, size_t i, enum sample_stratum why)
{
    d->units[i].why = why;
    d->drawn[d->n_drawn++] = i;
}

static enum sample_stratum must_be_in(const struct sampling_rule *rule, const struct sample_candidate *c)
{
    if (rule->new_members && c->new_member)
        return STRATUM_NEW;
    if (rule->sanctioned && c->sanctioned)
        return STRATUM_SANCTIONED;
    return rule->high_risk && c->high_risk ? STRATUM_HIGH_RISK : 0;
}

static void take_mandatory(struct sample_draft *d, const struct sampling_rule *rule)
{
    for (size_t i = 0; i < d->n; i++) {
        enum sample_stratum why = must_be_in(rule, d->units[i].facts);
        if (why != 0)
            take(d, i, why);
    }
}

/* The inspectors with a drawn member. */
struct seen {
    const char **inspectors;
    size_t n;
};

/* Adds this inspector; whether it was new, that is, had no drawn member. */
static bool see(struct seen *seen, const char *inspector)
{
    if (inspector == NULL)
        return false;
    for (size_t i = 0; i < seen->n; i++)
        if (strcmp(seen->inspectors[i], inspector) == 0)
            return false;
    seen->inspectors[seen->n++] = inspector;
    return true;
}

static bool take_inspectors(struct sample_draft *d, struct arena *a)
{
    struct seen seen = { .inspectors = arena_array(a, d->n, sizeof *seen.inspectors) };
    if (seen.inspectors == NULL)
        return false;
    for (size_t i = 0; i < d->n_drawn; i++)
        see(&seen, d->units[d->drawn[i]].facts->inspector.text);
    for (size_t i = 0; i < d->n; i++)
        if (see(&seen, d->units[i].facts->inspector.text))
            take(d, i, STRATUM_INSPECTOR);
    return true;
}

/* Draws the first of those left until this many are drawn. */
static void take_rest(struct sample_draft *d, int64_t until, enum sample_stratum why)
{
    for (size_t i = 0; i < d->n && (int64_t)d->n_drawn < until; i++)
        if (d->units[i].why == 0 && (why != STRATUM_NOT_VISITED || d->units[i].facts->not_visited))
            take(d, i, why);
}

bool sample_pick(const struct sampling_rule *rule, const uint8_t seed[DIGEST_SIZE], struct arena *a,
                 struct sample_draft *draft)
{
    draft->drawn = arena_array(a, draft->n, sizeof *draft->drawn);
    draft->n_drawn = 0;
    if (draft->drawn == NULL || !sample_random_order(seed, draft->units, draft->n))
        return false;
    take_mandatory(draft, rule);
    if (rule->each_inspector && !take_inspectors(draft, a))
        return false;
    draft->size = sample_size(rule, (int64_t)draft->n);
    draft->mandatory = (int64_t)draft->n_drawn;
    int64_t total = sample_size_with(rule, draft->size, draft->mandatory, (int64_t)draft->n);
    take_rest(draft, draft->mandatory + sample_size_random(rule, total), STRATUM_RANDOM);
    if (rule->not_visited)
        take_rest(draft, total, STRATUM_NOT_VISITED);
    take_rest(draft, total, STRATUM_RANDOM);
    return true;
}
