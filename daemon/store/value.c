/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/store/value.h"

#include <string.h>

struct value v_text(const char *text)
{
    if (text == NULL)
        return v_null();
    return (struct value){ .type = VALUE_TEXT, .data = text, .size = strlen(text) };
}

struct value v_date(struct date d, char buffer[DATE_TEXT])
{
    return date_is_set(d) ? v_text(date_format(d, buffer)) : v_null();
}

struct value v_choice(enum enum_id set, int value)
{
    return value == 0 ? v_null() : v_text(api_choice_text(set, value));
}
