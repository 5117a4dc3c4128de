/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a group is ready on a day, by the edition's rules: its size, its central function, the coverage by internal
 * inspections, the members ready, the sanctions. Members excluded for the edition are not counted; a suspended one does
 * not count as ready (sanction.def), nor does one that is ready only by less proof than is asked for. Requirements that
 * many visited members failed are proposed as structural; a sanction decides. */
#pragma once

#include "daemon/service/call/day.h"
#include "daemon/service/standard/catalogue.h"

/* By which proof its members and its central function must be ready. */
struct group_proof {
    enum grade members, central;
};

/* What is asked for or, with 0, what the edition asks of members. */
struct group_proof group_proof(const struct catalogue_edition *edition, enum grade asked);
/* Uses the stored standings for today; computes any other day. In the arena. Any thread. */
int group_verdict(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition,
                  struct judged_day day, struct group_proof proof, struct group_verdict *ret);
/* The share p/q of the members that must be ready, in words: "every member ready". NULL without memory. */
const char *group_share_words(struct arena *a, int64_t p, int64_t q);
/* The requirements failed by at least as many externally visited members as the rule says, since the last decision on
 * the group's certificate or, without one, in the last twelve months. None if the edition has no such rule. */
int group_structural(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition,
                     struct judged_day day, struct structural_proposal **ret, size_t *ret_n);
