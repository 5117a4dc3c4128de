/* SPDX-License-Identifier: Apache-2.0 */
/* What a value of the interface may be, and how C holds it. */
#pragma once

#include "common/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The types of the wire. UUID, PERSONAL and TEXT are text; DATE is ISO 8601 text; INSTANT is
 * microseconds since 1970 UTC; DURATION is minutes; MONEY is text, '1200.50 USD'; DECIMAL is text,
 * '12.5', and thousandths inside; REF is a code or the letters and number of a numbered noun; DETACHED
 * is a LIST whose bytes the journal keeps once, outside the entry. */
enum field_type {
    FIELD_TEXT = 1, FIELD_PERSONAL, FIELD_UUID, FIELD_INT, FIELD_DURATION, FIELD_BOOL, FIELD_DATE,
    FIELD_INSTANT, FIELD_MONEY, FIELD_BYTES, FIELD_CHOICE, FIELD_REF, FIELD_NEST, FIELD_LIST,
    FIELD_DETACHED, FIELD_DECIMAL,
};
enum { FIELD_TYPES = FIELD_DECIMAL + 1 };

/* What an INT counts, where that may be written with it: 30d, 6w. */
enum unit { UNIT_NONE, UNIT_DAYS };

/* The role of a DATE parameter in its call. */
enum {
    DAY_AS_OF = 1, /* the day to show: anything recorded later is invisible */
    DAY_ON = 2,    /* the day on which the recorded or requested event takes place */
    DAY_PAST = 4,  /* refused if in the future */
};

/* ARG and OPTARG: required and optional; sme-ctl takes them as positional arguments. WIDE: optional, and omitted from
 * tables unless all columns are requested. */
enum field_need { REQ, OPT, ARG, OPTARG, WIDE };

struct bytes {
    const uint8_t *data;
    size_t size;
};

/* minor units (cents for USD) and ISO 4217 code; an empty code means not given. */
struct money {
    int64_t minor;
    char currency[4];
};

/* A reference: as written, and once resolved its number and canonical text. NULL means not given. */
struct ref {
    const char *text;
    int64_t id;
};
