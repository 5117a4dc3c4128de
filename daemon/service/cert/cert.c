/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/cert/cert.h"

#include "daemon/service/call/answer.h"
#include "query/cert.h"

struct cert_state cert_state_on(enum certificate_state last, struct date since, struct date valid_until,
                                struct date day)
{
    struct cert_state state = { .state = last, .since = since, .valid_until = valid_until };
    if (last != CERT_WITHDRAWN && date_before(valid_until, day)) {
        state.state = CERT_EXPIRED;
        state.since = (struct date){ valid_until.day + 1 };
    }
    return state;
}

void cert_set_state(struct certificate *c, struct date day)
{
    const struct cert_state state = cert_state_on(c->state, c->since, c->valid_until, day);
    c->state = state.state;
    c->since = state.since;
}

int cert_newest(struct call *call, int64_t holder_id, int64_t edition_id, struct date as_of, struct cert_state *ret)
{
    struct stmt *q = query_cert_newest(call->store, holder_id, edition_id, as_of);
    *ret = (struct cert_state){ 0 };
    if (stmt_step(q))
        *ret = cert_state_on((enum certificate_state)stmt_choice(q, CERT_NEWEST_state, ENUM_certificate_state),
                             stmt_date(q, CERT_NEWEST_since), stmt_date(q, CERT_NEWEST_valid_until), as_of);
    return answer_end(call, q, OK);
}

int cert_load(struct call *call, int64_t id, struct date as_of, struct certificate *ret)
{
    int code = answer_record(call, query_cert_show(call->store, id, as_of), RECORD_certificate, ret);
    if (code == OK)
        cert_set_state(ret, as_of);
    return code;
}

int cert_add_event(struct call *call, int64_t id, enum certificate_state state, struct date on, const char *reason,
                   const char *override)
{
    return stmt_run(query_cert_event(call->store, id, state, on, reason, override), call->err);
}

int cert_facts(struct call *call, int64_t id, struct date as_of, struct cert_facts *ret)
{
    struct stmt *q = query_cert_facts(call->store, id);
    *ret = (struct cert_facts){ .id = id, .last = CERT_ACTIVE };
    if (stmt_step(q)) {
        ret->holder_id = stmt_int(q, CERT_FACTS_holder_id);
        ret->edition_id = stmt_int(q, CERT_FACTS_edition_id);
        ret->body_id = stmt_int(q, CERT_FACTS_body_id);
        ret->route = (enum pursuit_route)stmt_choice(q, CERT_FACTS_route, ENUM_pursuit_route);
    }
    int code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    q = query_cert_last_event(call->store, id, as_of);
    if (stmt_step(q)) {
        ret->last = (enum certificate_state)stmt_choice(q, CERT_LAST_EVENT_state, ENUM_certificate_state);
        ret->last_on = stmt_date(q, CERT_LAST_EVENT_on_day);
    }
    return answer_end(call, q, OK);
}

int cert_check_order(struct call *call, const struct ref *which, const char *field, struct date on)
{
    struct stmt *q = query_cert_last_day(call->store, which->id, call->today);
    struct date last = stmt_step(q) ? stmt_date(q, CERT_LAST_DAY_on_day) : (struct date){ 0 };
    char text[DATE_TEXT];
    int code = answer_end(call, q, OK);
    if (code == OK && date_before(on, last))
        return err_set(call->err, ERR_CONFLICT, field, "%s last changed on %s; use that day or a later one",
                       which->text, date_format(last, text));
    return code;
}
