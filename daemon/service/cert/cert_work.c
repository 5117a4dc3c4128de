/* SPDX-License-Identifier: Apache-2.0 */
/* What happens to a certificate after its grant: suspended, lifted, withdrawn. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/cert/cert_condition.h"
#include "daemon/service/cert/cert_cycle.h"

/* Whether it may enter this state on the day; override: the reason for breaking a rule. */
struct cert_move {
    const struct ref *which;
    enum certificate_state to;
    struct date day;
    const char *reason, *override;
};

/* A suspension that has outlasted the edition's limit ends in withdrawal (ISO/IEC 17021-1 9.6.5.5). */
static int check_lift(struct call *call, const struct cert_move *m, struct date on)
{
    const struct catalogue_edition *edition;
    struct cert_facts facts;
    char since[DATE_TEXT], until[DATE_TEXT];
    int code = cert_facts(call, m->which->id, on, &facts);
    if (code == OK)
        code = cert_condition_may_override(call, facts.holder_id, m->override);
    if (code == OK)
        code = catalogue_edition(call, facts.edition_id, &edition);
    if (code != OK)
        return code;
    const struct cycle_rule *rule = edition->rules != NULL ? edition->rules->cycle : NULL;
    struct date limit = cert_cycle_lift_by(rule, facts.last_on);
    bool late = date_is_set(limit) && date_before(limit, on);
    if (late && m->override == NULL)
        return err_set(
            call->err, ERR_CONFLICT, "on",
            "%s has been suspended since %s; the limit is %lld months, until %s; withdraw the certificate (%s)",
            m->which->text, date_format(facts.last_on, since), (long long)rule->suspension_months,
            date_format(limit, until), rule->source);
    if (!late && m->override != NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "override", "no rule needs an override; omit --override");
    return OK;
}

/* Events are in the order of their days, from the certificate's first day to its last. */
static int move(struct call *call, const struct cert_move *m, struct certificate *ret)
{
    struct date on = check_or_today(call, m->day);
    struct certificate then = { 0 };
    int code = cert_check_order(call, m->which, "on", on);
    if (code == OK)
        code = cert_load(call, m->which->id, on, &then);
    if (code == OK)
        code = lifecycle_move(LIFECYCLE_certificate, (int)then.state, (int)m->to, "certificate", call->err);
    if (code == OK && m->to == CERT_ACTIVE)
        code = check_lift(call, m, on);
    if (code == OK)
        code = cert_add_event(call, m->which->id, m->to, on, m->reason, m->override);
    return code == OK ? cert_load(call, m->which->id, call->today, ret) : code;
}

int cert_suspend(struct call *call, const struct cert_suspend *p, struct certificate *ret)
{
    const struct cert_move m = { .which = &p->certificate, .to = CERT_SUSPENDED, .day = p->on, .reason = p->reason };
    return move(call, &m, ret);
}

int cert_lift(struct call *call, const struct cert_lift *p, struct certificate *ret)
{
    const struct cert_move m = {
        .which = &p->certificate, .to = CERT_ACTIVE, .day = p->on, .reason = p->reason, .override = p->override
    };
    return move(call, &m, ret);
}

int cert_withdraw(struct call *call, const struct cert_withdraw *p, struct certificate *ret)
{
    const struct cert_move m = { .which = &p->certificate, .to = CERT_WITHDRAWN, .day = p->on, .reason = p->reason };
    return move(call, &m, ret);
}
