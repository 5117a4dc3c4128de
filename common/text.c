#include "common/text.h"

#include "common/field.h"
#include "common/text_choice.h"
#include "common/text_row.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACEHOLDER_CHOICES = 44 }; /* longest list of choices that an option's help shows */
enum { DAYS_DIGITS = 6 };

static int to_text(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    char *copy = arena_dup(a, text);
    if (copy == NULL)
        return err_set(e, ERR_TOO_BIG, f->name, "there is no memory for it");
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
    field_set_number(f, owner, n); /* what overflows is out of bounds, or the bound itself */
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

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, tolower((unsigned char)c));
    return at == NULL ? -1 : (int)(at - digits);
}

static int to_bytes(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    size_t size = strlen(text) / 2;
    uint8_t *data = arena_alloc(a, size);
    if (data == NULL)
        return err_set(e, ERR_TOO_BIG, f->name, "there is no memory for it");
    for (size_t i = 0; i < size; i++) {
        int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return err_set(e, ERR_INVALID_PARAM, f->name, "must be bytes in hexadecimal");
        data[i] = (uint8_t)(high << 4 | low);
    }
    if (strlen(text) % 2 != 0)
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be bytes in hexadecimal, two digits each");
    *(struct bytes *)field_at(f, owner) = (struct bytes){ data, size };
    return OK;
}

static int to_member(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
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
        return text_row_append(f, text, a, owner, e);
    case FIELD_NEST:
        break;
    }
    return err_set(e, ERR_INVALID_PARAM, f->name, "cannot be given as text");
}

int text_to_field(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    int code = to_member(f, text, a, owner, e);
    return code != OK ? code : field_check(f, owner, e);
}

bool text_field_is_set(const struct field *f, const void *owner)
{
    return field_is_set(f, owner);
}

static const char *from_bytes(struct bytes bytes, struct arena *a)
{
    char *text = arena_array(a, 2, bytes.size + 1);
    for (size_t i = 0; text != NULL && i < bytes.size; i++)
        snprintf(text + 2 * i, 3, "%02x", bytes.data[i]);
    return text;
}

const char *text_from_field(const struct field *f, const void *owner, struct arena *a)
{
    char text[INSTANT_TEXT];
    const void *member = field_in(f, owner);
    if (field_is_list(f))
        return arena_printf(a, "%zu", field_count(f, owner));
    if (!field_is_set(f, owner))
        return NULL;
    switch (f->type) {
    case FIELD_INT:
        return arena_printf(a, "%" PRId64, field_number(f, owner));
    case FIELD_DURATION:
        return text_format_duration(field_number(f, owner), a);
    case FIELD_BOOL:
        return field_number(f, owner) ? "yes" : "no";
    case FIELD_DATE:
        return arena_dup(a, date_format(*(const struct date *)member, text));
    case FIELD_INSTANT:
        return arena_dup(a, instant_format(*(const struct instant *)member, text));
    case FIELD_MONEY:
        return text_format_money(*(const struct money *)member, a);
    case FIELD_BYTES:
        return from_bytes(*(const struct bytes *)member, a);
    case FIELD_CHOICE:
        return api_choice_text((enum enum_id)f->of, (int)field_number(f, owner));
    case FIELD_NEST:
        return NULL;
    default:
        return arena_dup(a, field_text(f, owner));
    }
}

static const char *upper(const char *text, struct arena *a)
{
    char *copy = arena_dup(a, text);
    for (char *c = copy; c != NULL && *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return copy;
}

static const char *choices(const struct field *f, struct arena *a)
{
    const struct choice_set *set = &api_enums[f->of];
    const char *text = set->choices[1].text;
    for (int i = 2; i <= set->count && text != NULL; i++)
        text = arena_printf(a, "%s|%s", text, set->choices[i].text);
    return text != NULL && strlen(text) > PLACEHOLDER_CHOICES ? upper(f->name, a) : text;
}

static const char *row_names(const struct field *f, struct arena *a)
{
    const struct record_type *r = &api_records[f->of];
    const char *text = r->fields[0].name;
    for (size_t i = 1; i < r->n_fields && text != NULL; i++)
        text = arena_printf(a, "%s,%s", text, r->fields[i].name);
    return text == NULL ? NULL : upper(text, a);
}

const char *text_placeholder(const struct field *f, struct arena *a)
{
    switch (f->type) {
    case FIELD_INT:
        return f->of == UNIT_DAYS ? "DAYS" : "N";
    case FIELD_DURATION:
        return "HOURS";
    case FIELD_BOOL:
        return "yes|no";
    case FIELD_DATE:
        return "DATE";
    case FIELD_INSTANT:
        return "INSTANT";
    case FIELD_MONEY:
        return "AMOUNT";
    case FIELD_BYTES:
        return "HEX";
    case FIELD_UUID:
        return "UUID";
    case FIELD_CHOICE:
        return choices(f, a);
    case FIELD_REF:
        return upper(api_nouns[f->of].name, a);
    case FIELD_LIST:
    case FIELD_DETACHED:
        return row_names(f, a);
    default:
        return upper(f->name, a);
    }
}
