/* SPDX-License-Identifier: Apache-2.0 */
/* The random order of members for a seed: ascending by the bytes of SHA-256(seed ‖ code), with the code as UTF-8.
 * Anyone can repeat it in a few lines (smed-api(7), SAMPLES). Any thread. */
#pragma once

#include "daemon/store/digest.h"

/* One member, with its place in the order. */
struct sample_unit {
    const struct sample_candidate *facts; /* borrowed */
    int64_t enterprise_id;
    uint8_t key[DIGEST_SIZE];
    enum sample_stratum why; /* 0: not drawn */
};

/* Sorts the units into random order; false without memory. */
bool sample_random_order(const uint8_t seed[DIGEST_SIZE], struct sample_unit *units, size_t n);
/* The seed of a draw if none is given: SHA-256 of the digest of the previous journal entry (32 zero bytes before the
 * first) and the decimal digits of the microsecond at which the draw was accepted. The caller can choose neither;
 * anyone with the journal can check both. false without memory. */
bool sample_random_seed(const uint8_t previous[DIGEST_SIZE], struct instant at, uint8_t ret[DIGEST_SIZE]);
