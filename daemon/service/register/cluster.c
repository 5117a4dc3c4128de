/* SPDX-License-Identifier: Apache-2.0 */
/* Clusters: geographic and sectoral groups that cooperatives belong to. */
#include "query/cluster.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"

static int load(struct call *call, int64_t id, struct cluster *ret)
{
    return answer_record(call, query_cluster_show(call->store, id), RECORD_cluster, ret);
}

int cluster_create(struct call *call, const struct cluster_create *p, struct cluster *ret)
{
    int code = check_new_code(call, NOUN_cluster, "code", p->code);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(call, query_cluster_insert(call->store, p->code, p->name, p->country, p->region), &id);
    if (code == OK)
        code = code_keep(call, NOUN_cluster, id, p->code);
    return code == OK ? load(call, id, ret) : code;
}

int cluster_update(struct call *call, const struct cluster_update *p, struct cluster *ret)
{
    int code = check_changes(call, p);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code == OK)
        code = stmt_run(query_cluster_update(call->store, p->cluster.id, p->name, p->country, p->region), call->err);
    return code == OK ? load(call, p->cluster.id, ret) : code;
}

int cluster_list(struct call *call, const struct cluster_list *p, struct page *ret)
{
    return answer_page(call, query_cluster_list(call->store, answer_after_code(&p->page), answer_limit(&p->page)),
                       &p->page, ret);
}

int cluster_show(struct call *call, const struct cluster_show *p, struct cluster *ret)
{
    return load(call, p->cluster.id, ret);
}
