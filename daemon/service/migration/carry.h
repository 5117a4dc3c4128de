/* SPDX-License-Identifier: Apache-2.0 */
/* What a result on one requirement says about another, given their relation. Pure.
 *
 *   the first is …    conforming      nonconforming    not applicable    why
 *   equal             conforming      nonconforming    not applicable    both demand the same
 *   superset          conforming      –                –                 who meets all of it meets a part of it; what
 *                                                                        failed may lie outside that part
 *   subset            –               nonconforming    –                 who fails a part fails the whole; the rest of
 *                                                                        the whole was never looked at
 *   intersect, none   –               –                –                 what was seen may lie outside what they share
 *
 * Not assessed says nothing under any relation. Rows with the same second requirement are combined, and the weakest
 * counts: one nonconforming decides; otherwise all must say conforming, or all not applicable (if the second allows
 * it); else the result is nothing. So "equal" twice means that two together demand the same. In a chain of maps each
 * carries what the one before it carried, so at most what the weakest carries.
 *
 * Relations and weakest link as in the mapping models of OSCAL and CISO Assistant; the table follows from them. */
#pragma once

#include "daemon/service/standard/map.h"
#include "daemon/service/standing/standing.h"

/* STANDING_NOT_ASSESSED: nothing. */
enum standing_result carry_said(enum map_relation relation, enum standing_result result);
/* The combined relation of two in a chain or side by side: the weaker, or intersect if neither is weaker. */
enum map_relation carry_weaker(enum map_relation a, enum map_relation b);
/* One map: a result per requirement of step->from, and of step->to. */
void carry_step(const struct map_step *step, const uint8_t *from, uint8_t *to);
/* A chain of n maps; *ret is a result per requirement of the last edition, in the arena. */
int carry_all(struct call *call, const struct map_step *steps, size_t n, const uint8_t *from, uint8_t **ret);

/* The requirements of the first edition from which a requirement of the last one gets its result. */
struct carry_source {
    int32_t *ordinals;
    size_t n;
    enum map_relation relation; /* at the weakest; 0 if none */
};
/* One for each requirement of the last edition, in the arena. */
int carry_sources(struct call *call, const struct map_step *steps, size_t n, struct carry_source **ret);
