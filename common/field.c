/* SPDX-License-Identifier: Apache-2.0 */
#include "common/field.h"

#include "common/mp.h"
#include "common/text_unit.h"
#include "common/uuid.h"

#include <stdio.h>
#include <string.h>

bool field_is_number(const struct field *f)
{
    return f->type == FIELD_INT || f->type == FIELD_DURATION || f->type == FIELD_DECIMAL || f->type == FIELD_BOOL;
}

static const bool *has_flag(const struct field *f, const void *owner)
{
    return (const bool *)((const char *)owner + f->extra);
}

bool field_is_set(const struct field *f, const void *owner)
{
    const void *member = field_in(f, owner);
    switch (f->type) {
    case FIELD_INT:
    case FIELD_DURATION:
    case FIELD_DECIMAL:
    case FIELD_BOOL:
        return *has_flag(f, owner);
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
    case FIELD_REF:
        return field_text(f, owner) != NULL;
    case FIELD_DATE:
        return date_is_set(*(const struct date *)member);
    case FIELD_INSTANT:
    case FIELD_CHOICE:
        return field_number(f, owner) != 0;
    case FIELD_MONEY:
        return ((const struct money *)member)->currency[0] != '\0';
    case FIELD_BYTES:
        return ((const struct bytes *)member)->data != NULL;
    case FIELD_NEST:
        return *(void *const *)member != NULL;
    case FIELD_LIST:
    case FIELD_DETACHED:
        return field_count(f, owner) > 0;
    }
    return false;
}

int64_t field_number(const struct field *f, const void *owner)
{
    const void *member = field_in(f, owner);
    switch (f->type) {
    case FIELD_INSTANT:
        return ((const struct instant *)member)->us;
    case FIELD_CHOICE:
        return *(const unsigned *)member; /* the type of every enumeration without negative values */
    case FIELD_BOOL:
        return *(const bool *)member;
    default:
        return *(const int64_t *)member;
    }
}

void field_set_number(const struct field *f, void *owner, int64_t number)
{
    void *member = field_at(f, owner);
    switch (f->type) {
    case FIELD_INSTANT:
        ((struct instant *)member)->us = number;
        return;
    case FIELD_CHOICE:
        *(unsigned *)member = (unsigned)number;
        return;
    case FIELD_BOOL:
        *(bool *)member = number != 0;
        break;
    default:
        *(int64_t *)member = number;
        break;
    }
    *(bool *)((char *)owner + f->extra) = true;
}

const char *field_text(const struct field *f, const void *owner)
{
    const void *member = field_in(f, owner);
    return f->type == FIELD_REF ? ((const struct ref *)member)->text : *(const char *const *)member;
}

void field_set_text(const struct field *f, void *owner, const char *text)
{
    void *member = field_at(f, owner);
    if (f->type == FIELD_REF)
        *(struct ref *)member = (struct ref){ .text = text };
    else
        *(const char **)member = text;
}

size_t field_count(const struct field *f, const void *owner)
{
    return *(const size_t *)((const char *)owner + f->extra);
}

const void *field_row(const struct field *f, const void *owner, size_t i)
{
    return *(const char *const *)field_in(f, owner) + i * api_records[f->of].size;
}

const char *field_old_name(const struct field *f, size_t i)
{
    for (const struct field_rename *r = api_renames; r->old != NULL; r++)
        if (f >= r->params && f < r->params + r->n_params && f->offset == r->offset && i-- == 0)
            return r->old;
    return NULL;
}

static bool equals(const char *text, const char *name, size_t length)
{
    return strlen(text) == length && memcmp(text, name, length) == 0;
}

bool field_is_named(const struct field *f, const char *name, size_t length)
{
    const char *known = f->name;
    for (size_t i = 0; known != NULL; known = field_old_name(f, i++))
        if (equals(known, name, length))
            return true;
    return false;
}

const struct field *field_find(const struct field *fields, size_t n, const char *name, size_t length)
{
    for (size_t i = 0; i < n; i++)
        if (equals(fields[i].name, name, length))
            return &fields[i];
    for (size_t i = 0; i < n; i++)
        if (field_is_named(&fields[i], name, length))
            return &fields[i];
    return NULL;
}

static int invalid(const struct field *f, struct err *e, const char *what)
{
    return err_say(e, ERR_INVALID_PARAM, f->name, what);
}

static int wrong_length(const struct field *f, struct err *e)
{
    if (f->lo == f->hi)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be %lld bytes long: %s", (long long)f->hi, f->doc);
    return err_set(e, ERR_INVALID_PARAM, f->name, "must be %lld to %lld bytes long", (long long)f->lo,
                   (long long)f->hi);
}

