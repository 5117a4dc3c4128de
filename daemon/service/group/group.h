/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a group is ready on a day, by the edition's rules: its size, its central function, the coverage by internal
 * inspections, the members ready, the sanctions. Members excluded for the edition are not counted; a suspended one does
 * not count as ready (sanction.def). Requirements that many visited members failed are proposed as structural; a
 * sanction decides. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* Uses the stored standings for today; computes any other day. In the arena. Any thread. */
int group_verdict(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition, struct date as_of,
                  struct group_verdict *ret);
/* The share p/q of the members that must be ready, in words: "every member ready". NULL without memory. */
const char *group_share_words(struct arena *a, int64_t p, int64_t q);
/* The requirements failed by at least as many externally visited members as the rule says, since the last decision on
 * the group's certificate or, without one, in the last twelve months. None if the edition has no such rule. */
int group_structural(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition,
                     struct date as_of, struct structural_proposal **ret, size_t *ret_n);
