/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_decision.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/cert/cert_condition.h"
#include "query/cert.h"

/* Adds to what was chosen. value: NULL without memory. */
static int choose(struct call *call, struct cert_case *c, const char *what, const char *value)
{
    if (value == NULL)
        return answer_no_memory(call);
    c->chosen = c->chosen == NULL ? arena_printf(call->arena, "%s %s", what, value)
                                  : arena_printf(call->arena, "%s, %s %s", c->chosen, what, value);
    return c->chosen != NULL ? OK : answer_no_memory(call);
}

/* The newest suitable one. */
static int choose_audit(struct call *call, struct cert_case *c)
{
    if (c->audit.id > 0)
        return OK;
    int code = answer_number(call, query_cert_newest_audit(call->store, c->holder.id, c->edition->id, c->on, c->known),
                             &c->audit.id);
    if (code != OK || c->audit.id == 0)
        return code;
    c->audit.text = ref_text(call->arena, NOUN_audit, c->audit.id);
    return choose(call, c, "audit", c->audit.text);
}

/* That of the audit. */
static int choose_body(struct call *call, struct cert_case *c)
{
    if (c->body.id > 0 || c->audit.id == 0)
        return OK;
    struct stmt *q = query_cert_body_of_audit(call->store, c->audit.id);
    if (stmt_step(q))
        c->body = (struct ref){ .id = stmt_int(q, CERT_BODY_OF_AUDIT_id),
                                .text = stmt_dup(q, CERT_BODY_OF_AUDIT_code, call->arena) };
    int code = answer_end(call, q, OK);
    return code == OK && c->body.id > 0 ? choose(call, c, "body", c->body.text) : code;
}

static int choose_last_day(struct call *call, struct cert_case *c, struct date given)
{
    char day[DATE_TEXT];
    if (date_is_set(given))
        c->term.valid_until = given;
    else if (date_is_set(c->term.valid_until))
        return choose(call, c, "last day", date_format(c->term.valid_until, day));
    return OK;
}

static const struct cycle_rule *cycle_rule(const struct cert_case *c)
{
    return c->edition->rules != NULL ? c->edition->rules->cycle : NULL;
}

/* The last day by the rules. */
static struct date last_day(const struct cert_case *c, struct date by_cycle)
{
    return cert_cycle_capped(by_cycle, c->edition->rules != NULL ? c->edition->rules->transition : NULL);
}

/* Who will be ready on a future day is unknown. */
static int check_cover(struct call *call, const struct cert_ask *ask, const struct cert_case *c)
{
    if (!ask->cover)
        return OK;
    if (c->route != ROUTE_GROUP)
        return err_set(call->err, ERR_INVALID_PARAM, "cover", "only a group certificate covers members");
    return date_before(call->today, c->term.valid_from)
               ? err_set(call->err, ERR_INVALID_PARAM, "cover",
                         "the certificate is not valid yet; cover members from its first day on")
               : OK;
}

static int open_grant(struct call *call, const struct cert_ask *ask, struct cert_case *ret)
{
    ret->holder = ask->holder;
    ret->body = ask->body;
    ret->number = ask->number;
    ret->term = (struct cert_term){ .kind = TERM_GRANT,
                                    .decided_on = ask->on,
                                    .valid_from = date_is_set(ask->valid_from) ? ask->valid_from : ask->on };
    int code = catalogue_edition(call, ask->edition.id, &ret->edition);
    if (code == OK)
        code = cert_condition_route(call, &ask->holder, ret->edition, ask->route, ask->on, &ret->route);
    if (code != OK)
        return code;
    ret->term.valid_until = last_day(ret, cert_cycle_last_day(cycle_rule(ret), ret->term.valid_from));
    return check_cover(call, ask, ret);
}

/* A renewal keeps what the certificate is of. */
static int check_kept(struct call *call, const struct cert_ask *ask, const struct cert_facts *facts)
{
    const char *name = ask->renews.text;
    if ((ask->holder.id > 0 && ask->holder.id != facts->holder_id)
        || (ask->edition.id > 0 && ask->edition.id != facts->edition_id))
        return err_set(call->err, ERR_INVALID_PARAM, "renews", "%s is not a certificate of %s against %s", name,
                       ask->holder.text, ask->edition.text);
    if (ask->body.id > 0 && ask->body.id != facts->body_id)
        return err_set(call->err, ERR_INVALID_PARAM, "body", "%s is of another body; only that one can renew it", name);
    if (date_is_set(ask->valid_from) || ask->route != 0 || ask->cover)
        return err_set(call->err, ERR_INVALID_PARAM, date_is_set(ask->valid_from) ? "valid_from" : "renews",
                       "a renewal keeps the route and the members of %s and begins by the rule", name);
    return OK;
}

/* The last one decided by the day. */
static int last_term(struct call *call, int64_t id, struct date on, struct cert_term *ret)
{
    struct stmt *q = query_cert_terms(call->store, id, on);
    while (stmt_step(q))
        *ret = (struct cert_term){ .decided_on = stmt_date(q, CERT_TERMS_decided_on),
                                   .valid_from = stmt_date(q, CERT_TERMS_valid_from),
                                   .valid_until = stmt_date(q, CERT_TERMS_valid_until) };
    return answer_end(call, q, OK);
}

static int read_last_day(struct call *call, int64_t id, struct date known, struct date *ret)
{
    struct stmt *q = query_cert_last_day(call->store, id, known);
    *ret = stmt_step(q) ? stmt_date(q, CERT_LAST_DAY_on_day) : (struct date){ 0 };
    return answer_end(call, q, OK);
}

static int open_renewal(struct call *call, const struct cert_ask *ask, struct cert_case *ret)
{
    struct cert_renewed *r = &ret->renewed;
    struct cert_facts facts;
    struct certificate now = { 0 };
    r->certificate = ask->renews;
    int code = cert_facts(call, ask->renews.id, ask->on, &facts);
    if (code == OK)
        code = check_kept(call, ask, &facts);
    if (code == OK)
        code = cert_load(call, ask->renews.id, ask->on, &now);
    if (code == OK)
        code = read_last_day(call, ask->renews.id, ret->known, &r->last_on);
    if (code == OK)
        code = last_term(call, ask->renews.id, ask->on, &r->old);
    if (code == OK)
        code = catalogue_edition(call, facts.edition_id, &ret->edition);
    if (code != OK)
        return code;
    ret->holder = (struct ref){ .text = now.holder.text, .id = facts.holder_id };
    ret->body = (struct ref){ .text = now.body.text, .id = facts.body_id };
    ret->route = facts.route;
    ret->number = ask->number != NULL ? ask->number : now.number;
    r->last = facts.last;
    if (date_is_set(r->old.decided_on))
        r->window = cert_cycle_renew(cycle_rule(ret), &r->old, ask->on, &ret->term, &r->limit);
    ret->term.valid_until = last_day(ret, ret->term.valid_until);
    return OK;
}

int cert_decision_open(struct call *call, const struct cert_ask *ask, struct cert_case *ret)
{
    *ret = (struct cert_case){ .audit = ask->audit, .decided_by = ask->decided_by, .on = ask->on };
    ret->known = date_is_set(ask->known) ? ask->known : call->today;
    int code = ask->renews.id > 0 ? open_renewal(call, ask, ret) : open_grant(call, ask, ret);
    if (code == OK)
        code = choose_audit(call, ret);
    if (code == OK)
        code = choose_body(call, ret);
    return code == OK ? choose_last_day(call, ret, ask->valid_until) : code;
}
