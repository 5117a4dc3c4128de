/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/inspections.h"

enum { YEAR_MONTHS = 12 };

static int year_of(struct date d)
{
    int year, month, day;
    date_parts(d, &year, &month, &day);
    return year;
}

static bool is_excused(const struct inspections *s, struct date due)
{
    for (size_t i = 0; i < s->n_excused; i++)
        if (s->excused[i].day == due.day)
            return true;
    return false;
}

/* The day due of the period after that of a day due. */
static struct date day_after(const struct inspections *s, struct date due)
{
    return s->by_year ? date_of(year_of(due) + 1, 12, 31) : date_add_months(due, YEAR_MONTHS);
}

/* The first day due from this one on that is not excused. */
static struct date first_owed(const struct inspections *s, struct date due)
{
    while (date_is_set(due) && is_excused(s, due))
        due = day_after(s, due);
    return due;
}

void inspections_begin(struct inspections *s, const struct internal_rule *rule, struct date start,
                       const struct date *excused, size_t n_excused)
{
    *s = (struct inspections){ .by_year = rule->period != PERIOD_TWELVE_MONTHS,
                               .n = rule->inspections < INSPECTIONS_MAX ? rule->inspections : INSPECTIONS_MAX,
                               .excused = excused,
                               .n_excused = n_excused };
    struct date due = s->by_year ? date_of(year_of(start), 12, 31) : date_add_months(start, YEAR_MONTHS);
    for (int64_t i = 0; i < s->n; i++)
        s->due[i] = first_owed(s, due);
}

struct date inspections_from(const struct internal_rule *rule, struct date start)
{
    if (rule->period != PERIOD_TWELVE_MONTHS)
        return date_of(year_of(start), 1, 1);
    return (struct date){ date_add_months(start, -YEAR_MONTHS).day + 1 };
}

static int64_t oldest(const struct inspections *s)
{
    int64_t at = 0;
    for (int64_t i = 1; i < s->n; i++)
        if (date_before(s->due[i], s->due[at]))
            at = i;
    return at;
}

struct date inspections_take(struct inspections *s, struct date on)
{
    struct date *slot = &s->due[oldest(s)], due = *slot;
    if (s->by_year && year_of(on) < year_of(due))
        return (struct date){ 0 };
    struct date next = day_after(s, due);
    if (!s->by_year && !date_before(next, on))
        next = date_add_months(on, YEAR_MONTHS);
    *slot = first_owed(s, next);
    return due;
}

struct date inspections_next(const struct inspections *s)
{
    return s->due[oldest(s)];
}

int64_t inspections_missed(const struct inspections *s, struct date as_of)
{
    int64_t missed = 0;
    for (int64_t i = 0; i < s->n; i++)
        for (struct date due = s->due[i]; date_is_set(due) && date_before(due, as_of);
             due = first_owed(s, day_after(s, due)))
            missed++;
    return missed;
}

struct date inspections_missed_after(const struct inspections *s, struct date after, struct date as_of)
{
    struct date first = { 0 };
    for (int64_t i = 0; i < s->n; i++) {
        struct date due = s->due[i];
        while (date_is_set(due) && !date_before(after, due))
            due = first_owed(s, day_after(s, due));
        if (date_is_set(due) && date_before(due, as_of) && (!date_is_set(first) || date_before(due, first)))
            first = due;
    }
    return first;
}
