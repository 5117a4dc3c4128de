/* SPDX-License-Identifier: Apache-2.0 */
#include "daemon/service/group/group.h"

#include "common/api/bound.h"
#include "common/ref.h"
#include "daemon/service/call/answer.h"
#include "daemon/service/group/coverage.h"
#include "daemon/service/group/group_judge.h"
#include "daemon/service/register/holder.h"
#include "daemon/service/standard/rules.h"
#include "daemon/service/standing/readiness.h"
#include "daemon/service/standing/standing.h"
#include "query/group.h"
#include "query/status.h"

#include <string.h>

enum { BLOCKERS_MAX = BOUND(group_verdict, blockers) };

/* A counted member. */
struct member {
    struct ref enterprise;
    enum verdict verdict;
    bool suspended;
};

/* A verdict in progress. */
struct judging {
    struct call *call;
    const struct catalogue_edition *edition;
    int64_t cooperative_id;
    struct judged_day day;
    struct group_proof proof;
    struct group_facts facts;
    struct page members;      /* struct member, by code */
    struct page coverage;     /* struct coverage, by code */
    struct page sanctions;    /* struct group_blocker */
    struct page blockers;     /* struct group_blocker */
    struct readiness central; /* all zero: never audited */
    struct group_verdict *ret;
};

static int push(struct judging *j, struct page *to, const void *row, size_t size)
{
    return page_push(to, j->call->arena, row, size) ? OK : answer_no_memory(j->call);
}

/* A member never audited against the edition is incomplete. */
static int verdict_then(struct judging *j, int64_t enterprise_id, struct readiness *ret)
{
    struct standing_state *states;
    size_t n;
    *ret = (struct readiness){ .verdict = VERDICT_INCOMPLETE };
    int code = standing_list(j->call, enterprise_id, j->edition->id, j->day, &states, &n);
    if (code == OK && n > 0)
        readiness_judge(&states[0], GRADE_SELF, ret);
    return code;
}

/* As kept, or computed where that is of another day. */
static int read_verdict(struct judging *j, const struct stmt *q, struct readiness *ret)
{
    struct date today = j->call->today, changes_on = stmt_date(q, GROUP_MEMBERS_changes_on);
    bool is_kept = j->day.day.day == today.day && j->day.known.day == today.day
                   && (!date_is_set(changes_on) || date_before(today, changes_on));
    if (!is_kept)
        return verdict_then(j, stmt_int(q, GROUP_MEMBERS_enterprise_id), ret);
    enum verdict kept = (enum verdict)stmt_choice(q, GROUP_MEMBERS_verdict, ENUM_verdict);
    *ret = (struct readiness){ .verdict = kept != 0 ? kept : VERDICT_INCOMPLETE,
                               .grade = (enum grade)stmt_choice(q, GROUP_MEMBERS_grade, ENUM_grade) };
    return OK;
}

static int add_member(struct judging *j, const struct stmt *q)
{
    enum sanction_kind sanction = (enum sanction_kind)stmt_choice(q, GROUP_MEMBERS_sanction, ENUM_sanction_kind);
    struct readiness r = { 0 };
    struct member m = { .enterprise = { NULL, stmt_int(q, GROUP_MEMBERS_enterprise_id) },
                        .suspended = sanction == SANCTION_SUSPENSION };
    if (sanction == SANCTION_EXCLUSION) {
        j->ret->excluded++;
        return OK;
    }
    m.enterprise.text = stmt_dup(q, GROUP_MEMBERS_code, j->call->arena);
    if (m.enterprise.text == NULL)
        return answer_no_memory(j->call);
    int code = read_verdict(j, q, &r);
    bool below = r.verdict == VERDICT_READY && r.grade < j->proof.members;
    m.verdict = m.suspended ? VERDICT_NOT_READY : below ? VERDICT_INCOMPLETE : r.verdict;
    j->ret->ready_below += below && !m.suspended;
    j->ret->suspended += m.suspended;
    j->facts.members++;
    j->facts.ready += m.verdict == VERDICT_READY;
    j->facts.not_ready += m.verdict == VERDICT_NOT_READY;
    j->facts.incomplete += m.verdict == VERDICT_INCOMPLETE;
    return code == OK ? push(j, &j->members, &m, sizeof m) : code;
}

static int read_members(struct judging *j)
{
    struct stmt *q = query_group_members(j->call->store, j->cooperative_id, j->day.day, j->day.known, j->edition->id);
    int code = OK;
    while (code == OK && stmt_step(q))
        code = add_member(j, q);
    return answer_end(j->call, q, code);
}

