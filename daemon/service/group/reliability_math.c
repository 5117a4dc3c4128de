/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/reliability_math.h"

enum { THOUSAND = 1000, BISECTIONS = 60 };

static const double tail = 0.025;       /* each side of 95 % */
static const double negligible = 1e-20; /* against the largest term */

__extension__ typedef __int128 wide;

/* The chance of k or fewer of n, each with chance 0 < p < 1. The terms are counted from the largest outwards, as
 * multiples of it, until they vanish: this needs no factorial, and at most some tens of standard deviations. */
static double at_most(int64_t k, int64_t n, double p)
{
    int64_t mode = (int64_t)((double)(n + 1) * p);
    double odds = p / (1 - p), below = 0, above = 0, term = 1;
    mode = mode > n ? n : mode;
    for (int64_t i = mode; i >= 0 && term > negligible; i--) {
        *(i <= k ? &below : &above) += term;
        term *= (double)i / (double)(n - i + 1) / odds;
    }
    term = 1;
    for (int64_t i = mode; i < n && term > negligible; i++) {
        term *= (double)(n - i) / (double)(i + 1) * odds;
        *(i + 1 <= k ? &below : &above) += term;
    }
    return below / (below + above);
}

/* The p at which k or fewer of n has the chance; it falls as p grows. */
static double solve(int64_t k, int64_t n, double chance)
{
    double low = 0, high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
        double p = (low + high) / 2;
        if (at_most(k, n, p) > chance)
            low = p;
        else
            high = p;
    }
    return (low + high) / 2;
}

static int64_t thousandths(double share)
{
    return (int64_t)(share * THOUSAND + 0.5);
}

bool reliability_share(int64_t k, int64_t n, struct reliability_share *ret)
{
    if (n == 0)
        return false;
    *ret = (struct reliability_share){
        .share = (2 * THOUSAND * k + n) / (2 * n),
        .low = k == 0 ? 0 : thousandths(solve(k - 1, n, 1 - tail)),
        .high = k == n ? THOUSAND : thousandths(solve(k, n, tail)),
    };
    return true;
}

/* (observed - expected) / (1 - expected), both as multiples of 1 / n². */
bool reliability_kappa(const struct reliability_table *t, int64_t *ret)
{
    wide n = (wide)t->both + t->missed + t->internal_only + t->neither;
    wide expected = (wide)(t->both + t->missed) * (t->both + t->internal_only)
                    + (wide)(t->neither + t->missed) * (t->neither + t->internal_only);
    wide observed = n * (t->both + t->neither), rest = n * n - expected;
    if (rest == 0)
        return false;
    wide doubled = 2 * THOUSAND * (observed - expected);
    *ret = (int64_t)((doubled + (doubled < 0 ? -rest : rest)) / (2 * rest));
    return true;
}
