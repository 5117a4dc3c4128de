/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/standing/readiness.h"

#include "common/api/bound.h"
#include "common/ref.h"

#include <string.h>

enum { CLAUSES_MAX = BOUND(standing, clauses) };

/* The figures of one clause. All counts are requirements, or points for a points clause. */
struct tally {
    int64_t applicable, conforming, nonconforming, not_assessed;
    enum verdict verdict;
    int64_t margin;
};

/* The range of ordinals a clause looks at. */
struct range {
    int32_t from, until;
};

static struct range range_of(const struct catalogue_edition *e, const struct pass_clause *c)
{
    const struct catalogue_requirement *section = c->section == NULL ? NULL : catalogue_requirement(e, c->section);
    if (section == NULL)
        return (struct range){ 0, e->n_requirements };
    return (struct range){ section->ordinal, section->end };
}

static bool covers(const struct pass_clause *c, const struct catalogue_requirement *r)
{
    if (!r->assessable || c->kind == CLAUSE_NO_OPEN)
        return false;
    if (c->kind == CLAUSE_GATES)
        return r->gate || r->autofail;
    if (c->kind == CLAUSE_POINTS)
        return r->level == LEVEL_POINTS;
    return c->level == 0 || c->level == r->level;
}

static void add(struct tally *t, enum standing_result result, int64_t weight)
{
    if (result == STANDING_NOT_APPLICABLE)
        return;
    t->applicable += weight;
    if (result == STANDING_CONFORMING)
        t->conforming += weight;
    else if (result == STANDING_NONCONFORMING)
        t->nonconforming += weight;
    else
        t->not_assessed += weight;
}

static bool asks_only_to_assess(const struct pass_clause *c)
{
    return c->kind == CLAUSE_RATIO && c->at_least == 0;
}

/* need: how much of the applicable must conform, p/q of it rounded up. */
static void judge_share(const struct pass_clause *c, struct tally *t)
{
    int64_t need = (c->at_least * t->applicable + c->out_of - 1) / c->out_of;
    t->margin = asks_only_to_assess(c) ? 0 : t->conforming + t->not_assessed - need;
    if (t->margin < 0)
        t->verdict = VERDICT_NOT_READY;
    else
        t->verdict = t->not_assessed > 0 ? VERDICT_INCOMPLETE : VERDICT_READY;
}

static void judge_all(struct tally *t)
{
    t->margin = -t->nonconforming;
    if (t->nonconforming > 0)
        t->verdict = VERDICT_NOT_READY;
    else
        t->verdict = t->not_assessed > 0 ? VERDICT_INCOMPLETE : VERDICT_READY;
}

static void judge_open(const struct standing_state *state, const struct pass_clause *c, struct tally *t)
{
    for (size_t i = 0; i < state->n_findings; i++)
        t->nonconforming += state->findings[i].class <= c->class;
    t->margin = -t->nonconforming;
    t->verdict = t->nonconforming > 0 ? VERDICT_NOT_READY : VERDICT_READY;
}

static struct tally judge_by(const struct standing_state *state, const struct pass_clause *c, enum grade proof)
{
    const struct catalogue_edition *e = state->edition;
    struct range range = range_of(e, c);
    struct tally t = { 0 };
    for (int32_t i = range.from; i < range.until; i++)
        if (covers(c, &e->requirements[i]))
            add(&t, standing_result(&state->results, i, proof),
                c->kind == CLAUSE_POINTS ? e->requirements[i].points : 1);
    if (c->kind == CLAUSE_NO_OPEN)
        judge_open(state, c, &t);
    else if (c->kind == CLAUSE_RATIO || c->kind == CLAUSE_POINTS)
        judge_share(c, &t);
    else
        judge_all(&t);
    return t;
}

/* What does not apply by a weak proof is not assessed by a strong one, which may hide that the rest fails. */
static struct tally judge_clause(const struct standing_state *state, const struct pass_clause *c, enum grade proof)
{
    struct tally t = judge_by(state, c, proof);
    if (t.verdict == VERDICT_NOT_READY || proof <= GRADE_SELF)
        return t;
    struct tally by_any = judge_by(state, c, GRADE_SELF);
    return by_any.verdict == VERDICT_NOT_READY ? by_any : t;
}

