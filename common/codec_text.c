/* SPDX-License-Identifier: Apache-2.0 */
/* What a caller's texts must be, wherever they stand in a call. Not asked of what was stored before, nor of results. */
#include "common/blank.h"
#include "common/codec_part.h"
#include "common/field.h"

enum { LINE_MAX_SIZE = 200 }; /* a longer text may have several lines */

/* What says nothing was not given. */
static int check_text(const struct field *f, void *owner, struct err *e)
{
    const char *text = field_text(f, owner);
    if (f->hi <= LINE_MAX_SIZE && blank_has_control(text))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must be one line, without control characters");
    if (f->lo == 0 || !blank_only(text))
        return OK;
    if (field_is_required(f))
        return err_set(e, ERR_INVALID_PARAM, f->name, "must not be blank: %s", f->doc);
    field_set_text(f, owner, NULL);
    return OK;
}

static int check_rows(const struct field *f, void *owner, struct err *e)
{
    const struct record_type *r = &api_records[f->of];
    for (size_t i = 0; i < field_count(f, owner); i++)
        if (codec_check_texts(r->fields, r->n_fields, (void *)(uintptr_t)field_row(f, owner, i), e) != OK)
            return err_within(e, "%s[%zu].", f->name, i);
    return OK;
}

static int check_nest(const struct field *f, void *owner, struct err *e)
{
    const struct record_type *r = &api_records[f->of];
    if (codec_check_texts(r->fields, r->n_fields, (void *)(uintptr_t)field_nested(f, owner), e) != OK)
        return err_within(e, "%s.", f->name);
    return OK;
}

int codec_check_texts(const struct field *fields, size_t n, void *owner, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        const struct field *f = &fields[i];
        int code = OK;
        if (!field_is_set(f, owner))
            continue;
        if (f->type == FIELD_TEXT || f->type == FIELD_PERSONAL)
            code = check_text(f, owner, e);
        else if (field_is_list(f))
            code = check_rows(f, owner, e);
        else if (f->type == FIELD_NEST)
            code = check_nest(f, owner, e);
        if (code != OK)
            return code;
    }
    return OK;
}
