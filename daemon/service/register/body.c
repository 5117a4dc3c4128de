#include "daemon/service/register/body.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"

int body_load(struct call *call, int64_t id, struct body *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_body_show, v_int(id)), RECORD_body, ret);
}

int body_create(struct call *call, const struct body_create *p, struct body *ret)
{
    int code = check_new_code(call, NOUN_body, "code", p->code);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(call,
                         STORE_QUERY(call->store, QUERY_body_insert, v_text(p->code), v_text(p->name),
                                     v_choice(ENUM_body_kind, (int)p->kind), v_text(p->country),
                                     v_text(p->accreditation)),
                         &id);
    return code == OK ? body_load(call, id, ret) : code;
}

int body_update(struct call *call, const struct body_update *p, struct body *ret)
{
    int code = check_changes(call, p);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code == OK)
        code = stmt_run(STORE_QUERY(call->store, QUERY_body_update, v_int(p->body.id), v_text(p->name),
                                    v_text(p->country), v_text(p->accreditation), V_DATE(p->ended_on)),
                        call->err);
    return code == OK ? body_load(call, p->body.id, ret) : code;
}

int body_list(struct call *call, const struct body_list *p, struct page *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_body_list, v_choice(ENUM_body_kind, (int)p->kind),
                                 v_text(answer_after_code(&p->page)), v_int(answer_limit(&p->page)));
    return answer_page(call, q, &p->page, ret);
}

int body_show(struct call *call, const struct body_show *p, struct body *ret)
{
    return body_load(call, p->body.id, ret);
}
