/* SPDX-License-Identifier: Apache-2.0 */
#include "common/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAYS_TO_1970 = 719163, YEAR_MAX = 9999, US_PER_SECOND = 1000000 };
static const int64_t US_PER_DAY = INT64_C(86400) * US_PER_SECOND;

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Days before a month, in a year that begins in March: leap days come last, so that months need no special case
 * (Hinnant, chrono-compatible low-level date algorithms). */
static int32_t days_before_march_year(int32_t year)
{
    return 365 * year + year / 4 - year / 100 + year / 400;
}

struct date date_of(int year, int month, int day)
{
    if (year < 1 || year > YEAR_MAX || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return (struct date){ 0 };
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t m = month <= 2 ? month + 9 : month - 3;
    /* 306: from the first of March to the end of the year */
    return (struct date){ days_before_march_year(y) + (153 * m + 2) / 5 + day - 306 };
}

void date_parts(struct date d, int *ret_year, int *ret_month, int *ret_day)
{
    int32_t n = d.day + 305; /* days since 0000-03-01 */
    int32_t era = n / 146097, in_era = n % 146097;
    int32_t y = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t in_year = in_era - days_before_march_year(y);
    int32_t m = (5 * in_year + 2) / 153;
    *ret_day = in_year - (153 * m + 2) / 5 + 1;
    *ret_month = m < 10 ? m + 3 : m - 9;
    *ret_year = y + 400 * era + (*ret_month <= 2);
}

struct date date_add_months(struct date d, int months)
{
    int year, month, day;
    date_parts(d, &year, &month, &day);
    int64_t n = (int64_t)year * 12 + (month - 1) + months;
    if (!date_is_set(d) || n < 12 || n >= (int64_t)(YEAR_MAX + 1) * 12)
        return (struct date){ 0 };
    year = (int)(n / 12);
    month = (int)(n % 12) + 1;
    int last = month_length(year, month);
    return date_of(year, month, day < last ? day : last);
}

struct date date_last_of_months(struct date d, int months)
{
    int year, month, first_day, day;
    struct date next = date_add_months(d, months);
    if (!date_is_set(next))
        return next;
    date_parts(d, &year, &month, &first_day);
    date_parts(next, &year, &month, &day);
    return day == first_day ? (struct date){ next.day - 1 } : next;
}

/* Exactly n digits. */
static bool parse_digits(const char *text, size_t n, int *ret)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *ret = value;
    return true;
}

bool date_parse(const char *text, size_t length, struct date *ret)
{
    int year, month, day;
    if (length != DATE_TEXT - 1 || text[4] != '-' || text[7] != '-' || !parse_digits(text, 4, &year)
        || !parse_digits(text + 5, 2, &month) || !parse_digits(text + 8, 2, &day))
        return false;
    struct date d = date_of(year, month, day);
    if (!date_is_set(d))
        return false;
    *ret = d;
    return true;
}

/* Writes n digits; unlike printf it cannot overrun, whatever the value. */
static char *put_digits(char *to, int value, size_t n)
{
    for (size_t i = n; i-- > 0; value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + n;
}

static char *put_date(char *to, struct date d)
{
    int year, month, day;
    date_parts(d, &year, &month, &day);
    to = put_digits(to, year, 4);
    *to++ = '-';
    to = put_digits(to, month, 2);
    *to++ = '-';
    return put_digits(to, day, 2);
}

const char *date_format(struct date d, char *text)
{
    char *end = date_is_set(d) ? put_date(text, d) : text;
    *end = '\0';
    return text;
}

/* The day since 1970 of an instant, and the microseconds into it; rounds down, before 1970 too. */
static int64_t split_instant(struct instant t, int64_t *ret_us)
{
    int64_t day = t.us / US_PER_DAY, rest = t.us % US_PER_DAY;
    *ret_us = rest < 0 ? rest + US_PER_DAY : rest;
    return rest < 0 ? day - 1 : day;
}

static struct date date_of_unix_day(int64_t day)
{
    int64_t d = day + DAYS_TO_1970;
    return d >= 1 && d <= date_of(YEAR_MAX, 12, 31).day ? (struct date){ (int32_t)d } : (struct date){ 0 };
}

struct date date_of_instant(struct instant t)
{
    int64_t us;
    return date_of_unix_day(split_instant(t, &us));
}

struct instant date_end(struct date d)
{
    return (struct instant){ (d.day - DAYS_TO_1970 + 1) * US_PER_DAY - 1 };
}

const char *instant_format(struct instant t, char *text)
{
    int64_t us;
    struct date d = date_of_unix_day(split_instant(t, &us));
    if (!date_is_set(d)) {
        *text = '\0';
        return text;
    }
    int seconds = (int)(us / US_PER_SECOND);
    char *to = put_date(text, d);
    *to++ = 'T';
    to = put_digits(to, seconds / 3600, 2);
    *to++ = ':';
    to = put_digits(to, seconds / 60 % 60, 2);
    *to++ = ':';
    to = put_digits(to, seconds % 60, 2);
    *to++ = '.';
    to = put_digits(to, (int)(us % US_PER_SECOND), 6);
    memcpy(to, "Z", 2);
    return text;
}

/* .1 to .123456, then Z or nothing. */
static bool parse_fraction(const char *text, size_t length, int *ret_us)
{
    int us = 0;
    if (length > 0 && text[length - 1] == 'Z')
        length--;
    if (length > 0) {
        if (text[0] != '.' || length < 2 || length > 7 || !parse_digits(text + 1, length - 1, &us))
            return false;
        for (size_t digits = length - 1; digits < 6; digits++)
            us *= 10;
    }
    *ret_us = us;
    return true;
}

bool instant_parse(const char *text, size_t length, struct instant *ret)
{
    enum { WHOLE_SECONDS = sizeof "YYYY-MM-DDTHH:MM:SS" - 1 };
    struct date d;
    int hour, minute, second, us;
    if (length < WHOLE_SECONDS || !date_parse(text, DATE_TEXT - 1, &d) || text[10] != 'T' || text[13] != ':'
        || text[16] != ':' || !parse_digits(text + 11, 2, &hour) || !parse_digits(text + 14, 2, &minute)
        || !parse_digits(text + 17, 2, &second) || hour > 23 || minute > 59 || second > 59
        || !parse_fraction(text + WHOLE_SECONDS, length - WHOLE_SECONDS, &us))
        return false;
    int64_t seconds = (int64_t)hour * 3600 + minute * 60 + second;
    ret->us = (d.day - DAYS_TO_1970) * US_PER_DAY + seconds * US_PER_SECOND + us;
    return true;
}

static struct instant system_now(void *context)
{
    (void)context;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (struct instant){ (int64_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 };
}

const struct clock clock_system = { system_now, NULL };

/* A clock set to a start time when created; offset is its lead over the system clock. */
static struct instant shifted_now(void *context)
{
    const int64_t *offset = context;
    return (struct instant){ system_now(NULL).us + *offset };
}

const struct clock *clock_from_environment(void)
{
    static int64_t offset;
    static const struct clock shifted = { shifted_now, &offset };
    const char *text = getenv("SME_CLOCK");
    struct instant start;
    if (text == NULL || !instant_parse(text, strlen(text), &start))
        return &clock_system;
    if (offset == 0)
        offset = start.us - system_now(NULL).us;
    return &shifted;
}

struct instant clock_now(const struct clock *clock)
{
    return clock->now(clock->context);
}
