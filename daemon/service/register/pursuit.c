/* SPDX-License-Identifier: Apache-2.0 */
/* Pursuits: a holder has at most one under way per edition. */
#include "query/pursuit.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/standard/edition.h"

static int load(struct call *call, int64_t id, struct date as_of, struct pursuit *ret)
{
    return answer_record(call, query_pursuit_show(call->store, id, as_of), RECORD_pursuit, ret);
}

static int add_step(struct call *call, int64_t id, enum pursuit_state state, struct date on, const char *reason)
{
    return stmt_run(query_pursuit_step(call->store, id, state, on, reason), call->err);
}

static int refuse_current(struct call *call, const struct pursuit_enrol *p)
{
    int64_t current = 0;
    int code = answer_number(call, query_pursuit_current(call->store, p->holder.id, p->edition.id), &current);
    if (code == OK && current > 0)
        return err_set(call->err, ERR_CONFLICT, "edition", "%s already pursues %s, in P%lld", p->holder.text,
                       p->edition.text, (long long)current);
    return code;
}

/* An edition may be pursued before its first day, but not after its last. */
static int check_edition(struct call *call, const struct pursuit_enrol *p, struct date on)
{
    const struct catalogue_edition *edition;
    int code = catalogue_edition(call, p->edition.id, &edition);
    if (code != OK)
        return code;
    struct date day = date_before(on, edition->valid_from) ? edition->valid_from : on;
    return edition_check(call, edition, day, "edition", "the enrolment");
}

static int check_enrol(struct call *call, const struct pursuit_enrol *p, struct date on)
{
    if (date_is_set(p->target_on) && date_before(p->target_on, on))
        return err_set(call->err, ERR_INVALID_PARAM, "target_on", "must not be before the day of enrolment");
    int code = check_edition(call, p, on);
    return code == OK ? refuse_current(call, p) : code;
}

int pursuit_enrol(struct call *call, const struct pursuit_enrol *p, struct pursuit *ret)
{
    struct date on = check_or_today(call, p->on);
    enum pursuit_route route = p->route != 0 ? p->route : ROUTE_INDIVIDUAL;
    int64_t id;
    int code = check_enrol(call, p, on);
    if (code == OK)
        code = answer_number(
            call, query_pursuit_insert(call->store, p->holder.id, p->edition.id, route, on, p->target_on), &id);
    if (code == OK)
        code = add_step(call, id, PURSUIT_ENROLLED, on, NULL);
    return code == OK ? load(call, id, call->today, ret) : code;
}

int pursuit_move(struct call *call, const struct pursuit_move *p, struct pursuit *ret)
{
    struct date on = check_or_today(call, p->on);
    struct pursuit now = { 0 };
    int code = load(call, p->pursuit.id, call->today, &now);
    if (code == OK)
        code = lifecycle_move(LIFECYCLE_pursuit, (int)now.state, (int)p->state, "state", call->err);
    if (code == OK)
        code = lifecycle_order(LIFECYCLE_pursuit, p->pursuit.text, (int)now.state, now.moved_on, on, call->err);
    if (code == OK)
        code = stmt_run(query_pursuit_move(call->store, p->pursuit.id, p->state, on), call->err);
    if (code == OK)
        code = add_step(call, p->pursuit.id, p->state, on, p->reason);
    return code == OK ? load(call, p->pursuit.id, call->today, ret) : code;
}

int pursuit_list(struct call *call, const struct pursuit_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_pursuit, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_pursuit_list(call->store, p->holder.id, as_of, resolve_scope_text(call), p->edition.id,
                                        p->state, after, answer_limit(&p->page), as_of);
    return answer_page(call, q, &p->page, ret);
}

int pursuit_show(struct call *call, const struct pursuit_show *p, struct pursuit_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    ret->pursuit = arena_alloc(call->arena, sizeof *ret->pursuit);
    if (ret->pursuit == NULL)
        return answer_no_memory(call);
    int code = load(call, p->pursuit.id, as_of, ret->pursuit);
    if (code != OK)
        return code;
    struct stmt *q = query_pursuit_steps(call->store, p->pursuit.id, as_of);
    return answer_rows(call, q, RECORD_pursuit_step, &ret->steps, &ret->n_steps);
}
