/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/standing.h"

#include "daemon/service/call/answer.h"
#include "daemon/service/standing/standing_kept.h"
#include "query/standing.h"

#include <string.h>

static bool is_today(const struct call *call, struct judged_day day)
{
    return day.day.day == call->today.day && day.known.day == call->today.day;
}

static int push_state(struct call *call, struct page *states, const struct standing_state *state)
{
    return page_push(states, call->arena, state, sizeof *state) ? OK : answer_no_memory(call);
}

static int list_kept(struct call *call, int64_t holder_id, int64_t edition_id, struct page *states)
{
    struct stmt *q = edition_id > 0 ? query_standing_kept(call->store, holder_id, edition_id)
                                    : query_standing_kept_all(call->store, holder_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct standing_state state;
        struct rollup_share share;
        code = standing_kept_read(call, q, &state, &share);
        if (code == OK)
            code = push_state(call, states, &state);
    }
    return answer_end(call, q, code);
}

static int compute_one(struct call *call, int64_t holder_id, int64_t edition_id, struct judged_day day,
                       struct page *states)
{
    const struct catalogue_edition *edition;
    struct standing_state state;
    int code = catalogue_edition(call, edition_id, &edition);
    if (code == OK)
        code = standing_compute(call, holder_id, edition, day, &state);
    return code == OK && date_is_set(state.last_on) ? push_state(call, states, &state) : code;
}

static int list_computed(struct call *call, int64_t holder_id, struct judged_day day, struct page *states)
{
    struct stmt *q = query_standing_editions(call->store, holder_id, day.day, day.known);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = compute_one(call, holder_id, stmt_int(q, STANDING_EDITIONS_edition_id), day, states);
    return answer_end(call, q, code);
}

int standing_list(struct call *call, int64_t holder_id, int64_t edition_id, struct judged_day day,
                  struct standing_state **ret, size_t *ret_n)
{
    struct page states = { 0 };
    int code;
    if (is_today(call, day))
        code = list_kept(call, holder_id, edition_id, &states);
    else if (edition_id > 0)
        code = compute_one(call, holder_id, edition_id, day, &states);
    else
        code = list_computed(call, holder_id, day, &states);
    *ret = states.rows;
    *ret_n = states.n;
    return code;
}

/* The stored standing's current share of roll-ups. */
static int read_share(struct call *call, int64_t holder_id, int64_t edition_id, struct rollup_share *ret)
{
    struct rollup_share share = { 0 };
    struct stmt *q = query_standing_kept(call->store, holder_id, edition_id);
    if (stmt_step(q))
        share = standing_kept_share(q);
    *ret = share;
    return answer_end(call, q, OK);
}

int standing_update(struct call *call, int64_t holder_id, int64_t edition_id)
{
    const struct catalogue_edition *edition;
    struct standing_state state;
    struct rollup_share before;
    int code = catalogue_edition(call, edition_id, &edition);
    if (code == OK)
        code = read_share(call, holder_id, edition_id, &before);
    if (code == OK)
        code = standing_compute(call, holder_id, edition, day_as_of(call->today), &state);
    if (code != OK)
        return code;
    if (!date_is_set(state.last_on))
        return standing_kept_drop(call, holder_id, edition_id, &before);
    return standing_kept_put(call, holder_id, &state, &before);
}

/* The findings of a new audit have the highest numbers, so they come last. */
static int append_findings(struct call *call, const struct standing_news *news, struct standing_state *state)
{
    size_t n = state->n_findings;
    struct standing_finding *all = arena_array(call->arena, n + (size_t)news->responses->findings, sizeof *all);
    if (all == NULL)
        return answer_no_memory(call);
    if (n > 0)
        memcpy(all, state->findings, n * sizeof *all);
    int64_t id = news->first_finding_id;
    for (size_t i = 0; i < news->responses->n; i++) {
        const struct answer *a = &news->responses->answers[i];
        if (a->class == 0)
            continue;
        if (a->class <= news->edition->kept_class)
            all[n++] = (struct standing_finding){ id, a->ordinal, a->class, news->performed_on };
        id++;
    }
    state->findings = all;
    state->n_findings = n;
    return OK;
}

static int extend(struct call *call, const struct standing_news *news, struct standing_state *state)
{
    for (size_t i = 0; i < news->responses->n; i++) {
        const struct answer *a = &news->responses->answers[i];
        standing_result_take(&state->results, a->ordinal, news->grade, standing_result_said(a->result),
                             news->performed_on);
    }
    state->audits++;
    state->last_on = news->performed_on;
    state->last_audit_id = news->audit_id;
    standing_kept_expire(state, call->today);
    return append_findings(call, news, state);
}

/* Whether it is later than every audit, and than every finding closed where a result stands. */
static bool is_newest(const struct standing_news *news, const struct standing_state *state)
{
    if (!date_before(state->last_on, news->performed_on))
        return false;
    for (int g = 0; g < GRADES; g++)
        for (int32_t i = 0; i < state->edition->n_requirements; i++)
            if (state->results.days[g][i] >= news->performed_on.day)
                return false;
    return true;
}

int standing_audit_added(struct call *call, const struct standing_news *news)
{
    struct standing_state state;
    struct rollup_share before;
    int code = standing_kept_refresh(call);
    if (code != OK)
        return code;
    if (news->corrects || news->carried)
        return standing_update(call, news->holder_id, news->edition->id);
    code = standing_kept_get(call, news->holder_id, news->edition, &state, &before);
    if (code != OK)
        return code;
    if (!is_newest(news, &state))
        return standing_update(call, news->holder_id, news->edition->id);
    code = extend(call, news, &state);
    return code == OK ? standing_kept_put(call, news->holder_id, &state, &before) : code;
}

int standing_member_changed(struct call *call, int64_t cooperative_id, int64_t enterprise_id, int sign)
{
    struct stmt *q = query_standing_kept_all(call->store, enterprise_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct rollup_share share = standing_kept_share(q);
        code = rollup_add(call, cooperative_id, stmt_int(q, STANDING_KEPT_edition_id), &share, sign);
    }
    code = answer_end(call, q, code);
    if (code != OK)
        return code;
    return stmt_run(query_rollup_count_member(call->store, cooperative_id, sign), call->err);
}
