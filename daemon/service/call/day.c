/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/day.h"

#include "common/field.h"

/* The day in the parameter; not given if it is not marked with one of the bits or absent. */
static struct date given(const struct field *f, const void *params, int bits)
{
    bool marked = f->type == FIELD_DATE && (f->of & bits) != 0;
    return marked ? *(const struct date *)field_in(f, params) : (struct date){ 0 };
}

struct day day_of(const struct call *call, const void *params)
{
    const struct method *m = call->method;
    struct day day = { call->today, call->now, false };
    for (size_t i = 0; i < m->n_params && !day.asked; i++) {
        struct date asked = given(&m->params[i], params, DAY_AS_OF), on = given(&m->params[i], params, DAY_ON);
        if (date_is_set(asked))
            day = (struct day){ asked, zone_day_end(call->zone, asked), true };
        else if (date_is_set(on))
            day.on = on;
    }
    return day;
}

int day_not_future(struct call *call, const char *field, struct date day)
{
    if (!date_before(call->today, day))
        return OK;
    char today[DATE_TEXT];
    return err_set(call->err, ERR_INVALID_PARAM, field, "must not be in the future; today is %s",
                   date_format(call->today, today));
}

int day_check(struct call *call, const void *params)
{
    const struct method *m = call->method;
    int code = OK;
    for (size_t i = 0; i < m->n_params && code == OK; i++)
        code = day_not_future(call, m->params[i].name, given(&m->params[i], params, DAY_PAST));
    return code;
}
