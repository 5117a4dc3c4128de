/* SPDX-License-Identifier: Apache-2.0 */
/* How many members a rule asks for; whole numbers only, so that every machine answers the same. Pure.
 *
 * The roots are those of IAF MD 1 (initial √n, surveillance 0.6√n, recertification 0.8√n, each rounded up) and of the
 * producer groups of GLOBALG.A.P. and the NOP; shares and floors those of Regulation (EU) 2021/279 Article 7. The
 * numbers themselves are in the editions. */
#pragma once

#include "common/api/api.h"

/* The largest of ⌈(root/root_of)·√n⌉, ⌈share·n⌉ and floor; n where that is more, or where n is no more than
 * all_if_at_most. n: 0 to 10,000,000; the rule within its bounds. */
int64_t sample_size(const struct sampling_rule *rule, int64_t n);
/* The size of a sample that has to hold mandatory members of n, and yet leaves its random share to chance: the
 * least of at least size of which ⌈random·size⌉ are not mandatory; at most n. */
int64_t sample_size_with(const struct sampling_rule *rule, int64_t size, int64_t mandatory, int64_t n);
/* How many of a sample of this size are left to chance whatever else must be in it: ⌈random·size⌉. */
int64_t sample_size_random(const struct sampling_rule *rule, int64_t size);
