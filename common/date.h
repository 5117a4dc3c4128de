/* SPDX-License-Identifier: Apache-2.0 */
/* Calendar days and instants, and the clock that gives them. Pure but for the clock; any thread. */
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

/* 0 (not given) for a day that does not exist; years 1 to 9999. */
struct date date_of(int year, int month, int day);
void date_parts(struct date d, int *ret_year, int *ret_month, int *ret_day);
/* The same day of the month so many months later (earlier, where negative); the last day of that month where it has no
 * such day: 2024-01-31 + 1 is 2024-02-29, 2024-02-29 + 12 is 2025-02-28. Not given outside years 1 to 9999. Always
 * count from the first day: adding twice may lose days. */
struct date date_add_months(struct date d, int months);
/* The last day of a time of so many months, at least one, whose first day is d: the day before the same day of the
 * month, or, where that month has no such day, its last day. 2024-02-29 and 12 give 2025-02-28, as 2024-03-01 does. */
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

/* Where now comes from; tests put their own in its place. Never NULL. */
struct clock {
    struct instant (*now)(void *context);
    void *context;
};
extern const struct clock clock_system;
/* Reads SME_CLOCK (an instant) once, for demonstrations and tests that must print the same day
 * always; with a fixed start the clock still runs on. Without it, the system's. */
const struct clock *clock_from_environment(void);
struct instant clock_now(const struct clock *clock);
struct date clock_today(const struct clock *clock);
