/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate for people, with its cycle; and the conditions of a grant one by one. */
#pragma once

#include "client/write/out.h"
#include "common/api/api.h"
#include "common/arena.h"

/* as_of is always given: days are counted from it. */
void cert_view_put(struct out *o, const struct certificate_detail *d, struct date as_of, struct arena *a);
/* Whether it is met, why, and the source of the rule. */
void cert_view_put_condition(struct out *o, const struct condition *c, struct arena *a);
