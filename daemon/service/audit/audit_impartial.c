/* SPDX-License-Identifier: Apache-2.0 */
/* Checks that those who audit, and those who approve an inspection, are impartial. */
#include "daemon/service/audit/audit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/register/audit_kind.h"

int audit_check_team(struct call *call, const struct audit_draft *d, struct impartiality_bars *ret)
{
    int party = audit_kind_party(d->kind, d->body_id);
    struct impartiality_case c = { .task = party == 3 ? TASK_AUDIT : TASK_INSPECT,
                                   .holder_id = d->holder_id,
                                   .edition = d->edition,
                                   .on = d->on,
                                   .as_of = call->today };
    if (party > 1)
        impartiality_add_team(&c, &d->team);
    if (party == 3)
        impartiality_add(&c, "body", 0, d->body_id);
    return impartiality_require(call, &c, d->planned_id, d->override, ret);
}

static bool must_be_approved(const struct audit_facts *facts, const struct catalogue_edition *e)
{
    const struct internal_rule *rule = e->rules != NULL ? e->rules->internal : NULL;
    return facts->kind == AUDIT_INTERNAL_INSPECTION && rule != NULL && rule->approved;
}

static bool is_inspection(const struct audit_facts *facts)
{
    return facts->kind != AUDIT_INTERNAL_AUDIT && audit_kind_party(facts->kind, facts->body_id) == 2;
}

int audit_check_approval(struct call *call, const struct audit_conclude *p, const struct audit_facts *facts,
                         struct date on, struct impartiality_bars *ret)
{
    struct impartiality_case c = {
        .task = TASK_APPROVE, .holder_id = facts->holder_id, .audit_id = p->audit.id, .on = on, .as_of = call->today
    };
    int code = catalogue_edition(call, facts->edition_id, &c.edition);
    if (code != OK)
        return code;
    if (p->by.id == 0 && must_be_approved(facts, c.edition))
        return err_set(call->err, ERR_INVALID_PARAM, "by",
                       "%s requires that someone other than the inspector approves an inspection; say who concludes %s",
                       c.edition->code, p->audit.text);
    if (is_inspection(facts))
        impartiality_add(&c, "by", p->by.id, 0);
    return impartiality_require(call, &c, 0, p->override, ret);
}
