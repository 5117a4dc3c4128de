/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of an intervention: recorded, delivered, evaluated, cancelled. */
#include "common/api/bound.h"
#include "daemon/service/assist/assist.h"
#include "daemon/service/assist/assist_parts.h"
#include "daemon/service/assist/assist_past.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/day.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/call/resolve.h"
#include "query/assist.h"

#include <string.h>

enum { NOTE_MAX = BOUND(intervention, note) };

static int check_record(struct call *call, const struct assist_record *p)
{
    int64_t same = 0;
    if (!date_is_set(p->planned_on) && !date_is_set(p->delivered_on))
        return err_set(call->err, ERR_INVALID_PARAM, "delivered_on", "no day; set --delivered-on or --planned-on");
    int code = day_not_future(call, "delivered_on", p->delivered_on);
    if (code == OK && p->cost.minor < 0)
        code = err_set(call->err, ERR_INVALID_PARAM, "cost", "must not be negative");
    if (code == OK && p->source != NULL)
        code = assist_of_source(call, p->source, &same);
    if (code == OK && same > 0)
        code = err_set(call->err, ERR_EXISTS, "source", "T%lld already has the source %s", (long long)same, p->source);
    return code;
}

static int insert_row(struct call *call, const struct assist_record *p, int64_t *ret_id)
{
    enum intervention_state state = date_is_set(p->delivered_on) ? TA_DELIVERED : TA_PLANNED;
    struct stmt *q = query_assist_insert(call->store, p->cooperative.id, p->kind, p->title, state, p->provider.id,
                                         p->adviser.id, p->planned_on, p->delivered_on, p->cost, p->source, p->note,
                                         state == TA_DELIVERED ? p->delivered_on : call->today);
    return answer_number(call, q, ret_id);
}

int assist_insert(struct call *call, const struct assist_record *p, int64_t *ret_id)
{
    struct assist_parts of = { .cooperative_id = p->cooperative.id, .delivered = date_is_set(p->delivered_on) };
    of.day = of.delivered ? p->delivered_on : p->planned_on;
    int code = check_record(call, p);
    if (code == OK)
        code = insert_row(call, p, &of.intervention_id);
    if (code == OK)
        code = assist_parts_participations(call, &of, p->participations, p->n_participations);
    if (code == OK)
        code = assist_parts_requirements(call, &of, p->requirements, p->n_requirements);
    if (code == OK)
        code = assist_parts_payments(call, &of, p->payments, p->n_payments);
    if (code == OK)
        code = assist_parts_agree(call, &of);
    if (code == OK)
        *ret_id = of.intervention_id;
    return code;
}

int assist_record(struct call *call, const struct assist_record *p, struct intervention *ret)
{
    int64_t id;
    int code = assist_insert(call, p, &id);
    return code == OK ? assist_row(call, id, ret) : code;
}

static int check_move(struct call *call, const struct ref *which, enum intervention_state to, struct intervention *ret)
{
    int code = assist_row(call, which->id, ret);
    if (code == OK)
        code = lifecycle_move(LIFECYCLE_intervention, (int)ret->state, (int)to, "intervention", call->err);
    return code;
}

/* The number of its cooperative; 0 if none. */
static int cooperative_of(struct call *call, const struct intervention *i, int64_t *ret)
{
    *ret = 0;
    return i->cooperative.text != NULL ? resolve_exact(call, NOUN_cooperative, i->cooperative.text, ret) : OK;
}

static int save_delivery(struct call *call, const struct assist_deliver *p, int64_t cooperative_id)
{
    const struct assist_parts of = { p->intervention.id, cooperative_id, p->on, true };
    int code = stmt_run(query_assist_deliver(call->store, of.intervention_id, p->on, p->cost), call->err);
    if (code == OK)
        code = assist_parts_participations(call, &of, p->participations, p->n_participations);
    if (code == OK)
        code = assist_parts_payments(call, &of, p->payments, p->n_payments);
    return code == OK ? assist_parts_agree(call, &of) : code;
}

int assist_deliver(struct call *call, const struct assist_deliver *p, struct intervention *ret)
{
    struct intervention now = { 0 };
    int64_t cooperative_id;
    if (p->cost.minor < 0)
        return err_set(call->err, ERR_INVALID_PARAM, "cost", "must not be negative");
    int code = check_move(call, &p->intervention, TA_DELIVERED, &now);
    if (code == OK)
        code = cooperative_of(call, &now, &cooperative_id);
    if (code == OK)
        code = assist_past_keep(call, p->intervention.id, p->on);
    if (code == OK)
        code = save_delivery(call, p, cooperative_id);
    return code == OK ? assist_row(call, p->intervention.id, ret) : code;
}

/* The last step, with its words appended to the note. */
static int conclude(struct call *call, const struct ref *which, enum intervention_state to, const char *field,
                    const char *words, struct intervention *ret)
{
    struct intervention now = { 0 };
    int code = check_move(call, which, to, &now);
    if (code != OK)
        return code;
    const char *note = now.note == NULL ? words : arena_printf(call->arena, "%s\n%s", now.note, words);
    if (note == NULL)
        return answer_no_memory(call);
    if (strlen(note) > NOTE_MAX)
        return err_set(call->err, ERR_INVALID_PARAM, field,
                       "too long together with the note; at most %zu bytes are left", NOTE_MAX - strlen(now.note));
    code = assist_past_keep(call, which->id, call->today);
    if (code == OK)
        code = stmt_run(query_assist_move(call->store, which->id, to, note), call->err);
    return code == OK ? assist_row(call, which->id, ret) : code;
}

int assist_evaluate(struct call *call, const struct assist_evaluate *p, struct intervention *ret)
{
    return conclude(call, &p->intervention, TA_EVALUATED, "note", p->note, ret);
}

int assist_cancel(struct call *call, const struct assist_cancel *p, struct intervention *ret)
{
    return conclude(call, &p->intervention, TA_CANCELLED, "reason", p->reason, ret);
}
