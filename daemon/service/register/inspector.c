/* SPDX-License-Identifier: Apache-2.0 */
/* Internal inspectors: a cooperative's manager may appoint them, but only within the cooperative; wider appointments
 * are for those responsible for all. */
#include "query/inspector.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "query/person.h"

#include <stdio.h>
#include <string.h>

int inspector_appoint(struct call *call, const struct inspector_appoint *p, struct appointment *ret)
{
    const struct person_appoint as_inspector = {
        .person = p->person, .role = PERSON_INSPECTOR, .cooperative = p->cooperative, .from = p->from
    };
    int code = person_appoint(call, &as_inspector, ret);
    if (code == ERR_EXISTS) /* the role is not a parameter here */
        snprintf(call->err->field, sizeof call->err->field, "person");
    return code;
}

int inspector_end(struct call *call, const struct inspector_end *p, struct appointment *ret)
{
    struct date on = check_or_today(call, p->on);
    char day[DATE_TEXT];
    int64_t id = 0;
    int code = answer_number(
        call, query_person_appointed(call->store, p->person.id, PERSON_INSPECTOR, 0, p->cooperative.id, on), &id);
    if (code != OK)
        return code;
    if (id == 0)
        return err_set(call->err, ERR_CONFLICT, "person",
                       "%s is not an inspector of %s from %s on; see sme-ctl inspector list %s", p->person.text,
                       p->cooperative.text, date_format(on, day), p->cooperative.text);
    const char *number = ref_text(call->arena, NOUN_appointment, id);
    if (number == NULL)
        return answer_no_memory(call);
    return person_release(call, &(struct person_release){ .appointment = { number, id }, .on = on }, ret);
}

int inspector_void(struct call *call, const struct inspector_void *p, struct appointment *ret)
{
    int64_t id = 0;
    int code = answer_number(call, query_inspector_last(call->store, p->cooperative.id, p->person.id), &id);
    if (code != OK)
        return code;
    if (id == 0)
        return err_set(call->err, ERR_CONFLICT, "person",
                       "%s was never appointed inspector of %s; see sme-ctl person "
                       "show %s",
                       p->person.text, p->cooperative.text, p->person.text);
    const char *number = ref_text(call->arena, NOUN_appointment, id);
    if (number == NULL)
        return answer_no_memory(call);
    code = person_void(call, &(struct person_void){ .appointment = { number, id }, .reason = p->reason }, ret);
    if (code != OK && strcmp(call->err->field, "appointment") == 0) /* it is not a parameter here */
        snprintf(call->err->field, sizeof call->err->field, "person");
    return code;
}

int inspector_list(struct call *call, const struct inspector_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_appointment, &after);
    if (code != OK)
        return code;
    return answer_page(call, query_inspector_list(call->store, p->cooperative.id, as_of, after, answer_limit(&p->page)),
                       &p->page, ret);
}