static enum verdict worse(enum verdict a, enum verdict b)
{
    if (a == VERDICT_NOT_READY || b == VERDICT_NOT_READY)
        return VERDICT_NOT_READY;
    return a == VERDICT_INCOMPLETE ? a : b;
}

static void count(const struct standing_state *state, enum grade proof, struct readiness *ret)
{
    const struct catalogue_edition *e = state->edition;
    int64_t by_result[] = { 0, 0, 0, 0 };
    for (int32_t i = 0; i < e->n_requirements; i++)
        if (e->requirements[i].assessable)
            by_result[standing_result(&state->results, i, proof)]++;
    ret->conforming = by_result[STANDING_CONFORMING];
    ret->nonconforming = by_result[STANDING_NONCONFORMING];
    ret->not_applicable = by_result[STANDING_NOT_APPLICABLE];
    ret->not_assessed = by_result[STANDING_NOT_ASSESSED];
    for (size_t i = 0; i < state->n_findings; i++) {
        ret->major += state->findings[i].class == CLASS_MAJOR;
        ret->minor += state->findings[i].class == CLASS_MINOR;
    }
}

static bool is_empty(const struct readiness *r)
{
    return r->conforming + r->nonconforming == 0;
}

static void judge(const struct standing_state *state, enum grade proof, struct readiness *ret)
{
    *ret = (struct readiness){ .verdict = VERDICT_READY };
    count(state, proof, ret);
    if (is_empty(ret))
        ret->verdict = VERDICT_INCOMPLETE;
    for (size_t i = 0; i < state->edition->n_clauses; i++)
        ret->verdict = worse(ret->verdict, judge_clause(state, &state->edition->clauses[i], proof).verdict);
}

static enum grade highest_proof(const struct standing_state *state, enum grade proof)
{
    for (int grade = GRADE_EXTERNAL; grade > (int)proof; grade--) {
        struct readiness r;
        judge(state, (enum grade)grade, &r);
        if (r.verdict == VERDICT_READY)
            return (enum grade)grade;
    }
    return proof == 0 ? GRADE_SELF : proof;
}

static struct date oldest_day(const struct standing_state *state, enum grade proof)
{
    struct date oldest = { 0 };
    for (int32_t i = 0; i < state->edition->n_requirements; i++) {
        struct date day = standing_result_day(&state->results, i, proof);
        if (date_is_set(day) && (!date_is_set(oldest) || date_before(day, oldest)))
            oldest = day;
    }
    return oldest;
}

void readiness_judge(const struct standing_state *state, enum grade proof, struct readiness *ret)
{
    judge(state, proof, ret);
    if (ret->verdict == VERDICT_READY)
        ret->grade = highest_proof(state, proof);
    ret->oldest = oldest_day(state, ret->grade != 0 ? ret->grade : proof);
}

static const char *name_level(enum level level)
{
    static const char *const names[] = {
        [0] = "requirements",
        [LEVEL_MAJOR] = "major requirements",
        [LEVEL_MINOR] = "minor requirements",
        [LEVEL_RECOMMENDATION] = "recommendations",
        [LEVEL_POINTS] = "requirements with points",
    };
    return names[level];
}

static const char *name_share(struct arena *a, const struct pass_clause *c)
{
    if (100 * c->at_least % c->out_of == 0)
        return arena_printf(a, "%lld %%", (long long)(100 * c->at_least / c->out_of));
    return arena_printf(a, "%lld/%lld", (long long)c->at_least, (long long)c->out_of);
}

static const char *name_place(struct arena *a, const struct pass_clause *c)
{
    return c->section == NULL ? "" : arena_printf(a, " below %s", c->section);
}

/* The clause in words; NULL without memory. */
static const char *name_clause(struct arena *a, const struct pass_clause *c)
{
    if (c->kind == CLAUSE_ALL)
        return arena_printf(a, "all %s conforming", name_level(c->level));
    if (c->kind == CLAUSE_GATES)
        return "every gate conforming and no autofail nonconforming";
    if (c->kind == CLAUSE_NO_OPEN)
        return arena_printf(a, "no open finding of class %s%s", api_choice_text(ENUM_class, (int)c->class),
                            c->class == CLASS_MAJOR ? "" : " or worse");
    const char *share = name_share(a, c), *place = name_place(a, c);
    if (share == NULL || place == NULL)
        return NULL;
    if (c->kind == CLAUSE_POINTS)
        return arena_printf(a, "at least %s of the points%s earned", share, place);
    if (c->at_least == 0)
        return arena_printf(a, "all %s%s assessed", name_level(c->level), place);
    return arena_printf(a, "at least %s of %s%s conforming", share, name_level(c->level), place);
}

