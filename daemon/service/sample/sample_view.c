/* SPDX-License-Identifier: Apache-2.0 */
/* Shows samples, and verifies them by drawing again. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/call/resolve.h"
#include "daemon/service/sample/sample.h"
#include "daemon/service/sample/sample_pick.h"
#include "query/sample.h"

#include <string.h>

int sample_list(struct call *call, const struct sample_list *p, struct page *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    int64_t after;
    int code = answer_after(call, &p->page, NOUN_sample, &after);
    if (code != OK)
        return code;
    struct stmt *q = query_sample_list(call->store, p->cooperative.id, p->edition.id, p->purpose, as_of, after,
                                       resolve_scope_text(call), answer_limit(&p->page));
    return answer_page(call, q, &p->page, ret);
}

int sample_detail(struct call *call, int64_t id, const struct catalogue_edition *edition,
                  const struct sampling_rule *rule, struct judged_day day, struct sample_detail *ret)
{
    ret->sample = arena_alloc(call->arena, sizeof *ret->sample);
    ret->rule = arena_alloc(call->arena, sizeof *ret->rule);
    if (ret->sample == NULL || ret->rule == NULL)
        return answer_no_memory(call);
    *ret->rule = *rule;
    ret->caution = edition->rules->group != NULL ? edition->rules->group->caution : NULL;
    int code = answer_record(call, query_sample_show(call->store, id, day.day, day.known), RECORD_sample, ret->sample);
    if (code != OK)
        return code;
    return answer_rows(call, query_sample_members(call->store, id, day.day, day.known), RECORD_sampled_member,
                       &ret->members, &ret->n_members);
}

int sample_show(struct call *call, const struct sample_show *p, struct sample_detail *ret)
{
    struct date as_of = check_or_today(call, p->as_of);
    struct sample_facts facts;
    int code = sample_load(call, p->sample.id, &facts);
    if (code == OK)
        code = sample_detail(call, p->sample.id, facts.edition, facts.rule, day_as_of(as_of), ret);
    ret->population = facts.candidates;
    ret->n_population = facts.n_candidates;
    return code;
}

/* The stored draw compared with a repeated one. */
struct comparison {
    struct call *call;
    struct sample_facts facts;
    struct sample_draft draft;
    const char *first; /* the difference; NULL: none so far */
};

static int draw_again(struct comparison *c)
{
    struct sample_draft *d = &c->draft;
    d->n = c->facts.n_candidates;
    d->units = arena_array(c->call->arena, d->n, sizeof *d->units);
    if (d->units == NULL)
        return answer_no_memory(c->call);
    for (size_t i = 0; i < d->n; i++)
        d->units[i].facts = &c->facts.candidates[i];
    if (!sample_pick(c->facts.rule, c->facts.seed, c->call->arena, d))
        return answer_no_memory(c->call);
    if (d->size != c->facts.size)
        c->first = arena_printf(c->call->arena, "the size is %lld, but the rule says %lld", (long long)c->facts.size,
                                (long long)d->size);
    else if (d->mandatory != c->facts.mandatory)
        c->first = arena_printf(c->call->arena, "%lld are recorded as mandatory, but %lld should be",
                                (long long)c->facts.mandatory, (long long)d->mandatory);
    return OK;
}

static int compare_seed(struct comparison *c)
{
    struct call *call = c->call;
    uint8_t seed[DIGEST_SIZE], previous[DIGEST_SIZE] = { 0 };
    if (c->facts.seed_from != SEED_FROM_JOURNAL || c->first != NULL)
        return OK;
    struct stmt *q = query_sample_origin(call->store, c->facts.journal_seq);
    bool found = stmt_step(q);
    struct instant at = { stmt_int(q, SAMPLE_ORIGIN_at) };
    struct bytes hash = stmt_blob(q, SAMPLE_ORIGIN_hash);
    if (found && hash.size == DIGEST_SIZE)
        memcpy(previous, hash.data, DIGEST_SIZE);
    int code = answer_end(call, q, OK);
    if (code == OK && !sample_random_seed(previous, at, seed))
        code = answer_no_memory(call);
    if (code == OK && (!found || memcmp(seed, c->facts.seed, DIGEST_SIZE) != 0))
        c->first = "the seed differs from the one derived from the journal";
    return code;
}

/* Compares the row of q with place i of the draft. */
static void compare_member(struct comparison *c, const struct stmt *q, size_t i)
{
    const char *code = stmt_text(q, SAMPLE_PLACES_code);
    const struct sample_unit *unit = i < c->draft.n_drawn ? &c->draft.units[c->draft.drawn[i]] : NULL;
    if (unit == NULL)
        c->first = arena_printf(c->call->arena, "%s is in the list, but should not be drawn", code);
    else if (strcmp(unit->facts->enterprise.text, code) != 0)
        c->first = arena_printf(c->call->arena, "place %zu has %s, but should have %s", i + 1, code,
                                unit->facts->enterprise.text);
    else if ((int)unit->why != stmt_choice(q, SAMPLE_PLACES_why, ENUM_sample_stratum))
        c->first = arena_printf(c->call->arena, "%s should be drawn as %s", code,
                                api_choice_text(ENUM_sample_stratum, (int)unit->why));
}

/* Drawn members come before substitutes. */
static int compare_members(struct comparison *c)
{
    struct stmt *q = query_sample_places(c->call->store, c->facts.id, c->call->today);
    size_t n = 0;
    while (c->first == NULL && stmt_step(q) && stmt_is_null(q, SAMPLE_PLACES_replaces))
        compare_member(c, q, n++);
    if (c->first == NULL && n < c->draft.n_drawn)
        c->first = arena_printf(c->call->arena, "%s should be drawn, but is not in the list",
                                c->draft.units[c->draft.drawn[n]].facts->enterprise.text);
    return answer_end(c->call, q, OK);
}

int sample_verify(struct call *call, const struct sample_verify *p, struct sample_check *ret)
{
    struct comparison c = { .call = call };
    int code = sample_load(call, p->sample.id, &c.facts);
    if (code == OK)
        code = draw_again(&c);
    if (code == OK)
        code = compare_seed(&c);
    if (code == OK)
        code = compare_members(&c);
    *ret = (struct sample_check){ .sample = p->sample,
                                  .same = c.first == NULL,
                                  .population = (int64_t)c.draft.n,
                                  .drawn = (int64_t)c.draft.n_drawn,
                                  .first = c.first };
    return code;
}
