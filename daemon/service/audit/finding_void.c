/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of findings when an audit is void: those that it raised are void, those that it closed are not closed.
 * Where it is corrected, those that it closed are not closed either: the correction may close them again. */
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "query/finding.h"

/* Each finding that it closed goes back to the state before, as known from today on; but for those of the kept audit.
 */
static int reopen(struct call *call, int64_t audit_id, int64_t kept_id, const char *reason)
{
    if (reason == NULL)
        return answer_no_memory(call);
    int code = stmt_run(query_finding_closing_keep(call->store, audit_id, kept_id, call->today), call->err);
    if (code == OK)
        code = stmt_run(
            query_finding_reopen_step(call->store, audit_id, kept_id, call->today, call->caller->user, reason),
            call->err);
    return code == OK ? stmt_run(query_finding_reopen(call->store, audit_id, kept_id), call->err) : code;
}

int finding_void_audit(struct call *call, int64_t audit_id)
{
    const char *reason = arena_printf(call->arena, "A%lld is void", (long long)audit_id);
    if (reason == NULL)
        return answer_no_memory(call);
    int code = stmt_run(query_finding_void_step(call->store, audit_id, call->today, call->caller->user, reason),
                        call->err);
    if (code == OK)
        code = stmt_run(query_finding_void(call->store, audit_id, call->today), call->err);
    reason = arena_printf(call->arena, "A%lld, which closed it, is void", (long long)audit_id);
    return code == OK ? reopen(call, audit_id, 0, reason) : code;
}

int finding_reopen_corrected(struct call *call, int64_t audit_id, int64_t corrected_before, int64_t corrected_by)
{
    return reopen(call, audit_id, corrected_before,
                  arena_printf(call->arena, "A%lld, which closed it, was corrected by A%lld", (long long)audit_id,
                               (long long)corrected_by));
}
