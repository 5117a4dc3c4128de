/* SPDX-License-Identifier: Apache-2.0 */
/* Makes every standing and roll-up anew, holder by holder, for a register whose older ones were kept otherwise. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/upgrade.h"
#include "daemon/service/standing/standing.h"
#include "query/standing.h"

enum { PART = 200 }; /* holders in one transaction */

static int begin(struct call *call, struct upgrade_progress *p)
{
    int code = answer_number(call, query_standing_holders_count(call->store), &p->total);
    if (code == OK)
        code = stmt_run(query_standing_drop_all(call->store), call->err);
    return code == OK ? stmt_run(query_rollup_drop_all(call->store), call->err) : code;
}

/* In an arena of its own: a part must not need more memory than its largest holder. */
static int recompute(struct call *call, int64_t holder_id)
{
    struct arena own;
    struct call within = *call;
    arena_init(&own, call->arena->limit);
    within.arena = &own;
    struct stmt *q = query_standing_editions(call->store, holder_id, call->today, call->today);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = standing_update(&within, holder_id, stmt_int(q, STANDING_EDITIONS_edition_id));
    code = answer_end(call, q, code);
    arena_reset(&own);
    return code;
}

int standing_recompute(struct call *call, struct upgrade_progress *p)
{
    int code = p->after == 0 ? begin(call, p) : OK;
    int64_t ids[PART];
    int n = 0;
    struct stmt *q = query_standing_holders(call->store, p->after, PART);
    while (code == OK && n < PART && stmt_step(q))
        ids[n++] = stmt_int(q, STANDING_HOLDERS_holder_id);
    code = answer_end(call, q, code);
    for (int i = 0; i < n && code == OK; i++) {
        code = recompute(call, ids[i]);
        p->after = ids[i];
        p->done++;
    }
    p->finished = n < PART;
    return code;
}
