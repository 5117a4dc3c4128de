/* SPDX-License-Identifier: Apache-2.0 */
/* Standings from the audits and findings alone. */
#include "daemon/service/call/answer.h"
#include "daemon/service/standing/standing_kept.h"
#include "query/standing.h"

/* A computation in progress: which audits no longer count, and which audit each result comes from. */
struct computing {
    struct call *call;
    int64_t holder_id;
    struct date as_of;
    struct standing_state *state;
    struct page gone;     /* int64_t: corrected by an audit performed by the day, or of a migration rolled back by it */
    struct page findings; /* struct standing_finding */
    int64_t *from;        /* per ordinal: the audit that answered it last */
    bool *real;           /* per ordinal: whether that is not a migration */
    struct arena scratch; /* of one audit: a long history must not be in memory all at once */
};

static bool is_gone(const struct computing *c, int64_t audit_id)
{
    const int64_t *gone = c->gone.rows;
    for (size_t i = 0; i < c->gone.n; i++)
        if (gone[i] == audit_id)
            return true;
    return false;
}

static int find_undone(struct computing *c)
{
    struct call *call = c->call;
    struct stmt *q = query_standing_undone(call->store, c->holder_id, c->state->edition->id, c->as_of);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        int64_t undone = stmt_int(q, STANDING_UNDONE_id);
        if (!page_push(&c->gone, call->arena, &undone, sizeof undone))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

/* The correction of a correction comes first, so the last one removes the whole chain. */
static int find_gone(struct computing *c)
{
    struct call *call = c->call;
    struct stmt *q = query_standing_corrections(call->store, c->holder_id, c->state->edition->id, c->as_of);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        if (date_before(c->as_of, stmt_date(q, STANDING_CORRECTIONS_recorded_on))
            && !is_gone(c, stmt_int(q, STANDING_CORRECTIONS_id)))
            continue;
        int64_t corrected = stmt_int(q, STANDING_CORRECTIONS_corrects_id);
        if (!page_push(&c->gone, call->arena, &corrected, sizeof corrected))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

/* Carried-over results never replace audited ones. */
static void take_answer(struct computing *c, const struct answer *a, int64_t audit_id, bool is_real)
{
    if (a->result == RESULT_NOT_ASSESSED || (c->real[a->ordinal] && !is_real))
        return;
    c->state->results[a->ordinal] = standing_kept_result(a->result);
    c->from[a->ordinal] = audit_id;
    c->real[a->ordinal] = is_real;
}

static int take_audit(struct computing *c, const struct stmt *q)
{
    struct responses r;
    struct call within = *c->call;
    int64_t audit_id = stmt_int(q, STANDING_AUDITS_id);
    bool is_real = stmt_choice(q, STANDING_AUDITS_kind, ENUM_audit_kind) != AUDIT_MIGRATION;
    within.arena = &c->scratch;
    int code = response_read(&within, c->state->edition, stmt_blob(q, STANDING_AUDITS_responses), &r);
    for (size_t i = 0; i < r.n && code == OK; i++)
        take_answer(c, &r.answers[i], audit_id, is_real);
    c->state->audits += is_real;
    c->state->last_on = stmt_date(q, STANDING_AUDITS_performed_on);
    c->state->last_audit_id = audit_id;
    arena_reset(&c->scratch);
    return code;
}

static int take_audits(struct computing *c)
{
    struct stmt *q = query_standing_audits(c->call->store, c->holder_id, c->state->edition->id, c->as_of);
    int code = OK;
    while (code == OK && stmt_step(q))
        if (!is_gone(c, stmt_int(q, STANDING_AUDITS_id)))
            code = take_audit(c, q);
    return answer_end(c->call, q, code);
}

static int take_finding(struct computing *c, const struct stmt *q)
{
    struct standing_state *s = c->state;
    struct date closed_on = stmt_date(q, STANDING_FINDINGS_closed_on);
    struct standing_finding f = { .id = stmt_int(q, STANDING_FINDINGS_id),
                                  .ordinal = (int32_t)stmt_int(q, STANDING_FINDINGS_ordinal),
                                  .class = (enum class)stmt_choice(q, STANDING_FINDINGS_class, ENUM_class),
                                  .raised_on = stmt_date(q, STANDING_FINDINGS_raised_on) };
    if (date_is_set(closed_on) && !date_before(c->as_of, closed_on)) {
        if (c->from[f.ordinal] == stmt_int(q, STANDING_FINDINGS_audit_id)
            && s->results[f.ordinal] == STANDING_NONCONFORMING)
            s->results[f.ordinal] = STANDING_CONFORMING;
        return OK;
    }
    if (f.class > s->edition->kept_class)
        return OK;
    return page_push(&c->findings, c->call->arena, &f, sizeof f) ? OK : answer_no_memory(c->call);
}

static int take_findings(struct computing *c)
{
    struct stmt *q = query_standing_findings(c->call->store, c->holder_id, c->state->edition->id, c->as_of);
    int code = OK;
    while (code == OK && stmt_step(q))
        if (!is_gone(c, stmt_int(q, STANDING_FINDINGS_audit_id)))
            code = take_finding(c, q);
    c->state->findings = c->findings.rows;
    c->state->n_findings = c->findings.n;
    return answer_end(c->call, q, code);
}

int standing_compute(struct call *call, int64_t holder_id, const struct catalogue_edition *edition, struct date as_of,
                     struct standing_state *ret)
{
    struct computing c = { .call = call, .holder_id = holder_id, .as_of = as_of, .state = ret };
    int code = standing_kept_empty(call, edition, ret);
    if (code != OK)
        return code;
    c.from = arena_array(call->arena, (size_t)edition->n_requirements, sizeof *c.from);
    c.real = arena_array(call->arena, (size_t)edition->n_requirements, sizeof *c.real);
    if (c.from == NULL || c.real == NULL)
        return answer_no_memory(call);
    arena_init(&c.scratch, call->arena->limit);
    code = find_gone(&c);
    if (code == OK)
        code = find_undone(&c);
    if (code == OK)
        code = take_audits(&c);
    return code == OK ? take_findings(&c) : code;
}
