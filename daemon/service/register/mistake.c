/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/mistake.h"

#include "daemon/service/call/resolve.h"

int mistake_by_admin(struct call *call, int64_t holder_id, bool *ret)
{
    unsigned roles = call->scope.roles;
    int code = holder_id > 0 ? resolve_roles_at(call, holder_id, &roles) : OK;
    *ret = (roles & 1U << ROLE_ADMIN) != 0;
    return code;
}

static int refuse_late(struct call *call, const struct mistake *m)
{
    char day[DATE_TEXT];
    bool by_admin;
    if (call->today.day - m->recorded_on.day <= MISTAKE_DAYS)
        return OK;
    int code = mistake_by_admin(call, m->holder_id, &by_admin);
    if (code != OK || by_admin)
        return code;
    return err_set(call->err, ERR_DENIED, m->field,
                   "%s was recorded on %s, more than %d days ago; only an administrator can declare it void", m->record,
                   date_format(m->recorded_on, day), MISTAKE_DAYS);
}

int mistake_check(struct call *call, const struct mistake *m)
{
    char day[DATE_TEXT];
    if (date_is_set(m->void_on))
        return err_set(call->err, ERR_CONFLICT, m->field, "%s is void since %s already", m->record,
                       date_format(m->void_on, day));
    return refuse_late(call, m);
}
