/* SPDX-License-Identifier: Apache-2.0 */
/* Draws members of a population: the mandatory ones, then by chance. Pure: the same rule and random order give the same
 * list, however the register ordered the members.
 *
 * Over the random order of the members:
 *   1. every member of a stratum that the rule makes mandatory: new, sanctioned, of high risk;
 * 2. for each internal inspector without a drawn member yet, the first member they inspected;
 *   3. the share of the sample that the rule leaves to chance, from all the rest;
 *   4. up to the size of the sample, those not in the last sample first where the rule prefers them, then the rest.
 * The strata are those in use for producer groups (new, sanctioned, risk, each inspector, some random); the random
 * quarter is that of IAF MD 1. */
#pragma once

#include "common/arena.h"
#include "daemon/service/sample/sample_random.h"

struct sample_draft {
    struct sample_unit *units; /* in random order */
    size_t n;
    size_t *drawn; /* n_drawn places in units, in the order they were drawn */
    size_t n_drawn;
    int64_t size, mandatory; /* as the rule requires; how many of steps 1 and 2 */
};

/* The whole draw: puts draft->units in their order, marks and lists those drawn. false without memory. */
bool sample_pick(const struct sampling_rule *rule, const uint8_t seed[DIGEST_SIZE], struct arena *a,
                 struct sample_draft *draft);
