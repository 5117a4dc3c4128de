/* Appointments at a cooperative whose end is known. After it nothing is due: the person holds the role no longer. */
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/due/due.h"
#include "query/due.h"

static int add(struct call *call, struct due_ask *ask, struct stmt *q)
{
    bool wanted;
    /* The day until which it holds is the first on which it does not. */
    struct due_item item = { .kind = DUE_APPOINTMENT_END,
                             .due_on = { stmt_date(q, DUE_APPOINTMENTS_until_on).day - 1 } };
    int code = due_wants(call, ask, item.kind, 0, item.due_on, &wanted);
    if (code != OK || !wanted)
        return code;
    int role = stmt_choice(q, DUE_APPOINTMENTS_role, ENUM_person_role);
    item.holder.text = stmt_dup(q, DUE_APPOINTMENTS_code, call->arena);
    item.name = stmt_dup(q, DUE_APPOINTMENTS_name, call->arena);
    item.owner = stmt_dup(q, DUE_APPOINTMENTS_person, call->arena);
    item.what = arena_printf(call->arena, "last day of %s as %s", stmt_text(q, DUE_APPOINTMENTS_person),
                             role == PERSON_DECISION_MAKER ? "decision maker"
                                                           : api_choice_text(ENUM_person_role, role));
    item.record = ref_text(call->arena, NOUN_appointment, stmt_int(q, DUE_APPOINTMENTS_id));
    return due_add(call, ask, &item, item.record);
}

int due_appointment_gather(struct call *call, struct due_ask *ask)
{
    struct date end = { ask->until.day + 1 };
    struct stmt *q = query_due_appointments(call->store, ask->holder_id, ask->as_of, ask->scope, end);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, q);
    return answer_end(call, q, code);
}
