/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/holder.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/code.h"
#include "query/holder.h"
#include "query/member.h"

static int save_contact(struct call *call, int64_t id, const struct holder_facts *f)
{
    if (f->contact == NULL && f->phone == NULL && f->email == NULL)
        return OK;
    return stmt_run(query_holder_contact(call->store, id, f->contact, f->phone, f->email), call->err);
}

int holder_create(struct call *call, const struct holder_facts *f, int64_t *ret_id)
{
    int code = check_new_code(call, NOUN_holder, "code", f->code);
    if (code == OK)
        code = check_country(call, "country", f->country);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(call,
                         query_holder_insert(call->store, f->kind, f->code, f->name, f->activity, f->cluster_id,
                                             f->country, f->region, call->today),
                         &id);
    if (code == OK)
        code = code_keep(call, NOUN_holder, id, f->code);
    if (code == OK)
        code = save_contact(call, id, f);
    if (code == OK)
        *ret_id = id;
    return code;
}

int holder_update(struct call *call, int64_t id, const struct holder_facts *f)
{
    int code = check_country(call, "country", f->country);
    if (code == OK)
        code = stmt_run(
            query_holder_update(call->store, id, f->name, f->activity, f->cluster_id, f->country, f->region),
            call->err);
    return code == OK ? save_contact(call, id, f) : code;
}

int holder_name(struct call *call, int64_t id, const char **ret_code, struct date *ret_ended_on)
{
    struct stmt *q = query_holder_facts(call->store, id);
    bool found = stmt_step(q);
    const char *name = found ? stmt_dup(q, HOLDER_FACTS_code, call->arena) : NULL;
    struct date ended_on = found ? stmt_date(q, HOLDER_FACTS_ended_on) : (struct date){ 0 };
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    if (name == NULL)
        return answer_no_memory(call);
    *ret_code = name;
    *ret_ended_on = ended_on;
    return OK;
}

static int refuse_later_membership(struct call *call, int64_t holder_id, struct date day)
{
    const struct date next = { day.day + 1 };
    int64_t of_cooperative = 0, of_enterprise = 0;
    int code = answer_number(call, query_member_count_cooperative(call->store, holder_id, next), &of_cooperative);
    if (code == OK)
        code = answer_number(call, query_member_count_enterprise(call->store, holder_id, next), &of_enterprise);
    if (code != OK || of_cooperative + of_enterprise == 0)
        return code;
    return err_set(call->err, ERR_CONFLICT, "on", "memberships after that day: %lld; end them first with member leave",
                   (long long)of_cooperative + of_enterprise);
}

static int refuse_later_audit(struct call *call, int64_t id, struct date on)
{
    struct stmt *q = query_holder_last_audit(call->store, id, on);
    char day[DATE_TEXT];
    int code = OK;
    if (stmt_step(q))
        code = err_set(call->err, ERR_CONFLICT, "on", "it was audited on %s (A%lld); use that day or a later one",
                       date_format(stmt_date(q, HOLDER_LAST_AUDIT_performed_on), day),
                       (long long)stmt_int(q, HOLDER_LAST_AUDIT_id));
    return answer_end(call, q, code);
}

int holder_end(struct call *call, int64_t id, struct date on, const char *reason)
{
    const char *name;
    struct date ended_on;
    char day[DATE_TEXT];
    int code = holder_name(call, id, &name, &ended_on);
    if (code != OK)
        return code;
    if (date_is_set(ended_on))
        return err_set(call->err, ERR_BAD_STATE, "on", "%s already ended on %s", name, date_format(ended_on, day));
    code = refuse_later_membership(call, id, on);
    if (code == OK)
        code = refuse_later_audit(call, id, on);
    if (code == OK)
        code = stmt_run(query_holder_end(call->store, id, on, reason), call->err);
    return code;
}
