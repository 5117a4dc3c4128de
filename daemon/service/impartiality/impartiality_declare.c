/* SPDX-License-Identifier: Apache-2.0 */
/* People's declared relations to cooperatives and enterprises. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "query/impartiality.h"

static int load(struct call *call, int64_t id, struct relation *ret)
{
    return answer_record(call, query_impartiality_declaration(call->store, id, call->today), RECORD_relation, ret);
}

static int check_until(struct call *call, const struct impartiality_declare *p, struct date from)
{
    if (date_is_set(p->until) && !date_before(from, p->until))
        return err_set(call->err, ERR_INVALID_PARAM, "until", "must be later than the first day of the relation");
    return OK;
}

static int refuse_double(struct call *call, const struct impartiality_declare *p, struct date from)
{
    int64_t same = 0;
    int code = answer_number(
        call, query_impartiality_declared(call->store, p->person.id, p->holder.id, p->relation, from), &same);
    if (code == OK && same > 0)
        return err_set(call->err, ERR_EXISTS, "relation", "%s already declared this, in D%lld; withdraw that first",
                       p->person.text, (long long)same);
    return code;
}

int impartiality_declare(struct call *call, const struct impartiality_declare *p, struct relation *ret)
{
    struct date declared = check_or_today(call, p->declared_on);
    struct date from = date_is_set(p->from) ? p->from : declared;
    int64_t id;
    int code = check_until(call, p, from);
    if (code == OK)
        code = refuse_double(call, p, from);
    if (code == OK)
        code = answer_number(call,
                             query_impartiality_declare(call->store, p->person.id, p->holder.id, p->relation, declared,
                                                        from, p->until, p->note),
                             &id);
    return code == OK ? load(call, id, ret) : code;
}

static int check_withdrawal(struct call *call, const struct impartiality_withdraw *p, struct date on)
{
    struct relation now = { 0 };
    char day[DATE_TEXT];
    int code = load(call, p->declaration.id, &now);
    if (code != OK)
        return code;
    if (date_is_set(now.until) && !date_before(on, now.until))
        return err_set(call->err, ERR_BAD_STATE, "declaration", "%s already ends on %s", p->declaration.text,
                       date_format(now.until, day));
    if (now.reason != NULL)
        return err_set(call->err, ERR_BAD_STATE, "declaration", "%s was already withdrawn", p->declaration.text);
    if (date_before(on, now.declared_on))
        return err_set(call->err, ERR_INVALID_PARAM, "on", "must not be before the declaration of %s",
                       date_format(now.declared_on, day));
    return OK;
}

int impartiality_withdraw(struct call *call, const struct impartiality_withdraw *p, struct relation *ret)
{
    struct date on = check_or_today(call, p->on);
    int code = check_withdrawal(call, p, on);
    if (code == OK)
        code = stmt_run(query_impartiality_withdraw(call->store, p->declaration.id, on, p->reason), call->err);
    return code == OK ? load(call, p->declaration.id, ret) : code;
}

int impartiality_relations(struct call *call, const struct impartiality_relations *p, struct page *ret)
{
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_declaration, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_impartiality_relations(call->store, p->holder.id, check_or_today(call, p->as_of),
                                                  p->person.id, p->ended, resolve_scope_text(call), after,
                                                  answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}
