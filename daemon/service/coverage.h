/* Whether the internal control inspected every member of a group, by the edition's rule (rules->internal): how often,
 * in which period, against the whole checklist, by an inspector appointed on that day, concluded by somebody else.
 * Without a rule one internal inspection in the calendar year counts, whatever it looked at. An inspection that was
 * corrected counts no more, its correction does. Any thread. */
#pragma once

#include "daemon/service/catalogue.h"

/* The members of the day after the code, "" for all, but those excluded for the edition: as struct coverage, by code.
 * missing_only: those of whom an inspection is missing. No more than limit. */
int coverage_list(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition, struct date as_of,
                  const char *after, bool missing_only, size_t limit, struct page *ret);
/* What the rule asks, in words: "every member inspected in 2026". NULL without memory. */
const char *coverage_words(struct arena *a, const struct internal_rule *rule, struct date as_of);
