#include "daemon/service/cert.h"

#include "daemon/service/answer.h"
#include "daemon/service/body.h"
#include "daemon/service/check.h"
#include "daemon/service/handlers.h"
#include "daemon/service/holder.h"
#include "daemon/service/lifecycle.h"
#include "daemon/service/resolve.h"

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

static int load(struct call *call, int64_t id, struct date as_of, struct certificate *ret)
{
    int code = answer_record(call, STORE_QUERY(call->store, QUERY_cert_show, v_int(id), V_DATE(as_of)),
                             RECORD_certificate, ret);
    if (code == OK)
        ret->state = state_on(ret->state, ret->valid_until, as_of);
    return code;
}

static int add_event(struct call *call, int64_t id, enum certificate_state state, struct date on, const char *reason)
{
    return stmt_run(STORE_QUERY(call->store, QUERY_cert_event, v_int(id), v_choice(ENUM_certificate_state, (int)state),
                                V_DATE(on), v_text(reason)),
                    call->err);
}

static int check_days(struct call *call, const struct cert_grant *p, struct date valid_from)
{
    int code = check_not_future(call, "decided_on", p->decided_on);
    if (code == OK && date_before(valid_from, p->decided_on))
        code = err_set(call->err, ERR_INVALID_PARAM, "valid_from", "must not be earlier than the decision");
    if (code == OK && date_before(p->valid_until, valid_from))
        code = err_set(call->err, ERR_INVALID_PARAM, "valid_until", "must not be earlier than the first day");
    return code;
}

static int check_holder(struct call *call, const struct cert_grant *p)
{
    const char *name;
    struct date ended_on;
    char day[DATE_TEXT];
    int code = holder_name(call, p->holder.id, &name, &ended_on);
    if (code == OK && date_is_set(ended_on) && date_before(ended_on, p->decided_on))
        return err_set(call->err, ERR_CONFLICT, "holder", "%s ended on %s; no certificate is granted after that", name,
                       date_format(ended_on, day));
    return code;
}

static int check_body(struct call *call, const struct cert_grant *p)
{
    struct body body = { 0 };
    int code = body_load(call, p->body.id, &body);
    if (code == OK && body.kind != BODY_CERTIFICATION_BODY)
        return err_set(call->err, ERR_CONFLICT, "body", "%s is no certification body", p->body.text);
    if (code == OK && date_is_set(body.ended_on) && date_before(body.ended_on, p->decided_on))
        return err_set(call->err, ERR_CONFLICT, "body", "%s had ended by the day of the decision", p->body.text);
    return code;
}

/* The audit it rests on is of this holder and edition, and was performed before the decision. */
static int check_audit(struct call *call, const struct cert_grant *p)
{
    if (p->audit.id == 0)
        return OK;
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_audit, v_int(p->audit.id));
    stmt_step(q);
    int64_t holder_id = stmt_int(q, 0), edition_id = stmt_int(q, 1);
    int state = stmt_choice(q, 2, ENUM_audit_state);
    struct date performed_on = stmt_date(q, 3);
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    if (holder_id != p->holder.id || edition_id != p->edition.id)
        return err_set(call->err, ERR_CONFLICT, "audit", "%s is not an audit of %s against %s", p->audit.text,
                       p->holder.text, p->edition.text);
    if (state != AUDIT_DONE && state != AUDIT_CONCLUDED)
        return err_set(call->err, ERR_CONFLICT, "audit", "%s is %s; a certificate rests on an audit performed",
                       p->audit.text, api_choice_text(ENUM_audit_state, state));
    if (date_before(p->decided_on, performed_on))
        return err_set(call->err, ERR_CONFLICT, "decided_on", "must not be earlier than the audit %s", p->audit.text);
    return OK;
}

static int refuse_number(struct call *call, const struct cert_grant *p)
{
    int64_t same = 0;
    int code = answer_number(call, STORE_QUERY(call->store, QUERY_cert_of_body, v_int(p->body.id), v_text(p->number)),
                             &same);
    if (code == OK && same > 0)
        return err_set(call->err, ERR_EXISTS, "number", "%s has granted a certificate with this number already, C%lld",
                       p->body.text, (long long)same);
    return code;
}

