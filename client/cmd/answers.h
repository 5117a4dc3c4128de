/* SPDX-License-Identifier: Apache-2.0 */
/* The responses of an audit, adjusted by options: "all conforming except". */
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

/* Sets these, from a form; their pointers are borrowed. */
void answers_take(struct answers *a, const struct response *responses, size_t n);
/* Every assessable requirement, conforming. */
void answers_all_conforming(struct answers *a, const struct edition_detail *edition);
/* 'CODE=CLASS:TEXT' of a requirement that failed (or, for an observation or opportunity, did not); CLASS and TEXT are
 * optional. Replaces the form's response; a code named twice is refused. */
int answers_except(struct answers *a, const char *text, const struct edition_detail *edition, struct err *e);
/* 'CODE:REASON'; the code of a section means all requirements below it. */
int answers_not_applicable(struct answers *a, const char *text, const struct edition_detail *edition, struct err *e);
