/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/sanction.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/body.h"
#include "daemon/service/register/member.h"
#include "query/sanction.h"

enum {
    OF_COOPERATIVE = 1 << ROLE_ADMIN | 1 << ROLE_MANAGER,
    OF_BODY = 1 << ROLE_ADMIN | 1 << ROLE_AUDITOR | 1 << ROLE_CERTIFIER,
};

static int find_pending(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int64_t edition_id,
                        struct date on, int64_t *ret_id, enum sanction_kind *ret_kind)
{
    struct stmt *q = query_sanction_pending(call->store, cooperative_id, enterprise_id, edition_id, on);
    bool found = stmt_step(q);
    *ret_id = found ? stmt_int(q, SANCTION_PENDING_id) : 0;
    *ret_kind = found ? (enum sanction_kind)stmt_choice(q, SANCTION_PENDING_kind, ENUM_sanction_kind) : 0;
    return answer_end(call, q, OK);
}

int sanction_pending(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int64_t edition_id,
                     struct date on, int64_t *ret_id)
{
    enum sanction_kind kind;
    return find_pending(call, cooperative_id, enterprise_id, edition_id, on, ret_id, &kind);
}

static int load(struct call *call, int64_t id, struct sanction *ret)
{
    return answer_record(call, query_sanction_show(call->store, id, call->today), RECORD_sanction, ret);
}

/* Each side sanctions only in its own name, and lifts only its own sanctions. */
static int check_side(struct call *call, int64_t cooperative_id, int64_t body_id, const char *field)
{
    unsigned roles;
    int code = resolve_roles_at(call, cooperative_id, &roles);
    if (code != OK || (roles & (body_id > 0 ? OF_BODY : OF_COOPERATIVE)) != 0)
        return code;
    if (body_id > 0)
        return err_set(call->err, ERR_DENIED, field,
                       "only an auditor or certifier may impose or lift a sanction of a certification body");
    return err_set(
        call->err, ERR_DENIED, field,
        "only a manager may impose or lift a sanction of the cooperative; set --body for one of a certification body");
}

static int check_body(struct call *call, const struct group_exclude *p)
{
    struct body body = { 0 };
    if (p->body.id == 0)
        return OK;
    int code = body_load(call, p->body.id, &body);
    if (code == OK && body.kind != BODY_CERTIFICATION_BODY)
        return err_set(call->err, ERR_CONFLICT, "body", "%s is not a certification body", p->body.text);
    return code;
}

static int check_member(struct call *call, const struct group_exclude *p, struct date on)
{
    bool is_member;
    char day[DATE_TEXT];
    if (p->enterprise.id == 0)
        return OK;
    int code = member_on_day(call, p->cooperative.id, p->enterprise.id, on, &is_member);
    if (code == OK && !is_member)
        return err_set(call->err, ERR_CONFLICT, "enterprise", "%s is not a member of %s on %s", p->enterprise.text,
                       p->cooperative.text, date_format(on, day));
    return code;
}

/* The finding must be the member's, for this edition; a group's may be any member's. */
static int check_finding(struct call *call, const struct group_exclude *p, struct date on)
{
    if (p->finding.id == 0)
        return OK;
    struct stmt *q = query_sanction_finding(call->store, p->finding.id);
    stmt_step(q);
    int64_t holder_id = stmt_int(q, SANCTION_FINDING_holder_id), edition_id = stmt_int(q, SANCTION_FINDING_edition_id);
    struct date raised_on = stmt_date(q, SANCTION_FINDING_raised_on);
    struct date void_on = stmt_date(q, SANCTION_FINDING_void_on);
    char day[DATE_TEXT];
    bool is_own = holder_id == (p->enterprise.id > 0 ? p->enterprise.id : p->cooperative.id);
    int code = answer_end(call, q, OK);
    if (code == OK && !is_own && p->enterprise.id == 0)
        code = member_on_day(call, p->cooperative.id, holder_id, raised_on, &is_own);
    if (code != OK)
        return code;
    if (!is_own || edition_id != p->edition.id)
        return err_set(call->err, ERR_CONFLICT, "finding", "%s is not a finding of %s against %s", p->finding.text,
                       p->enterprise.id > 0 ? p->enterprise.text : p->cooperative.text, p->edition.text);
    if (date_is_set(void_on))
        return err_set(call->err, ERR_BAD_STATE, "finding", "%s is void since %s; no sanction can rest on it",
                       p->finding.text, date_format(void_on, day));
    if (date_before(on, raised_on))
        return err_set(call->err, ERR_CONFLICT, "on", "%s was raised on %s; use that day or a later one",
                       p->finding.text, date_format(raised_on, day));
    return OK;
}

