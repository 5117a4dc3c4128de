/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the internal control inspected every member of a group, by the edition's rule (rules->internal): how often,
 * in which period, against the whole checklist, by an inspector appointed on that day, concluded by somebody else.
 * Without a rule one internal inspection in the calendar year counts, whatever it looked at. An inspection that was
 * corrected counts no more, its correction does. Any thread. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* Whom coverage_list lists. */
struct coverage_ask {
    int64_t cooperative_id;
    const struct catalogue_edition *edition;
    struct date as_of;
    const char *after; /* members after this code; "" for all */
    bool missing_only; /* those of whom an inspection is missing */
    bool in_period;    /* looks at the period alone: an inspection before it is not told, nor counted for due_by */
    size_t limit;
};

/* The members of the day, but those excluded for the edition: as struct coverage, by code. */
int coverage_list(struct call *call, const struct coverage_ask *ask, struct page *ret);
/* What the rule asks, in words: "every member inspected in 2026". NULL without memory. */
const char *coverage_words(struct arena *a, const struct internal_rule *rule, struct date as_of);
