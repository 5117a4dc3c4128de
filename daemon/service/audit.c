#include "daemon/service/audit.h"

#include "daemon/service/answer.h"
#include "daemon/service/audit_kind.h"
#include "daemon/service/handlers.h"
#include "daemon/service/lifecycle.h"

#include <string.h>

static int dup_bytes(struct call *call, struct bytes from, struct bytes *ret)
{
    uint8_t *copy = arena_alloc(call->arena, from.size);
    if (copy == NULL)
        return answer_no_memory(call);
    if (from.size > 0)
        memcpy(copy, from.data, from.size);
    *ret = (struct bytes){ copy, from.size };
    return OK;
}

int audit_facts(struct call *call, int64_t id, struct audit_facts *ret)
{
    *ret = (struct audit_facts){ 0 };
    struct stmt *q = STORE_QUERY(call->store, QUERY_audit_facts, v_int(id));
    if (!stmt_step(q))
        return answer_end(call, q,
                          err_set(call->err, ERR_NOT_FOUND, "audit", "there is no audit A%lld", (long long)id));
    *ret = (struct audit_facts){
        .holder_id = stmt_int(q, 0),
        .edition_id = stmt_int(q, 1),
        .kind = (enum audit_kind)stmt_choice(q, 2, ENUM_audit_kind),
        .state = (enum audit_state)stmt_choice(q, 3, ENUM_audit_state),
        .performed_on = stmt_date(q, 4),
        .corrected_by = stmt_int(q, 6),
    };
    return answer_end(call, q, dup_bytes(call, stmt_blob(q, 5), &ret->responses));
}

int audit_load(struct call *call, int64_t id, struct audit *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_audit_record, v_int(id)), RECORD_audit, ret);
}

int audit_plan(struct call *call, const struct audit_plan *p, struct audit *ret)
{
    const struct catalogue_edition *edition;
    int64_t id;
    int code = audit_kind_check(call, p->holder.id, p->kind, "kind");
    if (code == OK)
        code = catalogue_edition(call, p->edition.id, &edition);
    if (code == OK)
        code = audit_check_edition(call, edition, p->on);
    if (code == OK)
        code = audit_kind_check_body(call, p->kind, p->body.id);
    if (code != OK)
        return code;
    code = answer_number(call,
                         STORE_QUERY(call->store, QUERY_audit_insert, v_int(p->holder.id), v_int(p->edition.id),
                                     v_choice(ENUM_audit_kind, (int)p->kind), v_choice(ENUM_audit_state, AUDIT_PLANNED),
                                     V_DATE(p->on), v_null(), v_id(p->body.id), v_id(p->auditor.id), v_null(), v_int(0),
                                     v_int(0), v_int(0), v_int(0), v_int(0), v_int(0), v_null(), v_null(), v_null()),
                         &id);
    return code == OK ? audit_load(call, id, ret) : code;
}

int audit_record(struct call *call, const struct audit_record *p, struct audit *ret)
{
    struct audit_draft draft = { .holder_id = p->holder.id,
                                 .kind = p->kind,
                                 .on = p->on,
                                 .planned_id = p->planned.id,
                                 .corrects_id = p->corrects.id,
                                 .body_id = p->body.id,
                                 .auditor_id = p->auditor.id,
                                 .source = p->source,
                                 .responses = p->responses,
                                 .n_responses = p->n_responses };
    int64_t id;
    int code = catalogue_edition(call, p->edition.id, &draft.edition);
    if (code == OK)
        code = audit_store(call, &draft, &id);
    return code == OK ? audit_load(call, id, ret) : code;
}

/* To its last state, with the conclusion or the reason. */
static int finish(struct call *call, int64_t id, enum audit_state state, const char *text, struct audit *ret)
{
    struct audit_facts facts;
    int code = audit_facts(call, id, &facts);
    if (code == OK)
        code = audit_kind_check(call, facts.holder_id, facts.kind, "audit");
    if (code == OK)
        code = lifecycle_move(LIFECYCLE_audit, (int)facts.state, (int)state, "audit", call->err);
    if (code == OK)
        code = stmt_run(STORE_QUERY(call->store, QUERY_audit_conclude, v_int(id),
                                    v_choice(ENUM_audit_state, (int)state), v_text(text)),
                        call->err);
    return code == OK ? audit_load(call, id, ret) : code;
}

int audit_conclude(struct call *call, const struct audit_conclude *p, struct audit *ret)
{
    return finish(call, p->audit.id, AUDIT_CONCLUDED, p->conclusion, ret);
}

int audit_cancel(struct call *call, const struct audit_cancel *p, struct audit *ret)
{
    return finish(call, p->audit.id, AUDIT_CANCELLED, p->reason, ret);
}
