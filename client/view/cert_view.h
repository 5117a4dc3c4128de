/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate as it is read, with its cycle; and what stands against a grant, condition by condition. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* as_of is never absent: days are counted from it. */
void cert_view_put(struct out *o, const struct certificate_detail *d, struct date as_of, struct arena *a);
/* Whether it holds, why, and where the rule is written. */
void cert_view_put_condition(struct out *o, const struct condition *c, struct arena *a);
