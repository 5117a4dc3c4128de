/* SPDX-License-Identifier: Apache-2.0 */
/* The kept form of a standing: a row with the results as bytes and the open findings packed. */
#pragma once

#include "daemon/service/standing/readiness.h"
#include "daemon/service/standing/rollup.h"

/* findings: for each the difference of its number to the one before, ordinal, class and day raised, as
 * numbers of 7 bits a byte, lowest first, the high bit set on all but the last. */
int standing_kept_pack(struct call *call, const struct standing_state *state, struct bytes *ret);

/* What the row of standing_kept or standing_kept_all adds to a roll-up. */
struct rollup_share standing_kept_share(const struct stmt *q);
/* The row of standing_kept or standing_kept_all that q stands on. */
int standing_kept_read(struct call *call, const struct stmt *q, struct standing_state *ret,
                       struct rollup_share *ret_share);
/* ret->last_on is not set, and the results are all "not assessed", when nothing is kept. */
int standing_kept_get(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                      struct standing_state *ret, struct rollup_share *ret_share);
/* Judges the state, writes it, and moves the roll-ups from the share before to the new one. */
int standing_kept_put(struct call *call, int64_t holder_id, const struct standing_state *state,
                      const struct rollup_share *before);
/* Nothing is there any more that a standing follows from: takes it out, and its share out of the roll-ups. */
int standing_kept_drop(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before);
uint8_t standing_kept_result(enum result result);
/* An empty standing: nobody looked. */
int standing_kept_empty(struct call *call, const struct catalogue_edition *edition, struct standing_state *ret);
