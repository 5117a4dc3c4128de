/* SPDX-License-Identifier: Apache-2.0 */
/* A calendar zone: when days begin and end there. Read from the files of the tz database (RFC 8536). Pure; any thread,
 * and several at a time: the C library knows one zone per process, which would change under the other threads. */
#pragma once

#include "common/date.h"

enum {
    ZONE_NAME = 64,        /* the longest name, with its NUL */
    ZONE_FILE_MAX = 65536, /* the largest file that is read, in bytes */
};

struct zone;

/* From the bytes of a file; NULL if they are none, count leap seconds, or memory is short. */
struct zone *zone_parse(const char *name, const uint8_t *bytes, size_t size);
void zone_free(struct zone *z); /* accepts NULL */
/* NULL stands for UTC, here and below. */
const char *zone_name(const struct zone *z);
/* Seconds ahead of UTC at that second since 1970. */
int32_t zone_offset(const struct zone *z, int64_t second);
/* The day of an instant. */
struct date zone_day(const struct zone *z, struct instant t);
/* The last microsecond of a day; of a day that the zone skips, of the one before. */
struct instant zone_day_end(const struct zone *z, struct date d);
