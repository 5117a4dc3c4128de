/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert_milestones.h"

#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert_cycle.h"
#include "daemon/service/cert/cert_surveillance.h"
#include "query/cert.h"

static int read_terms(struct call *call, int64_t id, struct date as_of, struct page *ret)
{
    struct stmt *q = query_cert_terms(call->store, id, as_of);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct cert_term term = { .kind = (enum term_kind)stmt_choice(q, CERT_TERMS_kind, ENUM_term_kind),
                                  .audit_id = stmt_int(q, CERT_TERMS_audit),
                                  .audited_on = stmt_date(q, CERT_TERMS_audited_on),
                                  .decided_on = stmt_date(q, CERT_TERMS_decided_on),
                                  .valid_from = stmt_date(q, CERT_TERMS_valid_from),
                                  .valid_until = stmt_date(q, CERT_TERMS_valid_until) };
        if (!page_push(ret, call->arena, &term, sizeof term))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

static int read_visits(struct call *call, const struct cert_facts *facts, const struct catalogue_edition *edition,
                       struct date as_of, struct page *ret)
{
    struct stmt *q = query_cert_visits(call->store, facts->holder_id, facts->edition_id, as_of);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct cert_visit visit = { .audit_id = stmt_int(q, CERT_VISITS_id),
                                    .on = stmt_date(q, CERT_VISITS_performed_on) };
        visit.surveillance = stmt_choice(q, CERT_VISITS_kind, ENUM_audit_kind) == AUDIT_SURVEILLANCE;
        if (visit.surveillance)
            code = cert_surveillance_lacks(call, edition, visit.audit_id, &visit.lacks);
        if (code == OK && !page_push(ret, call->arena, &visit, sizeof visit))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

/* The facts about it on the day; no term if it was decided later. */
static int read_cycle(struct call *call, int64_t id, struct date as_of, struct cert_cycle *ret)
{
    const struct catalogue_edition *edition;
    struct cert_facts facts;
    struct page terms = { 0 }, visits = { 0 };
    int code = cert_facts(call, id, as_of, &facts);
    if (code == OK)
        code = catalogue_edition(call, facts.edition_id, &edition);
    if (code == OK)
        code = read_terms(call, id, as_of, &terms);
    if (code == OK)
        code = read_visits(call, &facts, edition, as_of, &visits);
    if (code != OK)
        return code;
    *ret = (struct cert_cycle){ .rule = edition->rules != NULL ? edition->rules->cycle : NULL,
                                .terms = terms.rows,
                                .n_terms = terms.n,
                                .visits = visits.rows,
                                .n_visits = visits.n,
                                .as_of = as_of };
    if (facts.last == CERT_SUSPENDED)
        ret->suspended_on = facts.last_on;
    if (facts.last == CERT_WITHDRAWN)
        ret->withdrawn_on = facts.last_on;
    return OK;
}

static int name_audits(struct call *call, struct certificate_milestone *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (rows[i].audit.id == 0)
            continue;
        rows[i].audit = ref_to(call->arena, NOUN_audit, rows[i].audit.id);
        if (rows[i].audit.text == NULL)
            return answer_no_memory(call);
    }
    return OK;
}

int cert_milestones_of(struct call *call, int64_t certificate_id, struct date as_of, struct certificate_milestone **ret,
                       size_t *ret_n)
{
    struct cert_cycle cycle;
    int code = read_cycle(call, certificate_id, as_of, &cycle);
    if (code == OK)
        code = cert_cycle_milestones(&cycle, call->arena, ret, ret_n, call->err);
    return code == OK ? name_audits(call, *ret, *ret_n) : code;
}

/* Only what is still to do: of the last term, unless it is over for good. */
static bool is_due(const struct cert_cycle *cycle, const struct certificate_milestone *m)
{
    const struct cert_term *last = &cycle->terms[cycle->n_terms - 1];
    if (m->state == MILESTONE_DONE || m->state == MILESTONE_LATE
        || (cycle->n_terms > 1 && date_before(m->due, last->valid_from)))
        return false;
    bool expired = date_before(last->valid_until, cycle->as_of);
    return !expired || m->kind == MILESTONE_RECERTIFICATION || m->kind == MILESTONE_RESTORATION;
}

static int push_due(struct call *call, const struct cert_due *blank, struct page *ret)
{
    struct cert_cycle cycle;
    struct certificate_milestone *rows;
    size_t n;
    int code = read_cycle(call, blank->certificate_id, blank->from, &cycle);
    if (code == OK)
        code = cert_cycle_milestones(&cycle, call->arena, &rows, &n, call->err);
    for (size_t i = 0; code == OK && i < n; i++) {
        struct cert_due due = *blank;
        due.kind = rows[i].kind;
        due.state = rows[i].state;
        due.from = rows[i].from;
        due.due = rows[i].due;
        due.rule = cycle.rule;
        if (is_due(&cycle, &rows[i]) && !page_push(ret, call->arena, &due, sizeof due))
            code = answer_no_memory(call);
    }
    return code;
}

int cert_milestones_due(struct call *call, int64_t holder_id, struct date as_of, struct page *ret)
{
    struct stmt *q = query_cert_cycles(call->store, holder_id, as_of, resolve_scope_text(call));
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct cert_due blank = { .certificate_id = stmt_int(q, CERT_CYCLES_id),
                                  .holder = stmt_dup(q, CERT_CYCLES_code, call->arena),
                                  .holder_id = stmt_int(q, CERT_CYCLES_holder_id),
                                  .edition_id = stmt_int(q, CERT_CYCLES_edition_id),
                                  .from = as_of };
        code = blank.holder != NULL ? push_due(call, &blank, ret) : answer_no_memory(call);
    }
    return answer_end(call, q, code);
}
