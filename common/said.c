/* SPDX-License-Identifier: Apache-2.0 */
#include "common/said.h"

#include "common/blank.h"
#include "common/field.h"

enum { ONE_LINE = 200 }; /* the longest text, in bytes, that is a line: names and titles, not notes */

bool said_day_is_good(struct date d)
{
    return d.day >= date_of(1900, 1, 1).day && d.day <= date_of(2200, 12, 31).day;
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
    if (blank_has_control(text))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be one line, without control characters");
    if (!blank_hides(text, &hidden))
        return OK;
    return err_set(e, ERR_INVALID_PARAM, f->name,
                   "must not contain the invisible character U+%04X; type the text anew instead of pasting it",
                   (unsigned)hidden);
}

/* What says nothing was not given. */
static int check_text(const struct field *f, void *owner, struct err *e)
{
    const char *text = field_text(f, owner);
    if (text == NULL)
        return OK;
    if (f->lo == 0 || !blank_only(text))
        return f->hi <= ONE_LINE ? check_line(f, text, e) : OK;
    if (field_is_required(f))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must not be blank: %s", f->doc);
    field_set_text(f, owner, NULL);
    return OK;
}

int said_check(const struct field *f, void *owner, struct err *e)
{
    if (f->type == FIELD_DATE)
        return check_day(f, *(const struct date *)field_in(f, owner), e);
    if (f->type == FIELD_TEXT || f->type == FIELD_PERSONAL)
        return check_text(f, owner, e);
    return OK;
}

static int check_record(enum record_id record, void *row, struct err *e);

static int check_rows(const struct field *f, void *owner, struct err *e)
{
    char *rows = *(char **)field_at(f, owner);
    for (size_t i = 0; i < field_count(f, owner); i++)
        if (check_record((enum record_id)f->of, rows + i * api_records[f->of].size, e) != OK)
            return err_within(e, "%s[%zu].", f->name, i);
    return OK;
}

static int check_any(const struct field *f, void *owner, struct err *e)
{
    if (field_is_list(f))
        return check_rows(f, owner, e);
    if (f->type != FIELD_NEST)
        return said_check(f, owner, e);
    void *nested = *(void **)field_at(f, owner);
    if (nested != NULL && check_record((enum record_id)f->of, nested, e) != OK)
        return err_within(e, "%s.", f->name);
    return OK;
}

static int check_record(enum record_id record, void *row, struct err *e)
{
    const struct record_type *r = &api_records[record];
    for (size_t i = 0; i < r->n_fields; i++)
        if (check_any(&r->fields[i], row, e) != OK)
            return e->code;
    return OK;
}

int said_check_params(const struct method *m, void *params, struct err *e)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (check_any(&m->params[i], params, e) != OK)
            return e->code;
    return OK;
}
