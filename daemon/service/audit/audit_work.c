/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of an audit: planned, recorded, concluded, cancelled. */
#include "daemon/service/audit/audit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/register/audit_kind.h"
#include "query/audit.h"

static int check_plan(struct call *call, const struct audit_plan *p, struct audit_draft *d)
{
    int code = audit_kind_check(call, d->holder_id, d->kind, "kind");
    if (code == OK)
        code = catalogue_edition(call, p->edition.id, &d->edition);
    if (code == OK)
        code = audit_check_edition(call, d->edition, d->holder_id, d->kind, d->on);
    if (code == OK)
        code = audit_kind_check_body(call, d->kind, d->body_id);
    return code == OK ? team_resolve(call, &p->auditor, p->team, p->n_team, &d->team) : code;
}

int audit_plan(struct call *call, const struct audit_plan *p, struct audit *ret)
{
    struct audit_draft d = {
        .holder_id = p->holder.id, .kind = p->kind, .on = p->on, .body_id = p->body.id, .override = p->override
    };
    struct impartiality_bars overridden;
    int64_t id;
    int code = check_plan(call, p, &d);
    if (code == OK)
        code = audit_check_there(call, &d);
    if (code == OK)
        code = audit_check_team(call, &d, &overridden);
    if (code == OK)
        code = answer_number(call,
                             query_audit_plan(call->store, d.holder_id, d.edition->id, d.kind, d.on, d.body_id,
                                              d.team.lead_id, call->today),
                             &id);
    if (code == OK)
        code = team_store(call, id, true, &d.team);
    if (code == OK)
        code = impartiality_keep(call, id, &overridden, d.override);
    return code == OK ? audit_load(call, id, ret) : code;
}

/* Planned values are the default. */
static int fill_in_planned(struct call *call, struct audit_draft *d)
{
    struct audit_facts planned;
    int code = audit_facts(call, d->planned_id, &planned);
    if (code == OK && d->body_id == 0)
        d->body_id = planned.body_id;
    return code == OK ? team_as_planned(call, d->planned_id, &d->team) : code;
}

int audit_record(struct call *call, const struct audit_record *p, struct audit *ret)
{
    struct audit_draft draft = { .holder_id = p->holder.id,
                                 .kind = p->kind,
                                 .on = p->on,
                                 .planned_id = p->planned.id,
                                 .corrects_id = p->corrects.id,
                                 .body_id = p->body.id,
                                 .source = p->source,
                                 .override = p->override,
                                 .again = p->again,
                                 .responses = p->responses,
                                 .n_responses = p->n_responses };
    int64_t id;
    int code = catalogue_edition(call, p->edition.id, &draft.edition);
    if (code == OK)
        code = team_resolve(call, &p->auditor, p->team, p->n_team, &draft.team);
    if (code == OK && draft.planned_id > 0)
        code = fill_in_planned(call, &draft);
    if (code == OK)
        code = audit_store(call, &draft, &id);
    return code == OK ? audit_load(call, id, ret) : code;
}

/* Checks that it may move to this final state. */
static int check_finish(struct call *call, const struct audit_facts *facts, enum audit_state state)
{
    int code = audit_kind_check_recorded(call, facts->holder_id, facts->kind, facts->grade, "audit");
    return code == OK ? lifecycle_move(LIFECYCLE_audit, (int)facts->state, (int)state, "audit", call->err) : code;
}

static int check_concluded_on(struct call *call, const struct audit_facts *facts, struct date on)
{
    char day[DATE_TEXT];
    if (!date_before(on, facts->performed_on))
        return OK;
    return err_set(call->err, ERR_INVALID_PARAM, "on", "must not be before the audit, which ended on %s",
                   date_format(facts->performed_on, day));
}

static int conclude(struct call *call, const struct audit_conclude *p, const struct audit_facts *facts, struct date on)
{
    struct impartiality_bars overridden;
    int code = check_finish(call, facts, AUDIT_CONCLUDED);
    if (code == OK && p->conclusion == NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "conclusion", "missing: say what %s concludes", p->audit.text);
    if (code == OK)
        code = check_concluded_on(call, facts, on);
    if (code == OK)
        code = audit_check_approval(call, p, facts, on, &overridden);
    if (code == OK)
        code = stmt_run(query_audit_conclude(call->store, p->audit.id, p->conclusion, on, p->by.id), call->err);
    return code == OK ? impartiality_keep(call, p->audit.id, &overridden, p->override) : code;
}

/* Whether a concluded audit is only to be told its outcome, which it lacks as those from before outcomes do. */
static bool adds_outcome(const struct audit_conclude *p, const struct audit_facts *facts)
{
    bool alone = p->conclusion == NULL && p->by.id == 0 && p->override == NULL;
    return facts->state == AUDIT_CONCLUDED && p->outcome != 0 && alone;
}

static int check_outcome_added(struct call *call, const struct audit_conclude *p, const struct audit_facts *facts,
                               struct date on)
{
    char day[DATE_TEXT];
    if (facts->outcome != 0)
        return err_set(call->err, ERR_EXISTS, "outcome",
                       "%s already has the outcome %s, which is final; a wrong audit is corrected by another",
                       p->audit.text, api_choice_text(ENUM_outcome, (int)facts->outcome));
    if (date_before(on, facts->concluded_on))
        return err_set(call->err, ERR_INVALID_PARAM, "on", "must not be before the conclusion, of %s",
                       date_format(facts->concluded_on, day));
    return audit_kind_check_recorded(call, facts->holder_id, facts->kind, facts->grade, "audit");
}

int audit_conclude(struct call *call, const struct audit_conclude *p, struct audit *ret)
{
    struct date on = check_or_today(call, p->on);
    struct audit_facts facts;
    int code = audit_facts(call, p->audit.id, &facts);
    if (code == OK)
        code = adds_outcome(p, &facts) ? check_outcome_added(call, p, &facts, on) : conclude(call, p, &facts, on);
    if (code == OK && p->outcome != 0)
        code = stmt_run(query_audit_recommend(call->store, p->audit.id, p->outcome, on), call->err);
    return code == OK ? audit_load(call, p->audit.id, ret) : code;
}

int audit_cancel(struct call *call, const struct audit_cancel *p, struct audit *ret)
{
    struct date on = check_or_today(call, p->on);
    struct audit_facts facts;
    int code = audit_facts(call, p->audit.id, &facts);
    if (code == OK)
        code = check_finish(call, &facts, AUDIT_CANCELLED);
    if (code == OK)
        code = stmt_run(query_audit_cancel(call->store, p->audit.id, p->reason, on), call->err);
    return code == OK ? audit_load(call, p->audit.id, ret) : code;
}
