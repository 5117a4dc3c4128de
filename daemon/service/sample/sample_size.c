/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/sample/sample_size.h"

static int64_t ceil_div(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The least r with r² ≥ x, for x up to 10^13. */
static int64_t ceil_root(int64_t x)
{
    int64_t low = 0, high = 1 << 22; /* (2^22)² is more than 10^13 */
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (middle * middle >= x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The least k with (k·b)² ≥ a²·n: k·b is whole, so it need only reach the root rounded up. */
static int64_t rooted(int64_t a, int64_t b, int64_t n)
{
    return ceil_div(ceil_root(a * a * n), b);
}

int64_t sample_size(const struct sampling_rule *rule, int64_t n)
{
    int64_t size = rule->has_floor ? rule->floor : 0;
    if (rule->has_root && rule->has_root_of)
        size = larger(size, rooted(rule->root, rule->root_of, n));
    if (rule->has_share && rule->has_share_of)
        size = larger(size, ceil_div(rule->share * n, rule->share_of));
    if (rule->has_all_if_at_most && n <= rule->all_if_at_most)
        size = n;
    return smaller(size, n);
}

int64_t sample_size_random(const struct sampling_rule *rule, int64_t size)
{
    return rule->has_random && rule->has_random_of ? ceil_div(rule->random * size, rule->random_of) : 0;
}

/* size − ⌈p·size/q⌉ is ⌊(q − p)·size/q⌋, which reaches mandatory from size = ⌈mandatory·q/(q − p)⌉ on. */
int64_t sample_size_with(const struct sampling_rule *rule, int64_t size, int64_t mandatory, int64_t n)
{
    int64_t least = mandatory;
    if (mandatory > 0 && rule->has_random && rule->has_random_of) {
        int64_t rest = rule->random_of - rule->random;
        least = rest > 0 ? ceil_div(mandatory * rule->random_of, rest) : n;
    }
    return smaller(larger(size, least), n);
}
