/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the internal control inspected every member of a group, by the edition's rule (rules->internal): how often,
 * in which period, against the whole checklist, by an inspector appointed on that day, concluded by someone else.
 * Without a rule any internal inspection in the calendar year counts. A corrected inspection no longer counts; its
 * correction does. Any thread. */
#pragma once

#include "daemon/service/call/day.h"
#include "daemon/service/standard/catalogue.h"

/* Selects members for coverage_list. */
struct coverage_ask {
    int64_t cooperative_id;
    const struct catalogue_edition *edition;
    struct judged_day day;
    struct date since; /* the group's pursuit began; not set: nothing is owed for earlier periods */
    const char *after; /* members after this code; "" for all */
    bool missing_only; /* only those lacking an inspection, now or in a period that was missed */
    bool in_period;    /* the last inspection before the period is not looked for */
    size_t limit;
    struct page *missed; /* if not NULL, takes every period missed, as struct coverage_missed, by member and day */
};

/* The day by which a missed inspection was due. */
struct coverage_missed {
    int64_t enterprise_id;
    struct date due_by;
};

/* The members on that day except those excluded for the edition, as struct coverage, by code. */
int coverage_list(struct call *call, const struct coverage_ask *ask, struct page *ret);
/* Whether any period before that of the day may have been missed since then. */
bool coverage_reaches_back(const struct internal_rule *rule, struct date since, struct date as_of);
/* The rule in words: "every member inspected in 2026". NULL without memory. */
const char *coverage_words(struct arena *a, const struct internal_rule *rule, struct date as_of);
