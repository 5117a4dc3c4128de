/* Internal inspections of this year that wait for their conclusion, where the edition's rule counts only those that
 * somebody else than the inspector concluded: due, like the inspection itself, by the last day of the year. */
#include "daemon/service/answer.h"
#include "daemon/service/catalogue.h"
#include "daemon/service/due.h"

static int add(struct call *call, struct due_ask *ask, struct date due_on, struct stmt *q)
{
    bool wanted;
    const struct catalogue_edition *e;
    struct due_item item = { .kind = DUE_MEMBER_DECISION, .edition.id = stmt_int(q, 3), .due_on = due_on };
    int code = due_wants(call, ask, item.kind, item.edition.id, item.due_on, &wanted);
    if (code == OK && wanted)
        code = catalogue_edition(call, item.edition.id, &e);
    if (code != OK || !wanted || e->rules == NULL || e->rules->internal == NULL || !e->rules->internal->approved)
        return code;
    item.holder.text = stmt_dup(q, 1, call->arena);
    item.name = stmt_dup(q, 2, call->arena);
    item.what = "conclusion of an internal inspection";
    item.record = arena_printf(call->arena, "A%lld", (long long)stmt_int(q, 0));
    return due_add(call, ask, &item, item.record);
}

int due_decision_gather(struct call *call, struct due_ask *ask)
{
    int year, month, day;
    date_parts(ask->as_of, &year, &month, &day);
    struct stmt *q = STORE_QUERY(call->store, QUERY_due_decisions, DUE_SEEN(call, ask), V_DATE(date_of(year, 1, 1)));
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add(call, ask, date_of(year, 12, 31), q);
    return answer_end(call, q, code);
}
