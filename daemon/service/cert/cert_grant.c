/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions: grants and renews certificates, and checks the conditions in advance. */
#include "common/ref.h"
#include "common/said.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/cert/cert_condition.h"
#include "daemon/service/cert/cert_cover.h"
#include "daemon/service/cert/cert_cycle.h"
#include "query/cert.h"

static const struct cycle_rule *cycle_rule(const struct catalogue_edition *e)
{
    return e->rules != NULL ? e->rules->cycle : NULL;
}

static const struct transition_rule *transition_rule(const struct catalogue_edition *e)
{
    return e->rules != NULL ? e->rules->transition : NULL;
}

/* A decision as stored. */
struct decision {
    int64_t certificate_id, audit_id, person_id;
    const char *number, *unmet, *override;
    struct cert_term term;
};

static int add_term(struct call *call, const struct decision *d)
{
    const struct cert_term *t = &d->term;
    return stmt_run(query_cert_term_insert(call->store, d->certificate_id, t->kind, d->number, d->audit_id,
                                           d->person_id, t->decided_on, t->valid_from, t->valid_until, d->unmet,
                                           d->override),
                    call->err);
}

/* A certification body uses each number once. */
static int refuse_number(struct call *call, int64_t body_id, const char *body, const char *number, int64_t but_id)
{
    int64_t same = 0;
    int code = answer_number(call, query_cert_of_body(call->store, body_id, number, but_id), &same);
    if (code == OK && same > 0)
        return err_set(call->err, ERR_EXISTS, "number", "%s already granted a certificate with this number, C%lld",
                       body, (long long)same);
    return code;
}

static int refuse_overlap(struct call *call, const struct cert_case *c, const char *field, int64_t but_id)
{
    struct stmt *q = query_cert_overlap(call->store, c->holder.id, c->edition->id, c->body.id, c->valid_from,
                                        c->valid_until, but_id);
    char until[DATE_TEXT];
    int code = OK;
    if (stmt_step(q))
        code = err_set(call->err, ERR_CONFLICT, field,
                       "certificate C%lld (%s) is valid until %s; renew or withdraw it, or begin after that day",
                       (long long)stmt_int(q, CERT_OVERLAP_id), stmt_text(q, CERT_OVERLAP_number),
                       date_format(stmt_date(q, CERT_OVERLAP_valid_until), until));
    return answer_end(call, q, code);
}

/* The last day, which must be set by now. */
static int check_last_day(struct call *call, const struct cert_case *c)
{
    if (!date_is_set(c->valid_until))
        return err_set(call->err, ERR_INVALID_PARAM, "valid_until",
                       "%s has no rule for the validity; set --valid-until", c->edition->code);
    if (!said_day_is_good(c->valid_until))
        return err_set(call->err, ERR_INVALID_PARAM, "valid_until", "must be a day " SAID_DAYS);
    if (date_before(c->valid_until, c->valid_from))
        return err_set(call->err, ERR_INVALID_PARAM, "valid_until", "must not be before the first day");
    return OK;
}

/* The decision to check, with the days given by the rule. */
static int open_case(struct call *call, const struct cert_grant *p, struct cert_case *ret)
{
    *ret = (struct cert_case){ .holder = p->holder,
                               .audit = p->audit,
                               .decided_by = p->decided_by,
                               .body = p->body,
                               .on = p->decided_on,
                               .valid_from = date_is_set(p->valid_from) ? p->valid_from : p->decided_on,
                               .valid_until = p->valid_until };
    int code = catalogue_edition(call, p->edition.id, &ret->edition);
    if (code == OK)
        code = cert_condition_route(call, &p->holder, ret->edition, p->route, p->decided_on, &ret->route);
    if (code == OK && !date_is_set(ret->valid_until))
        ret->valid_until = cert_cycle_capped(cert_cycle_last_day(cycle_rule(ret->edition), ret->valid_from),
                                             transition_rule(ret->edition));
    return code;
}

static int check_days(struct call *call, const struct cert_case *c)
{
    if (date_before(c->valid_from, c->on))
        return err_set(call->err, ERR_INVALID_PARAM, "valid_from", "must not be before the decision");
    return check_last_day(call, c);
}

