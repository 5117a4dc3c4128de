/* SPDX-License-Identifier: Apache-2.0 */
/* What stands of the results of one holder: per requirement and grade the latest result, with its day. Pure.
 *
 * Bad news counts from anybody, good news only from an audit that is at least as independent: a nonconforming result
 * stands until a later good one (conforming or not applicable) of its grade or above, or until its finding is closed.
 * With no bad result standing, the result is the good one of the highest grade.
 *
 * What is good and was carried over by a migration yields to whatever is seen, whenever that was: the first result of
 * an audit takes it away. What is bad counts from the day it was seen, before the audits of that day, and is mended by
 * the same rule as any other. */
#pragma once

#include "common/api/api.h"

enum { GRADES = grade_end_ - 1 };

/* Of a requirement; sections stay STANDING_NOT_ASSESSED. */
enum standing_result {
    STANDING_NOT_ASSESSED,
    STANDING_CONFORMING,
    STANDING_NONCONFORMING,
    STANDING_NOT_APPLICABLE,
};

struct standing_results {
    uint8_t *latest;       /* per requirement: two bits for each grade, self lowest; STANDING_CARRIED */
    int32_t *days[GRADES]; /* per grade and requirement: the day of that result; 0 if there is none */
};

enum { STANDING_CARRIED = 0x40 }; /* all that stands of it was carried over by a migration */

/* The latest result of one grade that stands. */
static inline enum standing_result standing_result_of(const struct standing_results *r, int32_t ordinal,
                                                      enum grade grade)
{
    return (enum standing_result)(r->latest[ordinal] >> (2 * ((int)grade - 1)) & 3);
}
/* The result of a requirement, good ones below the proof left out; 0 asks for no proof. */
enum standing_result standing_result(const struct standing_results *r, int32_t ordinal, enum grade proof);
/* The same with all results below the grade left out, bad ones too. */
enum standing_result standing_result_from(const struct standing_results *r, int32_t ordinal, enum grade grade);
/* Of the nonconforming results that stand, the latest day; of good ones, that of the newest not below the proof. Not
 * given where nothing is assessed. */
struct date standing_result_day(const struct standing_results *r, int32_t ordinal, enum grade proof);

/* Takes a result that comes after all others of the requirement; "not assessed" says nothing. */
void standing_result_take(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                          struct date day);
/* The same for one carried over: a good one before all that is seen, a bad one in its place. */
void standing_result_carry(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                           struct date day);
/* Replaces the result of one grade. */
void standing_result_put(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                         struct date day);
/* Leaves out the good results that are too old on the day, and tells the first day on which another one will be; not
 * given if none ever is. */
struct date standing_result_expire(struct standing_results *r, int32_t n_requirements, int64_t months, struct date day);
enum standing_result standing_result_said(enum result result);
/* Which of two results of equal weight counts: the worse. */
enum standing_result standing_result_worse(enum standing_result a, enum standing_result b);
