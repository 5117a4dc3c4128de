/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/standing_result.h"

/* Both bits of each grade, and the lower and the upper one. */
enum { LOWER = 0x15, UPPER = 0x2a };

static bool is_good(enum standing_result result)
{
    return result == STANDING_CONFORMING || result == STANDING_NOT_APPLICABLE;
}

/* The bits of all grades below. */
static uint8_t below(enum grade grade)
{
    return (uint8_t)(grade == 0 ? 0 : (1 << (2 * ((int)grade - 1))) - 1);
}

/* Nonconforming is the only result with the upper bit alone. */
static bool has_bad(uint8_t latest)
{
    return ((latest & UPPER) >> 1 & ~latest & LOWER) != 0;
}

static enum standing_result highest(uint8_t latest)
{
    for (int grade = GRADES; grade > 0; grade--) {
        enum standing_result result = (enum standing_result)(latest >> (2 * (grade - 1)) & 3);
        if (is_good(result))
            return result;
    }
    return STANDING_NOT_ASSESSED;
}

enum standing_result standing_result(const struct standing_results *r, int32_t ordinal, enum grade proof)
{
    uint8_t latest = r->latest[ordinal];
    return has_bad(latest) ? STANDING_NONCONFORMING : highest((uint8_t)(latest & ~below(proof)));
}

enum standing_result standing_result_from(const struct standing_results *r, int32_t ordinal, enum grade grade)
{
    uint8_t latest = (uint8_t)(r->latest[ordinal] & ~below(grade));
    return has_bad(latest) ? STANDING_NONCONFORMING : highest(latest);
}

struct date standing_result_day(const struct standing_results *r, int32_t ordinal, enum grade proof)
{
    bool bad = has_bad(r->latest[ordinal]);
    struct date day = { 0 };
    for (int grade = GRADE_SELF; grade < grade_end_; grade++) {
        enum standing_result result = standing_result_of(r, ordinal, (enum grade)grade);
        bool counts = bad ? result == STANDING_NONCONFORMING : grade >= (int)proof && is_good(result);
        if (counts && r->days[grade - 1][ordinal] > day.day)
            day.day = r->days[grade - 1][ordinal];
    }
    return day;
}

void standing_result_put(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                         struct date day)
{
    int shift = 2 * ((int)grade - 1);
    r->latest[ordinal] = (uint8_t)((r->latest[ordinal] & ~(3 << shift)) | (int)result << shift);
    r->days[grade - 1][ordinal] = result == STANDING_NOT_ASSESSED ? 0 : day.day;
}

/* Takes away the good results, or the bad ones, up to a grade. */
static void take_away(struct standing_results *r, int32_t ordinal, bool good, enum grade until)
{
    for (int grade = GRADE_SELF; grade <= (int)until; grade++) {
        enum standing_result result = standing_result_of(r, ordinal, (enum grade)grade);
        if (good ? is_good(result) : result == STANDING_NONCONFORMING)
            standing_result_put(r, ordinal, (enum grade)grade, STANDING_NOT_ASSESSED, (struct date){ 0 });
    }
}

static void take(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                 struct date day)
{
    if (is_good(result))
        take_away(r, ordinal, false, grade);
    standing_result_put(r, ordinal, grade, result, day);
}

void standing_result_take(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                          struct date day)
{
    if (result == STANDING_NOT_ASSESSED)
        return;
    if ((r->latest[ordinal] & STANDING_CARRIED) != 0)
        take_away(r, ordinal, true, GRADE_EXTERNAL);
    r->latest[ordinal] &= (uint8_t)~STANDING_CARRIED;
    take(r, ordinal, grade, result, day);
}

void standing_result_carry(struct standing_results *r, int32_t ordinal, enum grade grade, enum standing_result result,
                           struct date day)
{
    if (result == STANDING_NOT_ASSESSED)
        return;
    if (r->latest[ordinal] == 0)
        r->latest[ordinal] = STANDING_CARRIED;
    take(r, ordinal, grade, result, day);
}

struct date standing_result_expire(struct standing_results *r, int32_t n_requirements, int64_t months, struct date day)
{
    struct date next = { 0 };
    for (int grade = GRADE_SELF; grade < grade_end_; grade++)
        for (int32_t i = 0; i < n_requirements; i++) {
            struct date from = { r->days[grade - 1][i] };
            if (!is_good(standing_result_of(r, i, (enum grade)grade)))
                continue;
            struct date last = date_add_months(from, (int)months);
            if (!date_is_set(last))
                continue; /* beyond the calendar */
            if (date_before(last, day))
                standing_result_put(r, i, (enum grade)grade, STANDING_NOT_ASSESSED, (struct date){ 0 });
            else if (!date_is_set(next) || last.day + 1 < next.day)
                next.day = last.day + 1;
        }
    return next;
}

enum standing_result standing_result_said(enum result result)
{
    static const enum standing_result said[] = {
        [RESULT_CONFORMING] = STANDING_CONFORMING,
        [RESULT_NONCONFORMING] = STANDING_NONCONFORMING,
        [RESULT_NOT_APPLICABLE] = STANDING_NOT_APPLICABLE,
        [RESULT_NOT_ASSESSED] = STANDING_NOT_ASSESSED,
    };
    return said[result];
}

enum standing_result standing_result_worse(enum standing_result a, enum standing_result b)
{
    static const int weight[] = { [STANDING_NOT_ASSESSED] = 0,
                                  [STANDING_CONFORMING] = 1,
                                  [STANDING_NOT_APPLICABLE] = 2,
                                  [STANDING_NONCONFORMING] = 3 };
    return weight[a] > weight[b] ? a : b;
}