static int check_text(const struct field *f, const char *text, struct err *e)
{
    uint8_t uuid[UUID_SIZE];
    size_t length = strlen(text);
    if (f->type == FIELD_UUID && !uuid_parse(text, uuid))
        return invalid(f, e, "must be a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057");
    if ((int64_t)length < f->lo || (int64_t)length > f->hi)
        return wrong_length(f, e);
    return mp_text_is_valid(text, length) ? OK : invalid(f, e, "must be UTF-8");
}

static int check_number(const struct field *f, int64_t n, struct err *e)
{
    if (n >= f->lo && n <= f->hi)
        return OK;
    if (f->hi == INT64_MAX)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be %lld or more", (long long)f->lo);
    return err_set(e, ERR_INVALID_PARAM, f->name, "must be from %lld to %lld%s", (long long)f->lo, (long long)f->hi,
                   f->type == FIELD_DURATION ? " minutes" : "");
}

static int check_decimal(const struct field *f, int64_t thousandths, struct err *e)
{
    char lo[TEXT_DECIMAL], hi[TEXT_DECIMAL];
    if (thousandths >= f->lo && thousandths <= f->hi)
        return OK;
    return err_set(e, ERR_INVALID_PARAM, f->name, "must be from %s to %s", text_put_decimal(f->lo, lo),
                   text_put_decimal(f->hi, hi));
}

static int check_money(const struct field *f, const struct money *m, struct err *e)
{
    char text[TEXT_MONEY];
    struct money again;
    bool whole = m->currency[3] == '\0' && text_parse_money(text_put_money(*m, text), &again);
    return whole ? OK : field_wrong_type(f, e);
}

int field_check(const struct field *f, const void *owner, struct err *e)
{
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_PERSONAL:
    case FIELD_UUID:
    case FIELD_REF:
        return check_text(f, field_text(f, owner), e);
    case FIELD_INT:
    case FIELD_DURATION:
        return check_number(f, field_number(f, owner), e);
    case FIELD_DECIMAL:
        return check_decimal(f, field_number(f, owner), e);
    case FIELD_CHOICE: {
        int64_t n = field_number(f, owner);
        return n >= 1 && n <= api_enums[f->of].count ? OK : field_wrong_choice(f, e);
    }
    case FIELD_DATE:
        return ((const struct date *)field_in(f, owner))->day <= date_of(9999, 12, 31).day ? OK
                                                                                           : field_wrong_type(f, e);
    case FIELD_MONEY:
        return check_money(f, field_in(f, owner), e);
    case FIELD_BYTES:
        return (int64_t)((const struct bytes *)field_in(f, owner))->size <= f->hi ? OK : wrong_length(f, e);
    case FIELD_LIST:
    case FIELD_DETACHED:
        if ((int64_t)field_count(f, owner) <= f->hi)
            return OK;
        return err_set(e, ERR_INVALID_PARAM, f->name, "may have at most %lld rows", (long long)f->hi);
    case FIELD_INSTANT:
    case FIELD_BOOL:
    case FIELD_NEST:
        break;
    }
    return OK;
}

int field_missing(const struct field *f, struct err *e)
{
    return err_set(e, ERR_INVALID_PARAM, f->name, "is required: %s", f->doc);
}

int field_wrong_type(const struct field *f, struct err *e)
{
    static const char *const wants[] = {
        [FIELD_TEXT] = "must be text",
        [FIELD_PERSONAL] = "must be text",
        [FIELD_UUID] = "must be text: a UUID",
        [FIELD_INT] = "must be an integer",
        [FIELD_DURATION] = "must be an integer: minutes",
        [FIELD_BOOL] = "must be true or false",
        [FIELD_DATE] = "must be a valid date, such as 2026-11-23",
        [FIELD_INSTANT] = "must be an integer: microseconds since 1970 UTC",
        [FIELD_MONEY] = "must be an amount and a currency, such as '1200.50 USD'",
        [FIELD_BYTES] = "must be bytes (bin)",
        [FIELD_CHOICE] = "must be text: one of the choices",
        [FIELD_REF] = "must be text: a code, or a letter and a number",
        [FIELD_NEST] = "must be a map",
        [FIELD_LIST] = "must be a list of rows",
        [FIELD_DETACHED] = "must be a list of rows",
        [FIELD_DECIMAL] = "must be a number with at most three decimals, such as 12.5",
    };
    return invalid(f, e, wants[f->type]);
}

int field_wrong_choice(const struct field *f, struct err *e)
{
    const struct choice_set *set = &api_enums[f->of];
    char list[ERR_MESSAGE] = "";
    size_t used = 0;
    for (int i = 1; i <= set->count && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i > 1 ? ", " : "", set->choices[i].text);
    return err_set(e, ERR_INVALID_PARAM, f->name, "must be one of %s", list);
}
