/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of an edition that lives: each of them there is, with times short enough for all to come about in a year.
 */
#pragma once

#include "common/api/api.h"

/* Samples of every kind, with every stratum, and no other rule. */
struct rules life_rules_sampling(void);
/* All of them. */
struct rules life_rules_all(void);
