/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/rollup.h"

#include "daemon/service/call/answer.h"
#include "query/resolve.h"
#include "query/standing.h"

#include <string.h>

void rollup_sum(struct rollup_sum *to, const struct rollup_share *share, int sign)
{
    if (share->verdict == 0)
        return;
    to->assessed += sign;
    to->by_verdict[share->verdict] += sign;
    for (int grade = GRADE_SELF; grade <= (int)share->grade; grade++)
        to->ready_by[grade] += sign;
    to->major += sign * share->major;
    to->minor += sign * share->minor;
}

static bool is_nothing(const struct rollup_sum *d)
{
    static const struct rollup_sum nothing;
    return memcmp(d, &nothing, sizeof nothing) == 0;
}

static int apply(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct rollup_sum *d)
{
    return stmt_run(query_rollup_add(call->store, cooperative_id, edition_id, d->assessed, d->by_verdict[VERDICT_READY],
                                     d->ready_by[GRADE_INTERNAL], d->ready_by[GRADE_EXTERNAL],
                                     d->by_verdict[VERDICT_NOT_READY], d->by_verdict[VERDICT_INCOMPLETE], d->major,
                                     d->minor),
                    call->err);
}

static int prune(struct call *call, int64_t cooperative_id, int64_t edition_id)
{
    return stmt_run(query_rollup_prune(call->store, cooperative_id, edition_id), call->err);
}

int rollup_replace(struct call *call, int64_t holder_id, int64_t edition_id, const struct rollup_share *before,
                   const struct rollup_share *after)
{
    struct rollup_sum d = { 0 };
    rollup_sum(&d, before, -1);
    rollup_sum(&d, after, 1);
    if (is_nothing(&d))
        return OK;
    struct stmt *q = query_resolve_cooperatives_of_enterprise(call->store, holder_id, call->today);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        int64_t cooperative_id = stmt_int(q, RESOLVE_COOPERATIVES_cooperative);
        code = apply(call, cooperative_id, edition_id, &d);
        if (code == OK && after->verdict == 0)
            code = prune(call, cooperative_id, edition_id);
    }
    return answer_end(call, q, code);
}

int rollup_add(struct call *call, int64_t cooperative_id, int64_t edition_id, const struct rollup_share *share,
               int sign)
{
    struct rollup_sum d = { 0 };
    rollup_sum(&d, share, sign);
    int code = apply(call, cooperative_id, edition_id, &d);
    return code == OK && sign < 0 ? prune(call, cooperative_id, edition_id) : code;
}
