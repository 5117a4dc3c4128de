/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/calendar.h"

#include "common/zone_file.h"
#include "query/zone.h"

#include <stdio.h>
#include <string.h>

/* "" if there is none. */
static int read_setting(struct store *s, char name[ZONE_NAME], struct err *e)
{
    struct stmt *q = query_zone_current(s);
    const char *set = stmt_step(q) ? stmt_text(q, ZONE_CURRENT_zone) : NULL;
    snprintf(name, ZONE_NAME, "%s", set != NULL ? set : "");
    return stmt_end(q, e);
}

int calendar_refresh(struct store *s, struct zone **zone, struct err *e)
{
    char name[ZONE_NAME];
    struct zone *found = NULL;
    if (read_setting(s, name, e) != OK)
        return e->code;
    if (strcmp(name, *zone != NULL ? zone_name(*zone) : "") == 0)
        return OK;
    if (name[0] != '\0' && zone_file_load(name, &found, e) != OK) {
        e->code = ERR_INTERNAL;
        return err_wrap(e, "the calendar zone of the register cannot be read: ");
    }
    zone_free(*zone);
    *zone = found;
    return OK;
}
