/* SPDX-License-Identifier: Apache-2.0 */
/* Imports of enterprises, and of cooperatives with their members. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/import.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/enterprise.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/register/member.h"
#include "query/holder.h"

static int find_cooperative(struct call *call, const char *text, int64_t *ret_id)
{
    int code = resolve_exact(call, NOUN_cooperative, text, ret_id);
    if (code == OK && *ret_id == 0)
        return err_set(call->err, ERR_NOT_FOUND, "cooperative", "no cooperative %s; register it first", text);
    return code;
}

static int compare_enterprise(struct call *call, int64_t id, const struct enterprise_row *row)
{
    struct enterprise there = { 0 };
    int code = enterprise_load(call, id, call->today, &there);
    if (code == OK)
        code = import_same_text(call, "name", row->name, there.name);
    if (code == OK)
        code = import_same_choice(call, "activity", ENUM_activity, (int)row->activity, (int)there.activity);
    if (code == OK)
        code = import_same_text(call, "country", row->country, there.country);
    if (code == OK)
        code = import_same_text(call, "region", row->region, there.region);
    if (code == OK)
        code = import_same_personal(call, "contact", row->contact, there.contact);
    if (code == OK)
        code = import_same_personal(call, "phone", row->phone, there.phone);
    return code == OK ? import_same_personal(call, "email", row->email, there.email) : code;
}

static int insert_enterprise(struct call *call, const struct enterprise_row *row, int64_t *ret_id)
{
    const struct enterprise_create enterprise = {
        .code = row->code,
        .name = row->name,
        .activity = row->activity,
        .country = row->country,
        .region = row->region,
        .contact = row->contact,
        .phone = row->phone,
        .email = row->email,
    };
    return enterprise_insert(call, &enterprise, ret_id);
}

static int take_enterprise(struct call *call, const struct enterprise_row *row, bool *ret_new)
{
    struct member_period period = { .joined_on = row->joined_on };
    bool is_member_new = false;
    int code = resolve_exact(call, NOUN_enterprise, row->code, &period.enterprise_id);
    if (code != OK)
        return code;
    *ret_new = period.enterprise_id == 0;
    code = *ret_new ? insert_enterprise(call, row, &period.enterprise_id)
                    : compare_enterprise(call, period.enterprise_id, row);
    if (code == OK && row->cooperative == NULL && date_is_set(row->joined_on))
        code = err_set(call->err, ERR_INVALID_PARAM, "cooperative", "needs --cooperative");
    if (code != OK || row->cooperative == NULL)
        return code;
    code = find_cooperative(call, row->cooperative, &period.cooperative_id);
    if (code == OK)
        code = member_import(call, &period, &is_member_new);
    *ret_new = *ret_new || is_member_new;
    return code;
}

int import_enterprises(struct call *call, const struct import_enterprises *p, struct import_report *ret)
{
    struct import import;
    import_begin(&import, call, ret);
    for (size_t i = 0; i < p->n_rows; i++) {
        bool is_new = false;
        int code = take_enterprise(call, &p->rows[i], &is_new);
        code = import_row(&import, p->rows[i].row, code, is_new);
        if (code != OK)
            return code;
    }
    import_end(&import, p->dry_run);
    return OK;
}

static int compare_cooperative(struct call *call, int64_t id, const struct member_row *row)
{
    struct cooperative there = { 0 };
    if (row->name == NULL && row->country == NULL && row->region == NULL)
        return OK;
    int code = answer_record(call, query_coop_show(call->store, id, call->today), RECORD_cooperative, &there);
    if (code == OK)
        code = import_same_text(call, "name", row->name, there.name);
    if (code == OK)
        code = import_same_text(call, "country", row->country, there.country);
    return code == OK ? import_same_text(call, "region", row->region, there.region) : code;
}

/* The cooperative of the row, registered if it is new and has a name. */
static int take_cooperative(struct call *call, const struct member_row *row, int64_t *ret_id, bool *ret_new)
{
    int code = resolve_exact(call, NOUN_cooperative, row->cooperative, ret_id);
    *ret_new = false;
    if (code != OK)
        return code;
    if (*ret_id > 0)
        return compare_cooperative(call, *ret_id, row);
    if (row->name == NULL)
        return err_set(call->err, ERR_NOT_FOUND, "cooperative", "no cooperative %s; to register it, set its name",
                       row->cooperative);
    const struct holder_facts facts = {
        .kind = HOLDER_COOPERATIVE,
        .code = row->cooperative,
        .name = row->name,
        .country = row->country,
        .region = row->region,
    };
    *ret_new = true;
    return holder_create(call, &facts, ret_id);
}

static int take_member(struct call *call, const struct member_row *row, bool *ret_new)
{
    struct member_period period = { .joined_on = row->joined_on, .left_on = row->left_on };
    bool is_member_new = false;
    int code = take_cooperative(call, row, &period.cooperative_id, ret_new);
    if (code != OK || row->enterprise == NULL)
        return code;
    code = resolve_exact(call, NOUN_enterprise, row->enterprise, &period.enterprise_id);
    if (code == OK && period.enterprise_id == 0)
        code = err_set(call->err, ERR_NOT_FOUND, "enterprise", "no enterprise %s; import the enterprises first",
                       row->enterprise);
    if (code == OK)
        code = member_import(call, &period, &is_member_new);
    *ret_new = *ret_new || is_member_new;
    return code;
}

int import_members(struct call *call, const struct import_members *p, struct import_report *ret)
{
    struct import import;
    import_begin(&import, call, ret);
    for (size_t i = 0; i < p->n_rows; i++) {
        bool is_new = false;
        int code = take_member(call, &p->rows[i], &is_new);
        code = import_row(&import, p->rows[i].row, code, is_new);
        if (code != OK)
            return code;
    }
    import_end(&import, p->dry_run);
    return OK;
}
