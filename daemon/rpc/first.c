/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/rpc/first.h"

#include "common/log.h"
#include "common/uuid.h"
#include "common/zone_file.h"
#include "daemon/auth/peer.h"
#include "daemon/journal/journal.h"
#include "daemon/service/call/calendar.h"

static int set_zone(struct run *writer, const char *name, struct err *e)
{
    char request[UUID_TEXT];
    struct caller self;
    struct zone_set params = { .write.request = request, .zone = name };
    struct job job, *jobs[] = { &job };
    uuid_make(request);
    peer_self(&self);
    job_init(&job, &api_methods[METHOD_zone_set], &self);
    job.params = &params;
    if (run_group(writer, jobs, 1) == OK && job.err.code == OK)
        log_write(LOG_NOTICE, "calendar zone=%s; change it with sme-ctl zone set", name);
    *e = job.err;
    job_fini(&job);
    return e->code;
}

int first_settle(struct run *writer, struct err *e)
{
    char own[ZONE_NAME];
    int64_t next;
    if (calendar_refresh(writer->store, &writer->zone, e) != OK || writer->zone != NULL)
        return e->code;
    if (journal_next(writer->store, &next, e) != OK)
        return e->code;
    return set_zone(writer, next == 1 ? zone_file_own(own) : "Etc/UTC", e);
}
