/* SPDX-License-Identifier: Apache-2.0 */
/* The daemon itself, and its caller. */
#include "common/describe.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/grant.h"
#include "daemon/service/call/handlers.h"

#include <stdio.h>

int system_ping(struct call *call, const struct system_ping *p, struct pong *ret)
{
    (void)p;
    *ret = (struct pong){ .now = call->now, .today = call->today };
    return OK;
}

int system_version(struct call *call, const struct system_version *p, struct version *ret)
{
    (void)p;
    *ret = (struct version){ .version = SMED_VERSION,
                             .schema = store_schema(call->store),
                             .api = API_VERSION,
                             .has_api = true,
                             .zone = zone_name(call->zone),
                             .today = call->today };
    return OK;
}

/* An administrator of the machine needs no grant, but is shown as having one, so that there is one list. */
static int held_by_admin(struct call *call, struct whoami *ret)
{
    ret->grants = arena_alloc(call->arena, sizeof *ret->grants);
    if (ret->grants == NULL)
        return answer_no_memory(call);
    ret->grants[0].role = ROLE_ADMIN;
    ret->n_grants = 1;
    return OK;
}

int system_whoami(struct call *call, const struct system_whoami *p, struct whoami *ret)
{
    (void)p;
    ret->uid = call->caller->uid;
    ret->has_uid = true;
    ret->user = call->caller->user;
    if (call->caller->is_admin)
        return held_by_admin(call, ret);
    return grant_held(call, &ret->grants, &ret->n_grants);
}

int system_describe(struct call *call, const struct system_describe *p, struct description *ret)
{
    (void)p;
    return describe_build(call->arena, ret, call->err);
}

int system_stats(struct call *call, const struct system_stats *p, struct stats *ret)
{
    (void)p;
    if (call->host == NULL)
        return err_set(call->err, ERR_BAD_STATE, NULL, "statistics need a running daemon");
    return call->host->stats(call->host, call, ret);
}
