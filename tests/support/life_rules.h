/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a living edition: every kind, with periods short enough for all to take effect within a year. */
#pragma once

#include "common/api/api.h"

/* Only rules for samples: of every kind, with every stratum. */
struct rules life_rules_sampling(void);
/* All rules. */
struct rules life_rules_all(void);
