/* SPDX-License-Identifier: Apache-2.0 */
/* What the caller may do, and where. */
#include "common/buf.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/grant.h"
#include "daemon/service/call/resolve.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_MAX = 160 };

static void append_role(char names[NAMES_MAX], int role)
{
    size_t used = strlen(names);
    snprintf(names + used, NAMES_MAX - used, "%s%s", used > 0 ? ", " : "", api_choice_text(ENUM_role, role));
}

static int deny_stranger(struct call *call)
{
    const struct caller *c = call->caller;
    return err_set(
        call->err, ERR_DENIED, NULL,
        "user %s (uid %lld) has no access; an administrator can grant it: sme-ctl grant add --user %s --role viewer",
        c->user, (long long)c->uid, c->user);
}

static int deny_role(struct call *call, const struct held_grant *held, size_t n)
{
    char needed[NAMES_MAX] = "", has[NAMES_MAX] = "";
    unsigned seen = 0;
    for (int role = 1; role <= api_enums[ENUM_role].count; role++)
        if (call->method->roles >> role & 1U)
            append_role(needed, role);
    for (size_t i = 0; i < n; i++) {
        if (!(seen >> held[i].role & 1U))
            append_role(has, (int)held[i].role);
        seen |= 1U << held[i].role;
    }
    return err_set(call->err, ERR_DENIED, NULL, "%s requires one of the roles %s; user %s has %s", call->method->name,
                   needed, call->caller->user, has);
}

static int deny_bound(struct call *call)
{
    return err_set(call->err, ERR_DENIED, NULL,
                   "%s affects all cooperatives, but the grants of user %s are limited; ask an administrator",
                   call->method->name, call->caller->user);
}

static bool opens(const struct method *m, const struct held_grant *grant)
{
    return (m->roles >> grant->role & 1U) != 0;
}

/* Keeps in held only the grants that allow the method, and collects their roles and cooperatives. */
static int gather(struct call *call, struct held_grant *held, size_t n)
{
    int64_t *cooperatives = arena_array(call->arena, n, sizeof *cooperatives);
    if (cooperatives == NULL)
        return answer_no_memory(call);
    struct scope scope = { .cooperatives = cooperatives, .grants = held };
    for (size_t i = 0; i < n; i++) {
        if (!opens(call->method, &held[i]))
            continue;
        scope.roles |= 1U << held[i].role;
        if (held[i].cooperative.id > 0)
            cooperatives[scope.n++] = held[i].cooperative.id;
        else
            scope.everywhere = true;
        held[scope.n_grants++] = held[i];
    }
    call->scope = scope;
    return OK;
}

int resolve_scope(struct call *call)
{
    if (call->caller->is_admin) {
        call->scope = (struct scope){ .everywhere = true, .roles = 1U << ROLE_ADMIN };
        return OK;
    }
    struct held_grant *held;
    size_t n;
    int code = grant_held(call, &held, &n);
    if (code != OK)
        return code;
    if (n == 0)
        return deny_stranger(call);
    /* gather() moves the grants that allow the method to the front; the message needs all of them. */
    struct held_grant *all = arena_array(call->arena, n, sizeof *all);
    if (all == NULL)
        return answer_no_memory(call);
    memcpy(all, held, n * sizeof *all);
    code = gather(call, held, n);
    if (code != OK)
        return code;
    if (call->scope.n_grants == 0)
        return deny_role(call, all, n);
    return call->method->reach == EVERYWHERE && !call->scope.everywhere ? deny_bound(call) : OK;
}

const char *resolve_scope_text(struct call *call)
{
    static const char nowhere[] = ",,"; /* never NULL when out of memory: that would mean everywhere */
    if (call->scope.everywhere)
        return NULL;
    const char *text = ",";
    for (size_t i = 0; i < call->scope.n && text != NULL; i++)
        text = arena_printf(call->arena, "%s%lld,", text, (long long)call->scope.cooperatives[i]);
    return text != NULL ? text : nowhere;
}

int64_t resolve_list_holder(const struct call *call, int64_t named_id)
{
    bool bound_to_one = !call->scope.everywhere && call->scope.n == 1;
    return named_id == 0 && bound_to_one ? call->scope.cooperatives[0] : named_id;
}
