/* SPDX-License-Identifier: Apache-2.0 */
/* Substitutes a member of a sample that cannot be visited. */
#include "daemon/service/call/answer.h"
#include "daemon/service/call/check.h"
#include "daemon/service/call/handlers.h"
#include "daemon/service/sample/sample.h"
#include "query/sample.h"

#include <stdlib.h>
#include <string.h>

/* A row of sample_member. */
struct place {
    int64_t number, enterprise_id, replaces, replaced_by, audit_id;
    enum sample_stratum why;
    struct date from_on;
    const char *code;
};

struct substitution {
    struct call *call;
    const struct sample_substitute *params;
    struct date on;
    struct sample_facts facts;
    struct page places;          /* struct place */
    const struct place *leaving; /* among them */
    struct page members;         /* struct ref: the members of the group on the day, by code */
};

static const struct place *place_of(const struct substitution *s, const char *code)
{
    const struct place *places = s->places.rows;
    for (size_t i = 0; i < s->places.n; i++)
        if (strcmp(places[i].code, code) == 0)
            return &places[i];
    return NULL;
}

static int load_places(struct substitution *s)
{
    struct call *call = s->call;
    struct stmt *q = query_sample_places(call->store, s->params->sample.id, call->today);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct place p = { .number = stmt_int(q, SAMPLE_PLACES_number),
                           .enterprise_id = stmt_int(q, SAMPLE_PLACES_enterprise_id),
                           .code = stmt_dup(q, SAMPLE_PLACES_code, call->arena),
                           .why = (enum sample_stratum)stmt_choice(q, SAMPLE_PLACES_why, ENUM_sample_stratum),
                           .from_on = stmt_date(q, SAMPLE_PLACES_from_on),
                           .replaces = stmt_int(q, SAMPLE_PLACES_replaces),
                           .replaced_by = stmt_int(q, SAMPLE_PLACES_replaced_by),
                           .audit_id = stmt_int(q, SAMPLE_PLACES_audit_id) };
        if (p.code == NULL || !page_push(&s->places, call->arena, &p, sizeof p))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

static int load_members(struct substitution *s)
{
    struct call *call = s->call;
    struct stmt *q = query_sample_free(call->store, s->facts.cooperative_id, s->on, s->facts.edition_id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct ref member = { stmt_dup(q, SAMPLE_FREE_code, call->arena), stmt_int(q, SAMPLE_FREE_id) };
        if (member.text == NULL || !page_push(&s->members, call->arena, &member, sizeof member))
            code = answer_no_memory(call);
    }
    return answer_end(call, q, code);
}

/* The sample must still be the one to visit. */
static int check_sample(struct substitution *s)
{
    struct call *call = s->call;
    char day[DATE_TEXT];
    if (date_before(s->on, s->facts.on))
        return err_set(call->err, ERR_CONFLICT, "on", "%s was drawn on %s; use that day or a later one",
                       s->params->sample.text, date_format(s->facts.on, day));
    struct stmt *q = query_sample_next(call->store, s->facts.cooperative_id, s->facts.edition_id,
                                       sample_series(s->facts.purpose), s->facts.on, s->facts.id);
    int code = OK;
    if (stmt_step(q))
        code = err_set(call->err, ERR_CONFLICT, "sample", "S%lld was drawn after it, on %s; change that one",
                       (long long)stmt_int(q, SAMPLE_DRAWN_id), date_format(stmt_date(q, SAMPLE_DRAWN_on_day), day));
    return answer_end(call, q, code);
}

static int check_leaving(struct substitution *s)
{
    const struct sample_substitute *p = s->params;
    struct err *e = s->call->err;
    char day[DATE_TEXT];
    s->leaving = place_of(s, p->enterprise.text);
    if (s->leaving == NULL)
        return err_set(e, ERR_CONFLICT, "enterprise", "%s is not in %s; see sme-ctl sample show %s", p->enterprise.text,
                       p->sample.text, p->sample.text);
    if (s->leaving->replaced_by > 0)
        return err_set(e, ERR_BAD_STATE, "enterprise", "%s in %s was already substituted", p->enterprise.text,
                       p->sample.text);
    if (s->leaving->audit_id > 0)
        return err_set(e, ERR_CONFLICT, "enterprise", "%s was already visited by audit A%lld", p->enterprise.text,
                       (long long)s->leaving->audit_id);
    if (date_before(s->on, s->leaving->from_on))
        return err_set(e, ERR_CONFLICT, "on", "%s has been in %s since %s; use that day or a later one",
                       p->enterprise.text, p->sample.text, date_format(s->leaving->from_on, day));
    return OK;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct ref *)a)->text, ((const struct ref *)b)->text);
}

/* Its number if it may take a place (still a member, not yet in the sample), else 0. */
static int64_t free_member(const struct substitution *s, const char *code)
{
    const struct ref key = { .text = code };
    const struct ref *member = s->members.n > 0 ? bsearch(&key, s->members.rows, s->members.n, sizeof key, by_code)
                                                : NULL;
    return member != NULL && place_of(s, code) == NULL ? member->id : 0;
}

