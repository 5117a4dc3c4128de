#include "daemon/service/assist/assist.h"

#include "daemon/service/assist/assist_parts.h"
#include "daemon/service/assist/assist_past.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/lifecycle.h"
#include "daemon/service/call/resolve.h"

#include <string.h>

enum { NOTE_MAX = 4000 }; /* as the note of an intervention is declared */

static int load(struct call *call, int64_t id, struct intervention *ret)
{
    return answer_record(call, STORE_QUERY(call->store, QUERY_assist_show, v_int(id)), RECORD_intervention, ret);
}

static struct value cost_minor(struct money cost)
{
    return v_opt_int(cost.currency[0] != '\0', cost.minor);
}

static struct value cost_currency(const struct money *cost)
{
    return v_text(cost->currency[0] != '\0' ? cost->currency : NULL);
}

int assist_of_source(struct call *call, const char *source, int64_t *ret_id)
{
    return answer_number(call, STORE_QUERY(call->store, QUERY_assist_of_source, v_text(source)), ret_id);
}

static int check_record(struct call *call, const struct assist_record *p)
{
    int64_t same = 0;
    if (!date_is_set(p->planned_on) && !date_is_set(p->delivered_on))
        return err_set(call->err, ERR_INVALID_PARAM, "delivered_on",
                       "say on which day it was given, or with planned_on for which it is planned");
    int code = check_not_future(call, "delivered_on", p->delivered_on);
    if (code == OK && p->cost.minor < 0)
        code = err_set(call->err, ERR_INVALID_PARAM, "cost", "must not be negative");
    if (code == OK && p->source != NULL)
        code = assist_of_source(call, p->source, &same);
    if (code == OK && same > 0)
        code = err_set(call->err, ERR_EXISTS, "source", "T%lld comes from %s already", (long long)same, p->source);
    return code;
}

static int insert_row(struct call *call, const struct assist_record *p, int64_t *ret_id)
{
    enum intervention_state state = date_is_set(p->delivered_on) ? TA_DELIVERED : TA_PLANNED;
    struct stmt *q = STORE_QUERY(
        call->store, QUERY_assist_insert, v_id(p->cooperative.id), v_choice(ENUM_intervention_kind, (int)p->kind),
        v_text(p->title), v_choice(ENUM_intervention_state, (int)state), v_id(p->provider.id), v_id(p->adviser.id),
        V_DATE(p->planned_on), V_DATE(p->delivered_on), cost_minor(p->cost), cost_currency(&p->cost), v_text(p->source),
        v_text(p->note), V_DATE(state == TA_DELIVERED ? p->delivered_on : call->today));
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
    return code == OK ? load(call, id, ret) : code;
}

static int check_move(struct call *call, const struct ref *which, enum intervention_state to, struct intervention *ret)
{
    int code = load(call, which->id, ret);
    if (code == OK)
        code = lifecycle_move(LIFECYCLE_intervention, (int)ret->state, (int)to, "intervention", call->err);
    return code;
}

/* The number of its cooperative; 0 when it has none. */
static int cooperative_of(struct call *call, const struct intervention *i, int64_t *ret)
{
    *ret = 0;
    return i->cooperative.text != NULL ? resolve_exact(call, NOUN_cooperative, i->cooperative.text, ret) : OK;
}

static int save_delivery(struct call *call, const struct assist_deliver *p, int64_t cooperative_id)
{
    const struct assist_parts of = { p->intervention.id, cooperative_id, p->on, true };
    int code = stmt_run(STORE_QUERY(call->store, QUERY_assist_deliver, v_int(of.intervention_id), V_DATE(p->on),
                                    cost_minor(p->cost), cost_currency(&p->cost)),
                        call->err);
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
    int code = check_not_future(call, "on", p->on);
    if (code == OK && p->cost.minor < 0)
        code = err_set(call->err, ERR_INVALID_PARAM, "cost", "must not be negative");
    if (code == OK)
        code = check_move(call, &p->intervention, TA_DELIVERED, &now);
    if (code == OK)
        code = cooperative_of(call, &now, &cooperative_id);
    if (code == OK)
        code = assist_past_keep(call, p->intervention.id, p->on);
    if (code == OK)
        code = save_delivery(call, p, cooperative_id);
    return code == OK ? load(call, p->intervention.id, ret) : code;
}

