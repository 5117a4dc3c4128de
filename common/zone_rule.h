/* SPDX-License-Identifier: Apache-2.0 */
/* The rule that a zone follows after the last change its file lists: a POSIX TZ string with the extensions of RFC 8536,
 * such as "NZST-12NZDT,M9.5.0,M4.1.0/3". Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The day and the second on which clocks change. */
struct zone_change {
    enum { CHANGE_WEEKDAY = 1, CHANGE_JULIAN, CHANGE_DAY } kind;
    int month, week, day; /* week 5: the last one; day: of the week from Sunday, or of the year */
    int32_t second;       /* of the day, by the clock that ends; may be negative or of a later day */
};

struct zone_rule {
    int32_t standard, summer; /* seconds ahead of UTC */
    bool changes;             /* false: always the standard one */
    struct zone_change begins, ends;
};

/* False, and *ret untouched, for anything else. */
bool zone_rule_parse(const char *text, size_t length, struct zone_rule *ret);
/* Seconds ahead of UTC at that second since 1970. */
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t second);