static const struct sample_candidate *candidate_of(const struct substitution *s, const char *code)
{
    for (size_t i = 0; i < s->facts.n_candidates; i++)
        if (strcmp(s->facts.candidates[i].enterprise.text, code) == 0)
            return &s->facts.candidates[i];
    return NULL;
}

static int check_named(struct substitution *s, struct ref *ret)
{
    const struct sample_substitute *p = s->params;
    struct err *e = s->call->err;
    char day[DATE_TEXT];
    if (place_of(s, p->by.text) != NULL)
        return err_set(e, ERR_CONFLICT, "by", "%s already is or was in %s; name another member", p->by.text,
                       p->sample.text);
    if (candidate_of(s, p->by.text) == NULL)
        return err_set(e, ERR_CONFLICT, "by", "%s is not in the population of %s", p->by.text, p->sample.text);
    ret->id = free_member(s, p->by.text);
    if (ret->id == 0)
        return err_set(e, ERR_CONFLICT, "by", "%s is no longer in the group on %s", p->by.text,
                       date_format(s->on, day));
    ret->text = p->by.text;
    return OK;
}

/* The place originally drawn, of which this is the last replacement. */
static const struct place *drawn_place(const struct substitution *s, const struct place *p)
{
    const struct place *places = s->places.rows;
    while (p->replaces > 0)
        p = &places[p->replaces - 1]; /* places are numbered from 1 without gaps */
    return p;
}

/* Whether a candidate meets the purpose of the drawn place. */
static bool serves(const struct place *drawn, const struct sample_candidate *was, const struct sample_candidate *c)
{
    if (drawn->why == STRATUM_INSPECTOR)
        return c->inspector.text != NULL && strcmp(c->inspector.text, was->inspector.text) == 0;
    return drawn->why != STRATUM_NOT_VISITED || c->not_visited;
}

static int find_next(struct substitution *s, struct ref *ret)
{
    struct call *call = s->call;
    const size_t n = s->facts.n_candidates;
    struct sample_unit *units = arena_array(call->arena, n, sizeof *units);
    const struct place *drawn = drawn_place(s, s->leaving);
    const struct sample_candidate *was = candidate_of(s, drawn->code);
    if (units == NULL || was == NULL)
        return answer_no_memory(call);
    for (size_t i = 0; i < n; i++)
        units[i].facts = &s->facts.candidates[i];
    if (!sample_random_order(s->facts.seed, units, n))
        return answer_no_memory(call);
    for (int serving = 1; serving >= 0; serving--)
        for (size_t i = 0; i < n; i++) {
            const struct sample_candidate *c = units[i].facts;
            if (serving && !serves(drawn, was, c))
                continue;
            *ret = (struct ref){ c->enterprise.text, free_member(s, c->enterprise.text) };
            if (ret->id > 0)
                return OK;
        }
    return err_set(call->err, ERR_CONFLICT, "enterprise", "no member of the population of %s is left",
                   s->params->sample.text);
}

static int answer_member(struct substitution *s, const char *code, struct sampled_member *ret)
{
    struct call *call = s->call;
    struct sampled_member *rows = NULL;
    size_t n = 0;
    struct stmt *q = query_sample_members(call->store, s->facts.id, call->today, call->today);
    int result = answer_rows(call, q, RECORD_sampled_member, &rows, &n);
    for (size_t i = 0; i < n && result == OK; i++)
        if (strcmp(rows[i].enterprise.text, code) == 0)
            *ret = rows[i];
    return result;
}

static int replace(struct substitution *s, struct sampled_member *ret)
{
    struct call *call = s->call;
    const struct sample_substitute *p = s->params;
    struct ref coming = { 0 };
    int code = p->by.text != NULL ? check_named(s, &coming) : find_next(s, &coming);
    if (code != OK)
        return code;
    enum sample_stratum why = p->by.text != NULL ? STRATUM_NAMED : STRATUM_NEXT;
    code = stmt_run(query_sample_member_insert(call->store, s->facts.id, (int64_t)s->places.n + 1, coming.id, why,
                                               s->on, s->leaving->number, p->reason, call->caller->user),
                    call->err);
    return code == OK ? answer_member(s, coming.text, ret) : code;
}

int sample_substitute(struct call *call, const struct sample_substitute *p, struct sampled_member *ret)
{
    struct substitution s = { .call = call, .params = p, .on = check_or_today(call, p->on) };
    int code = sample_load(call, p->sample.id, &s.facts);
    if (code == OK)
        code = check_sample(&s);
    if (code == OK)
        code = load_places(&s);
    if (code == OK)
        code = check_leaving(&s);
    if (code == OK)
        code = load_members(&s);
    return code == OK ? replace(&s, ret) : code;
}
