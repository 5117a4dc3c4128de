/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/body.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/handlers.h"
#include "query/body.h"

int body_load(struct call *call, int64_t id, struct body *ret)
{
    return answer_record(call, query_body_show(call->store, id), RECORD_body, ret);
}

int body_create(struct call *call, const struct body_create *p, struct body *ret)
{
    int code = check_new_code(call, NOUN_body, "code", p->code);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(call, query_body_insert(call->store, p->code, p->name, p->kind, p->country, p->accreditation),
                         &id);
    if (code == OK)
        code = code_keep(call, NOUN_body, id, p->code);
    return code == OK ? body_load(call, id, ret) : code;
}

int body_update(struct call *call, const struct body_update *p, struct body *ret)
{
    int code = check_changes(call, p);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code == OK)
        code = stmt_run(query_body_update(call->store, p->body.id, p->name, p->country, p->accreditation, p->ended_on),
                        call->err);
    return code == OK ? body_load(call, p->body.id, ret) : code;
}

int body_list(struct call *call, const struct body_list *p, struct page *ret)
{
    struct stmt *q = query_body_list(call->store, p->kind, answer_after_code(&p->page), answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}

int body_show(struct call *call, const struct body_show *p, struct body *ret)
{
    return body_load(call, p->body.id, ret);
}
