/* SPDX-License-Identifier: Apache-2.0 */
/* The status of a holder for people: verdicts with their reasons. */
#include "query/status.h"
#include "common/api/bound.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/cert/cert.h"
#include "daemon/service/cert/cert_cover.h"
#include "daemon/service/impartiality/impartiality.h"
#include "daemon/service/standing/readiness.h"
#include "daemon/service/status/status_group.h"

enum { BLOCKERS_MAX = BOUND(standing, blockers) };

static struct ref edition_ref(const struct catalogue_edition *e)
{
    return (struct ref){ .text = e->code, .id = e->id };
}

/* A standing with its clauses, blockers and certificate on the day. */
static int explain(struct call *call, const struct status_show *p, const struct standing_state *state,
                   struct date as_of, struct standing *ret)
{
    struct readiness r = { 0 };
    const struct rules *rules = state->edition->rules;
    int code = readiness_explain(call->arena, state, p->proof, &r, call->err);
    if (code != OK)
        return code;
    *ret = (struct standing){
        .holder = p->holder,
        .edition = edition_ref(state->edition),
        .verdict = r.verdict,
        .assessable = state->edition->n_assessable,
        .conforming = r.conforming,
        .nonconforming = r.nonconforming,
        .not_applicable = r.not_applicable,
        .not_assessed = r.not_assessed,
        .major = r.major,
        .minor = r.minor,
        .audits = state->audits,
        .last_on = state->last_on,
        .clauses = r.clauses,
        .n_clauses = r.n_clauses,
        .blockers = r.blockers,
        .n_blockers = r.n_blockers < BLOCKERS_MAX ? r.n_blockers : BLOCKERS_MAX,
        .grade = r.grade,
        .oldest_on = r.oldest,
        .proof = p->proof,
        .has_results_months = rules != NULL && rules->results != NULL,
    };
    if (ret->has_results_months)
        ret->results_months = rules->results->months;
    struct cert_state held = { 0 };
    code = cert_newest(call, p->holder.id, state->edition->id, as_of, &held);
    ret->certificate = held.state;
    ret->certificate_since = held.since;
    ret->valid_until = held.valid_until;
    if (code == OK)
        code = cert_cover_of(call, p->holder.id, state->edition->id, as_of, &ret->covered_by.id, &ret->covered_state);
    if (code != OK || ret->covered_by.id == 0)
        return code;
    ret->covered_by.text = ref_text(call->arena, NOUN_certificate, ret->covered_by.id);
    return ret->covered_by.text != NULL ? OK : answer_no_memory(call);
}

/* An enterprise never audited against the requested edition: everything is still to be assessed. */
static int list_unaudited(struct call *call, const struct status_show *p, struct date as_of,
                          struct standing_state **ret)
{
    const struct catalogue_edition *edition;
    *ret = arena_alloc(call->arena, sizeof **ret);
    if (*ret == NULL)
        return answer_no_memory(call);
    int code = catalogue_edition(call, p->edition.id, &edition);
    return code == OK ? standing_compute(call, p->holder.id, edition, day_as_of(as_of), *ret) : code;
}

static int list_standings(struct call *call, const struct status_show *p, struct status *ret)
{
    struct standing_state *states;
    int code = standing_list(call, p->holder.id, p->edition.id, day_as_of(ret->as_of), &states, &ret->n_standings);
    if (code == OK && ret->n_standings == 0 && p->edition.id > 0 && ret->kind == HOLDER_ENTERPRISE) {
        ret->n_standings = 1;
        code = list_unaudited(call, p, ret->as_of, &states);
    }
    if (code != OK)
        return code;
    ret->standings = arena_array(call->arena, ret->n_standings, sizeof *ret->standings);
    if (ret->standings == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < ret->n_standings && code == OK; i++)
        code = explain(call, p, &states[i], ret->as_of, &ret->standings[i]);
    return code;
}

static int describe_holder(struct call *call, const struct status_show *p, struct status *ret)
{
    struct stmt *q = query_status_holder(call->store, p->holder.id, ret->as_of, resolve_scope_text(call));
    if (stmt_step(q)) {
        ret->kind = (enum holder_kind)stmt_choice(q, STATUS_HOLDER_kind, ENUM_holder_kind);
        ret->name = stmt_dup(q, STATUS_HOLDER_name, call->arena);
        ret->cooperative.text = stmt_dup(q, STATUS_HOLDER_cooperative, call->arena);
    }
    int code = answer_end(call, q, OK);
    return code == OK && ret->name == NULL ? answer_no_memory(call) : code;
}

int status_show(struct call *call, const struct status_show *p, struct status *ret)
{
    ret->holder = p->holder;
    ret->as_of = check_or_today(call, p->as_of);
    int code = describe_holder(call, p, ret);
    if (code == OK && ret->kind == HOLDER_COOPERATIVE) {
        ret->has_members = true;
        code = status_count_members(call, p->holder.id, ret->as_of, &ret->members);
        if (code == OK)
            code = status_groups(call, p->holder.id, p->edition.id, ret->as_of, p->proof, &ret->groups, &ret->n_groups);
    }
    if (code == OK)
        code = impartiality_overrides_of(call, p->holder.id, p->edition.id, ret->as_of, &ret->overrides,
                                         &ret->n_overrides);
    return code == OK ? list_standings(call, p, ret) : code;
}
