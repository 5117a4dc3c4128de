/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/call/grant.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"
#include "daemon/store/row.h"
#include "query/grant.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SERVICE_BUFFER = 64 * 1024 };

static const int64_t uid_max = 4294967295;

/* A Unix user or group, found by its name or number. */
struct principal {
    enum principal_kind kind;
    const char *name;
    int64_t id;
};

/* The caller's groups as ",10,20,". */
static const char *groups_text(struct call *call)
{
    const char *text = ",";
    for (int i = 0; i < call->caller->n_gids && text != NULL; i++)
        text = arena_printf(call->arena, "%s%lld,", text, (long long)call->caller->gids[i]);
    return text;
}

int grant_held(struct call *call, struct held_grant **ret, size_t *ret_n)
{
    const char *groups = groups_text(call);
    if (groups == NULL)
        return answer_no_memory(call);
    struct stmt *q = query_grant_held(call->store, call->caller->uid, groups);
    struct page held = { 0 };
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct held_grant grant = { 0 };
        code = row_to_record(q, RECORD_held_grant, call->arena, &grant, call->err);
        grant.cooperative.id = stmt_is_null(q, GRANT_HELD_cooperative_id) ? 0 : stmt_int(q, GRANT_HELD_cooperative_id);
        if (code == OK && !page_push(&held, call->arena, &grant, sizeof grant))
            code = answer_no_memory(call);
    }
    code = answer_end(call, q, code);
    if (code == OK) {
        *ret = held.rows;
        *ret_n = held.n;
    }
    return code;
}

/* The name of a number, or the number of a name; found is false if the system does not know it. */
static bool find_user(const char *name, bool by_number, char *space, struct principal *p)
{
    struct passwd entry, *found = NULL;
    if (by_number)
        getpwuid_r((uid_t)p->id, &entry, space, NAME_SERVICE_BUFFER, &found);
    else
        getpwnam_r(name, &entry, space, NAME_SERVICE_BUFFER, &found);
    if (found != NULL)
        *p = (struct principal){ p->kind, found->pw_name, (int64_t)found->pw_uid };
    return found != NULL;
}

static bool find_group(const char *name, bool by_number, char *space, struct principal *p)
{
    struct group entry, *found = NULL;
    if (by_number)
        getgrgid_r((gid_t)p->id, &entry, space, NAME_SERVICE_BUFFER, &found);
    else
        getgrnam_r(name, &entry, space, NAME_SERVICE_BUFFER, &found);
    if (found != NULL)
        *p = (struct principal){ p->kind, found->gr_name, (int64_t)found->gr_gid };
    return found != NULL;
}

/* A number unknown to the system may get a grant: it may be known tomorrow. */
static int find_principal(struct call *call, const char *name, struct principal *p)
{
    const char *field = p->kind == PRINCIPAL_USER ? "user" : "group";
    size_t digits = strspn(name, "0123456789");
    bool by_number = digits > 0 && digits <= 10 && name[digits] == '\0';
    if (by_number)
        p->id = strtoll(name, NULL, 10);
    if (p->id > uid_max)
        return err_set(call->err, ERR_INVALID_PARAM, field, "a number must be at most %lld", (long long)uid_max);
    char *space = arena_alloc(call->arena, NAME_SERVICE_BUFFER);
    if (space == NULL)
        return answer_no_memory(call);
    p->name = name;
    bool found = p->kind == PRINCIPAL_USER ? find_user(name, by_number, space, p)
                                           : find_group(name, by_number, space, p);
    if (!found && !by_number)
        return err_set(call->err, ERR_NOT_FOUND, field, "no %s '%s' on this system; create it, or use its number",
                       field, name);
    return OK;
}

static int load(struct call *call, int64_t id, struct grant *ret)
{
    return answer_record(call, query_grant_show(call->store, id), RECORD_grant, ret);
}

static int refuse_double(struct call *call, const struct principal *who, const struct grant_add *p)
{
    int64_t same;
    int code = answer_number(call, query_grant_same(call->store, who->kind, who->id, p->role, p->cooperative.id),
                             &same);
    if (code == OK && same > 0)
        return err_set(call->err, ERR_EXISTS, "role", "%s already has this role by grant G%lld", who->name,
                       (long long)same);
    return code;
}

int grant_add(struct call *call, const struct grant_add *p, struct grant *ret)
{
    if ((p->user == NULL) == (p->group == NULL))
        return err_set(call->err, ERR_INVALID_PARAM, "user", "set either --user or --group");
    struct principal who = { .kind = p->user != NULL ? PRINCIPAL_USER : PRINCIPAL_GROUP };
    int code = find_principal(call, p->user != NULL ? p->user : p->group, &who);
    if (code == OK)
        code = refuse_double(call, &who, p);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(
        call, query_grant_insert(call->store, who.kind, who.name, who.id, p->role, p->cooperative.id, call->now), &id);
    return code == OK ? load(call, id, ret) : code;
}

int grant_revoke(struct call *call, const struct grant_revoke *p, struct grant *ret)
{
    int64_t id;
    int code = answer_number(call, query_grant_revoke(call->store, p->grant.id, call->now), &id);
    if (code == OK && id == 0)
        return err_set(call->err, ERR_BAD_STATE, "grant", "%s was already revoked", p->grant.text);
    return code == OK ? load(call, id, ret) : code;
}

int grant_list(struct call *call, const struct grant_list *p, struct page *ret)
{
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_grant, &after);
    if (code != OK)
        return code;
    return answer_page(call, query_grant_list(call->store, p->revoked, after, answer_limit(&p->page)), &p->page, ret);
}