/* Who will be ready on a future day is unknown. */
static int check_cover(struct call *call, const struct cert_grant *p, const struct cert_case *c)
{
    if (!p->has_cover || !p->cover)
        return OK;
    if (c->route != ROUTE_GROUP)
        return err_set(call->err, ERR_INVALID_PARAM, "cover", "only a group certificate covers members");
    return date_before(call->today, c->valid_from)
               ? err_set(call->err, ERR_INVALID_PARAM, "cover",
                         "the certificate is not valid yet; cover members from its first day on")
               : OK;
}

static int check_grant(struct call *call, const struct cert_grant *p, const struct cert_case *c, const char **ret_unmet)
{
    int code = check_days(call, c);
    if (code == OK)
        code = check_cover(call, p, c);
    if (code == OK)
        code = refuse_number(call, p->body.id, p->body.text, p->number, 0);
    if (code == OK)
        code = cert_condition_require(call, c, p->override, ret_unmet);
    return code == OK ? refuse_overlap(call, c, "valid_from", 0) : code;
}

int cert_grant(struct call *call, const struct cert_grant *p, struct certificate *ret)
{
    struct cert_case c;
    struct decision d = {
        .audit_id = p->audit.id, .person_id = p->decided_by.id, .number = p->number, .override = p->override
    };
    int code = open_case(call, p, &c);
    if (code == OK)
        code = check_grant(call, p, &c, &d.unmet);
    if (code == OK)
        code = answer_number(call,
                             query_cert_insert(call->store, p->number, p->holder.id, p->edition.id, p->body.id,
                                               p->audit.id, p->scope, c.on, c.valid_from, c.valid_until, c.route),
                             &d.certificate_id);
    if (code != OK)
        return code;
    d.term = (struct cert_term){
        .kind = TERM_GRANT, .decided_on = c.on, .valid_from = c.valid_from, .valid_until = c.valid_until
    };
    code = add_term(call, &d);
    if (code == OK)
        code = cert_add_event(call, d.certificate_id, CERT_ACTIVE, c.valid_from, NULL, NULL);
    if (code == OK && p->has_cover && p->cover)
        code = cert_cover_ready(call, d.certificate_id, c.valid_from);
    return code == OK ? cert_load(call, d.certificate_id, call->today, ret) : code;
}

/* Defaults: the newest suitable audit, and its body. */
static int default_audit(struct call *call, struct cert_case *c)
{
    if (c->audit.id == 0) {
        int code = answer_number(call, query_cert_newest_audit(call->store, c->holder.id, c->edition->id, c->on),
                                 &c->audit.id);
        if (code != OK || c->audit.id == 0)
            return code;
        c->audit.text = ref_text(call->arena, NOUN_audit, c->audit.id);
        if (c->audit.text == NULL)
            return answer_no_memory(call);
    }
    if (c->body.id > 0)
        return OK;
    struct stmt *q = query_cert_body_of_audit(call->store, c->audit.id);
    if (stmt_step(q))
        c->body = (struct ref){ .id = stmt_int(q, CERT_BODY_OF_AUDIT_id),
                                .text = stmt_dup(q, CERT_BODY_OF_AUDIT_code, call->arena) };
    bool lost = c->body.id > 0 && c->body.text == NULL;
    int code = answer_end(call, q, OK);
    return code == OK && lost ? answer_no_memory(call) : code;
}

int cert_check(struct call *call, const struct cert_check *p, struct page *ret)
{
    struct cert_case c;
    const struct cert_grant as_grant = { .holder = p->holder,
                                         .edition = p->edition,
                                         .audit = p->audit,
                                         .decided_by = p->decided_by,
                                         .body = p->body,
                                         .route = p->route,
                                         .decided_on = check_or_today(call, p->as_of) };
    int code = open_case(call, &as_grant, &c);
    if (code == OK)
        code = default_audit(call, &c);
    return code == OK ? cert_condition_list(call, &c, ret) : code;
}

/* A renewal in progress: the certificate as of the day, and its last term. */
struct renewal {
    struct certificate now;
    struct cert_facts facts;
    struct cert_term old;
    struct cert_case c;
    struct decision d;
};

static int last_term(struct call *call, int64_t id, struct date on, struct cert_term *ret)
{
    struct stmt *q = query_cert_terms(call->store, id, on);
    while (stmt_step(q))
        *ret = (struct cert_term){ .decided_on = stmt_date(q, CERT_TERMS_decided_on),
                                   .valid_from = stmt_date(q, CERT_TERMS_valid_from),
                                   .valid_until = stmt_date(q, CERT_TERMS_valid_until) };
    return answer_end(call, q, OK);
}

