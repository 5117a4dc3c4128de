/* SPDX-License-Identifier: Apache-2.0 */
/* The calendar zone of the register. A day that is recorded stays that day: a change moves today alone. */
#include "query/zone.h"
#include "common/zone_file.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"

#include <string.h>

int zone_show(struct call *call, const struct zone_show *p, struct calendar *ret)
{
    (void)p;
    struct stmt *q = query_zone_current(call->store);
    bool set = stmt_step(q);
    *ret = (struct calendar){ .zone = zone_name(call->zone), .today = call->today };
    if (set) {
        ret->set_at.us = stmt_int(q, ZONE_CURRENT_set_at);
        ret->set_by = stmt_dup(q, ZONE_CURRENT_set_by, call->arena);
    }
    return answer_end(call, q, set && ret->set_by == NULL ? answer_no_memory(call) : OK);
}

/* What is recorded with the last entry must not lie in the future from now on. */
static int check_today(struct call *call, struct date today)
{
    int64_t at = 0;
    int code = answer_number(call, query_zone_last_entry(call->store), &at);
    struct date last = zone_day(call->zone, (struct instant){ at });
    if (code != OK || at == 0 || !date_before(today, last))
        return code;
    char there[DATE_TEXT], here[DATE_TEXT];
    return err_set(call->err, ERR_CONFLICT, "zone",
                   "today would be %s, before the day of the last entry of the journal, %s; set it once that day has "
                   "begun there",
                   date_format(today, there), date_format(last, here));
}

int zone_set(struct call *call, const struct zone_set *p, struct calendar *ret)
{
    struct zone *zone;
    if (zone_file_load(p->zone, &zone, call->err) != OK)
        return call->err->code;
    struct date today = zone_day(zone, call->now);
    zone_free(zone);
    int code = check_today(call, today);
    if (code == OK)
        code = stmt_run(query_zone_insert(call->store, p->zone, call->now, call->caller->user), call->err);
    *ret = (struct calendar){ .zone = p->zone, .today = today, .set_at = call->now, .set_by = call->caller->user };
    return code;
}
