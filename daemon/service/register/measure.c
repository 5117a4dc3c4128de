/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of enterprises. The latest of a kind on or before a day counts on that day. */
#include "query/measure.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"

enum { WHOLE = 1000 }; /* thousandths */

/* Money for what is sold, a number for the rest, a unit where it is not obvious. */
static int check_figure(struct call *call, const struct enterprise_measure *p)
{
    bool sold = p->kind == MEASURE_SALES || p->kind == MEASURE_EXPORTS, has_amount = p->amount.currency[0] != '\0';
    const char *field = "unit", *wrong = NULL;
    if (p->kind == MEASURE_OUTPUT && p->unit == NULL)
        wrong = "output needs a unit, such as kg";
    if (p->kind != MEASURE_OUTPUT && p->unit != NULL)
        wrong = "only output has a unit";
    if (p->kind == MEASURE_EMPLOYEES && p->value % WHOLE != 0) {
        field = "value";
        wrong = "the number of employees must be whole";
    }
    if (!sold && (!p->has_value || has_amount)) {
        field = "value";
        wrong = "employees, hectares and output need a number, not an amount of money";
    }
    if (sold && (!has_amount || p->has_value)) {
        field = "amount";
        wrong = "sales and exports need an amount of money, such as '1200.50 USD'";
    }
    return wrong == NULL ? OK : err_say(call->err, ERR_INVALID_PARAM, field, wrong);
}

int enterprise_measure(struct call *call, const struct enterprise_measure *p, struct measure *ret)
{
    struct date on = check_or_today(call, p->on);
    int64_t id;
    int code = check_figure(call, p);
    if (code == OK)
        code = answer_number(call,
                             query_measure_insert(call->store, p->enterprise.id, p->kind, p->has_value, p->value,
                                                  p->unit, p->amount, on, p->source, call->today, p->note),
                             &id);
    return code == OK ? answer_record(call, query_measure_show(call->store, id, call->today), RECORD_measure, ret)
                      : code;
}

int enterprise_measures(struct call *call, const struct enterprise_measures *p, struct page *ret)
{
    struct date day = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_measure, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_measure_list(call->store, p->holder.id, day, resolve_scope_text(call), call->today, p->kind,
                                        p->history, after, answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}
