/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/import/cell.h"

#include "client/xmalloc.h"
#include "common/field.h"
#include "common/said.h"

#include <string.h>

static int take_day(const struct field *f, const char *text, const struct day_form *form, void *owner, struct err *e)
{
    struct date day;
    if (!day_parse(form, text, &day))
        return err_set(e, ERR_INVALID_PARAM, f->name, "'%s' is not a date of the form %s; set another form with --map",
                       text, form->text);
    *(struct date *)field_at(f, owner) = day;
    return said_check(f, owner, e);
}

/* The last mark is the decimal one; marks before it separate thousands. A single comma is decimal: where that is wrong
 * (1,200 USD), the three decimals are refused later. */
static const char *with_point(const char *text, struct arena *a)
{
    const char *comma = strrchr(text, ',');
    if (comma == NULL)
        return text;
    const char *point = strrchr(text, '.');
    char thousands = point != NULL && point > comma ? ',' : '.';
    char *plain = xmalloc_text(a, text, strlen(text)), *to = plain;
    for (const char *c = text; *c != '\0'; c++)
        if (*c != thousands)
            *to++ = *c;
    *to = '\0';
    char *decimal = strrchr(plain, ',');
    if (decimal != NULL)
        *decimal = '.';
    return plain;
}

int cell_take(const struct field *f, const char *text, const struct day_form *form, struct arena *a, void *owner,
              struct err *e)
{
    if (f->type == FIELD_DATE)
        return take_day(f, text, form, owner, e);
    if (f->type == FIELD_MONEY || f->type == FIELD_DURATION || f->type == FIELD_DECIMAL)
        text = with_point(text, a);
    return text_to_field(f, text, a, owner, e);
}
