/* SPDX-License-Identifier: Apache-2.0 */
/* A file of the tz database, or its last rule alone: whatever is taken has an offset at any time that no place on earth
 * exceeds, and days that follow each other. */
#include "common/zone.h"
#include "common/zone_rule.h"
#include "tests/fuzz/fuzz.h"

enum { AHEAD_MAX = 26 * 3600 };

static const int64_t seconds[] = { -62135596800, -2208988800, -1, 0, 951782400, 1782864000, 4102444800, 7289654399 };
enum { SECONDS = sizeof seconds / sizeof seconds[0] };

static void check_ahead(int32_t ahead)
{
    FUZZ_CHECK(ahead >= -AHEAD_MAX && ahead <= AHEAD_MAX);
}

static void check_zone(const struct zone *z)
{
    for (size_t i = 0; i < SECONDS; i++) {
        check_ahead(zone_offset(z, seconds[i]));
        struct date day = zone_day(z, (struct instant){ seconds[i] * 1000000 });
        struct instant end = zone_day_end(z, day);
        FUZZ_CHECK(!date_before(day, zone_day(z, end)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zone_rule rule;
    struct zone *z = zone_parse("fuzz", data, size);
    if (z != NULL)
        check_zone(z);
    zone_free(z);
    if (zone_rule_parse((const char *)data, size, &rule))
        for (size_t i = 0; i < SECONDS; i++)
            check_ahead(zone_rule_offset(&rule, seconds[i]));
    return 0;
}
