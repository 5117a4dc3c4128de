/* SPDX-License-Identifier: Apache-2.0 */
#include "common/said.h"

#include "common/field.h"

#include <string.h>

enum { ONE_LINE = 200 }; /* the longest text, in bytes, that is a line: names and titles, not notes */

bool said_day_is_good(struct date d)
{
    return d.day >= date_of(1900, 1, 1).day && d.day <= date_of(2200, 12, 31).day;
}

/* Format characters (Cf) of Unicode 15, but for the joiners U+200C and U+200D and those that show. */
static bool hides(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        { 0x00AD, 0x00AD }, { 0x061C, 0x061C },   { 0x180E, 0x180E },   { 0x200B, 0x200B },
        { 0x200E, 0x200F }, { 0x2028, 0x202E },   { 0x2060, 0x206F },   { 0xFEFF, 0xFEFF },
        { 0xFFF9, 0xFFFB }, { 0x1BCA0, 0x1BCA3 }, { 0x1D173, 0x1D17A }, { 0xE0001, 0xE007F },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* Of valid UTF-8. */
static uint32_t next_character(const unsigned char **at)
{
    uint32_t c = *(*at)++;
    int more = c < 0xC0 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    static const uint32_t lead[] = { 0x7F, 0x1F, 0x0F, 0x07 };
    c &= lead[more];
    for (; more > 0; more--)
        c = c << 6 | (*(*at)++ & 0x3F);
    return c;
}

bool said_text_hides(const char *text, uint32_t *ret)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0';) {
        if (*at < 0x80) {
            at++;
            continue;
        }
        *ret = next_character(&at);
        if (hides(*ret))
            return true;
    }
    return false;
}

static int check_day(const struct field *f, struct date day, struct err *e)
{
    char text[DATE_TEXT];
    if (!date_is_set(day) || said_day_is_good(day))
        return OK;
    return err_set(e, ERR_INVALID_PARAM, f->name, "must be a day " SAID_DAYS ", not %s", date_format(day, text));
}

static int check_line(const struct field *f, const char *text, struct err *e)
{
    uint32_t hidden;
    if (text == NULL || !said_text_hides(text, &hidden))
        return OK;
    return err_set(e, ERR_INVALID_PARAM, f->name,
                   "must not contain the invisible character U+%04X; type the text anew instead of pasting it",
                   (unsigned)hidden);
}

int said_check(const struct field *f, const void *owner, struct err *e)
{
    if (f->type == FIELD_DATE)
        return check_day(f, *(const struct date *)field_in(f, owner), e);
    if ((f->type == FIELD_TEXT || f->type == FIELD_PERSONAL) && f->hi <= ONE_LINE)
        return check_line(f, field_text(f, owner), e);
    return OK;
}

static int check_record(enum record_id record, const void *row, struct err *e);

static int check_rows(const struct field *f, const void *owner, struct err *e)
{
    for (size_t i = 0; i < field_count(f, owner); i++)
        if (check_record((enum record_id)f->of, field_row(f, owner, i), e) != OK)
            return err_within(e, "%s[%zu].", f->name, i);
    return OK;
}

static int check_any(const struct field *f, const void *owner, struct err *e)
{
    if (field_is_list(f))
        return check_rows(f, owner, e);
    if (f->type != FIELD_NEST)
        return said_check(f, owner, e);
    const void *nested = field_nested(f, owner);
    if (nested != NULL && check_record((enum record_id)f->of, nested, e) != OK)
        return err_within(e, "%s.", f->name);
    return OK;
}

static int check_record(enum record_id record, const void *row, struct err *e)
{
    const struct record_type *r = &api_records[record];
    for (size_t i = 0; i < r->n_fields; i++)
        if (check_any(&r->fields[i], row, e) != OK)
            return e->code;
    return OK;
}

int said_check_params(const struct method *m, const void *params, struct err *e)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (check_any(&m->params[i], params, e) != OK)
            return e->code;
    return OK;
}
