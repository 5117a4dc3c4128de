/* SPDX-License-Identifier: Apache-2.0 */
/* A share as people write it: p/q, or a whole percentage. */
#pragma once

#include "client/helper/yaml/yaml.h"

#include <stdint.h>

enum { SHARE_MAX = 1000000 };

/* False, and a complaint, if the pair's value is not a share. */
bool share_read(struct yaml *y, const struct yaml_pair *pair, uint32_t *ret_p, uint32_t *ret_q);