static int read_coverage(struct judging *j)
{
    const struct coverage_ask ask = { .cooperative_id = j->cooperative_id,
                                      .edition = j->edition,
                                      .day = j->day,
                                      .after = "",
                                      .in_period = true,
                                      .limit = SIZE_MAX };
    int code = coverage_list(j->call, &ask, &j->coverage);
    const struct coverage *rows = j->coverage.rows;
    for (size_t i = 0; i < j->coverage.n; i++)
        j->facts.inspected += !rows[i].missing;
    return code;
}

static int read_sanctions(struct judging *j)
{
    struct call *call = j->call;
    struct stmt *q = query_group_sanctions(call->store, j->cooperative_id, j->day.day, j->day.known, j->edition->id);
    int code = OK;
    while (code == OK && stmt_step(q)) {
        struct group_blocker b = { .clause = GROUP_SANCTIONS,
                                   .enterprise.text = stmt_dup(q, GROUP_SANCTIONS_code, call->arena) };
        b.sanction = ref_to(call->arena, NOUN_sanction, stmt_int(q, GROUP_SANCTIONS_id));
        code = b.sanction.text != NULL ? push(j, &j->sanctions, &b, sizeof b) : answer_no_memory(call);
    }
    j->facts.sanctions = (int64_t)j->sanctions.n;
    return answer_end(call, q, code);
}

static int read_central(struct judging *j)
{
    struct standing_state *states;
    size_t n;
    j->facts.central = VERDICT_INCOMPLETE;
    j->facts.central_clauses = j->facts.central_unknown = (int64_t)j->edition->n_clauses;
    int code = standing_list(j->call, j->cooperative_id, j->edition->id, j->day, &states, &n);
    if (code == OK && n > 0)
        code = readiness_explain(j->call->arena, &states[0], j->proof.central, &j->central, j->call->err);
    if (code != OK || n == 0)
        return code;
    j->facts.central = j->central.verdict;
    j->facts.central_unknown = 0;
    j->facts.central_clauses = (int64_t)j->central.n_clauses;
    for (size_t i = 0; i < j->central.n_clauses; i++) {
        j->facts.central_held += j->central.clauses[i].verdict == VERDICT_READY;
        j->facts.central_unknown += j->central.clauses[i].verdict == VERDICT_INCOMPLETE;
    }
    return OK;
}

const char *group_share_words(struct arena *a, int64_t p, int64_t q)
{
    if (p == q)
        return "every member ready";
    if (100 * p % q == 0)
        return arena_printf(a, "at least %lld %% of the members ready", (long long)(100 * p / q));
    return arena_printf(a, "at least %lld/%lld of the members ready", (long long)p, (long long)q);
}

static const char *words(const struct judging *j, const struct group_clause_status *c)
{
    struct arena *a = j->call->arena;
    const struct rules *rules = j->edition->rules;
    switch (c->clause) {
    case GROUP_SMALLEST:
        return arena_printf(a, "at least %lld members", (long long)c->of);
    case GROUP_LARGEST:
        return arena_printf(a, "at most %lld members", (long long)c->of);
    case GROUP_CENTRAL:
        return "central function ready by its own audit";
    case GROUP_COVERAGE:
        return coverage_words(a, rules->internal, j->day.day);
    case GROUP_READY:
        return group_share_words(a, rules->group->ready, rules->group->ready_of);
    default:
        return "no sanction on the group in force";
    }
}

static int block_coverage(struct judging *j)
{
    const struct coverage *rows = j->coverage.rows;
    int code = OK;
    for (size_t i = 0; i < j->coverage.n && code == OK; i++) {
        struct group_blocker b = { .clause = GROUP_COVERAGE, .enterprise = rows[i].enterprise, .why = rows[i].why };
        if (rows[i].missing)
            code = push(j, &j->blockers, &b, sizeof b);
    }
    return code;
}

/* Failing members first, then unknown ones. */
static int block_ready(struct judging *j)
{
    const struct member *rows = j->members.rows;
    const enum verdict order[] = { VERDICT_NOT_READY, VERDICT_INCOMPLETE };
    int code = OK;
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++)
        for (size_t i = 0; i < j->members.n && code == OK; i++) {
            struct group_blocker b = { .clause = GROUP_READY,
                                       .enterprise = rows[i].enterprise,
                                       .verdict = rows[i].verdict };
            if (rows[i].verdict == order[k])
                code = push(j, &j->blockers, &b, sizeof b);
        }
    return code;
}

