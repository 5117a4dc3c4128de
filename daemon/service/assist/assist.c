/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/assist/assist.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "query/assist.h"

int assist_row(struct call *call, int64_t id, struct intervention *ret)
{
    return answer_record(call, query_assist_show(call->store, id), RECORD_intervention, ret);
}

int assist_of_source(struct call *call, const char *source, int64_t *ret_id)
{
    return answer_number(call, query_assist_of_source(call->store, source), ret_id);
}

static int load_seen_by(struct call *call, int64_t id, const char *scope, struct intervention_detail *ret)
{
    ret->intervention = arena_alloc(call->arena, sizeof *ret->intervention);
    if (ret->intervention == NULL)
        return answer_no_memory(call);
    int code = assist_row(call, id, ret->intervention);
    if (code == OK)
        code = answer_rows(call, query_assist_participations(call->store, id, scope, call->today), RECORD_participation,
                           &ret->participations, &ret->n_participations);
    if (code == OK)
        code = answer_rows(call, query_assist_requirements(call->store, id), RECORD_addressed, &ret->requirements,
                           &ret->n_requirements);
    if (code == OK)
        code = answer_rows(call, query_assist_payments(call->store, id, scope, call->today), RECORD_payment,
                           &ret->payments, &ret->n_payments);
    return code;
}

int assist_load(struct call *call, int64_t id, struct intervention_detail *ret)
{
    return load_seen_by(call, id, resolve_scope_text(call), ret);
}

int assist_load_whole(struct call *call, int64_t id, struct intervention_detail *ret)
{
    return load_seen_by(call, id, NULL, ret);
}
