/* Clusters: geographic and sectoral groups that cooperatives belong to. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"

static int load(struct call *call, int64_t id, struct cluster *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_cluster_show, v_int(id)), RECORD_cluster, ret);
}

int cluster_create(struct call *call, const struct cluster_create *p, struct cluster *ret)
{
    int code = check_new_code(call, NOUN_cluster, "code", p->code);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(call,
                         STORE_QUERY(call->store, QUERY_cluster_insert, v_text(p->code), v_text(p->name),
                                     v_text(p->country), v_text(p->region)),
                         &id);
    return code == OK ? load(call, id, ret) : code;
}

int cluster_update(struct call *call, const struct cluster_update *p, struct cluster *ret)
{
    int code = check_changes(call, p);
    if (code == OK)
        code = check_country(call, "country", p->country);
    if (code == OK)
        code = stmt_run(STORE_QUERY(call->store, QUERY_cluster_update, v_int(p->cluster.id), v_text(p->name),
                                    v_text(p->country), v_text(p->region)),
                        call->err);
    return code == OK ? load(call, p->cluster.id, ret) : code;
}

int cluster_list(struct call *call, const struct cluster_list *p, struct page *ret)
{
    return answer_page(call,
                       STORE_QUERY(call->store, QUERY_cluster_list, v_text(answer_after_code(&p->page)),
                                   v_int(answer_limit(&p->page))),
                       &p->page, ret);
}

int cluster_show(struct call *call, const struct cluster_show *p, struct cluster *ret)
{
    return load(call, p->cluster.id, ret);
}
