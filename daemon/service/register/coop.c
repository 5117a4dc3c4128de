/* SPDX-License-Identifier: Apache-2.0 */
/* Cooperatives. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/holder.h"
#include "query/holder.h"

static int load(struct call *call, int64_t id, struct date as_of, struct cooperative *ret)
{
    return answer_record(call, query_coop_show(call->store, id, as_of), RECORD_cooperative, ret);
}

int coop_create(struct call *call, const struct coop_create *p, struct cooperative *ret)
{
    const struct holder_facts facts = {
        .kind = HOLDER_COOPERATIVE,
        .code = p->code,
        .name = p->name,
        .cluster_id = p->cluster.id,
        .country = p->country,
        .region = p->region,
        .contact = p->contact,
        .phone = p->phone,
        .email = p->email,
    };
    int64_t id;
    int code = holder_create(call, &facts, &id);
    return code == OK ? load(call, id, call->today, ret) : code;
}

int coop_update(struct call *call, const struct coop_update *p, struct cooperative *ret)
{
    const struct holder_facts facts = {
        .name = p->name,
        .cluster_id = p->cluster.id,
        .country = p->country,
        .region = p->region,
        .contact = p->contact,
        .phone = p->phone,
        .email = p->email,
    };
    int code = check_changes(call, p);
    if (code == OK)
        code = holder_update(call, p->cooperative.id, &facts);
    return code == OK ? load(call, p->cooperative.id, call->today, ret) : code;
}

int coop_end(struct call *call, const struct coop_end *p, struct cooperative *ret)
{
    int code = holder_end(call, p->cooperative.id, p->on, p->reason);
    return code == OK ? load(call, p->cooperative.id, call->today, ret) : code;
}

int coop_list(struct call *call, const struct coop_list *p, struct page *ret)
{
    struct stmt *q = query_coop_list(call->store, check_or_today(call, p->as_of), p->cluster.id,
                                     resolve_scope_text(call), answer_after_code(&p->page), answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}

int coop_show(struct call *call, const struct coop_show *p, struct cooperative *ret)
{
    return load(call, p->cooperative.id, check_or_today(call, p->as_of), ret);
}
