/* SPDX-License-Identifier: Apache-2.0 */
/* The stored form of a standing: a row with the results as bytes, their days in runs, the open findings packed, and
 * what the verdict by any proof was on the day it was stored. Numbers are packed as integers of 7 bits per byte, lowest
 * first, with the high bit set on all but the last. */
#pragma once

#include "daemon/service/standing/readiness.h"
#include "daemon/service/standing/rollup.h"

/* findings: for each, the difference of its number to the previous one, its ordinal, class and day raised.
 * days: from the lowest grade on, how many requirements have the same day, and that day. */
int standing_kept_pack(struct call *call, const struct standing_state *state, struct bytes *ret_findings,
                       struct bytes *ret_days);

/* The share of a row of standing_kept or standing_kept_all in a roll-up. */
struct rollup_share standing_kept_share(const struct stmt *q);
/* Reads q's current row of standing_kept or standing_kept_all, without what has become too old since it was stored. */
int standing_kept_read(struct call *call, const struct stmt *q, struct standing_state *ret,
                       struct rollup_share *ret_share);
/* If nothing is stored, ret->last_on is not set and all results are "not assessed". */
int standing_kept_get(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                      struct standing_state *ret, struct rollup_share *ret_share);
/* Judges and stores the state, and moves the roll-ups from the old share to the new one. */
int standing_kept_put(struct call *call, int64_t holder_id, const struct standing_state *state,
                      const struct rollup_share *before);
/* How far the stored roll-up of a cooperative is behind today, because results got too old since it was stored. */
int standing_kept_aged(struct call *call, int64_t cooperative_id, int64_t edition_id, struct rollup_sum *ret);
/* Stores anew a few standings of which results got too old. Writer thread. */
int standing_kept_refresh(struct call *call);
/* Removes a standing that no longer has a basis, and its share in the roll-ups. */
int standing_kept_drop(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before);
/* Leaves out what is too old on the day by the rules of the edition. */
void standing_kept_expire(struct standing_state *state, struct date day);
/* An empty standing: nothing assessed. */
int standing_kept_empty(struct call *call, const struct catalogue_edition *edition, struct standing_state *ret);
