/* SPDX-License-Identifier: Apache-2.0 */
/* The random order of the members that a seed makes: by SHA-256(seed ‖ code), as bytes, ascending; the code is its
 * UTF-8 text. Anyone can repeat it in a few lines (smed-api(7), SAMPLES). Any thread. */
#pragma once

#include "daemon/store/digest.h"

/* One member, with its place in the order. */
struct sample_unit {
    const struct sample_candidate *facts; /* borrowed */
    int64_t enterprise_id;
    uint8_t key[DIGEST_SIZE];
    enum sample_stratum why; /* 0: not drawn */
};

/* Sorts the units into their random order; false when memory ran out. */
bool sample_random_order(const uint8_t seed[DIGEST_SIZE], struct sample_unit *units, size_t n);
/* The seed of a draw whose seed is not given: SHA-256 of the digest of the journal entry before (32 zero bytes
 * before the first) and the decimal digits of the microsecond at which the draw was accepted. Nobody who calls chooses
 * either; who has the journal can check both. false when memory ran out. */
bool sample_random_seed(const uint8_t previous[DIGEST_SIZE], struct instant at, uint8_t ret[DIGEST_SIZE]);