static int check_renewable(struct call *call, const struct cert_renew *p, const struct renewal *r)
{
    if (r->facts.last == CERT_ACTIVE)
        return OK;
    return err_set(call->err, ERR_BAD_STATE, "certificate", "%s is %s; only an active certificate can be renewed%s",
                   p->certificate.text, api_choice_text(ENUM_certificate_state, (int)r->facts.last),
                   r->facts.last == CERT_SUSPENDED ? "; lift the suspension first" : "");
}

static int check_window(struct call *call, const struct cert_renew *p, struct renewal *r)
{
    const struct cycle_rule *rule = cycle_rule(r->c.edition);
    struct date limit;
    char day[DATE_TEXT], until[DATE_TEXT];
    date_format(r->old.valid_until, until);
    switch (cert_cycle_renew(rule, &r->old, r->c.on, &r->d.term, &limit)) {
    case RENEWAL_TOO_EARLY:
        return err_set(call->err, ERR_CONFLICT, "decided_on",
                       "%s is valid until %s; it can be renewed %lld months before, from %s (%s)", p->certificate.text,
                       until, (long long)rule->renewal_months, date_format(limit, day), rule->source);
    case RENEWAL_TOO_LATE:
        if (rule == NULL || !rule->has_restoration_months)
            return err_set(call->err, ERR_CONFLICT, "decided_on",
                           "%s expired after %s; %s has no rule for restoring it: %s", p->certificate.text, until,
                           r->c.edition->code, "grant a new one");
        return err_set(call->err, ERR_CONFLICT, "decided_on",
                       "%s expired after %s; it could be restored for %lld months, until %s; grant a new one (%s)",
                       p->certificate.text, until, (long long)rule->restoration_months, date_format(limit, day),
                       rule->source);
    case RENEWAL_FINE:
        break;
    }
    r->c.valid_from = r->d.term.valid_from;
    r->d.term.valid_until = cert_cycle_capped(r->d.term.valid_until, transition_rule(r->c.edition));
    if (date_is_set(p->valid_until))
        r->d.term.valid_until = p->valid_until;
    r->c.valid_until = r->d.term.valid_until;
    return check_last_day(call, &r->c);
}

static int open_renewal(struct call *call, const struct cert_renew *p, struct renewal *r)
{
    struct date on = check_or_today(call, p->decided_on);
    *r = (struct renewal){ 0 };
    int code = cert_check_order(call, &p->certificate, "decided_on", on);
    if (code == OK)
        code = cert_facts(call, p->certificate.id, on, &r->facts);
    if (code == OK)
        code = check_renewable(call, p, r);
    if (code == OK)
        code = cert_load(call, p->certificate.id, on, &r->now);
    if (code == OK)
        code = last_term(call, p->certificate.id, on, &r->old);
    if (code != OK)
        return code;
    r->c = (struct cert_case){ .holder = { .text = r->now.holder.text, .id = r->facts.holder_id },
                               .body = { .text = r->now.body.text, .id = r->facts.body_id },
                               .audit = p->audit,
                               .decided_by = p->decided_by,
                               .route = r->facts.route,
                               .on = on,
                               .since = r->old.decided_on };
    r->d = (struct decision){ .certificate_id = p->certificate.id,
                              .audit_id = p->audit.id,
                              .person_id = p->decided_by.id,
                              .number = p->number != NULL ? p->number : r->now.number,
                              .override = p->override };
    return catalogue_edition(call, r->facts.edition_id, &r->c.edition);
}

int cert_renew(struct call *call, const struct cert_renew *p, struct certificate *ret)
{
    struct renewal r;
    int code = open_renewal(call, p, &r);
    if (code == OK)
        code = check_window(call, p, &r);
    if (code == OK)
        code = refuse_number(call, r.c.body.id, r.c.body.text, r.d.number, p->certificate.id);
    if (code == OK)
        code = cert_condition_require(call, &r.c, p->override, &r.d.unmet);
    if (code == OK)
        code = refuse_overlap(call, &r.c, "certificate", p->certificate.id);
    if (code == OK)
        code = add_term(call, &r.d);
    return code == OK ? cert_load(call, p->certificate.id, call->today, ret) : code;
}