static int check_days(struct call *call, const struct group_exclude *p, struct date on)
{
    if (date_is_set(p->deadline) && date_before(p->deadline, on))
        return err_set(call->err, ERR_INVALID_PARAM, "deadline", "must not be before the first day of the sanction");
    return OK;
}

static int refuse_lighter(struct call *call, const struct group_exclude *p, struct date on)
{
    int64_t id;
    enum sanction_kind kind;
    int code = find_pending(call, p->cooperative.id, p->enterprise.id, p->edition.id, on, &id, &kind);
    if (code == OK && id > 0 && kind >= p->kind)
        return err_set(call->err, ERR_EXISTS, "kind",
                       "the %s X%lld is already in force; add a graver sanction, or lift it with group readmit",
                       api_choice_text(ENUM_sanction_kind, (int)kind), (long long)id);
    return code;
}

static int check_exclude(struct call *call, const struct group_exclude *p, struct date on)
{
    if (p->enterprise.id == 0 && p->kind == SANCTION_EXCLUSION)
        return err_set(call->err, ERR_INVALID_PARAM, "kind",
                       "a group can only be warned or suspended; to exclude a member, name it");
    if (p->enterprise.id == 0 && p->extent == EXTENT_ISOLATED)
        return err_set(call->err, ERR_INVALID_PARAM, "extent", "an isolated cause needs a member; name it");
    int code = check_days(call, p, on);
    if (code == OK)
        code = check_side(call, p->cooperative.id, p->body.id, "body");
    if (code == OK)
        code = check_body(call, p);
    if (code == OK)
        code = check_member(call, p, on);
    if (code == OK)
        code = check_finding(call, p, on);
    return code == OK ? refuse_lighter(call, p, on) : code;
}

int group_exclude(struct call *call, const struct group_exclude *p, struct sanction *ret)
{
    struct date on = check_or_today(call, p->on);
    enum extent usual = p->enterprise.id > 0 ? EXTENT_ISOLATED : EXTENT_STRUCTURAL;
    enum extent extent = p->extent != 0 ? p->extent : usual;
    int64_t id;
    int code = check_exclude(call, p, on);
    if (code == OK)
        code = answer_number(call,
                             query_sanction_insert(call->store, p->cooperative.id, p->enterprise.id, p->edition.id,
                                                   p->kind, extent, p->finding.id, p->body.id, on, p->deadline,
                                                   p->reason),
                             &id);
    return code == OK ? load(call, id, ret) : code;
}

/* The numbers of the sanctions to lift; the caller must be able to lift all of them. */
static int find_to_lift(struct call *call, const struct group_readmit *p, struct date on, struct page *ids)
{
    struct stmt *q = query_sanction_to_lift(call->store, p->cooperative.id, p->enterprise.id, p->edition.id,
                                            p->sanction.id, on);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        int64_t id = stmt_int(q, SANCTION_TO_LIFT_id);
        code = check_side(call, p->cooperative.id, stmt_int(q, SANCTION_TO_LIFT_body_id), "sanction");
        if (code != OK)
            err_wrap(call->err, "you may not lift X%lld: ", (long long)id);
        else if (!page_push(ids, call->arena, &id, sizeof id))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

static int lift(struct call *call, const struct group_readmit *p, struct date on, const int64_t *ids,
                struct readmission *ret)
{
    int code = OK;
    for (size_t i = 0; i < ret->n_lifted && code == OK; i++) {
        code = stmt_run(query_sanction_lift(call->store, ids[i], on, p->reason), call->err);
        if (code == OK)
            code = load(call, ids[i], &ret->lifted[i]);
    }
    return code;
}

int group_readmit(struct call *call, const struct group_readmit *p, struct readmission *ret)
{
    struct page ids = { 0 };
    char day[DATE_TEXT];
    *ret = (struct readmission){ .cooperative = p->cooperative,
                                 .enterprise = p->enterprise,
                                 .on = check_or_today(call, p->on) };
    int code = find_to_lift(call, p, ret->on, &ids);
    if (code == OK && ids.n == 0)
        code = err_set(call->err, ERR_BAD_STATE, p->sanction.id > 0 ? "sanction" : "enterprise",
                       "no such sanction on %s is in force on %s; see sme-ctl group sanctions %s",
                       p->enterprise.id > 0 ? p->enterprise.text : "the group itself", date_format(ret->on, day),
                       p->cooperative.text);
    if (code != OK)
        return code;
    ret->n_lifted = ids.n;
    ret->lifted = arena_array(call->arena, ids.n, sizeof *ret->lifted);
    return ret->lifted != NULL ? lift(call, p, ret->on, ids.rows, ret) : answer_no_memory(call);
}

int group_sanctions(struct call *call, const struct group_sanctions *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_sanction, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_sanction_list(call->store, p->cooperative.id, as_of, p->enterprise.id, p->edition.id,
                                         p->lifted, after, answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}
