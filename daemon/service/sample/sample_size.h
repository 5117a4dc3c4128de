/* SPDX-License-Identifier: Apache-2.0 */
/* How many members a rule requires; integers only, so that every machine gives the same answer. Pure.
 *
 * The roots are those of IAF MD 1 (initial √n, surveillance 0.6√n, recertification 0.8√n, each rounded up) and of the
 * producer groups of GLOBALG.A.P. and the NOP; shares and floors those of Regulation (EU) 2021/279 Article 7. The
 * numbers themselves are in the editions. */
#pragma once

#include "common/api/api.h"

/* The largest of ⌈(root/root_of)·√n⌉, ⌈share·n⌉ and floor; n if that is more, or if n is at most all_if_at_most. n: 0
 * to 10,000,000; the rule within its bounds. */
int64_t sample_size(const struct sampling_rule *rule, int64_t n);
/* The size of a sample that must contain the mandatory members of n and still leaves its random share to chance: the
 * least number, not below size, of which ⌈random·size⌉ are not mandatory; at most n. */
int64_t sample_size_with(const struct sampling_rule *rule, int64_t size, int64_t mandatory, int64_t n);
/* How many of a sample of this size are always left to chance: ⌈random·size⌉. */
int64_t sample_size_random(const struct sampling_rule *rule, int64_t size);
