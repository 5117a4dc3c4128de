/* SPDX-License-Identifier: Apache-2.0 */
/* Declares an audit void. From today on it counts nowhere, what it raised counts nowhere, and what rested on it is as
 * it was before: the findings that it closed are open again, the audit that it corrected counts again, the sanctions
 * that rest on its findings are lifted, its number at the source is free, and what it was planned as is planned anew,
 * since the visit that was planned has not taken place. Certificates that rest on it stay, and say so. */
#include "daemon/service/audit/audit.h"
#include "daemon/service/audit/finding.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/register/audit_kind.h"
#include "daemon/service/register/mistake.h"
#include "daemon/service/standing/standing.h"
#include "query/audit.h"
#include "query/sanction.h"
#include "query/team.h"

static int check_state(struct call *call, const struct ref *audit, const struct audit_facts *f)
{
    if (f->kind == AUDIT_MIGRATION)
        return err_set(call->err, ERR_CONFLICT, "audit",
                       "%s has the results that R%lld carried over; to undo that, use sme-ctl standard rollback R%lld",
                       audit->text, (long long)f->migration_id, (long long)f->migration_id);
    if (f->state == AUDIT_PLANNED)
        return err_set(call->err, ERR_BAD_STATE, "audit",
                       "%s is only planned; if it will not take place, use sme-ctl audit cancel %s", audit->text,
                       audit->text);
    if (f->state == AUDIT_CANCELLED)
        return err_set(call->err, ERR_BAD_STATE, "audit", "%s is cancelled and counts nowhere", audit->text);
    return OK;
}

/* What counts instead of it goes first. */
static int refuse_corrected(struct call *call, const struct ref *audit, const struct audit_facts *f)
{
    if (f->corrected_by == 0)
        return OK;
    return err_set(call->err, ERR_CONFLICT, "audit",
                   "%s was corrected by A%lld, which counts instead; declare that one void first if it is wrong too",
                   audit->text, (long long)f->corrected_by);
}

/* A nonconformity is bad news, which nobody withdraws from their own record. */
static int check_raised(struct call *call, const struct ref *audit, const struct audit_facts *f)
{
    bool by_admin;
    if (f->nonconformity == 0)
        return OK;
    int code = mistake_by_admin(call, f->holder_id, &by_admin);
    if (code != OK || by_admin)
        return code;
    return err_set(call->err, ERR_DENIED, "audit",
                   "%s raised the nonconformity F%lld; only an administrator can declare it void", audit->text,
                   (long long)f->nonconformity);
}

/* Its results live on under another edition while that may be undone. */
static int refuse_carried(struct call *call, const struct ref *audit, const struct audit_facts *f)
{
    struct stmt *q = query_audit_carried(call->store, f->holder_id, f->edition_id, f->performed_on);
    char day[DATE_TEXT];
    int code = OK;
    if (stmt_step(q) && !date_before(stmt_date(q, AUDIT_CARRIED_undo_until), call->today)) {
        long long id = (long long)stmt_int(q, AUDIT_CARRIED_id);
        date_format(stmt_date(q, AUDIT_CARRIED_undo_until), day);
        code = err_set(call->err, ERR_CONFLICT, "audit",
                       "R%lld carried the results of %s over to another edition; roll it back first, until %s: sme-ctl "
                       "standard rollback R%lld",
                       id, audit->text, day, id);
    }
    return answer_end(call, q, code);
}

static int check(struct call *call, const struct ref *audit, const struct audit_facts *f)
{
    struct mistake m = { .field = "audit",
                         .record = audit->text,
                         .holder_id = f->holder_id,
                         .recorded_on = f->recorded_on,
                         .void_on = f->void_on };
    int code = check_state(call, audit, f);
    if (code == OK)
        code = audit_kind_check_recorded(call, f->holder_id, f->kind, f->grade, "audit");
    if (code == OK)
        code = mistake_check(call, &m);
    if (code == OK)
        code = refuse_corrected(call, audit, f);
    if (code == OK)
        code = check_raised(call, audit, f);
    return code == OK ? refuse_carried(call, audit, f) : code;
}

static int plan_again(struct call *call, int64_t id, const struct audit_facts *f)
{
    int64_t again;
    if (!date_is_set(f->planned_on))
        return OK;
    int code = answer_number(call, query_audit_plan_again(call->store, id, call->today), &again);
    return code == OK ? stmt_run(query_team_plan_again(call->store, id, again), call->err) : code;
}

/* Also against other editions, where migrations carried findings over. */
static int update_standings(struct call *call, int64_t holder_id, int64_t edition_id)
{
    int code = standing_update(call, holder_id, edition_id);
    struct stmt *q = query_audit_void_editions(call->store, holder_id, edition_id, call->today);
    while (code == OK && stmt_step(q))
        code = standing_update(call, holder_id, stmt_int(q, AUDIT_VOID_EDITIONS_edition_id));
    return answer_end(call, q, code);
}

int audit_void(struct call *call, const struct audit_void *p, struct audit *ret)
{
    struct audit_facts facts;
    int code = audit_facts(call, p->audit.id, &facts);
    if (code == OK)
        code = check(call, &p->audit, &facts);
    if (code == OK)
        code = stmt_run(query_audit_void(call->store, p->audit.id, call->today, p->reason, call->caller->user),
                        call->err);
    if (code == OK)
        code = finding_void_audit(call, p->audit.id);
    if (code == OK)
        code = stmt_run(query_sanction_lift_void(call->store, facts.holder_id, call->today,
                                                 arena_printf(call->arena, "%s is void", p->audit.text)),
                        call->err);
    if (code == OK)
        code = plan_again(call, p->audit.id, &facts);
    if (code == OK)
        code = update_standings(call, facts.holder_id, facts.edition_id);
    return code == OK ? audit_load(call, p->audit.id, ret) : code;
}
