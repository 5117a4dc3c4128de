/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/enterprise.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/register/member.h"
#include "query/holder.h"

int enterprise_load(struct call *call, int64_t id, struct date as_of, struct enterprise *ret)
{
    return answer_record(call, query_enterprise_show(call->store, id, as_of, resolve_scope_text(call)),
                         RECORD_enterprise, ret);
}

int enterprise_insert(struct call *call, const struct enterprise_create *p, int64_t *ret_id)
{
    const struct holder_facts facts = {
        .kind = HOLDER_ENTERPRISE,
        .code = p->code,
        .name = p->name,
        .activity = p->activity,
        .country = p->country,
        .region = p->region,
        .contact = p->contact,
        .phone = p->phone,
        .email = p->email,
    };
    return holder_create(call, &facts, ret_id);
}

int enterprise_create(struct call *call, const struct enterprise_create *p, struct enterprise *ret)
{
    if (p->cooperative.text == NULL && date_is_set(p->joined_on))
        return err_set(call->err, ERR_INVALID_PARAM, "cooperative", "needs --cooperative");
    int64_t id, membership_id;
    int code = enterprise_insert(call, p, &id);
    if (code == OK && p->cooperative.id > 0) {
        const struct member_period period = { p->cooperative.id, id, check_or_today(call, p->joined_on), { 0 } };
        code = member_add(call, &period, "joined_on", &membership_id);
    }
    return code == OK ? enterprise_load(call, id, call->today, ret) : code;
}

int enterprise_update(struct call *call, const struct enterprise_update *p, struct enterprise *ret)
{
    const struct holder_facts facts = {
        .name = p->name,
        .activity = p->activity,
        .country = p->country,
        .region = p->region,
        .contact = p->contact,
        .phone = p->phone,
        .email = p->email,
    };
    int code = check_changes(call, p);
    if (code == OK)
        code = holder_update(call, p->enterprise.id, &facts);
    return code == OK ? enterprise_load(call, p->enterprise.id, call->today, ret) : code;
}

int enterprise_end(struct call *call, const struct enterprise_end *p, struct enterprise *ret)
{
    int code = holder_end(call, p->enterprise.id, p->on, p->reason);
    return code == OK ? enterprise_load(call, p->enterprise.id, call->today, ret) : code;
}

int enterprise_list(struct call *call, const struct enterprise_list *p, struct page *ret)
{
    int64_t cooperative_id = resolve_list_holder(call, p->cooperative.id);
    const char *scope = resolve_scope_text(call);
    struct date day = check_or_today(call, p->as_of);
    const char *after = answer_after_code(&p->page);
    int64_t limit = answer_limit(&p->page);
    struct stmt *q = cooperative_id > 0 ? query_enterprise_list_of_cooperative(call->store, day, cooperative_id, after,
                                                                               limit, call->today, scope)
                                        : query_enterprise_list(call->store, day, scope, after, limit, call->today);
    return answer_page(call, q, &p->page, ret);
}

int enterprise_show(struct call *call, const struct enterprise_show *p, struct enterprise *ret)
{
    return enterprise_load(call, p->enterprise.id, check_or_today(call, p->as_of), ret);
}
