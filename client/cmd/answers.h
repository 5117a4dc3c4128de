/* SPDX-License-Identifier: Apache-2.0 */
/* The responses of an audit, adjusted by what a person says of some: "all conforming but". */
#pragma once

#include "common/api/api.h"
#include "common/arena.h"
#include "common/err.h"

struct answers {
    struct arena *arena;
    struct response *responses;
    size_t n, capacity;
    struct answers_named *named; /* by options: once each */
};

/* These, of a form; what they point to stays where it is. */
void answers_take(struct answers *a, const struct response *responses, size_t n);
/* Every assessable requirement, conforming. */
void answers_all_conforming(struct answers *a, const struct edition_detail *edition);
/* 'CODE=CLASS:TEXT' of a requirement that failed (or, observed or as an opportunity, did not);
 * CLASS and TEXT may be left out. Replaces what the form says; a code named twice is refused. */
int answers_except(struct answers *a, const char *text, const struct edition_detail *edition, struct err *e);
/* 'CODE:REASON'; the code of a section means all requirements below it. */
int answers_not_applicable(struct answers *a, const char *text, const struct edition_detail *edition, struct err *e);
