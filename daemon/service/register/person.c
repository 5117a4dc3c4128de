/* SPDX-License-Identifier: Apache-2.0 */
/* People and their appointments. A person is identified by a code; name and contact can be forgotten. */
#include "query/person.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/code.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/register/mistake.h"

static int load(struct call *call, int64_t id, struct person *ret)
{
    return answer_record(call, query_person_show(call->store, id), RECORD_person, ret);
}

static int load_appointment(struct call *call, int64_t id, struct appointment *ret)
{
    return answer_record(call, query_person_appointment(call->store, id), RECORD_appointment, ret);
}

int person_create(struct call *call, const struct person_create *p, struct person *ret)
{
    int64_t id;
    int code = check_new_code(call, NOUN_person, "code", p->code);
    if (code == OK)
        code = answer_number(call, query_person_insert(call->store, p->code, p->name, p->phone, p->email, call->today),
                             &id);
    if (code == OK)
        code = code_keep(call, NOUN_person, id, p->code);
    return code == OK ? load(call, id, ret) : code;
}

int person_update(struct call *call, const struct person_update *p, struct person *ret)
{
    int code = check_changes(call, p);
    if (code == OK)
        code = stmt_run(query_person_update(call->store, p->person.id, p->name, p->phone, p->email, p->ended_on),
                        call->err);
    return code == OK ? load(call, p->person.id, ret) : code;
}

static int refuse_double(struct call *call, const struct person_appoint *p, struct date from)
{
    int64_t same = 0;
    int code = answer_number(
        call, query_person_appointed(call->store, p->person.id, p->role, p->body.id, p->cooperative.id, from), &same);
    if (code == OK && same > 0)
        return err_set(call->err, ERR_EXISTS, "role", "%s already has this role there, by appointment N%lld",
                       p->person.text, (long long)same);
    return code;
}

int person_appoint(struct call *call, const struct person_appoint *p, struct appointment *ret)
{
    if ((p->body.id == 0) == (p->cooperative.id == 0))
        return err_set(call->err, ERR_INVALID_PARAM, "body", "set either --body or --cooperative");
    struct date from = check_or_today(call, p->from);
    int code = refuse_double(call, p, from);
    if (code != OK)
        return code;
    int64_t id;
    code = answer_number(
        call,
        query_person_appoint(call->store, p->person.id, p->role, p->body.id, p->cooperative.id, from, call->today),
        &id);
    return code == OK ? load_appointment(call, id, ret) : code;
}

int person_release(struct call *call, const struct person_release *p, struct appointment *ret)
{
    struct date on = check_or_today(call, p->on);
    char day[DATE_TEXT];
    int64_t id = 0;
    int code = answer_number(call, query_person_release(call->store, p->appointment.id, on, call->today), &id);
    if (code == OK)
        code = load_appointment(call, p->appointment.id, ret);
    if (code != OK || id > 0)
        return code;
    if (date_is_set(ret->void_on))
        return err_set(call->err, ERR_BAD_STATE, "appointment", "%s is void since %s", p->appointment.text,
                       date_format(ret->void_on, day));
    if (date_is_set(ret->until))
        return err_set(call->err, ERR_BAD_STATE, "appointment", "%s already ended on %s", p->appointment.text,
                       date_format(ret->until, day));
    return err_set(call->err, ERR_CONFLICT, "on", "the appointment begins on %s; it must last at least one day",
                   date_format(ret->from, day));
}

int person_void(struct call *call, const struct person_void *p, struct appointment *ret)
{
    struct stmt *q = query_person_appointment_facts(call->store, p->appointment.id);
    stmt_step(q);
    struct mistake m = { .field = "appointment",
                         .record = p->appointment.text,
                         .recorded_on = stmt_date(q, PERSON_APPOINTMENT_FACTS_recorded_on),
                         .void_on = stmt_date(q, PERSON_APPOINTMENT_FACTS_void_on) };
    int code = answer_end(call, q, OK);
    if (code == OK)
        code = mistake_check(call, &m);
    if (code == OK)
        code = stmt_run(query_person_void(call->store, p->appointment.id, call->today, p->reason, call->caller->user),
                        call->err);
    return code == OK ? load_appointment(call, p->appointment.id, ret) : code;
}

int person_list(struct call *call, const struct person_list *p, struct page *ret)
{
    struct stmt *q = query_person_list(call->store, p->role, check_or_today(call, p->as_of),
                                       answer_after_code(&p->page), answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}

int person_show(struct call *call, const struct person_show *p, struct person_detail *ret)
{
    ret->person = arena_alloc(call->arena, sizeof *ret->person);
    if (ret->person == NULL)
        return answer_no_memory(call);
    struct date as_of = check_or_today(call, p->as_of);
    int code = load(call, p->person.id, ret->person);
    if (code != OK)
        return code;
    struct stmt *q = query_person_appointments(call->store, p->person.id, resolve_scope_text(call), as_of);
    return answer_rows(call, q, RECORD_appointment, &ret->appointments, &ret->n_appointments);
}
