/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/register/team.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "query/team.h"

int team_has(struct call *call, int64_t audit_id, int64_t person_id, bool *ret)
{
    int64_t n = 0;
    int code = answer_number(call, query_team_has(call->store, audit_id, person_id), &n);
    *ret = n > 0;
    return code;
}

static int named_twice(struct call *call, const char *field, const struct ref *who)
{
    return err_set(call->err, ERR_INVALID_PARAM, field, "%s is named more than once; give each person one role",
                   who->text);
}

static int add_lead(struct call *call, const struct ref *who, struct team *team)
{
    if (team->lead_id > 0 && team->lead_id != who->id)
        return err_set(call->err, ERR_INVALID_PARAM, "role", "a team has only one lead; %s is a second one", who->text);
    team->lead_id = who->id;
    return OK;
}

static int add_member(struct call *call, const struct audit_member *row, struct team *team)
{
    struct audit_member member = *row;
    int code = resolve_ref(call, NOUN_person, "person", &member.person);
    if (code != OK)
        return code;
    if (member.role == TEAM_LEAD)
        return add_lead(call, &member.person, team);
    for (size_t i = 0; i < team->n; i++)
        if (team->members[i].person.id == member.person.id)
            return named_twice(call, "person", &member.person);
    team->members[team->n++] = member;
    return OK;
}

int team_resolve(struct call *call, const struct ref *auditor, const struct audit_member *rows, size_t n,
                 struct team *ret)
{
    *ret = (struct team){ .lead_id = auditor->id, .members = arena_array(call->arena, n, sizeof *rows) };
    if (ret->members == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++)
        if (add_member(call, &rows[i], ret) != OK)
            return err_within(call->err, "team[%zu].", i);
    for (size_t i = 0; i < ret->n; i++)
        if (ret->members[i].person.id == ret->lead_id)
            return named_twice(call, "team", &ret->members[i].person);
    return OK;
}

static int push_member(struct call *call, struct stmt *q, struct page *rows)
{
    struct audit_member member = { .person = { stmt_dup(q, TEAM_MEMBERS_person, call->arena),
                                               stmt_int(q, TEAM_MEMBERS_person_id) },
                                   .role = (enum team_role)stmt_choice(q, TEAM_MEMBERS_role, ENUM_team_role) };
    if (member.person.text == NULL || !page_push(rows, call->arena, &member, sizeof member))
        return answer_no_memory(call);
    return OK;
}

int team_read(struct call *call, int64_t audit_id, bool planned, struct team *ret)
{
    struct page rows = { 0 };
    *ret = (struct team){ 0 };
    int code = answer_number(call, query_team_lead(call->store, audit_id, planned), &ret->lead_id);
    if (code != OK)
        return code;
    struct stmt *q = query_team_members(call->store, audit_id, planned);
    while (code == OK && stmt_step(q))
        code = push_member(call, q, &rows);
    ret->members = rows.rows;
    ret->n = rows.n;
    return answer_end(call, q, code);
}

int team_as_planned(struct call *call, int64_t audit_id, struct team *team)
{
    struct team planned;
    int code = team_read(call, audit_id, true, &planned);
    if (code != OK)
        return code;
    team->lead_id = team->lead_id > 0 ? team->lead_id : planned.lead_id;
    if (team->n > 0)
        return OK;
    team->members = planned.members;
    for (size_t i = 0; i < planned.n; i++)
        if (planned.members[i].person.id != team->lead_id)
            team->members[team->n++] = planned.members[i];
    return OK;
}

int team_list(struct call *call, int64_t audit_id, bool planned, struct audit_member **ret, size_t *ret_n)
{
    return answer_rows(call, query_team_list(call->store, audit_id, planned), RECORD_audit_member, ret, ret_n);
}

int team_store(struct call *call, int64_t audit_id, bool planned, const struct team *team)
{
    int code = OK;
    for (size_t i = 0; i < team->n && code == OK; i++) {
        const struct audit_member *m = &team->members[i];
        code = stmt_run(query_team_insert(call->store, audit_id, planned, m->person.id, m->role), call->err);
    }
    return code;
}
