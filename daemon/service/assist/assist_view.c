/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and shows interventions. */
#include "common/ref.h"
#include "daemon/service/assist/assist.h"
#include "daemon/service/assist/assist_past.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "query/assist.h"

#include <string.h>

/* The rows as they were on that day. */
static int rewind_rows(struct call *call, struct date as_of, struct intervention *rows, size_t n)
{
    int code = OK;
    for (size_t i = 0; i < n && code == OK; i++) {
        struct intervention_detail then;
        int64_t id = 0;
        bool found = false;
        ref_number(NOUN_intervention, rows[i].intervention.text, &id);
        code = assist_past_read(call, id, as_of, &then, &found);
        if (code == OK && found)
            rows[i] = *then.intervention;
    }
    return code;
}

int assist_list(struct call *call, const struct assist_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_intervention, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_assist_list(call->store, p->holder.id, p->kind, p->from, p->until, resolve_scope_text(call),
                                       as_of, after, answer_limit(&p->page));
    code = answer_page(call, q, &p->page, ret);
    return code == OK && as_of.day != call->today.day ? rewind_rows(call, as_of, ret->rows, ret->n) : code;
}

static int check_known(struct call *call, const struct ref *which, struct date as_of)
{
    struct stmt *q = query_assist_known(call->store, which->id, as_of);
    bool known = stmt_step(q);
    int code = answer_end(call, q, OK);
    if (code == OK && !known)
        return err_set(call->err, ERR_NOT_FOUND, "as_of", "%s was recorded later; use a later day", which->text);
    return code;
}

/* The saved state is complete; parts that today's query would hide from this caller are removed from it, too. */
static int show_past(struct call *call, const struct assist_show *p, struct date as_of, struct intervention_detail *ret)
{
    struct intervention_detail today = *ret, then;
    bool found;
    int code = assist_past_read(call, p->intervention.id, as_of, &then, &found);
    if (code != OK || !found)
        return code;
    *ret = then;
    if (call->scope.everywhere || then.intervention->cooperative.text != NULL)
        return OK;
    ret->participations = today.participations;
    ret->n_participations = 0;
    for (size_t i = 0; i < today.n_participations; i++)
        for (size_t k = 0; k < then.n_participations; k++)
            if (strcmp(today.participations[i].enterprise, then.participations[k].enterprise) == 0)
                ret->participations[ret->n_participations++] = then.participations[k];
    ret->n_payments = 0;
    return OK;
}

int assist_show(struct call *call, const struct assist_show *p, struct intervention_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int code = check_known(call, &p->intervention, as_of);
    if (code == OK)
        code = assist_load(call, p->intervention.id, ret);
    return code == OK && as_of.day != call->today.day ? show_past(call, p, as_of, ret) : code;
}
