/* SPDX-License-Identifier: Apache-2.0 */
/* Recomputes stored standings and compares. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/standing/standing_kept.h"
#include "query/standing.h"

#include <string.h>

enum { PAIRS = 500, PAIR_MEMORY_MAX = 64 * 1024 * 1024 };

struct pair {
    int64_t holder_id, edition_id;
};

/* A copy of the call with its own arena, so that verifying any register needs little memory. */
static struct call call_within(const struct call *call, struct arena *arena)
{
    struct call inner = *call;
    inner.arena = arena;
    return inner;
}

static bool same_blob(struct bytes a, const void *data, size_t size)
{
    return a.size == size && (size == 0 || memcmp(a.data, data, size) == 0);
}

static bool equals_row(const struct stmt *q, const struct standing_state *state, struct bytes findings,
                       struct bytes days)
{
    struct readiness r;
    readiness_judge(state, GRADE_SELF, &r);
    const int64_t numbers[] = { r.conforming, r.nonconforming, r.not_applicable, r.not_assessed,
                                r.major,      r.minor,         state->audits };
    bool equal = stmt_choice(q, STANDING_ROW_verdict, ENUM_verdict) == (int)r.verdict
                 && stmt_choice(q, STANDING_ROW_grade, ENUM_grade) == (int)r.grade;
    for (int i = 0; i < (int)(sizeof numbers / sizeof numbers[0]); i++)
        equal = equal && stmt_int(q, STANDING_ROW_conforming + i) == numbers[i];
    return equal && stmt_date(q, STANDING_ROW_last_on).day == state->last_on.day
           && stmt_int(q, STANDING_ROW_last_audit_id) == state->last_audit_id
           && stmt_date(q, STANDING_ROW_changes_on).day == state->changes_on.day
           && same_blob(stmt_blob(q, STANDING_ROW_results), state->results.latest,
                        (size_t)state->edition->n_requirements)
           && same_blob(stmt_blob(q, STANDING_ROW_days), days.data, days.size)
           && same_blob(stmt_blob(q, STANDING_ROW_findings), findings.data, findings.size);
}

/* A row stored before results got too old: what is left of it. */
static int compare_aged(struct call *call, const struct pair *pair, const struct standing_state *state,
                        struct bytes findings, struct bytes days, bool *ret)
{
    struct standing_state kept;
    struct rollup_share share;
    struct bytes kept_findings, kept_days;
    int code = standing_kept_get(call, pair->holder_id, state->edition, &kept, &share);
    if (code == OK)
        code = standing_kept_pack(call, &kept, &kept_findings, &kept_days);
    *ret = code == OK && kept.last_on.day == state->last_on.day && kept.last_audit_id == state->last_audit_id
           && kept.audits == state->audits && same_blob(kept_findings, findings.data, findings.size)
           && same_blob(kept_days, days.data, days.size)
           && memcmp(kept.results.latest, state->results.latest, (size_t)state->edition->n_requirements) == 0;
    return code;
}

static int compare_kept(struct call *call, const struct pair *pair, const struct standing_state *state, bool *ret_equal)
{
    struct bytes findings, days;
    int code = standing_kept_pack(call, state, &findings, &days);
    if (code != OK)
        return code;
    struct stmt *q = query_standing_row(call->store, pair->holder_id, pair->edition_id);
    bool is_there = stmt_step(q), is_aged = false;
    if (is_there) {
        struct date changes_on = stmt_date(q, STANDING_ROW_changes_on);
        is_aged = date_is_set(changes_on) && !date_before(call->today, changes_on);
        *ret_equal = equals_row(q, state, findings, days);
    } else {
        *ret_equal = !date_is_set(state->last_on);
    }
    code = answer_end(call, q, OK);
    return code == OK && is_aged ? compare_aged(call, pair, state, findings, days, ret_equal) : code;
}

static int compare(struct call *call, const struct pair *pair, bool *ret_equal, const char **ret_edition)
{
    const struct catalogue_edition *edition;
    struct standing_state state;
    int code = catalogue_edition(call, pair->edition_id, &edition);
    if (code == OK)
        code = standing_compute(call, pair->holder_id, edition, day_as_of(call->today), &state);
    if (code == OK)
        code = compare_kept(call, pair, &state, ret_equal);
    if (code == OK)
        *ret_edition = edition->code;
    return code;
}

static void note(struct call *call, struct standing_check *ret, const char *what, const char *first, const char *second)
{
    ret->differing++;
    if (ret->first == NULL)
        ret->first = arena_printf(call->arena, "%s %s%s%s", what, first, second[0] != '\0' ? " on " : "", second);
}

static int verify_pair(struct call *call, const struct pair *pair, struct standing_check *ret)
{
    struct arena own;
    arena_init(&own, PAIR_MEMORY_MAX);
    struct call inner = call_within(call, &own);
    bool equal = false;
    const char *edition = "";
    int code = compare(&inner, pair, &equal, &edition);
    if (code == OK && !equal) {
        const char *holder = "";
        struct date ended_on;
        code = holder_name(call, pair->holder_id, &holder, &ended_on);
        note(call, ret, "the standing of", holder, edition);
    }
    ret->standings++;
    arena_reset(&own);
    return code;
}

static int read_pairs(struct call *call, struct pair after, struct pair *ret, size_t *ret_n)
{
    struct stmt *q = query_standing_pairs(call->store, after.holder_id, after.edition_id, PAIRS);
    size_t n = 0;
    while (n < PAIRS && stmt_step(q))
        ret[n++] = (struct pair){ stmt_int(q, STANDING_PAIRS_holder_id), stmt_int(q, STANDING_PAIRS_edition_id) };
    *ret_n = n;
    return answer_end(call, q, OK);
}

static int verify_standings(struct call *call, struct standing_check *ret)
{
    struct pair after = { 0 };
    struct pair *pairs = arena_array(call->arena, PAIRS, sizeof *pairs);
    if (pairs == NULL)
        return answer_no_memory(call);
    size_t n = PAIRS;
    while (n == PAIRS) {
        int code = read_pairs(call, after, pairs, &n);
        for (size_t i = 0; i < n && code == OK; i++)
            code = verify_pair(call, &pairs[i], ret);
        if (code != OK)
            return code;
        if (n > 0)
            after = pairs[n - 1];
    }
    return OK;
}

static int verify_rollups(struct call *call, struct standing_check *ret)
{
    int code = answer_number(call, query_rollup_count(call->store), &ret->rollups);
    if (code != OK)
        return code;
    struct stmt *q = query_rollup_differing(call->store, call->today);
    while (stmt_step(q))
        note(call, ret, "the roll-up of", stmt_text(q, ROLLUP_DIFFERING_code), stmt_text(q, ROLLUP_DIFFERING_edition));
    code = answer_end(call, q, OK);
    if (code != OK)
        return code;
    q = query_rollup_miscounted(call->store, call->today);
    while (stmt_step(q))
        note(call, ret, "the number of members of", stmt_text(q, ROLLUP_MISCOUNTED_code), "");
    return answer_end(call, q, OK);
}

int standing_verify(struct call *call, const struct standing_verify *p, struct standing_check *ret)
{
    (void)p;
    int code = verify_standings(call, ret);
    return code == OK ? verify_rollups(call, ret) : code;
}
