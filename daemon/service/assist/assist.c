#include "daemon/service/assist/assist.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"

int assist_row(struct call *call, int64_t id, struct intervention *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_assist_show, v_int(id)), RECORD_intervention, ret);
}

int assist_of_source(struct call *call, const char *source, int64_t *ret_id)
{
    return answer_number(call, STORE_QUERY(call->store, QUERY_assist_of_source, v_text(source)), ret_id);
}

static int load_seen_by(struct call *call, int64_t id, const char *scope, struct intervention_detail *ret)
{
    ret->intervention = arena_alloc(call->arena, sizeof *ret->intervention);
    if (ret->intervention == NULL)
        return answer_no_memory(call);
    int code = assist_row(call, id, ret->intervention);
    if (code == OK)
        code = answer_rows(
            call, STORE_QUERY(call->store, QUERY_assist_participations, v_int(id), v_text(scope), V_DATE(call->today)),
            RECORD_participation, &ret->participations, &ret->n_participations);
    if (code == OK)
        code = answer_rows(call, STORE_QUERY(call->store, QUERY_assist_requirements, v_int(id)), RECORD_addressed,
                           &ret->requirements, &ret->n_requirements);
    if (code == OK)
        code = answer_rows(
            call, STORE_QUERY(call->store, QUERY_assist_payments, v_int(id), v_text(scope), V_DATE(call->today)),
            RECORD_payment, &ret->payments, &ret->n_payments);
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