/* The blockers: ordinals and findings, marked while walking the clauses. */
struct marks {
    uint8_t *requirements, *findings;
    size_t *last; /* per requirement: one more than the index of its last finding; 0: none */
};

static void mark_requirements(const struct standing_state *state, const struct pass_clause *c, enum grade proof,
                              enum verdict verdict, struct marks *marks)
{
    struct range range = range_of(state->edition, c);
    for (int32_t i = range.from; i < range.until; i++) {
        if (!covers(c, &state->edition->requirements[i]))
            continue;
        enum standing_result result = standing_result(&state->results, i, proof);
        if (result == STANDING_NOT_ASSESSED || (result == STANDING_NONCONFORMING && verdict == VERDICT_NOT_READY))
            marks->requirements[i] = 1;
    }
}

static void mark(const struct standing_state *state, const struct pass_clause *c, enum grade proof,
                 enum verdict verdict, struct marks *marks)
{
    if (verdict == VERDICT_READY)
        return;
    mark_requirements(state, c, proof, verdict, marks);
    if (c->kind == CLAUSE_NO_OPEN)
        for (size_t i = 0; i < state->n_findings; i++)
            marks->findings[i] |= state->findings[i].class <= c->class;
}

/* The last open finding of each requirement, by day, then number: a finding of an audit recorded late has a
 * higher number than those of the audits that came after it. */
static void find_last(const struct standing_state *state, struct marks *marks)
{
    for (size_t i = 0; i < state->n_findings; i++) {
        size_t *last = &marks->last[state->findings[i].ordinal];
        if (*last == 0 || !date_before(state->findings[i].raised_on, state->findings[*last - 1].raised_on))
            *last = i + 1;
    }
}

/* A nonconforming requirement is named with the finding that its latest audit raised: the last. A
 * requirement named with a finding is not named again without one. */
static void join(const struct standing_state *state, struct marks *marks)
{
    find_last(state, marks);
    for (int32_t i = 0; i < state->edition->n_requirements; i++)
        if (marks->requirements[i] != 0 && standing_result(&state->results, i, GRADE_SELF) == STANDING_NONCONFORMING
            && marks->last[i] > 0)
            marks->findings[marks->last[i] - 1] = 1;
    for (size_t i = 0; i < state->n_findings; i++)
        if (marks->findings[i] != 0)
            marks->requirements[state->findings[i].ordinal] = 2;
}

static enum result result_of(enum standing_result standing)
{
    static const enum result results[] = {
        [STANDING_NOT_ASSESSED] = RESULT_NOT_ASSESSED,
        [STANDING_CONFORMING] = RESULT_CONFORMING,
        [STANDING_NONCONFORMING] = RESULT_NONCONFORMING,
        [STANDING_NOT_APPLICABLE] = RESULT_NOT_APPLICABLE,
    };
    return results[standing];
}

static struct blocker blocker_of(const struct standing_state *state, int32_t ordinal, enum grade proof)
{
    const struct catalogue_requirement *r = &state->edition->requirements[ordinal];
    return (struct blocker){ .requirement = r->code,
                             .title = r->title,
                             .result = result_of(standing_result(&state->results, ordinal, proof)) };
}

static bool push_findings(struct arena *a, const struct standing_state *state, const struct marks *marks,
                          enum grade proof, enum class class, struct readiness *ret)
{
    for (size_t i = 0; i < state->n_findings; i++) {
        const struct standing_finding *f = &state->findings[i];
        if (marks->findings[i] == 0 || f->class != class)
            continue;
        struct blocker b = blocker_of(state, f->ordinal, proof);
        b.finding = ref_to(a, NOUN_finding, f->id);
        b.class = class;
        b.since = f->raised_on;
        if (b.finding.text == NULL)
            return false;
        ret->blockers[ret->n_blockers++] = b;
    }
    return true;
}