/* The last step, with words that join the note. */
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
                       "is too long together with the note; there is room for %zu bytes", NOTE_MAX - strlen(now.note));
    code = assist_past_keep(call, which->id, call->today);
    if (code == OK)
        code = stmt_run(STORE_QUERY(call->store, QUERY_assist_move, v_int(which->id),
                                    v_choice(ENUM_intervention_state, (int)to), v_text(note)),
                        call->err);
    return code == OK ? load(call, which->id, ret) : code;
}

int assist_evaluate(struct call *call, const struct assist_evaluate *p, struct intervention *ret)
{
    return conclude(call, &p->intervention, TA_EVALUATED, "note", p->note, ret);
}

int assist_cancel(struct call *call, const struct assist_cancel *p, struct intervention *ret)
{
    return conclude(call, &p->intervention, TA_CANCELLED, "reason", p->reason, ret);
}

/* The rows as they were on the day. */
static int rewind_rows(struct call *call, struct date as_of, struct intervention *rows, size_t n)
{
    int code = OK;
    for (size_t i = 0; i < n && code == OK; i++) {
        struct intervention_detail then;
        int64_t id = 0;
        bool found = false;
        resolve_number(NOUN_intervention, rows[i].intervention.text, &id);
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
    int code = check_not_future(call, "as_of", as_of);
    if (code == OK)
        code = answer_after(call, &p->page, NOUN_intervention, &after);
    if (code != OK)
        return code;
    struct stmt *q = STORE_QUERY(call->store, QUERY_assist_list, v_id(p->holder.id),
                                 v_choice(ENUM_intervention_kind, (int)p->kind), V_DATE(p->from), V_DATE(p->until),
                                 v_text(resolve_scope_text(call)), V_DATE(as_of), v_int(after),
                                 v_int(answer_limit(&p->page)));
    code = answer_page(call, q, &p->page, ret);
    return code == OK && as_of.day != call->today.day ? rewind_rows(call, as_of, ret->rows, ret->n) : code;
}

static int load_seen_by(struct call *call, int64_t id, const char *scope, struct intervention_detail *ret)
{
    ret->intervention = arena_alloc(call->arena, sizeof *ret->intervention);
    if (ret->intervention == NULL)
        return answer_no_memory(call);
    int code = load(call, id, ret->intervention);
    if (code == OK)
        code = answer_rows(
            call, STORE_QUERY(call->store, QUERY_assist_participations, v_int(id), v_text(scope), V_DATE(call->today)),
            RECORD_participation, &ret->participations, &ret->n_participations);
    if (code == OK)
        code = answer_rows(call, STORE_QUERY(call->store, QUERY_assist_requirements, v_int(id)), RECORD_addressed,
                           &ret->requirements, &ret->n_requirements);
    if (code == OK)
        code = answer_rows(
            call, STORE_QUERY(call->store, QUERY_assist_payments, v_int(id), v_text(scope), V_DATE(call->today)),
            RECORD_payment, &ret->payments, &ret->n_payments);
    return code;
}

int assist_load(struct call *call, int64_t id, struct intervention_detail *ret)
{
    return load_seen_by(call, id, resolve_scope_text(call), ret);
}

int assist_load_whole(struct call *call, int64_t id, struct intervention_detail *ret)
{
    return load_seen_by(call, id, NULL, ret);
}

static int check_known(struct call *call, const struct ref *which, struct date as_of)
{
    struct stmt *q = STORE_QUERY(call->store, QUERY_assist_known, v_int(which->id), V_DATE(as_of));
    bool known = stmt_step(q);
    int code = answer_end(call, q, OK);
    if (code == OK && !known)
        return err_set(call->err, ERR_NOT_FOUND, "as_of", "%s was recorded later; ask about a later day", which->text);
    return code;
}

/* What was kept is whole; parts that the query of today would not tell this caller are left out of it too. */
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
    int code = check_not_future(call, "as_of", as_of);
    if (code == OK)
        code = check_known(call, &p->intervention, as_of);
    if (code == OK)
        code = assist_load(call, p->intervention.id, ret);
    return code == OK && as_of.day != call->today.day ? show_past(call, p, as_of, ret) : code;
}
