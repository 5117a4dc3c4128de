/* SPDX-License-Identifier: Apache-2.0 */
/* The internal inspections that one member owes, by the edition's rule: how many in each calendar year, or in any
 * twelve months. Pure; any thread.
 *
 * What is owed never lapses: each inspection settles the oldest one that is due, late or not, and only an excuse takes
 * another away. Counted from the later of the days on which the group's pursuit and the membership began. */
#pragma once

#include "daemon/service/standard/catalogue.h"

enum { INSPECTIONS_MAX = 100 };

struct inspections {
    bool by_year;
    int64_t n;
    struct date due[INSPECTIONS_MAX]; /* the oldest day due of each of the n that are owed in a period */
    const struct date *excused;       /* days due that need no inspection */
    size_t n_excused;
};

/* excused stays the caller's, and must live as long. */
void inspections_begin(struct inspections *s, const struct internal_rule *rule, struct date start,
                       const struct date *excused, size_t n_excused);
/* The first day on which an inspection settles something that is owed from start on. */
struct date inspections_from(const struct internal_rule *rule, struct date start);
/* Takes inspections in the order of their days. Gives the day by which this one was due; not set if it settles nothing,
 * because the year has had enough of them. */
struct date inspections_take(struct inspections *s, struct date on);
/* The day by which the next one is due: the oldest. */
struct date inspections_next(const struct inspections *s);
/* How many should have been made before that day. */
int64_t inspections_missed(const struct inspections *s, struct date as_of);
/* The first day after this one on which one was due and missed, before as_of; not set if there is none. */
struct date inspections_missed_after(const struct inspections *s, struct date after, struct date as_of);
