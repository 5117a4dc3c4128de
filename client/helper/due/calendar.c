/* SPDX-License-Identifier: Apache-2.0 */
#include "client/helper/due/calendar.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

enum { ALARM_SECONDS = -7 * 24 * 60 * 60 };

static const int64_t second_us = 1000000;

/* RFC 5545 3.1: a text contains no control characters. */
static const char *clean(const char *text, struct arena *a)
{
    char *copy = arena_dup(a, text != NULL ? text : "");
    for (char *c = copy; c != NULL && *c != '\0'; c++)
        *c = (unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c;
    return copy != NULL ? copy : "";
}

static struct icaltimetype day_of(struct date day)
{
    struct icaltimetype t = icaltime_null_date();
    date_parts(day, &t.year, &t.month, &t.day);
    return t;
}

static const char *summary_of(const struct due_item *item, struct arena *a)
{
    const char *text = arena_printf(a, "%s: %s%s%s", item->what, item->name, item->record != NULL ? " " : "",
                                    item->record != NULL ? item->record : "");
    return clean(text, a);
}

static const char *description_of(const struct due_item *item, struct arena *a)
{
    const char *text = arena_printf(a, "%s %s", item->holder.text, item->name);
    if (item->edition.text != NULL && text != NULL)
        text = arena_printf(a, "%s, %s", text, item->edition.text);
    if (item->owner != NULL && text != NULL)
        text = arena_printf(a, "%s, %s", text, item->owner);
    return clean(text, a);
}

static icalcomponent *alarm_of(const char *summary)
{
    return icalcomponent_vanew(ICAL_VALARM_COMPONENT, icalproperty_new_action(ICAL_ACTION_DISPLAY),
                               icalproperty_new_description(summary),
                               icalproperty_new_trigger(icaltriggertype_from_int(ALARM_SECONDS)), (void *)0);
}

static icalcomponent *event_of(const struct due_item *item, struct icaltimetype now, struct arena *a)
{
    const char *uid = arena_printf(a, "%s@smed", item->key);
    const char *summary = summary_of(item, a);
    icalcomponent *event = icalcomponent_vanew(
        ICAL_VEVENT_COMPONENT, icalproperty_new_uid(clean(uid, a)), icalproperty_new_dtstamp(now),
        icalproperty_new_dtstart(day_of(item->due_on)), icalproperty_new_summary(summary),
        icalproperty_new_description(description_of(item, a)),
        icalproperty_new_categories(api_choice_text(ENUM_due_kind, (int)item->kind)),
        icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), (void *)0);
    if (event != NULL && item->days >= 0)
        icalcomponent_add_component(event, alarm_of(summary));
    return event;
}

const char *calendar_write(const struct due_item *items, size_t n, struct instant now, struct arena *a)
{
    struct icaltimetype stamp = icaltime_from_timet_with_zone((time_t)(now.us / second_us), 0,
                                                              icaltimezone_get_utc_timezone());
    icalcomponent *calendar = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
                                                  icalproperty_new_prodid("-//smed//sme-ctl due//EN"), (void *)0);
    for (size_t i = 0; i < n && calendar != NULL; i++)
        icalcomponent_add_component(calendar, event_of(&items[i], stamp, a));
    char *text = calendar != NULL ? icalcomponent_as_ical_string_r(calendar) : NULL;
    const char *kept = arena_dup(a, text);
    free(text);
    if (calendar != NULL)
        icalcomponent_free(calendar);
    return kept;
}
