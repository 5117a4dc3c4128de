/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions: grants and renews certificates, and checks the conditions in advance. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/cert/cert_condition.h"
#include "daemon/service/cert/cert_cover.h"
#include "daemon/service/cert/cert_decision.h"
#include "query/cert.h"

/* Keeps a decision whose conditions were checked. unmet: those overridden, or NULL. */
static int add_term(struct call *call, int64_t certificate_id, const struct cert_case *c, const char *unmet,
                    const char *override)
{
    const struct cert_term *t = &c->term;
    return stmt_run(query_cert_term_insert(call->store, certificate_id, t->kind, c->number, c->audit.id,
                                           c->decided_by.id, t->decided_on, t->valid_from, t->valid_until, unmet,
                                           override),
                    call->err);
}

static int show(struct call *call, int64_t certificate_id, const struct cert_case *c, struct certificate *ret)
{
    int code = cert_load(call, certificate_id, call->today, ret);
    ret->chosen = c->chosen;
    return code;
}

int cert_check(struct call *call, const struct cert_check *p, struct page *ret)
{
    struct cert_case c;
    const struct date as_of = check_or_today(call, p->as_of);
    const struct cert_ask ask = { .holder = p->holder,
                                  .edition = p->edition,
                                  .audit = p->audit,
                                  .decided_by = p->decided_by,
                                  .body = p->body,
                                  .renews = p->renews,
                                  .route = p->route,
                                  .on = date_is_set(p->decided_on) ? p->decided_on : as_of,
                                  .known = as_of,
                                  .valid_from = p->valid_from,
                                  .valid_until = p->valid_until,
                                  .number = p->number,
                                  .cover = p->has_cover && p->cover };
    int code = cert_decision_open(call, &ask, &c);
    return code == OK ? cert_condition_list(call, &c, ret) : code;
}

int cert_grant(struct call *call, const struct cert_grant *p, struct certificate *ret)
{
    struct cert_case c;
    const char *unmet;
    int64_t id = 0;
    const struct cert_ask ask = { .holder = p->holder,
                                  .edition = p->edition,
                                  .audit = p->audit,
                                  .decided_by = p->decided_by,
                                  .body = p->body,
                                  .route = p->route,
                                  .on = p->decided_on,
                                  .valid_from = p->valid_from,
                                  .valid_until = p->valid_until,
                                  .number = p->number,
                                  .cover = p->has_cover && p->cover };
    int code = cert_decision_open(call, &ask, &c);
    if (code == OK)
        code = cert_condition_require(call, &c, p->override, &unmet);
    if (code == OK)
        code = answer_number(call,
                             query_cert_insert(call->store, p->number, c.holder.id, p->edition.id, c.body.id,
                                               c.audit.id, p->scope, c.on, c.term.valid_from, c.term.valid_until,
                                               c.route),
                             &id);
    if (code == OK)
        code = add_term(call, id, &c, unmet, p->override);
    if (code == OK)
        code = cert_add_event(call, id, CERT_ACTIVE, c.term.valid_from, NULL, NULL);
    if (code == OK && ask.cover)
        code = cert_cover_ready(call, id, c.term.valid_from);
    return code == OK ? show(call, id, &c, ret) : code;
}

int cert_renew(struct call *call, const struct cert_renew *p, struct certificate *ret)
{
    struct cert_case c;
    const char *unmet;
    const struct cert_ask ask = { .renews = p->certificate,
                                  .audit = p->audit,
                                  .decided_by = p->decided_by,
                                  .on = check_or_today(call, p->decided_on),
                                  .valid_until = p->valid_until,
                                  .number = p->number };
    int code = cert_decision_open(call, &ask, &c);
    if (code == OK)
        code = cert_condition_require(call, &c, p->override, &unmet);
    if (code == OK)
        code = add_term(call, p->certificate.id, &c, unmet, p->override);
    return code == OK ? show(call, p->certificate.id, &c, ret) : code;
}
