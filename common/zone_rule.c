/* SPDX-License-Identifier: Apache-2.0 */
#include "common/zone_rule.h"

#include "common/date.h"

#include <string.h>

enum {
    HOUR = 3600,
    DAY = 24 * HOUR,
    NAME_MIN = 3,
    OFFSET_HOURS = 24,
    TIME_HOURS = 167, /* a week but an hour, either way */
    CHANGES_AT = 2 * HOUR,
};

/* The text that is left to read. */
struct rest {
    const char *at, *end;
};

static bool take(struct rest *r, char c)
{
    bool found = r->at < r->end && *r->at == c;
    r->at += found;
    return found;
}

static bool number(struct rest *r, int least, int most, int *ret)
{
    int value = 0, n = 0;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9' && n < 3; n++)
        value = value * 10 + (*r->at++ - '0');
    *ret = value;
    return n > 0 && value >= least && value <= most;
}

/* An abbreviation; its letters say nothing to us. */
static bool skip_name(struct rest *r)
{
    const char *from = r->at;
    bool quoted = take(r, '<');
    while (r->at < r->end && (quoted ? *r->at != '>' : (*r->at | 0x20) >= 'a' && (*r->at | 0x20) <= 'z'))
        r->at++;
    return quoted ? take(r, '>') : r->at - from >= NAME_MIN;
}

/* [+-]hh[:mm[:ss]] */
static bool seconds(struct rest *r, int most_hours, int32_t *ret)
{
    int hours, minutes = 0, rest = 0;
    bool negative = take(r, '-');
    if (!negative)
        take(r, '+');
    if (!number(r, 0, most_hours, &hours) || (take(r, ':') && !number(r, 0, 59, &minutes))
        || (take(r, ':') && !number(r, 0, 59, &rest)))
        return false;
    *ret = (hours * HOUR + minutes * 60 + rest) * (negative ? -1 : 1);
    return true;
}

/* POSIX counts offsets westwards. */
static bool offset(struct rest *r, int32_t *ret)
{
    if (!seconds(r, OFFSET_HOURS, ret))
        return false;
    *ret = -*ret;
    return true;
}

static bool change_day(struct rest *r, struct zone_change *ret)
{
    if (take(r, 'M')) {
        ret->kind = CHANGE_WEEKDAY;
        return number(r, 1, 12, &ret->month) && take(r, '.') && number(r, 1, 5, &ret->week) && take(r, '.')
               && number(r, 0, 6, &ret->day);
    }
    bool julian = take(r, 'J');
    ret->kind = julian ? CHANGE_JULIAN : CHANGE_DAY;
    return number(r, julian ? 1 : 0, 365, &ret->day);
}

static bool change(struct rest *r, struct zone_change *ret)
{
    *ret = (struct zone_change){ .second = CHANGES_AT };
    return take(r, ',') && change_day(r, ret) && (!take(r, '/') || seconds(r, TIME_HOURS, &ret->second));
}

static bool summer(struct rest *r, struct zone_rule *rule)
{
    rule->changes = true;
    rule->summer = rule->standard + HOUR;
    return skip_name(r) && (r->at == r->end || *r->at == ',' || offset(r, &rule->summer)) && change(r, &rule->begins)
           && change(r, &rule->ends);
}

bool zone_rule_parse(const char *text, size_t length, struct zone_rule *ret)
{
    struct rest r = { text, text + length };
    struct zone_rule rule = { 0 };
    if (!skip_name(&r) || !offset(&r, &rule.standard) || (r.at < r.end && !summer(&r, &rule)) || r.at != r.end)
        return false;
    *ret = rule;
    return true;
}

/* The day since 0001-01-01 in that year on which clocks change. */
static int32_t day_in(const struct zone_change *c, int year)
{
    int32_t first = date_of(year, 1, 1).day;
    bool leap = date_is_set(date_of(year, 2, 29));
    if (c->kind == CHANGE_DAY)
        return first + c->day;
    if (c->kind == CHANGE_JULIAN) /* the 60th day is the first of March, in leap years too */
        return first + c->day - 1 + (leap && c->day >= 60);
    int32_t from = date_of(year, c->month, 1).day;
    int32_t past = c->month == 12 ? date_of(year, 12, 31).day + 1 : date_of(year, c->month + 1, 1).day;
    int32_t day = from + (c->day - from % 7 + 7) % 7; /* 0001-01-01, day 1, was a Monday */
    day += 7 * (c->week - 1);
    return day < past ? day : day - 7;
}

static int64_t instant_of(const struct zone_change *c, int year, int32_t ahead)
{
    return (int64_t)(day_in(c, year) - date_of(1970, 1, 1).day) * DAY + c->second - ahead;
}

int32_t zone_rule_offset(const struct zone_rule *rule, int64_t second)
{
    int year, month, day;
    struct date there = date_of_instant((struct instant){ (second + rule->standard) * 1000000 });
    if (!rule->changes || !date_is_set(there))
        return rule->standard;
    date_parts(there, &year, &month, &day);
    int64_t begins = instant_of(&rule->begins, year, rule->standard);
    int64_t ends = instant_of(&rule->ends, year, rule->summer);
    bool in_summer = begins < ends ? second >= begins && second < ends : second >= begins || second < ends;
    return in_summer ? rule->summer : rule->standard;
}
