/* SPDX-License-Identifier: Apache-2.0 */
/* How much of what the external auditor found had been found by internal inspections. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/group/reliability_math.h"
#include "daemon/service/standard/response.h"
#include "query/group.h"

#include <string.h>

enum { MONTHS = 12 };

struct comparing {
    struct call *call;
    const struct catalogue_edition *edition;
    int64_t months;
    uint8_t *internal;    /* enum result per requirement, of the internal inspection of the pair */
    struct arena scratch; /* of one pair */
    struct page inspectors;
    struct reliability *ret;
};

static int read_responses(struct comparing *c, struct bytes packed, struct responses *ret)
{
    struct call within = *c->call;
    within.arena = &c->scratch;
    return response_read(&within, c->edition, packed, ret);
}

static bool is_assessed(enum result r)
{
    return r == RESULT_CONFORMING || r == RESULT_NONCONFORMING;
}

static void count(struct agreement *to, enum result internal, enum result external)
{
    if (!is_assessed(internal) || !is_assessed(external))
        return;
    bool in = internal == RESULT_NONCONFORMING, out = external == RESULT_NONCONFORMING;
    to->compared++;
    to->both += in && out;
    to->missed += !in && out;
    to->internal_only += in && !out;
    to->neither += !in && !out;
}

static int compare(struct comparing *c, const struct stmt *q, struct agreement *inspector)
{
    struct responses internal, external;
    int code = read_responses(c, stmt_blob(q, RELIABILITY_PAIRS_internal_responses), &internal);
    if (code == OK)
        code = read_responses(c, stmt_blob(q, RELIABILITY_PAIRS_responses), &external);
    if (code != OK)
        return code;
    memset(c->internal, 0, (size_t)c->edition->n_requirements);
    for (size_t i = 0; i < internal.n; i++)
        c->internal[internal.answers[i].ordinal] = (uint8_t)internal.answers[i].result;
    for (size_t i = 0; i < external.n; i++) {
        const struct answer *a = &external.answers[i];
        count(inspector, (enum result)c->internal[a->ordinal], a->result);
        count(c->ret->overall, (enum result)c->internal[a->ordinal], a->result);
    }
    inspector->pairs++;
    c->ret->overall->pairs++;
    return OK;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* The row of the pair's inspector; pairs come by inspector, so it is the last row or a new one. */
static int find_inspector(struct comparing *c, const struct stmt *q, struct agreement **ret)
{
    const char *name = stmt_text(q, RELIABILITY_PAIRS_inspector);
    struct agreement *rows = c->inspectors.rows, fresh = { 0 };
    if (c->inspectors.n > 0 && is_same(rows[c->inspectors.n - 1].inspector.text, name)) {
        *ret = &rows[c->inspectors.n - 1];
        return OK;
    }
    fresh.inspector.text = stmt_dup(q, RELIABILITY_PAIRS_inspector, c->call->arena);
    if ((name != NULL && fresh.inspector.text == NULL)
        || !page_push(&c->inspectors, c->call->arena, &fresh, sizeof fresh))
        return answer_no_memory(c->call);
    *ret = (struct agreement *)c->inspectors.rows + c->inspectors.n - 1;
    return OK;
}

static int take(struct comparing *c, const struct stmt *q)
{
    struct agreement *inspector = NULL;
    struct date internal_on = stmt_date(q, RELIABILITY_PAIRS_internal_on);
    if (!date_is_set(internal_on)
        || date_before(date_add_months(internal_on, (int)c->months), stmt_date(q, RELIABILITY_PAIRS_performed_on))) {
        c->ret->unpaired++;
        return OK;
    }
    int code = find_inspector(c, q, &inspector);
    if (code == OK)
        code = compare(c, q, inspector);
    arena_reset(&c->scratch);
    return code;
}

static void tell(struct agreement *a)
{
    const struct reliability_table t = { a->both, a->missed, a->internal_only, a->neither };
    struct reliability_share found, agreed;
    a->has_compared = a->has_both = a->has_missed = a->has_internal_only = a->has_neither = true;
    a->has_found = reliability_share(a->both, a->both + a->missed, &found);
    a->has_found_low = a->has_found_high = a->has_found;
    if (a->has_found) {
        a->found = found.share;
        a->found_low = found.low;
        a->found_high = found.high;
    }
    a->has_agreed = reliability_share(a->both + a->neither, a->compared, &agreed);
    a->has_agreed_low = a->has_agreed_high = a->has_agreed;
    if (a->has_agreed) {
        a->agreed = agreed.share;
        a->agreed_low = agreed.low;
        a->agreed_high = agreed.high;
    }
    a->has_kappa = reliability_kappa(&t, &a->kappa);
}

static int read_pairs(struct comparing *c, const struct group_reliability *p, struct date as_of)
{
    const struct date first = { 1 };
    struct stmt *q = query_reliability_pairs(c->call->store, p->cooperative.id, p->edition.id,
                                             date_is_set(p->from) ? p->from : first, c->ret->until, as_of);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = take(c, q);
    return answer_end(c->call, q, code);
}

static int check_period(struct call *call, const struct group_reliability *p, struct date as_of, struct date until)
{
    if (date_before(as_of, until))
        return err_set(call->err, ERR_INVALID_PARAM, "until", "must not be after --as-of");
    if (date_is_set(p->from) && date_before(until, p->from))
        return err_set(call->err, ERR_INVALID_PARAM, "from", "must not be after --until");
    return OK;
}

int group_reliability(struct call *call, const struct group_reliability *p, struct reliability *ret)
{
    struct comparing c = { .call = call, .months = p->has_months ? p->months : MONTHS, .ret = ret };
    struct date as_of = check_or_today(call, p->as_of);
    *ret = (struct reliability){ .cooperative = p->cooperative,
                                 .edition = p->edition,
                                 .from = p->from,
                                 .until = date_is_set(p->until) ? p->until : as_of,
                                 .months = c.months };
    int code = check_period(call, p, as_of, ret->until);
    if (code == OK)
        code = catalogue_edition(call, p->edition.id, &c.edition);
    if (code != OK)
        return code;
    c.internal = arena_alloc(call->arena, (size_t)c.edition->n_requirements);
    ret->overall = arena_alloc(call->arena, sizeof *ret->overall);
    if (c.internal == NULL || ret->overall == NULL)
        return answer_no_memory(call);
    arena_init(&c.scratch, call->arena->limit);
    code = read_pairs(&c, p, as_of);
    arena_reset(&c.scratch);
    ret->inspectors = c.inspectors.rows;
    ret->n_inspectors = c.inspectors.n;
    for (size_t i = 0; i < ret->n_inspectors; i++)
        tell(&ret->inspectors[i]);
    tell(ret->overall);
    return code;
}
