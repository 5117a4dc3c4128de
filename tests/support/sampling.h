/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of samples, made up. */
#pragma once

#include "common/api/api.h"

/* root / of times the root of n. */
static inline struct sampling_rule sampling_root(enum sample_purpose purpose, int64_t root, int64_t of)
{
    return (struct sampling_rule){
        .purpose = purpose, .root = root, .has_root = true, .root_of = of, .has_root_of = true, .source = "made up"
    };
}

/* The same, a quarter of it at random, and every stratum. */
static inline struct sampling_rule sampling_strata(enum sample_purpose purpose, int64_t root, int64_t of)
{
    struct sampling_rule rule = sampling_root(purpose, root, of);
    rule.random = 1;
    rule.random_of = 4;
    rule.has_random = rule.has_random_of = true;
    rule.new_members = rule.has_new_members = true;
    rule.sanctioned = rule.has_sanctioned = true;
    rule.high_risk = rule.has_high_risk = true;
    rule.not_visited = rule.has_not_visited = true;
    rule.each_inspector = rule.has_each_inspector = true;
    return rule;
}
