/* SPDX-License-Identifier: Apache-2.0 */
#include "client/view/due_view.h"

#include "client/view/words.h"
#include "client/write/wrap.h"
#include "client/xmalloc.h"

#include <inttypes.h>
#include <string.h>

enum { NAMED = 12, WEEK = 7, INDENT = 2, WHEN = 13, USUAL_COLUMNS = 80, NARROWEST = 60 };

/* Where the text of a line begins. */
enum { WORDS = INDENT + (DATE_TEXT - 1) + 2 + WHEN + 2 };

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

size_t due_view_alike(const struct due_item *items, size_t n)
{
    size_t k = 1;
    while (k < n && items[k].due_on.day == items[0].due_on.day && items[k].kind == items[0].kind
           && is_same(items[k].what, items[0].what) && is_same(items[k].edition.text, items[0].edition.text)
           && is_same(items[k].excused, items[0].excused))
        k++;
    return k;
}

size_t due_view_overdue(const struct due_item *items, size_t n)
{
    size_t overdue = 0;
    while (overdue < n && items[overdue].days < 0)
        overdue++;
    return overdue;
}

const char *due_view_what(const struct due_item *item, struct arena *a)
{
    if (item->edition.text == NULL || strstr(item->what, item->edition.text) != NULL)
        return item->what;
    return xmalloc_printf(a, "%s, %s", item->what, item->edition.text);
}

static const char *one(const struct due_item *item, struct arena *a)
{
    const char *text = item->holder.text;
    if (item->name != NULL && strcmp(item->name, item->holder.text) != 0)
        text = xmalloc_printf(a, "%s %s", text, item->name);
    if (item->record != NULL && item->owner != NULL && strstr(item->what, item->owner) == NULL)
        return xmalloc_printf(a, "%s (%s, %s)", text, item->record, item->owner);
    const char *more = item->record != NULL ? item->record : item->owner;
    return more != NULL ? xmalloc_printf(a, "%s (%s)", text, more) : text;
}

const char *due_view_whom(const struct due_item *items, size_t n, struct arena *a)
{
    if (n == 1)
        return one(items, a);
    const char *text = "";
    for (size_t i = 0; i < n && i < NAMED; i++) {
        const char *record = items[i].record;
        text = xmalloc_printf(a, "%s%s%s%s%s%s", text, *text != '\0' ? " " : "", items[i].holder.text,
                              record != NULL ? " (" : "", record != NULL ? record : "", record != NULL ? ")" : "");
    }
    return n > NAMED ? xmalloc_printf(a, "%s and %zu more", text, n - NAMED) : text;
}

static void put_line(struct out *o, const struct due_item *items, size_t n, struct arena *a)
{
    char day[DATE_TEXT];
    const char *text = xmalloc_printf(a, "%s: %s", due_view_what(items, a), due_view_whom(items, n, a));
    if (n > 1)
        text = xmalloc_printf(a, "%zu %s %s", n, o->utf8 ? "×" : "x", text);
    if (items->excused != NULL)
        text = xmalloc_printf(a, "%s; excused: %s", text, items->excused);
    int columns = o->columns >= NARROWEST ? o->columns : USUAL_COLUMNS;
    buf_printf(&o->b, "%*s%s  %-*s  ", INDENT, "", date_format(items->due_on, day), WHEN, words_when(items->days, a));
    wrap_text(&o->b, text, WORDS, WORDS, columns);
}

static void put_part(struct out *o, const char *heading, const struct due_item *items, size_t n, struct arena *a)
{
    if (n == 0)
        return;
    out_bold(o);
    buf_text(&o->b, heading);
    out_plain(o);
    buf_text(&o->b, "\n");
    for (size_t i = 0; i < n;) {
        size_t alike = due_view_alike(items + i, n - i);
        put_line(o, items + i, alike, a);
        i += alike;
    }
}

void due_view_put(struct out *o, const struct due_item *items, size_t n, int64_t within, struct arena *a)
{
    if (n == 0) {
        buf_printf(&o->b, "Nothing is overdue, or due within %" PRId64 " day%s.\n", within, within == 1 ? "" : "s");
        return;
    }
    char last[DATE_TEXT];
    size_t overdue = due_view_overdue(items, n), week = overdue;
    struct date today = { items->due_on.day - (int32_t)items->days };
    while (week < n && items[week].days < WEEK)
        week++;
    put_part(o, "Overdue", items, overdue, a);
    put_part(o, "Within a week", items + overdue, week - overdue, a);
    const char *until = date_format((struct date){ today.day + (int32_t)within }, last);
    put_part(o, xmalloc_printf(a, "Until %s", until), items + week, n - week, a);
}
