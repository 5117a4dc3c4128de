/* SPDX-License-Identifier: Apache-2.0 */
/* The stored form of a standing: a row with the results as bytes and the open findings packed. */
#pragma once

#include "daemon/service/standing/readiness.h"
#include "daemon/service/standing/rollup.h"

/* findings: for each, the difference of its number to the previous one, its ordinal, class and day raised, as
 * variable-length integers of 7 bits per byte, lowest first, with the high bit set on all but the last. */
int standing_kept_pack(struct call *call, const struct standing_state *state, struct bytes *ret);

/* The share of a row of standing_kept or standing_kept_all in a roll-up. */
struct rollup_share standing_kept_share(const struct stmt *q);
/* Reads q's current row of standing_kept or standing_kept_all. */
int standing_kept_read(struct call *call, const struct stmt *q, struct standing_state *ret,
                       struct rollup_share *ret_share);
/* If nothing is stored, ret->last_on is not set and all results are "not assessed". */
int standing_kept_get(struct call *call, int64_t holder_id, const struct catalogue_edition *edition,
                      struct standing_state *ret, struct rollup_share *ret_share);
/* Judges and stores the state, and moves the roll-ups from the old share to the new one. */
int standing_kept_put(struct call *call, int64_t holder_id, const struct standing_state *state,
                      const struct rollup_share *before);
/* Removes a standing that no longer has a basis, and its share in the roll-ups. */
int standing_kept_drop(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before);
uint8_t standing_kept_result(enum result result);
/* An empty standing: nothing assessed. */
int standing_kept_empty(struct call *call, const struct catalogue_edition *edition, struct standing_state *ret);
