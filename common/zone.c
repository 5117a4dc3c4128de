/* SPDX-License-Identifier: Apache-2.0 */
#include "common/zone.h"

#include "common/zone_rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HEADER = 44,
    COUNTS_AT = 20, /* six numbers of four bytes, in the order of struct counts */
    TYPE = 6,       /* bytes of a local time type: its offset, whether it is summer, its abbreviation */
    OFFSET_MAX = 26 * 3600,
};
static const int64_t second_us = 1000000;

struct zone {
    char name[ZONE_NAME];
    size_t n;
    int64_t *at;     /* the seconds on which the offset changes, ascending */
    int32_t *offset; /* from then on */
    int32_t first;   /* until the first */
    bool has_rule;   /* from the last on */
    struct zone_rule rule;
};

struct counts {
    size_t utc, standard, leap, changes, types, letters;
};

static int64_t read_number(const uint8_t *at, int bytes)
{
    uint64_t value = (at[0] & 0x80) != 0 ? UINT64_MAX : 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return (int64_t)value;
}

static bool read_header(const uint8_t *bytes, size_t size, struct counts *ret)
{
    if (size < HEADER || memcmp(bytes, "TZif", 4) != 0 || bytes[4] < '2')
        return false;
    size_t n[6];
    for (size_t i = 0; i < 6; i++)
        n[i] = (size_t)(uint32_t)read_number(bytes + COUNTS_AT + 4 * i, 4);
    *ret = (struct counts){ n[0], n[1], n[2], n[3], n[4], n[5] };
    for (size_t i = 0; i < 6; i++)
        if (n[i] > ZONE_FILE_MAX)
            return false;
    return true;
}

/* Of a block whose instants have that many bytes. */
static size_t block_size(const struct counts *c, size_t instant)
{
    return c->changes * (instant + 1) + c->types * TYPE + c->letters + c->leap * (instant + 4) + c->standard + c->utc;
}

static bool read_offset(const uint8_t *types, size_t n, size_t type, int32_t *ret)
{
    int64_t offset = type < n ? read_number(types + TYPE * type, 4) : INT64_MAX;
    *ret = (int32_t)offset;
    return offset >= -OFFSET_MAX && offset <= OFFSET_MAX;
}

static bool read_changes(struct zone *z, const uint8_t *block, const struct counts *c)
{
    const uint8_t *which = block + c->changes * 8, *types = which + c->changes;
    z->n = c->changes;
    z->at = calloc(z->n + 1, sizeof *z->at);
    z->offset = calloc(z->n + 1, sizeof *z->offset);
    if (z->at == NULL || z->offset == NULL || !read_offset(types, c->types, 0, &z->first))
        return false;
    for (size_t i = 0; i < z->n; i++) {
        z->at[i] = read_number(block + 8 * i, 8);
        if ((i > 0 && z->at[i] <= z->at[i - 1]) || !read_offset(types, c->types, which[i], &z->offset[i]))
            return false;
    }
    return true;
}

/* What follows the last block: a rule between two line ends, or nothing between them. */
static bool read_rule(struct zone *z, const uint8_t *at, size_t size)
{
    const uint8_t *end = size > 1 && at[0] == '\n' ? memchr(at + 1, '\n', size - 1) : NULL;
    if (end == NULL)
        return false;
    size_t length = (size_t)(end - at) - 1;
    z->has_rule = length > 0;
    return length == 0 || zone_rule_parse((const char *)at + 1, length, &z->rule);
}

/* The first block has instants of four bytes, for old readers; the second has all. */
static bool read_file(struct zone *z, const uint8_t *bytes, size_t size)
{
    struct counts c;
    if (!read_header(bytes, size, &c) || size - HEADER < block_size(&c, 4))
        return false;
    size_t skip = HEADER + block_size(&c, 4);
    bytes += skip;
    size -= skip;
    if (!read_header(bytes, size, &c) || c.leap > 0 || size - HEADER < block_size(&c, 8))
        return false;
    size_t rule = HEADER + block_size(&c, 8);
    return read_changes(z, bytes + HEADER, &c) && read_rule(z, bytes + rule, size - rule);
}

struct zone *zone_parse(const char *name, const uint8_t *bytes, size_t size)
{
    struct zone *z = calloc(1, sizeof *z);
    if (z == NULL)
        return NULL;
    int length = snprintf(z->name, sizeof z->name, "%s", name);
    if (length < ZONE_NAME && size <= ZONE_FILE_MAX && read_file(z, bytes, size))
        return z;
    zone_free(z);
    return NULL;
}

void zone_free(struct zone *z)
{
    if (z == NULL)
        return;
    free(z->at);
    free(z->offset);
    free(z);
}

const char *zone_name(const struct zone *z)
{
    return z != NULL ? z->name : "Etc/UTC";
}

/* How many changes are not after that second. */
static size_t changes_until(const struct zone *z, int64_t second)
{
    size_t from = 0, past = z->n;
    while (from < past) {
        size_t middle = from + (past - from) / 2;
        if (z->at[middle] <= second)
            from = middle + 1;
        else
            past = middle;
    }
    return from;
}

int32_t zone_offset(const struct zone *z, int64_t second)
{
    if (z == NULL)
        return 0;
    size_t n = changes_until(z, second);
    if (n == z->n && z->has_rule)
        return zone_rule_offset(&z->rule, second);
    return n > 0 ? z->offset[n - 1] : z->first;
}

struct date zone_day(const struct zone *z, struct instant t)
{
    int64_t second = t.us / second_us - (t.us % second_us < 0);
    struct date utc = date_of_instant(t);
    if (!date_is_set(utc))
        return utc;
    return date_of_instant((struct instant){ t.us + zone_offset(z, second) * second_us });
}

/* Where clocks go back over midnight, a day comes twice; any of its ends will do. */
struct instant zone_day_end(const struct zone *z, struct date d)
{
    int64_t midnight = (date_end(d).us + 1) / second_us;
    int64_t on = midnight - OFFSET_MAX - 1, after = midnight + OFFSET_MAX + 1;
    while (after - on > 1) {
        int64_t middle = on + (after - on) / 2;
        if (date_before(d, zone_day(z, (struct instant){ middle * second_us })))
            after = middle;
        else
            on = middle;
    }
    return (struct instant){ after * second_us - 1 };
}
