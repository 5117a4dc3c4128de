/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar days and instants, and the clock that gives them. Pure except for the clock; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day of the proleptic Gregorian calendar: 1 is 0001-01-01; 0 means not given. */
struct date {
    int32_t day;
};

/* Microseconds since 1970-01-01 UTC; 0 means not given. */
struct instant {
    int64_t us;
};

enum { DATE_TEXT = sizeof "YYYY-MM-DD", INSTANT_TEXT = sizeof "YYYY-MM-DDTHH:MM:SS.uuuuuuZ" };

static inline bool date_is_set(struct date d)
{
    return d.day > 0;
}
static inline bool date_before(struct date a, struct date b)
{
    return a.day < b.day;
}

/* 0 (not given) for a nonexistent day; years 1 to 9999. */
struct date date_of(int year, int month, int day);
void date_parts(struct date d, int *ret_year, int *ret_month, int *ret_day);
/* The same day of the month, that many months later (earlier if negative), or the last day of that month if it is
 * shorter: 2024-01-31 + 1 is 2024-02-29, 2024-02-29 + 12 is 2025-02-28. Not given outside years 1 to 9999. Always count
 * from the original day: adding twice may lose days. */
struct date date_add_months(struct date d, int months);
/* The last day of a period of that many months (at least one) whose first day is d: the day before the same day of the
 * month, or the last day of that month if it is shorter. 2024-02-29 and 12 give 2025-02-28, as does 2024-03-01. */
struct date date_last_of_months(struct date d, int months);
/* Exactly YYYY-MM-DD; false, and *ret untouched, for anything else. */
bool date_parse(const char *text, size_t length, struct date *ret);
/* text holds at least DATE_TEXT bytes; returns text; "" for a date not given. */
const char *date_format(struct date d, char *text);
/* The day of an instant, in UTC. */
struct date date_of_instant(struct instant t);
/* The last microsecond of a day, in UTC. */
struct instant date_end(struct date d);
/* ISO 8601 in UTC; text holds at least INSTANT_TEXT bytes; returns text. */
const char *instant_format(struct instant t, char *text);
/* The inverse of instant_format; fraction and Z are optional. */
bool instant_parse(const char *text, size_t length, struct instant *ret);

/* The source of the current time; tests substitute their own. Never NULL. */
struct clock {
    struct instant (*now)(void *context);
    void *context;
};
extern const struct clock clock_system;
/* Reads SME_CLOCK (an instant) once, for demos and tests whose output must not depend on the day; the clock then runs
 * on from there. Without it, the system clock. */
const struct clock *clock_from_environment(void);
struct instant clock_now(const struct clock *clock);
