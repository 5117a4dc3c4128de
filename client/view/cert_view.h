/* SPDX-License-Identifier: Apache-2.0 */
/* A certificate for people, with its cycle; and the conditions of a grant one by one. */
#pragma once

#include "client/write/table.h"
#include "common/api/api.h"
#include "common/arena.h"

/* as_of is always given: days are counted from it. */
void cert_view_put(struct out *o, const struct certificate_detail *d, struct date as_of, struct arena *a);
/* 'suspended since 2026-11-01', 'active until 2027-01-31': its state with the day that matters. */
const char *cert_view_state(enum certificate_state state, struct date since, struct date until, struct arena *a);
/* The members that it covers; rows need not outlive the call. */
void cert_view_begin_members(struct table *t, struct arena *a);
void cert_view_add_member(struct table *t, const struct covered_member *m);
/* Whether it is met, why, and the source of the rule. */
void cert_view_put_condition(struct out *o, const struct condition *c, struct arena *a);
