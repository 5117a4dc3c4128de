/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the internal control inspected every member of a group, by the edition's rule (rules->internal): how often,
 * in which period, against the whole checklist, by an inspector appointed on that day, concluded by someone else.
 * Without a rule any internal inspection in the calendar year counts. A corrected inspection no longer counts; its
 * correction does. Any thread. */
#pragma once

#include "daemon/service/standard/catalogue.h"

/* Selects members for coverage_list. */
struct coverage_ask {
    int64_t cooperative_id;
    const struct catalogue_edition *edition;
    struct date as_of;
    const char *after; /* members after this code; "" for all */
    bool missing_only; /* only those lacking an inspection */
    bool in_period;    /* only the period: earlier inspections are neither shown nor counted for due_by */
    size_t limit;
};

/* The members on that day except those excluded for the edition, as struct coverage, by code. */
int coverage_list(struct call *call, const struct coverage_ask *ask, struct page *ret);
/* The rule in words: "every member inspected in 2026". NULL without memory. */
const char *coverage_words(struct arena *a, const struct internal_rule *rule, struct date as_of);