static int refuse_overlap(struct call *call, const struct cert_grant *p, struct date valid_from)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_overlap, v_int(p->holder.id), v_int(p->edition.id),
                                 v_int(p->body.id), V_DATE(valid_from), V_DATE(p->valid_until));
    char until[DATE_TEXT];
    int code = OK;
    if (stmt_step(q))
        code = err_set(call->err, ERR_CONFLICT, "valid_from",
                       "the certificate C%lld (%s) is valid until %s; withdraw it, or begin after that day",
                       (long long)stmt_int(q, 0), stmt_text(q, 1), date_format(stmt_date(q, 2), until));
    return answer_end(call, q, code);
}

static int check_grant(struct call *call, const struct cert_grant *p, struct date valid_from)
{
    int code = check_days(call, p, valid_from);
    if (code == OK)
        code = check_holder(call, p);
    if (code == OK)
        code = check_body(call, p);
    if (code == OK)
        code = check_audit(call, p);
    if (code == OK)
        code = refuse_number(call, p);
    return code == OK ? refuse_overlap(call, p, valid_from) : code;
}

int cert_grant(struct call *call, const struct cert_grant *p, struct certificate *ret)
{
    struct date valid_from = date_is_set(p->valid_from) ? p->valid_from : p->decided_on;
    int64_t id;
    int code = check_grant(call, p, valid_from);
    if (code == OK)
        code = answer_number(call,
                             STORE_QUERY(call->store, QUERY_cert_insert, v_text(p->number), v_int(p->holder.id),
                                         v_int(p->edition.id), v_int(p->body.id), v_id(p->audit.id), v_text(p->scope),
                                         V_DATE(p->decided_on), V_DATE(valid_from), V_DATE(p->valid_until)),
                             &id);
    if (code == OK)
        code = add_event(call, id, CERT_ACTIVE, valid_from, NULL);
    return code == OK ? load(call, id, call->today, ret) : code;
}

static int last_event_day(struct call *call, int64_t id, struct date *ret)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_last_event, v_int(id));
    *ret = stmt_step(q) ? stmt_date(q, 1) : (struct date){ 0 };
    return answer_end(call, q, OK);
}

/* Events come in the order of their days, from the first day of the certificate to its last. */
static int move(struct call *call, const struct ref *which, enum certificate_state to, struct date day,
                const char *reason, struct certificate *ret)
{
    struct date on = check_or_today(call, day), last;
    struct certificate then = { 0 };
    char text[DATE_TEXT];
    int code = check_not_future(call, "on", on);
    if (code == OK)
        code = last_event_day(call, which->id, &last);
    if (code == OK && date_before(on, last))
        code = err_set(call->err, ERR_CONFLICT, "on", "%s changed last on %s; give that day or a later one",
                       which->text, date_format(last, text));
    if (code == OK)
        code = load(call, which->id, on, &then);
    if (code == OK)
        code = lifecycle_move(LIFECYCLE_certificate, (int)then.state, (int)to, "certificate", call->err);
    if (code == OK)
        code = add_event(call, which->id, to, on, reason);
    return code == OK ? load(call, which->id, call->today, ret) : code;
}

int cert_suspend(struct call *call, const struct cert_suspend *p, struct certificate *ret)
{
    return move(call, &p->certificate, CERT_SUSPENDED, p->on, p->reason, ret);
}

int cert_lift(struct call *call, const struct cert_lift *p, struct certificate *ret)
{
    return move(call, &p->certificate, CERT_ACTIVE, p->on, p->reason, ret);
}

int cert_withdraw(struct call *call, const struct cert_withdraw *p, struct certificate *ret)
{
    return move(call, &p->certificate, CERT_WITHDRAWN, p->on, p->reason, ret);
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

int cert_show(struct call *call, const struct cert_show *p, struct certificate_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    ret->certificate = arena_alloc(call->arena, sizeof *ret->certificate);
    if (ret->certificate == NULL)
        return answer_no_memory(call);
    char decided[DATE_TEXT];
    int code = load(call, p->certificate.id, as_of, ret->certificate);
    if (code == OK && date_before(as_of, ret->certificate->decided_on))
        code = err_set(call->err, ERR_NOT_FOUND, "as_of", "%s was decided on %s; ask about that day or a later one",
                       p->certificate.text, date_format(ret->certificate->decided_on, decided));
    if (code != OK)
        return code;
    struct stmt *q = STORE_QUERY(call->store, QUERY_cert_events, v_int(p->certificate.id), V_DATE(as_of));
    return answer_rows(call, q, RECORD_certificate_event, &ret->events, &ret->n_events);
}
