/* SPDX-License-Identifier: Apache-2.0 */
/* The requirements that fail most, counted over the standings of holders. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/standing/standing.h"
#include "query/status.h"

#include <stdlib.h>
#include <string.h>

/* Counts of one edition, by ordinal. */
struct edition_gaps {
    const struct catalogue_edition *edition;
    struct gap *gaps;
};

struct survey {
    struct page editions; /* struct edition_gaps */
    struct date as_of;
    struct arena scratch; /* of one holder, so that a million of them fit */
};

static struct edition_gaps *edition_of(struct call *call, struct survey *s, const struct catalogue_edition *edition)
{
    struct edition_gaps *known = s->editions.rows;
    for (size_t i = 0; i < s->editions.n; i++)
        if (known[i].edition == edition)
            return &known[i];
    struct edition_gaps new = {
        .edition = edition,
        .gaps = arena_array(call->arena, (size_t)edition->n_requirements, sizeof(struct gap)),
    };
    if (new.gaps == NULL || !page_push(&s->editions, call->arena, &new, sizeof new))
        return NULL;
    return (struct edition_gaps *)s->editions.rows + s->editions.n - 1;
}

static void count_results(const struct standing_state *state, struct gap *gaps)
{
    for (int32_t i = 0; i < state->edition->n_requirements; i++) {
        if (!state->edition->requirements[i].assessable)
            continue;
        enum standing_result result = standing_result(&state->results, i, GRADE_SELF);
        gaps[i].nonconforming += result == STANDING_NONCONFORMING;
        gaps[i].assessed += result == STANDING_NONCONFORMING || result == STANDING_CONFORMING;
        gaps[i].not_assessed += result == STANDING_NOT_ASSESSED;
    }
}

static int survey_holder(struct call *call, struct survey *s, int64_t holder_id, int64_t edition_id)
{
    struct standing_state *states;
    size_t n = 0;
    struct arena *arena = call->arena;
    call->arena = &s->scratch;
    int code = standing_list(call, holder_id, edition_id, day_as_of(s->as_of), &states, &n);
    call->arena = arena;
    for (size_t i = 0; i < n && code == OK; i++) {
        struct edition_gaps *e = edition_of(call, s, states[i].edition);
        if (e == NULL)
            code = answer_no_memory(call);
        else if (date_is_set(states[i].last_on))
            count_results(&states[i], e->gaps);
    }
    arena_reset(&s->scratch);
    return code;
}

static int survey_holders(struct call *call, const struct gaps_list *p, struct survey *s)
{
    struct stmt *q = p->holder.id > 0 ? query_status_holders_of(call->store, p->holder.id, s->as_of)
                                      : query_status_holders_all(call->store, resolve_scope_text(call), s->as_of);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = survey_holder(call, s, stmt_int(q, STATUS_HOLDERS_id), p->edition.id);
    return answer_end(call, q, code);
}

static int count_assistance(struct call *call, const struct gaps_list *p, const struct survey *s,
                            struct edition_gaps *e)
{
    struct stmt *q = query_status_assisted(call->store, e->edition->id, s->as_of, p->holder.id,
                                           resolve_scope_text(call));
    while (stmt_step(q))
        if (stmt_int(q, STATUS_ASSISTED_ordinal) < e->edition->n_requirements)
            e->gaps[stmt_int(q, STATUS_ASSISTED_ordinal)].assisted = stmt_int(q, STATUS_ASSISTED_n);
    return answer_end(call, q, OK);
}

static int name_gaps(struct call *call, const struct edition_gaps *e, struct page *ret)
{
    for (int32_t i = 0; i < e->edition->n_requirements; i++) {
        const struct catalogue_requirement *r = &e->edition->requirements[i];
        struct gap gap = e->gaps[i];
        if (gap.nonconforming == 0)
            continue;
        gap.edition = (struct ref){ .text = e->edition->code, .id = e->edition->id };
        gap.requirement = r->code;
        gap.title = r->title;
        gap.level = r->level;
        if (!page_push(ret, call->arena, &gap, sizeof gap))
            return answer_no_memory(call);
    }
    return OK;
}

/* Worst first; equal ones by edition and code. */
static int by_failures(const void *a, const void *b)
{
    const struct gap *x = a, *y = b;
    if (x->nonconforming != y->nonconforming)
        return x->nonconforming < y->nonconforming ? 1 : -1;
    int edition = strcmp(x->edition.text, y->edition.text);
    return edition != 0 ? edition : strcmp(x->requirement, y->requirement);
}

int gaps_list(struct call *call, const struct gaps_list *p, struct page *ret)
{
    struct survey s = { .as_of = check_or_today(call, p->as_of) };
    arena_init(&s.scratch, call->arena->limit);
    int code = survey_holders(call, p, &s);
    for (size_t i = 0; i < s.editions.n && code == OK; i++) {
        struct edition_gaps *e = (struct edition_gaps *)s.editions.rows + i;
        code = count_assistance(call, p, &s, e);
        if (code == OK)
            code = name_gaps(call, e, ret);
    }
    if (code != OK || ret->n == 0)
        return code;
    qsort(ret->rows, ret->n, sizeof(struct gap), by_failures);
    return answer_cut(call, &p->page, sizeof(struct gap), ret);
}
