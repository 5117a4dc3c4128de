/* SPDX-License-Identifier: Apache-2.0 */
#include "common/text_value.h"

#include "common/field.h"
#include "common/hex.h"
#include "common/said.h"
#include "common/text_choice.h"
#include "common/text_unit.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_DIGITS = 6 };

static int to_text(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    char *copy = arena_dup(a, text);
    if (copy == NULL)
        return err_set(e, ERR_TOO_BIG, f->name, "out of memory");
    field_set_text(f, owner, copy);
    return OK;
}

static int to_int(const struct field *f, const char *text, void *owner, struct err *e)
{
    char *end;
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (*text == '\0' || isspace((unsigned char)*text) || *end != '\0')
        return field_wrong_type(f, e);
    field_set_number(f, owner, n); /* on overflow the value is out of bounds, or the bound itself */
    if (errno == ERANGE)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be from %lld to %lld", (long long)f->lo, (long long)f->hi);
    return OK;
}

/* 30, 30d or 4w. */
static int to_days(const struct field *f, const char *text, void *owner, struct err *e)
{
    size_t digits = strspn(text, "0123456789");
    bool weeks = strcmp(text + digits, "w") == 0;
    if (digits == 0 || digits > DAYS_DIGITS || (text[digits] != '\0' && !weeks && strcmp(text + digits, "d") != 0))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be a number of days or weeks, such as 30d or 6w");
    field_set_number(f, owner, strtoll(text, NULL, 10) * (weeks ? 7 : 1));
    return OK;
}

static int to_duration(const struct field *f, const char *text, void *owner, struct err *e)
{
    int64_t minutes;
    if (!text_parse_duration(text, &minutes))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be a duration such as 6h, 1h30 or 90m");
    field_set_number(f, owner, minutes);
    return OK;
}

static int to_decimal(const struct field *f, const char *text, void *owner, struct err *e)
{
    int64_t thousandths;
    if (!text_parse_decimal(text, &thousandths))
        return field_wrong_type(f, e);
    field_set_number(f, owner, thousandths);
    return OK;
}

static int to_bool(const struct field *f, const char *text, void *owner, struct err *e)
{
    bool yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
    if (!yes && strcmp(text, "no") != 0 && strcmp(text, "false") != 0)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be yes or no");
    field_set_number(f, owner, yes);
    return OK;
}

static int to_instant(const struct field *f, const char *text, void *owner, struct err *e)
{
    struct instant t;
    if (!instant_parse(text, strlen(text), &t))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be an instant such as 2026-11-23T10:00:00Z");
    field_set_number(f, owner, t.us);
    return OK;
}

static int to_bytes(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    size_t size = strlen(text) / 2;
    uint8_t *data = arena_alloc(a, size);
    if (data == NULL)
        return err_set(e, ERR_TOO_BIG, f->name, "out of memory");
    for (size_t i = 0; i < size; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return err_set(e, ERR_INVALID_PARAM, f->name, "must be bytes in hexadecimal");
        data[i] = (uint8_t)(high << 4 | low);
    }
    if (strlen(text) % 2 != 0)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be bytes in hexadecimal, two digits each");
    *(struct bytes *)field_at(f, owner) = (struct bytes){ data, size };
    return OK;
}

static int take(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
    case FIELD_REF:
        return to_text(f, text, a, owner, e);
    case FIELD_INT:
        return f->of == UNIT_DAYS ? to_days(f, text, owner, e) : to_int(f, text, owner, e);
    case FIELD_DURATION:
        return to_duration(f, text, owner, e);
    case FIELD_DECIMAL:
        return to_decimal(f, text, owner, e);
    case FIELD_BOOL:
        return to_bool(f, text, owner, e);
    case FIELD_INSTANT:
        return to_instant(f, text, owner, e);
    case FIELD_DATE:
        return date_parse(text, strlen(text), field_at(f, owner)) ? OK : field_wrong_type(f, e);
    case FIELD_MONEY:
        return text_parse_money(text, field_at(f, owner)) ? OK : field_wrong_type(f, e);
    case FIELD_BYTES:
        return to_bytes(f, text, a, owner, e);
    case FIELD_CHOICE:
        return text_choice_parse(f, text, owner, e);
    case FIELD_LIST:
    case FIELD_DETACHED:
    case FIELD_NEST:
        break;
    }
    return err_set(e, ERR_INVALID_PARAM, f->name, "cannot be given as text");
}

int text_value_take(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    int code = take(f, text, a, owner, e);
    if (code == OK)
        code = field_check(f, owner, e);
    return code == OK ? said_check(f, owner, e) : code;
}
