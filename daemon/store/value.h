/* SPDX-License-Identifier: Apache-2.0 */
/* Values to bind, made from C values by generated functions and by the driver's tests. */
#pragma once

#include "common/api/api.h"

enum value_type { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };

/* The data belongs to the maker of the value. */
struct value {
    enum value_type type;
    int64_t number;
    const void *data;
    size_t size;
};

static inline struct value v_null(void)
{
    return (struct value){ .type = VALUE_NULL };
}

static inline struct value v_int(int64_t n)
{
    return (struct value){ .type = VALUE_INT, .number = n };
}

static inline struct value v_opt_int(bool given, int64_t n)
{
    return given ? v_int(n) : v_null();
}

/* 0 becomes null. */
static inline struct value v_id(int64_t id)
{
    return id > 0 ? v_int(id) : v_null();
}

/* NULL becomes null. */
struct value v_text(const char *text);

/* Without data, null; no bytes are data, too. */
static inline struct value v_bytes(struct bytes b)
{
    return b.data != NULL ? (struct value){ VALUE_BLOB, 0, b.data, b.size } : v_null();
}

/* The text of a day is written into buffer; a day not given becomes null. */
struct value v_date(struct date d, char buffer[DATE_TEXT]);
#define V_DATE(d) v_date(d, (char[DATE_TEXT]){ 0 })

/* Not given becomes null. */
static inline struct value v_instant(struct instant t)
{
    return t.us != 0 ? v_int(t.us) : v_null();
}

/* 0 becomes null. */
struct value v_choice(enum enum_id set, int value);

/* The two halves of an amount; null without a currency. */
static inline struct value v_minor(struct money m)
{
    return v_opt_int(m.currency[0] != '\0', m.minor);
}

static inline struct value v_currency(const struct money *m)
{
    return v_text(m->currency[0] != '\0' ? m->currency : NULL);
}
