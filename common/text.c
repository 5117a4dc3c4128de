/* SPDX-License-Identifier: Apache-2.0 */
#include "common/text.h"

#include "common/field.h"
#include "common/text_row.h"
#include "common/text_unit.h"
#include "common/text_value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PLACEHOLDER_CHOICES = 44 }; /* longest list of choices that an option's help shows */

int text_to_field(const struct field *f, const char *text, struct arena *a, void *owner, struct err *e)
{
    if (!field_is_list(f))
        return text_value_take(f, text, a, owner, e);
    int code = text_row_append(f, text, a, owner, e);
    return code != OK ? code : field_check(f, owner, e);
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
    case FIELD_DECIMAL:
        return arena_dup(a, text_put_decimal(field_number(f, owner), text));
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
    case FIELD_DECIMAL:
        return "NUMBER";
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