static int block_central(struct judging *j)
{
    int code = OK;
    for (size_t i = 0; i < j->central.n_blockers && code == OK; i++) {
        const struct blocker *x = &j->central.blockers[i];
        struct group_blocker b = { .clause = GROUP_CENTRAL,
                                   .requirement = x->requirement,
                                   .finding = x->finding,
                                   .class = x->class };
        code = push(j, &j->blockers, &b, sizeof b);
    }
    return code;
}

static int block_sanctions(struct judging *j)
{
    const struct group_blocker *rows = j->sanctions.rows;
    int code = OK;
    for (size_t i = 0; i < j->sanctions.n && code == OK; i++)
        code = push(j, &j->blockers, &rows[i], sizeof rows[i]);
    return code;
}

static int block(struct judging *j, enum group_clause clause)
{
    switch (clause) {
    case GROUP_CENTRAL:
        return block_central(j);
    case GROUP_COVERAGE:
        return block_coverage(j);
    case GROUP_READY:
        return block_ready(j);
    case GROUP_SANCTIONS:
        return block_sanctions(j);
    default:
        return OK; /* size concerns no single member */
    }
}

static int explain(struct judging *j)
{
    struct group_verdict *v = j->ret;
    int code = OK;
    v->clauses = arena_array(j->call->arena, GROUP_CLAUSES, sizeof *v->clauses);
    if (v->clauses == NULL)
        return answer_no_memory(j->call);
    v->verdict = group_judge(j->edition->rules, &j->facts, v->clauses, &v->n_clauses);
    for (size_t i = 0; i < v->n_clauses && code == OK; i++) {
        struct group_clause_status *c = &v->clauses[i];
        c->what = words(j, c);
        if (c->what == NULL)
            return answer_no_memory(j->call);
        if (c->verdict != VERDICT_READY)
            code = block(j, c->clause);
    }
    v->blockers = j->blockers.rows;
    v->n_blockers = j->blockers.n < BLOCKERS_MAX ? j->blockers.n : BLOCKERS_MAX;
    return code;
}

static void tell_figures(const struct judging *j)
{
    const struct group_rule *rule = j->edition->rules != NULL ? j->edition->rules->group : NULL;
    struct group_verdict *v = j->ret;
    v->members = j->facts.members;
    v->ready = j->facts.ready;
    v->not_ready = j->facts.not_ready;
    v->incomplete = j->facts.incomplete;
    v->inspected = j->facts.inspected;
    v->proof = j->proof.members;
    v->has_ready_below = true;
    if (rule == NULL)
        return;
    v->caution = rule->caution;
    v->unverified = rule->unverified;
    v->has_unverified = true;
    v->has_ours = v->ours = rule->ours;
}

static int describe(struct judging *j)
{
    struct group_verdict *v = j->ret;
    struct stmt *q = query_status_holder(j->call->store, j->cooperative_id, j->day.day, NULL);
    if (stmt_step(q)) {
        v->cooperative = (struct ref){ stmt_dup(q, STATUS_HOLDER_code, j->call->arena), j->cooperative_id };
        v->name = stmt_dup(q, STATUS_HOLDER_name, j->call->arena);
    }
    int code = answer_end(j->call, q, OK);
    return code == OK && (v->name == NULL || v->cooperative.text == NULL) ? answer_no_memory(j->call) : code;
}

struct group_proof group_proof(const struct catalogue_edition *edition, enum grade asked)
{
    enum grade proof = asked != 0 ? asked : rules_proof_members(edition->rules);
    return (struct group_proof){ .members = proof, .central = proof };
}

int group_verdict(struct call *call, int64_t cooperative_id, const struct catalogue_edition *edition,
                  struct judged_day day, struct group_proof proof, struct group_verdict *ret)
{
    struct judging j = {
        .call = call, .edition = edition, .cooperative_id = cooperative_id, .day = day, .proof = proof, .ret = ret
    };
    *ret = (struct group_verdict){ .edition = { edition->code, edition->id }, .as_of = day.day };
    int (*const steps[])(struct judging *) = { describe,       read_members, read_coverage,
                                               read_sanctions, read_central, explain };
    int code = OK;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && code == OK; i++)
        code = steps[i](&j);
    if (code != OK)
        return code;
    tell_figures(&j);
    return group_structural(call, cooperative_id, edition, day, &ret->structural, &ret->n_structural);
}
