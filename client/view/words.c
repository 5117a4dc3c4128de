/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/words.h"

#include "client/write/wrap.h"
#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

/* Longer lines of prose are hard to read on any terminal; on a very narrow one they break anyway. */
enum { COLUMNS = 80, NARROWEST = 40 };

const char *words_copy(const char *text, struct arena *a)
{
    return text != NULL ? xmalloc_text(a, text, strlen(text)) : NULL;
}

const char *words_day(struct date d, struct arena *a)
{
    char text[DATE_TEXT];
    return date_is_set(d) ? xmalloc_printf(a, "%s", date_format(d, text)) : NULL;
}

const char *words_choice(enum enum_id set, int value, struct arena *a)
{
    const char *name = api_choice_text(set, value);
    char *text = xmalloc_text(a, name, strlen(name));
    for (char *p = text; *p != '\0'; p++)
        *p = *p == '_' ? ' ' : *p;
    return text;
}

const char *words_proof(enum grade grade)
{
    static const char *const words[] = { [0] = "",
                                         [GRADE_SELF] = "by self-assessment",
                                         [GRADE_INTERNAL] = "by internal inspection",
                                         [GRADE_EXTERNAL] = "by external audit" };
    return words[grade];
}

const char *words_verdict(enum verdict verdict, enum grade grade, struct arena *a)
{
    const char *text = words_choice(ENUM_verdict, (int)verdict, a);
    return grade != 0 ? xmalloc_printf(a, "%s, %s", text, words_proof(grade)) : text;
}

const char *words_when(int64_t days, struct arena *a)
{
    if (days == 0)
        return "today";
    if (days == 1 || days == -1)
        return days == 1 ? "tomorrow" : "yesterday";
    return days > 0 ? xmalloc_printf(a, "in %" PRId64 " days", days) : xmalloc_printf(a, "%" PRId64 " days ago", -days);
}

const char *words_late(int64_t days, struct arena *a)
{
    if (days == 0)
        return "on time";
    return days == 1 ? "1 day late" : xmalloc_printf(a, "%" PRId64 " days late", days);
}

int words_columns(const struct out *o)
{
    return o->columns >= NARROWEST && o->columns < COLUMNS ? o->columns : COLUMNS;
}

void words_put_on(struct out *o, const char *text, int column)
{
    wrap_text(&o->b, text, column, column, words_columns(o));
}

void words_put(struct out *o, const char *text, int column)
{
    buf_printf(&o->b, "%*s", column, "");
    words_put_on(o, text, column);
}
