#include "daemon/service/cert/cert.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert_condition.h"
#include "daemon/service/cert/cert_cycle.h"
#include "daemon/service/cert/cert_milestones.h"
#include "daemon/service/impartiality/impartiality.h"

/* What the last event made of it, on a day. */
static enum certificate_state state_on(enum certificate_state last, struct date valid_until, struct date day)
{
    return last != CERT_WITHDRAWN && date_before(valid_until, day) ? CERT_EXPIRED : last;
}

int cert_newest(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of,
                enum certificate_state *ret_state, struct date *ret_valid_until)
{
    enum certificate_state last = 0;
    struct date until = { 0 };
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_newest, v_int(holder_id), v_int(edition_id), V_DATE(as_of));
    if (stmt_step(q)) {
        last = (enum certificate_state)stmt_choice(q, 0, ENUM_certificate_state);
        until = stmt_date(q, 1);
    }
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    *ret_state = last != 0 ? state_on(last, until, as_of) : 0;
    *ret_valid_until = until;
    return OK;
}

int cert_load(struct call *call, int64_t id, struct date as_of, struct certificate *ret)
{
    int code = answer_record(call, STORE_QUERY(call->store, QUERY_cert_show, v_int(id), V_DATE(as_of)),
                             RECORD_certificate, ret);
    if (code == OK)
        ret->state = state_on(ret->state, ret->valid_until, as_of);
    return code;
}

int cert_add_event(struct call *call, int64_t id, enum certificate_state state, struct date on, const char *reason,
                   const char *override)
{
    return stmt_run(STORE_QUERY(call->store, QUERY_cert_event, v_int(id), v_choice(ENUM_certificate_state, (int)state),
                                V_DATE(on), v_text(reason), v_text(override)),
                    call->err);
}

int cert_facts(struct call *call, int64_t id, struct date as_of, struct cert_facts *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_facts, v_int(id));
    *ret = (struct cert_facts){ .id = id, .last = CERT_ACTIVE };
    if (stmt_step(q)) {
        ret->holder_id = stmt_int(q, 0);
        ret->edition_id = stmt_int(q, 1);
        ret->body_id = stmt_int(q, 2);
        ret->route = (enum pursuit_route)stmt_choice(q, 3, ENUM_pursuit_route);
    }
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    q = STORE_QUERY(call->store, QUERY_cert_last_event, v_int(id), V_DATE(as_of));
    if (stmt_step(q)) {
        ret->last = (enum certificate_state)stmt_choice(q, 0, ENUM_certificate_state);
        ret->last_on = stmt_date(q, 1);
    }
    return answer_end(call, q, OK);
}

int cert_check_order(struct call *call, const struct ref *which, const char *field, struct date on)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_last_day, v_int(which->id));
    struct date last = stmt_step(q) ? stmt_date(q, 0) : (struct date){ 0 };
    char text[DATE_TEXT];
    int code = answer_end(call, q, OK);
    if (code == OK && date_before(on, last))
        return err_set(call->err, ERR_CONFLICT, field, "%s changed last on %s; give that day or a later one",
                       which->text, date_format(last, text));
    return code;
}

/* Whether it may become this on the day; override: what a rule may be broken for. */
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
        return err_set(call->err, ERR_CONFLICT, "on",
                       "%s is suspended since %s; a suspension lasts at most %lld months, until %s: withdraw it (%s)",
                       m->which->text, date_format(facts.last_on, since), (long long)rule->suspension_months,
                       date_format(limit, until), rule->source);
    if (!late && m->override != NULL)
        return err_set(call->err, ERR_INVALID_PARAM, "override", "no rule stands against it; leave it out");
    return OK;
}

/* Events come in the order of their days, from the first day of the certificate to its last. */
static int move(struct call *call, const struct cert_move *m, struct certificate *ret)
{
    struct date on = check_or_today(call, m->day);
    struct certificate then = { 0 };
    int code = check_not_future(call, "on", on);
    if (code == OK)
        code = cert_check_order(call, m->which, "on", on);
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

int cert_list(struct call *call, const struct cert_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_certificate, &after);
    if (code != OK)
        return code;
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_list, v_id(p->holder.id), V_DATE(as_of),
                                 v_text(resolve_scope_text(call)), v_id(p->edition.id), v_int(after),
                                 v_int(answer_limit(&p->page)));
    code = answer_page(call, q, &p->page, ret);
    struct certificate *rows = ret->rows;
    for (size_t i = 0; code == OK && i < ret->n; i++)
        rows[i].state = state_on(rows[i].state, rows[i].valid_until, as_of);
    return code;
}

static int read_history(struct call *call, int64_t id, struct date as_of, struct certificate_detail *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_events, v_int(id), V_DATE(as_of));
    int code = answer_rows(call, q, RECORD_certificate_event, &ret->events, &ret->n_events);
    if (code != OK)
        return code;
    q = STORE_QUERY(call->store, QUERY_cert_terms, v_int(id), V_DATE(as_of));
    code = answer_rows(call, q, RECORD_certificate_term, &ret->terms, &ret->n_terms);
    if (code == OK)
        code = cert_milestones_of(call, id, as_of, &ret->milestones, &ret->n_milestones);
    return code == OK ? impartiality_overrides_of_certificate(call, id, as_of, &ret->overrides, &ret->n_overrides)
                      : code;
}

int cert_show(struct call *call, const struct cert_show *p, struct certificate_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    ret->certificate = arena_alloc(call->arena, sizeof *ret->certificate);
    if (ret->certificate == NULL)
        return answer_no_memory(call);
    char decided[DATE_TEXT];
    int code = cert_load(call, p->certificate.id, as_of, ret->certificate);
    if (code == OK && date_before(as_of, ret->certificate->decided_on))
        code = err_set(call->err, ERR_NOT_FOUND, "as_of", "%s was decided on %s; ask about that day or a later one",
                       p->certificate.text, date_format(ret->certificate->decided_on, decided));
    return code == OK ? read_history(call, p->certificate.id, as_of, ret) : code;
}