static void push_requirements(const struct standing_state *state, const struct marks *marks, enum grade proof,
                              enum standing_result result, struct readiness *ret)
{
    for (int32_t i = 0; i < state->edition->n_requirements; i++)
        if (marks->requirements[i] == 1 && standing_result(&state->results, i, proof) == result)
            ret->blockers[ret->n_blockers++] = blocker_of(state, i, proof);
}

static size_t count_marks(const struct standing_state *state, const struct marks *marks)
{
    size_t n = 0;
    for (size_t i = 0; i < state->n_findings; i++)
        n += marks->findings[i] != 0;
    for (int32_t i = 0; i < state->edition->n_requirements; i++)
        n += marks->requirements[i] == 1;
    return n;
}

/* Worst first: findings by class, nonconforming requirements, then unassessed ones. */
static bool list_blockers(struct arena *a, const struct standing_state *state, const struct marks *marks,
                          enum grade proof, struct readiness *ret)
{
    ret->blockers = arena_array(a, count_marks(state, marks), sizeof *ret->blockers);
    if (ret->blockers == NULL)
        return false;
    for (int worst = CLASS_MAJOR; worst <= CLASS_OPPORTUNITY; worst++)
        if (!push_findings(a, state, marks, proof, (enum class)worst, ret))
            return false;
    push_requirements(state, marks, proof, STANDING_NONCONFORMING, ret);
    push_requirements(state, marks, proof, STANDING_NOT_ASSESSED, ret);
    return true;
}

static bool is_whole(const struct pass_clause *c)
{
    return (c->kind != CLAUSE_RATIO && c->kind != CLAUSE_POINTS) || c->at_least == 0 || c->at_least == c->out_of;
}

static struct clause_status status_of(struct arena *a, const struct pass_clause *c, const struct tally *t)
{
    bool open = c->kind == CLAUSE_NO_OPEN;
    int64_t assessed = asks_only_to_assess(c) ? t->nonconforming : 0;
    return (struct clause_status){
        .kind = c->kind,
        .what = name_clause(a, c),
        .verdict = t->verdict,
        .have = open ? t->nonconforming : t->conforming + assessed,
        .of = open ? t->nonconforming : t->applicable,
        .unassessed = t->not_assessed,
        .margin = t->margin,
        .whole = is_whole(c),
        .has_whole = true,
    };
}

static bool all_hold(const struct readiness *r)
{
    for (size_t i = 0; i < r->n_clauses; i++)
        if (r->clauses[i].verdict != VERDICT_READY)
            return false;
    return true;
}

/* Not a clause of the edition: shown where nothing else tells why the verdict is incomplete. */
static const struct clause_status something_assessed = {
    .kind = CLAUSE_ALL,
    .what = "something assessed",
    .verdict = VERDICT_INCOMPLETE,
    .whole = true,
    .has_whole = true,
};

static int no_memory(struct err *e)
{
    return err_set(e, ERR_TOO_BIG, NULL, "request too large; use a smaller --limit");
}

int readiness_explain(struct arena *a, const struct standing_state *state, enum grade proof, struct readiness *ret,
                      struct err *e)
{
    const struct catalogue_edition *edition = state->edition;
    struct marks marks = { arena_alloc(a, (size_t)edition->n_requirements + 1), arena_alloc(a, state->n_findings + 1),
                           arena_array(a, (size_t)edition->n_requirements, sizeof *marks.last) };
    readiness_judge(state, proof, ret);
    ret->clauses = arena_array(a, edition->n_clauses + 1, sizeof *ret->clauses);
    if (marks.requirements == NULL || marks.findings == NULL || marks.last == NULL || ret->clauses == NULL)
        return no_memory(e);
    for (size_t i = 0; i < edition->n_clauses; i++) {
        const struct pass_clause *c = &edition->clauses[i];
        struct tally t = judge_clause(state, c, proof);
        ret->clauses[ret->n_clauses++] = status_of(a, c, &t);
        if (ret->clauses[i].what == NULL)
            return no_memory(e);
        mark(state, c, proof, t.verdict, &marks);
    }
    if (is_empty(ret) && ret->verdict == VERDICT_INCOMPLETE && all_hold(ret) && ret->n_clauses < CLAUSES_MAX)
        ret->clauses[ret->n_clauses++] = something_assessed;
    join(state, &marks);
    return list_blockers(a, state, &marks, proof, ret) ? OK : no_memory(e);
}
